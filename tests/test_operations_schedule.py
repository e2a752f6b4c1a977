"""What happens by the clock: each job when its time has come, once, whatever becomes of the others."""

import os
import signal
import subprocess
import sys
import threading
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from operations import jobs, schedule
from operations.models import Heartbeat, ScheduledJob

MINUTE = timedelta(minutes=1)
TEHRAN = ZoneInfo("Asia/Tehran")


@pytest.fixture
def registry(monkeypatch):
    """An empty schedule of this test's own."""
    monkeypatch.setattr(schedule, "_jobs", {})
    return schedule


def names(runs):
    return [run.job.name for run in runs]


def test_a_job_runs_when_its_time_has_come(db, registry):
    done = []
    registry.register("tick", lambda: done.append(1), every=MINUTE)
    now = timezone.now()
    for run in schedule.claim_due(now):
        assert run.execute()
    assert schedule.claim_due(now + timedelta(seconds=59)) == []
    for run in schedule.claim_due(now + timedelta(seconds=60)):
        run.execute()
    assert len(done) == 2


def test_a_job_that_fails_is_noted_and_holds_up_nobody(db, registry, caplog):
    done = []

    def broken():
        raise RuntimeError("the disk is full")

    registry.register("broken", broken, every=MINUTE)
    registry.register("sound", lambda: done.append(1), every=MINUTE)
    now = timezone.now()
    assert [run.execute() for run in schedule.claim_due(now)] == [False, True]
    row = ScheduledJob.objects.get(name="broken")
    assert row.last_error == "RuntimeError: the disk is full"
    assert row.lease_until is None
    assert done == [1]
    assert names(schedule.claim_due(now + MINUTE)) == ["broken", "sound"], "it is tried again"


def test_a_second_scheduler_leaves_a_running_job_alone(db, registry):
    registry.register("long", lambda: None, every=MINUTE)
    now = timezone.now()
    (run,) = schedule.claim_due(now)
    assert schedule.claim_due(now) == []
    assert schedule.claim_due(now + MINUTE) == []
    run.renew(now + MINUTE)
    assert schedule.claim_due(now + MINUTE + schedule.LEASE) == []
    run.execute()
    assert names(schedule.claim_due(now + MINUTE + schedule.LEASE)) == ["long"]


def test_a_killed_scheduler_blocks_its_jobs_for_a_short_while_only(db, registry):
    registry.register("tick", lambda: None, every=MINUTE)
    now = timezone.now()
    schedule.claim_due(now)
    assert names(schedule.claim_due(now + schedule.LEASE + timedelta(seconds=1))) == ["tick"]


def test_a_run_beyond_its_limit_loses_its_lease_and_cannot_end_the_next_one(db, registry):
    registry.register("slow", lambda: None, every=MINUTE, limit=timedelta(minutes=5))
    now = timezone.now()
    (slow,) = schedule.claim_due(now)
    slow.renew(now + timedelta(minutes=4))
    late = now + timedelta(minutes=6)
    (second,) = schedule.claim_due(late)
    slow.execute()
    assert ScheduledJob.objects.get().lease_until == late + schedule.LEASE
    second.execute()
    assert ScheduledJob.objects.get().lease_until is None


def test_a_nightly_job_waits_for_its_hour_and_makes_up_for_a_missed_one(db, registry):
    registry.register("nightly", lambda: None, every=timedelta(days=1), at=time(3, 30))
    noon = datetime(2026, 11, 23, 12, 0, tzinfo=TEHRAN)
    assert schedule.claim_due(noon) == [], "a new site does not begin with last night"
    night = datetime(2026, 11, 24, 3, 30, tzinfo=TEHRAN)
    assert schedule.claim_due(night - MINUTE) == []
    (run,) = schedule.claim_due(night)
    run.execute()
    assert schedule.claim_due(night + timedelta(hours=23)) == []
    # The machine was off in the night after: the job runs when it is back.
    assert names(schedule.claim_due(night + timedelta(days=1, hours=6))) == ["nightly"]


@pytest.mark.django_db(transaction=True)
def test_of_many_schedulers_one_gets_the_job(registry):
    registry.register("tick", lambda: None, every=MINUTE)
    schedule.claim_due(timezone.now())
    ScheduledJob.objects.update(last_started=None, lease_until=None)
    start, claimed = threading.Barrier(4), []

    def claim():
        start.wait()
        claimed.extend(schedule.claim_due())
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == 1


def test_our_own_jobs_are_there_and_run(db, settings, tmp_path):
    call_command("scheduler", once=True)
    assert Heartbeat.age("scheduler") < MINUTE
    assert not ScheduledJob.objects.exclude(last_error="").exists()
    assert ScheduledJob.objects.filter(name="publish_scheduled", last_finished__isnull=False).exists()
    for job in schedule.jobs():
        job.func()


@pytest.mark.django_db(transaction=True)
def test_the_worker_gives_a_sign_of_life_when_asked():
    jobs.ask_worker_for_heartbeat()
    jobs.ask_worker_for_heartbeat()
    assert DBTaskResult.objects.ready().count() == 1, "asked once while the worker is busy"
    call_command(
        "db_worker", "--backend=outbox", "--queue-name=*", "--batch", "--interval=0", "--no-startup-delay"
    )
    assert Heartbeat.age("worker") < MINUTE
    jobs.ask_worker_for_heartbeat()
    assert DBTaskResult.objects.finished().count() == 0, "finished ones do not pile up"


def test_a_nightly_backup_only_where_it_is_asked_for(registry, settings):
    settings.BACKUP_NIGHTLY = False
    jobs.register_own()
    assert "nightly_backup" not in [job.name for job in schedule.jobs()]
    settings.BACKUP_NIGHTLY = True
    jobs.register_own()
    assert "nightly_backup" in [job.name for job in schedule.jobs()]


def scheduler_command():
    from django.core.management import load_command_class

    command = load_command_class("operations", "scheduler")
    command.stopping = threading.Event()
    return command


@pytest.mark.django_db(transaction=True)
def test_the_loop_runs_jobs_beside_each_other_and_ends_when_asked(registry):
    command, seen, release = scheduler_command(), [], threading.Event()

    def long():
        release.wait(10)
        seen.append("long")

    def short():
        seen.append("short")
        release.set()
        command.stopping.set()

    registry.register("long", long, every=MINUTE)
    registry.register("short", short, every=MINUTE)
    command.loop(0.05)
    assert seen == ["short", "long"], "the short one did not wait; the long one was waited for"
    assert Heartbeat.age("scheduler") < MINUTE
    assert not ScheduledJob.objects.filter(lease_until__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_the_loop_outlives_a_database_that_is_away(registry, monkeypatch, caplog):
    from django.db import OperationalError

    command, tries = scheduler_command(), []

    def away():
        tries.append(1)
        if len(tries) == 3:
            command.stopping.set()
        raise OperationalError("the database is away")

    monkeypatch.setattr(schedule, "claim_due", away)
    command.loop(0.01)
    assert len(tries) == 3
    assert "scheduler cannot reach the database: the database is away" in caplog.text


def test_the_command_stops_at_once_when_it_is_asked(tmp_path):
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")
    }
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hamyari_site.settings"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "scheduler"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    # There is not even a table: it says so, goes on, and still stops in an orderly way.
    for line in process.stderr:
        if "cannot reach the database" in line:
            break
    process.send_signal(signal.SIGTERM)
    process.stderr.read()
    assert process.wait(timeout=10) == 0
