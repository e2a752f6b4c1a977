"""Whether the site runs from this data folder: a lock that the kernel frees however its holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from .models import Heartbeat

FILE_NAME = "serve.lock"
LATELY = timedelta(minutes=1)
PATIENCE = 10.0  # seconds; a site that was asked to stop is gone by then


class SiteInUseError(Exception):
    """The data is in use; the message says by what."""


@contextmanager
def hold_to_serve() -> Iterator[None]:
    """Held by a running `serve`. Raises `SiteInUseError` while a restore is under way.

    A SQLite database takes one site: two of them by mistake would be two schedulers and two workers. A site that is just
    stopping is waited for.
    """
    if connection.vendor != "sqlite":
        with _held(fcntl.LOCK_SH, "A backup is being restored into this site."):
            yield
        return
    refusal = f"The site already runs on {settings.DATA_DIR}, or a backup is being restored into it."
    with _held(fcntl.LOCK_EX, refusal, patience=PATIENCE):
        yield


@contextmanager
def hold_alone() -> Iterator[None]:
    """Held by a restore. Raises `SiteInUseError` while the site runs, here or on the same database."""
    with _held(fcntl.LOCK_EX, "The site is running."):
        if _seen_lately():
            raise SiteInUseError(
                "The site is running, or was stopped less than a minute ago, on this database."
            )
        yield


@contextmanager
def _held(kind: int, refusal: str, patience: float = 0) -> Iterator[None]:
    """Hold the lock, if need be after waiting `patience` seconds for it."""
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + patience
        while not _locked(descriptor, kind):
            if time.monotonic() >= until:
                raise SiteInUseError(refusal)
            time.sleep(0.2)
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _seen_lately() -> bool:
    if connection.vendor == "sqlite":  # belongs to this folder alone, where the lock tells
        return False
    try:
        age = Heartbeat.age("scheduler")
    except DatabaseError:  # no tables yet: nothing runs on them
        return False
    return age is not None and age < LATELY
