"""What the desk does by the clock. Each job may run twice without harm."""

from datetime import time, timedelta

from operations import schedule

from . import limits
from .clock import closing, digest, reminders, retention
from .files import storing


def register_own() -> None:
    day, short = timedelta(days=1), timedelta(minutes=10)
    schedule.register("sweep_files", storing.sweep, every=day, at=time(3, 50))
    schedule.register("forget_tries", limits.forget_old, every=day, at=time(4, 0))
    schedule.register("anonymise_cases", retention.run, every=day, at=time(4, 10))
    # After it, so that what was closed late is not kept longer for it.
    schedule.register("close_answered_cases", closing.run, every=day, at=time(4, 20))
    schedule.register("remind", reminders.remind, every=day, at=time(7, 20), limit=short)
    schedule.register("escalate", reminders.escalate, every=day, at=time(7, 25), limit=short)
    schedule.register("send_digests", digest.send_digests, every=day, at=time(7, 30), limit=short)
