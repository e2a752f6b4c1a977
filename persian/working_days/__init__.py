"""Working days of an Iranian office: weekends, holidays, closures, "n working days from" and "why this date".

`persian.working_days.loading.current()` gives the calendar of this site; `core` says what counts.
"""
