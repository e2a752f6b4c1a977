"""The scheduled jobs of the machinery itself."""

import logging
from datetime import time, timedelta
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django_tasks_db.compat import TASKS_LOGGER
from django_tasks_db.models import DBTaskResult

from . import schedule
from .models import Heartbeat

if find_spec("django.tasks"):  # Django 6 brought the interface into its core
    from django.tasks import task
else:
    from django_tasks import task  # type: ignore[no-redef]

NIGHTLY_BACKUPS_KEPT = 7


@task(backend="outbox", queue_name="heartbeat")
def worker_heartbeat() -> None:
    """Done by the worker, so it shows that tasks go all the way through."""
    Heartbeat.beat("worker")


def is_news(record: logging.LogRecord) -> bool:
    """Leaves the worker's regular signs of life out of its log; failures stay."""
    return record.levelno > logging.INFO or worker_heartbeat.module_path not in record.getMessage()


def ask_worker_for_heartbeat() -> None:
    """Queue a sign of life unless one is waiting already, and clear away the finished ones."""
    asked = DBTaskResult.objects.filter(task_path=worker_heartbeat.module_path)
    asked.finished().delete()
    if not asked.ready().exists():
        worker_heartbeat.enqueue()


def publish_scheduled() -> None:
    """Publish and expire pages whose hour has come."""
    call_command("publish_scheduled")


def clear_sessions() -> None:
    """Delete expired sessions."""
    call_command("clearsessions")


def prune_task_results() -> None:
    """Delete what finished tasks left behind after two weeks."""
    # As written words: its parser refuses the default backend before keyword arguments are looked at.
    call_command("prune_db_task_results", "--backend", "outbox", "--queue-name", "*", verbosity=0)


def nightly_backup() -> None:
    """A full backup into BACKUP_DIR; the last seven stay."""
    from .backup import keep_last, stamp, write_backup

    folder = Path(settings.BACKUP_DIR)
    write_backup(folder / f"nightly-{stamp()}")
    keep_last(folder, "nightly-", NIGHTLY_BACKUPS_KEPT)


def register_own() -> None:
    """Every job of ours; the nightly backup takes much disk and runs only where `BACKUP_NIGHTLY` asks."""
    minute, day = timedelta(minutes=1), timedelta(days=1)
    schedule.register("worker_heartbeat", ask_worker_for_heartbeat, every=minute)
    schedule.register("publish_scheduled", publish_scheduled, every=minute)
    schedule.register("clear_sessions", clear_sessions, every=day, at=time(3, 10))
    schedule.register("prune_task_results", prune_task_results, every=day, at=time(3, 20))
    if settings.BACKUP_NIGHTLY:
        schedule.register(
            "nightly_backup", nightly_backup, every=day, at=time(3, 30), limit=timedelta(hours=4)
        )
    logging.getLogger(TASKS_LOGGER).addFilter(is_news)
