"""What happens by the clock: a registry of jobs, and leases in the database so that each runs once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import close_old_connections, connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import ScheduledJob

logger = logging.getLogger(__name__)

#: How long a run holds its job without a word. A killed scheduler blocks its jobs no longer than that.
LEASE = timedelta(minutes=2)


@dataclass(frozen=True)
class Job:
    """A function that runs every so often.

    `at` is a local time of day for daily jobs: such a job waits for that hour, also on a new site. `limit` is
    how long one run may take before `/readyz` calls it hanging and another scheduler may try.
    """

    name: str
    func: Callable[[], object]
    every: timedelta
    at: time | None = None
    limit: timedelta = timedelta(minutes=30)


@dataclass(frozen=True)
class Run:
    """One claimed run of a job: its holder calls `execute` once, and `renew` now and then meanwhile."""

    job: Job
    started: datetime

    def execute(self) -> bool:
        """Do the job; an exception is logged and kept on its row, never raised. True when it went well."""
        error = ""
        try:
            self.job.func()
        except Exception as problem:  # one job's failure must not keep the others from running
            logger.exception("scheduled job %s failed", self.job.name)
            error = f"{type(problem).__name__}: {problem}"[:2000]
        if (
            not connection.in_atomic_block
        ):  # the job may have lost its connection; this row is written on a good one
            close_old_connections()
        self._row().update(last_finished=timezone.now(), lease_until=None, last_error=error)
        return not error

    def renew(self, now: datetime | None = None) -> None:
        """Hold the job longer, but never beyond its limit."""
        now = now or timezone.now()
        self._row().filter(lease_until__isnull=False).update(
            lease_until=min(now + LEASE, self.started + self.job.limit)
        )

    def _row(self) -> QuerySet[ScheduledJob]:
        # Another run may have begun after this one outlived its limit; that one's row is not ours to touch.
        return ScheduledJob.objects.filter(name=self.job.name, last_started=self.started)


_jobs: dict[str, Job] = {}


def register(
    name: str,
    func: Callable[[], object],
    every: timedelta,
    *,
    at: time | None = None,
    limit: timedelta = timedelta(minutes=30),
) -> None:
    """Add a job under a name; a second registration of the name replaces the first."""
    _jobs[name] = Job(name, func, every, at, limit)


def jobs() -> list[Job]:
    """All registered jobs."""
    return list(_jobs.values())


def claim_due(now: datetime | None = None) -> list[Run]:
    """Runs of the jobs whose time has come, held by this process from now on."""
    now = now or timezone.now()
    return [Run(job, now) for job in jobs() if _claim(job, now)]


def _claim(job: Job, now: datetime) -> bool:
    """Take the lease if the job is due and free: one conditional UPDATE, so only one of many can win."""
    # A daily job is not made up for on a new site: its clock starts now.
    ScheduledJob.objects.get_or_create(name=job.name, defaults={"last_started": now if job.at else None})
    due = Q(last_started__isnull=True) | Q(last_started__lt=_latest_moment(job, now))
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    claimed = ScheduledJob.objects.filter(due, free, name=job.name)
    return claimed.update(last_started=now, lease_until=now + LEASE) == 1


def _latest_moment(job: Job, now: datetime) -> datetime:
    """The job is due when it last started before this moment."""
    if job.at is None:
        return now - job.every + timedelta.resolution
    local = timezone.localtime(now)
    today = local.replace(hour=job.at.hour, minute=job.at.minute, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)
