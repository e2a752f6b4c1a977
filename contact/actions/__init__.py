"""What the staff does to a case: one plain function each, `action(case, *, by, …)`, in one transaction with all it causes.

Each locks the row, asks whether it is allowed now, writes the timeline and queues the letters. MoveError and CaseError say
why not; then nothing has changed.
"""
