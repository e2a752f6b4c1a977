"""A mark on the disk for what was taken a moment ago and is not noted in the database yet.

A worker that is killed between the server's "250" and the commit would leave a row that looks unsent, and the next one would
send it again. The mark takes microseconds to set where the commit takes milliseconds. It survives the killing of the process;
after a power cut, or on another machine, the row's unchanging key tells the receiver that it is the same mail.
"""

import hashlib
import logging
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from .models import Outgoing

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)


def note(row: Outgoing) -> None:
    """Mark a row as taken. A disk that is full costs the mark and nothing else."""
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        _mark(row).touch()
    except OSError as problem:
        logger.warning("no mark for %s %s: %s", row._meta.label, row.pk, problem)


def was_taken(row: Outgoing) -> bool:
    return _mark(row).exists()


def forget(row: Outgoing) -> None:
    """The database knows it now."""
    try:
        _mark(row).unlink(missing_ok=True)
    except OSError as problem:
        logger.warning("the mark of %s %s stays: %s", row._meta.label, row.pk, problem)


def sweep() -> None:
    """Delete the marks of workers that were killed a moment later: after the commit, before `forget`."""
    for mark in _folder().glob("*"):
        with suppress(FileNotFoundError):  # a worker that is at work forgets its own meanwhile
            if mark.stat().st_mtime < time.time() - KEPT.total_seconds():
                mark.unlink()


def _folder() -> Path:
    return Path(settings.SPOOL_DIR) / "handed-over"


def _mark(row: Outgoing) -> Path:
    return _folder() / hashlib.sha256(row.unchanging_key.encode()).hexdigest()
