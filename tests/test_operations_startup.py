"""Before the site starts: what is missing is said plainly, and an update is made with a backup in hand."""

import io
import json
import os
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core import checks as django_checks
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import RequestFactory

from operations import checklist, checks, database_copy, migration_state, preflight, startup
from operations.preflight import StartupError


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def terminal():
    return startup.Terminal(io.StringIO())


def printed(terminal):
    return terminal.stream.getvalue()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_a_taken_port_is_named_with_a_way_out():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StartupError) as refusal:
            preflight.claim_port("127.0.0.1", port)
    assert f"Port {port} on 127.0.0.1 is taken" in str(refusal.value)
    assert f"PORT={port + 1} make run" in str(refusal.value)


def test_a_port_that_is_taken_while_we_prepare_is_noticed_too():
    port = free_port()
    with preflight.claim_port("127.0.0.1", port) as mine:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=1)  # nobody waits for a site that is not up
        other = preflight.claim_port("127.0.0.1", port)
        preflight.listen(other, "127.0.0.1", port)
        with other, pytest.raises(StartupError, match="is taken"):
            preflight.listen(mine, "127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "reason"),
    [
        ("203.0.113.1", 8000, "Check HOST and PORT"),
        ("no such host", 8000, "Check HOST and PORT"),
        ("127.0.0.1", 70000, "There is no port 70000"),
    ],
)
def test_an_address_that_is_not_ours_is_refused(host, port, reason):
    with pytest.raises(StartupError, match=reason):
        preflight.claim_port(host, port)


def test_a_port_for_the_administrator_only_is_explained():
    assert "Choose one above 1023" in preflight._about_port(PermissionError(13, "no"), "port 80", 80)


def test_both_kinds_of_address_can_be_served():
    for host in ("127.0.0.1", "::1"):
        with preflight.claim_port(host, 0) as found:
            preflight.listen(found, host, 0)


def test_folders_are_made_and_private_ones_are_private(settings, tmp_path):
    preflight.make_folders()
    assert Path(settings.PRIVATE_ROOT).stat().st_mode & 0o077 == 0
    assert Path(settings.BACKUP_DIR).stat().st_mode & 0o077 == 0


def test_a_data_folder_that_cannot_be_written_is_named(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.DATA_DIR = tmp_path / "file" / "data"
    with pytest.raises(StartupError, match=r"DATA_DIR=\.\.\. make run"):
        preflight.make_folders()


@pytest.mark.parametrize("wrong", [{"DATA_DIR": "/dev/null/data"}, {"PORT": "eighty"}])
def test_settings_that_cannot_be_used_are_said_without_a_traceback(wrong, tmp_path):
    environment = (
        os.environ | {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hamyari_site.settings"} | wrong
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The settings cannot be used: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("free", "warns"), [(5_000_000_000, False), (400_000_000, True)])
def test_a_disk_that_gets_short_is_mentioned(monkeypatch, free, warns):
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda path: namedtuple("Usage", "free")(free))
    assert bool(preflight.check_disk()) is warns


def test_a_full_disk_is_refused(monkeypatch):
    monkeypatch.setattr(preflight.shutil, "disk_usage", lambda path: namedtuple("Usage", "free")(3_000_000))
    with pytest.raises(StartupError, match="The disk is full: 3 MB are free"):
        preflight.check_disk()


def test_errors_of_the_system_checks_are_listed(monkeypatch):
    found = [
        django_checks.Error("The roof leaks.", hint="Mend it."),
        django_checks.Warning("A window is open."),
    ]
    monkeypatch.setattr(preflight.checks, "run_checks", lambda: found)
    with pytest.raises(StartupError, match=r"- The roof leaks\. \(Mend it\.\)") as refusal:
        preflight.check_code()
    assert "window" not in str(refusal.value)


class Away:
    """A database server that answers after so many tries."""

    def __init__(self, tries, vendor="postgresql"):
        self.tries, self.vendor = tries, vendor

    def ensure_connection(self):
        self.tries -= 1
        if self.tries > 0:
            raise OperationalError('connection failed\nconnection to server at "127.0.0.1" refused')

    def cursor(self):
        return connection.cursor()

    def close(self):
        pass


def test_a_database_that_starts_slowly_is_waited_for(db, monkeypatch):
    said = []
    monkeypatch.setattr(preflight, "DATABASE_PAUSE", 0)
    monkeypatch.setattr(preflight, "connection", Away(tries=3))
    preflight.wait_for_database(said.append)
    assert len(said) == 2


def test_a_database_that_stays_away_is_said_without_its_password(monkeypatch):
    monkeypatch.setattr(preflight, "DATABASE_PAUSE", 0)
    monkeypatch.setattr(preflight, "connection", Away(tries=99))
    with pytest.raises(
        StartupError, match=r"does not answer: connection to server .* refused\nStart PostgreSQL"
    ):
        preflight.wait_for_database(lambda text: None)


def test_a_damaged_database_file_is_said_with_the_way_to_a_backup(monkeypatch):
    monkeypatch.setattr(preflight, "connection", Away(tries=99, vendor="sqlite"))
    with pytest.raises(StartupError, match=r"cannot be opened(.|\n)*manage\.py restore DIR"):
        preflight.wait_for_database(lambda text: None)


def test_a_database_newer_than_the_code_is_refused(db):
    MigrationRecorder(connection).record_applied("operations", "9999_from_the_future")
    with pytest.raises(
        StartupError, match=r"newer than this code(.|\n)*operations\.9999_from_the_future"
    ) as refusal:
        preflight.refuse_newer_database()
    assert "manage.py restore DIR" in str(refusal.value)


def test_a_database_that_is_newer_in_a_package_is_refused_too(db):
    MigrationRecorder(connection).record_applied("wagtailcore", "9999_wagtail_9")
    with pytest.raises(StartupError, match="wagtailcore"):
        preflight.refuse_newer_database()


def test_what_an_app_that_was_removed_left_behind_is_no_obstacle(db):
    MigrationRecorder(connection).record_applied("polls", "0001_initial")
    preflight.refuse_newer_database()


def test_before_a_migration_the_database_is_backed_up_and_ten_such_backups_stay(
    db, terminal, monkeypatch, settings
):
    done = []
    monkeypatch.setattr(migration_state, "pending", lambda: [("pages", "0002_next")])
    monkeypatch.setattr(startup, "call_command", lambda *args, **options: done.append(args))
    monkeypatch.setattr(startup.connection, "close", lambda: None)
    for _ in range(12):
        startup.migrate(terminal)
    assert done[0] == ("migrate",)
    backups = list(Path(settings.BACKUP_DIR).iterdir())
    assert len(backups) == 10
    manifest = json.loads((backups[0] / "manifest.json").read_text())
    assert list(manifest["files"]) == [database_copy.file_name()]
    assert f"backed up the database to {settings.BACKUP_DIR}" in printed(terminal)


def test_without_a_backup_nothing_is_migrated(db, terminal, monkeypatch, settings):
    Path(settings.BACKUP_DIR).write_text("a file in the way")
    monkeypatch.setattr(migration_state, "pending", lambda: [("pages", "0002_next")])
    monkeypatch.setattr(startup, "call_command", lambda *args, **options: pytest.fail("it migrated"))
    with pytest.raises(StartupError, match="not touched without a backup"):
        startup.migrate(terminal)


def test_with_nothing_to_migrate_nothing_happens(db, terminal, settings):
    startup.migrate(terminal)
    assert printed(terminal) == ""
    assert not Path(settings.BACKUP_DIR).exists()


def test_static_files_are_collected_again_only_when_they_changed(terminal, settings, tmp_path, monkeypatch):
    collected = []

    def collect(*args, **options):
        collected.append(args)
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
        (Path(settings.STATIC_ROOT) / "staticfiles.json").write_text("{}")

    monkeypatch.setattr(startup, "call_command", collect)
    settings.STATIC_ROOT = tmp_path / "static"
    source = tmp_path / "source"
    source.mkdir()
    settings.STATICFILES_DIRS = [source]
    startup.collect_static(terminal)
    startup.collect_static(terminal)
    assert len(collected) == 1
    (source / "new.css").write_text("a{}")
    startup.collect_static(terminal)
    assert len(collected) == 2
    (tmp_path / "static" / "staticfiles.json").unlink()
    startup.collect_static(terminal)
    assert len(collected) == 3


def test_a_long_step_gives_signs_of_life(monkeypatch):
    now, said = [0.0], []
    monkeypatch.setattr(startup.time, "monotonic", lambda: now[0])
    progress = startup.Progress(said.append, "steps", " OK\n", total=202)
    for _ in range(10):
        now[0] += 1
        progress.write("  Applying pages.0001_initial...")
        progress.write(" OK\n")
    assert said == ["     ... 2 of 202 steps", "     ... 5 of 202 steps", "     ... 8 of 202 steps"]


def test_a_missing_mail_server_is_a_warning_and_no_obstacle(db, terminal, settings, monkeypatch):
    monkeypatch.setattr(startup, "collect_static", lambda terminal: None)
    monkeypatch.setattr(startup, "load_content", lambda terminal: None)
    settings.EMAIL_CONFIGURED = False
    startup.prepare(terminal)
    assert "!  no mail server is set (EMAIL_URL)" in printed(terminal)
    assert "ok database (" in printed(terminal)


@pytest.mark.parametrize(
    ("https", "proxies", "warned"),
    [(True, [], True), (True, ["127.0.0.1/32"], False), (False, [], False)],
)
def test_https_without_a_trusted_proxy_is_warned_of(
    db, terminal, settings, monkeypatch, https, proxies, warned
):
    monkeypatch.setattr(startup, "load_content", lambda terminal: None)
    settings.SECURE_SSL_REDIRECT, settings.TRUSTED_PROXIES = https, proxies
    startup.prepare(terminal, static=False)
    assert ("no proxy is trusted" in printed(terminal)) is warned


def test_the_checklist_knows_mail_encryption_and_backups(db, settings, tmp_path):
    def done():
        return [item.done for item in checklist.items(RequestFactory().get("/admin/")) if item in mine()]

    def mine():
        from operations.setup_items import machinery

        return list(machinery(RequestFactory().get("/admin/")))

    settings.EMAIL_CONFIGURED, settings.SITE_URL = False, "http://127.0.0.1:8000"
    assert done() == [False, False, False]
    settings.EMAIL_CONFIGURED, settings.SITE_URL = True, "https://hamyari.example"
    call_command("backup", Path(settings.BACKUP_DIR) / "manual", database_only=True)
    assert done() == [True, True, True]


def test_what_is_still_to_do_stands_first(monkeypatch):
    monkeypatch.setattr(checklist, "_sources", [])

    @checklist.register
    def source(request):
        yield checklist.SetupItem("done", done=True)
        yield checklist.SetupItem("to do", done=False)

    checklist.register(source)
    assert [item.label for item in checklist.items(None)] == ["to do", "done"]


def test_system_checks_speak_of_the_ground_the_site_stands_on(monkeypatch, settings, tmp_path):
    assert checks.data_dir_is_writable() == checks.sqlite_is_recent() == []
    (tmp_path / "file").write_text("")
    settings.DATA_DIR = tmp_path / "file" / "data"
    assert [found.id for found in checks.data_dir_is_writable()] == ["operations.E002"]
    monkeypatch.setattr(checks.features, "check", lambda feature: False)
    assert [found.id for found in checks.pillow_shapes_persian()] == ["operations.I001"]
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 31, 1))
    monkeypatch.setattr(checks, "connection", Away(0, vendor="sqlite"))
    assert [found.id for found in checks.sqlite_is_recent()] == ["operations.E001"]


def test_a_copy_of_the_database_is_an_ordinary_database(db, tmp_path):
    get_user_model().objects.create_user("مریم")
    database_copy.dump(tmp_path / "copy")
    assert (tmp_path / "copy").stat().st_size > 1000


class FakeSupervisor:
    """Takes the place of the real one: keeps what it was given, and lets the site 'answer' at once."""

    def __init__(self, children, *, cwd, on_tick):
        FakeSupervisor.children, self.on_tick = children, on_tick

    def run(self):
        self.on_tick()
        self.on_tick()


@pytest.fixture
def serve(monkeypatch, settings):
    """`serve` with the long steps left out; returns its children by name."""
    from operations.management.commands import serve as module

    settings.PORT = free_port()
    monkeypatch.setattr(module, "prepare", lambda terminal, static: None)
    monkeypatch.setattr(module, "Supervisor", FakeSupervisor)
    monkeypatch.setattr(module, "answers", lambda host, port: True)
    monkeypatch.setattr(module.connections, "close_all", lambda: None)

    def run(**options):
        call_command("serve", **options)
        return {child.name: child for child in FakeSupervisor.children}

    return run


def test_serve_runs_three_processes_and_prints_where_to_go(db, serve, settings, capsys):
    children = serve()
    assert list(children) == ["web", "worker", "scheduler"]
    assert "fd://" in " ".join(children["web"].command)
    assert children["web"].pass_fds
    assert children["worker"].command[2:] == [
        "db_worker",
        "--backend",
        "outbox",
        "--queue-name",
        "*",
        "--interval",
        "1",
    ]
    said = capsys.readouterr().out
    assert said.count(f"http://127.0.0.1:{settings.PORT}/admin/first-admin/") == 1
    assert said.count("The site is up") == 1


def test_serve_prints_no_link_where_there_is_an_administrator(admin_user, serve, capsys):
    serve()
    assert "first-admin" not in capsys.readouterr().out


def test_serve_prints_the_public_address_where_there_is_one(db, serve, settings, capsys):
    settings.SITE_URL = "https://hamyari.example"
    serve()
    assert "https://hamyari.example/admin/first-admin/" in capsys.readouterr().out


def test_a_developers_server_reloads_and_keeps_mail_on_the_console(db, serve):
    children = serve(dev=True)
    assert "runserver" in children["web"].command
    assert children["worker"].env == {"DEBUG": "1", "EMAIL_URL": "consolemail://"}


def test_prepare_ends_before_serving(db, serve, monkeypatch):
    FakeSupervisor.children = []
    assert serve(prepare=True) == {}


def test_serve_refuses_in_plain_words(db, serve, settings, capsys):
    with socket.create_server(("127.0.0.1", settings.PORT)), pytest.raises(SystemExit) as end:
        serve()
    assert end.value.code == 1
    assert "The site was not started.\nPort" in capsys.readouterr().err


def test_serve_does_not_start_in_the_middle_of_a_restore(db, serve, capsys, monkeypatch):
    from operations import site_lock

    monkeypatch.setattr(site_lock, "PATIENCE", 0)
    with site_lock.hold_alone(), pytest.raises(SystemExit):
        serve()
    assert "a backup is being restored into" in capsys.readouterr().err.lower()


def test_whether_the_site_answers_is_asked_over_the_network(live_server):
    from operations.management.commands.serve import answers

    assert answers("127.0.0.1", live_server.thread.port)
    assert not answers("127.0.0.1", free_port())
