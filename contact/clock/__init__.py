"""What becomes of cases by the clock: reminders, escalation, digests, deadlines counted anew, and the end of keeping."""
