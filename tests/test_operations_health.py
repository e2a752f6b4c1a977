"""Alive and fit to serve: /healthz asks nobody, /readyz asks everybody and answers operators only."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from operations import health
from operations.models import Heartbeat, ScheduledJob


@pytest.fixture
def registered():
    """Registrations of this test alone."""
    before = dict(health._checks)
    yield health
    health._checks.clear()
    health._checks.update(before)


@pytest.fixture
def running(db):
    """A site whose worker and scheduler were seen just now."""
    Heartbeat.beat("scheduler")
    Heartbeat.beat("worker")


def test_alive_without_asking_the_database(client):
    # There is no database in this test: asking it would be an error.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


def test_ready_when_everything_answers(client, running):
    answer = client.get("/readyz")
    assert answer.status_code == 200, answer.json()
    assert answer.json()["ready"] is True
    assert {"database", "cache", "storage", "scheduler", "worker", "jobs"} <= set(answer.json()["checks"])


def test_only_operators_may_ask(client, running):
    assert client.get("/readyz", REMOTE_ADDR="203.0.113.9").status_code == 404
    forged = client.get("/readyz", REMOTE_ADDR="203.0.113.9", headers={"X-Forwarded-For": "127.0.0.1"})
    assert forged.status_code == 404


def test_not_ready_before_the_worker_was_seen(client, db):
    Heartbeat.beat("scheduler")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"]["detail"] == "no sign of life yet"


def test_not_ready_when_the_scheduler_has_fallen_silent(client, running):
    Heartbeat.objects.filter(name="scheduler").update(seen=timezone.now() - timedelta(minutes=10))
    scheduler = client.get("/readyz").json()["checks"]["scheduler"]
    assert scheduler["ok"] is False
    assert scheduler["detail"].startswith("silent for 60")


def test_not_ready_when_a_job_does_not_come_to_an_end(client, running):
    ScheduledJob.objects.create(name="publish_scheduled", lease_until=timezone.now() - timedelta(minutes=1))
    ScheduledJob.objects.create(
        name="a_job_of_an_older_version", lease_until=timezone.now() - timedelta(days=9)
    )
    jobs = client.get("/readyz").json()["checks"]["jobs"]
    assert jobs["detail"] == "did not come to an end: publish_scheduled"


def test_not_ready_when_files_cannot_be_written(client, running, settings, tmp_path):
    (tmp_path / "in the way").write_text("a file where a folder should be")
    settings.MEDIA_ROOT = tmp_path / "in the way"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["storage"]["ok"] is False


def test_not_ready_when_the_cache_forgets(client, running, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert client.get("/readyz").json()["checks"]["cache"]["detail"] == "the cache does not keep values"


def test_an_app_adds_a_check_and_its_failure_tells_no_secrets(client, running, registered):
    def broken():
        raise OperationalError("password for user hamyari is hunter2")

    registered.register("outbox", broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["outbox"]["detail"] == "OperationalError"
    assert "hunter2" not in answer.content.decode()
