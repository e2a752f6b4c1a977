import logging
import signal
from datetime import timedelta
from threading import Event, Thread
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from operations import schedule
from operations.models import Heartbeat

logger = logging.getLogger("operations.scheduler")

HEARTBEAT = timedelta(seconds=15)
PATIENCE = 8.0  # seconds that running jobs get when the scheduler is asked to stop


class Command(BaseCommand):
    help = "Run the scheduled jobs for as long as the site runs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--interval", type=float, default=2.0, help="seconds between two looks at the clock"
        )
        parser.add_argument("--once", action="store_true", help="run what is due, one after another, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            Heartbeat.beat("scheduler")
            for run in schedule.claim_due():
                run.execute()
            return
        self.stopping = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        self.loop(options["interval"])

    def loop(self, interval: float) -> None:
        """Claim what is due and do each run in a thread of its own, so that a long one holds up nobody."""
        running: dict[schedule.Run, Thread] = {}
        last_beat = float("-inf")
        logger.info("scheduler started with jobs: %s", ", ".join(job.name for job in schedule.jobs()))
        while not self.stopping.is_set():
            running = {run: thread for run, thread in running.items() if thread.is_alive()}
            try:
                close_old_connections()
                if monotonic() - last_beat >= HEARTBEAT.total_seconds():
                    Heartbeat.beat("scheduler")
                    for run in running:
                        run.renew()
                    last_beat = monotonic()
                for run in schedule.claim_due():
                    running[run] = Thread(target=in_thread, args=(run,), name=run.job.name, daemon=True)
                    running[run].start()
            except DatabaseError as problem:  # a database that is away for a while comes back
                logger.warning("scheduler cannot reach the database: %s", problem)
                connection.close()
            self.stopping.wait(interval)
        deadline = monotonic() + PATIENCE
        for thread in running.values():
            thread.join(max(0.0, deadline - monotonic()))


def in_thread(run: schedule.Run) -> None:
    """Do a run on a database connection of its own, and give that back."""
    try:
        run.execute()
    except DatabaseError as problem:  # the lease runs out by itself
        logger.warning("the end of scheduled job %s could not be noted: %s", run.job.name, problem)
    finally:
        connection.close()
