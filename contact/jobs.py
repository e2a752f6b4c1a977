"""What the desk does by the clock."""

from datetime import time, timedelta

from operations import schedule

from . import limits
from .files import storing


def register_own() -> None:
    day = timedelta(days=1)
    schedule.register("sweep_files", storing.sweep, every=day, at=time(3, 50))
    schedule.register("forget_tries", limits.forget_old, every=day, at=time(4, 0))
