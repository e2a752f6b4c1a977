"""Is the site fit to serve? A registry of checks, each app adding its own; `/readyz` asks them all."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from . import schedule
from .models import Heartbeat, ScheduledJob

logger = logging.getLogger(__name__)

#: The scheduler beats every 15 s, and asks the worker for a sign of life once a minute.
SCHEDULER_SILENCE = timedelta(minutes=2)
WORKER_SILENCE = timedelta(minutes=5)


class UnfitError(Exception):
    """Raised by a check that finds its part unfit; the message is shown to operators."""


#: A check returns a short word on what it found (or None), and raises when its part is unfit to serve.
Check = Callable[[], str | None]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check under a name; a second registration of the name replaces the first."""
    _checks[name] = check


def report() -> tuple[bool, dict[str, dict[str, Any]]]:
    """Run every check: whether all hold, and per name {"ok": bool, "detail": str, "ms": float}."""
    results: dict[str, dict[str, Any]] = {}
    for name, check in _checks.items():
        began = time.perf_counter()
        try:
            ok, detail = True, check() or ""
        except UnfitError as problem:
            ok, detail = False, str(problem)
        except Exception as problem:  # a check may break in any way, and that is its finding
            logger.warning("health check %s failed: %s", name, problem)
            ok, detail = False, type(problem).__name__
        results[name] = {"ok": ok, "detail": detail, "ms": round((time.perf_counter() - began) * 1000, 1)}
    return all(result["ok"] for result in results.values()), results


def database() -> str:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return connection.vendor


def shared_cache() -> None:
    """The cache gives back what was put into it."""
    stamp = time.time_ns()
    cache.set("operations.health", stamp, 30)
    if cache.get("operations.health") != stamp:
        raise UnfitError("the cache does not keep values")


def storage() -> None:
    """Public and private files can be written."""
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT)):
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as probe:
            probe.write(b"probe")
            probe.flush()


def scheduler() -> str:
    """The scheduler has been seen lately, and none of its jobs hangs."""
    return _seen("scheduler", SCHEDULER_SILENCE)


def worker() -> str:
    """The task worker has done a task lately."""
    return _seen("worker", WORKER_SILENCE)


def jobs() -> None:
    """No scheduled job has outlived its lease without coming to an end."""
    known = [job.name for job in schedule.jobs()]
    hanging = ScheduledJob.objects.filter(name__in=known, lease_until__lt=timezone.now())
    if names := ", ".join(hanging.values_list("name", flat=True)):
        raise UnfitError(f"did not come to an end: {names}")


def _seen(name: str, silence: timedelta) -> str:
    age = Heartbeat.age(name)
    if age is None:
        raise UnfitError("no sign of life yet")
    if age > silence:
        raise UnfitError(f"silent for {age.total_seconds():.0f} s")
    return f"seen {max(age.total_seconds(), 0):.0f} s ago"


def register_own() -> None:
    """The checks of the machinery itself."""
    for name, check in {
        "database": database,
        "cache": shared_cache,
        "storage": storage,
        "scheduler": scheduler,
        "worker": worker,
        "jobs": jobs,
    }.items():
        register(name, check)
