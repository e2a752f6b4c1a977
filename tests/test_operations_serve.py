"""`manage.py serve` as the keeper runs it: the real thing on a scratch data folder, started, stopped and killed."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What a test run or a developer may have set, and a fresh machine has not.
OURS = ("DATABASE_URL", "CACHE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "DEBUG", "ALLOWED_HOSTS", "HOST")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def is_open(port):
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def members(group):
    """The living processes of a session, told by the environment that only they share."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"\0DATA_DIR={group}\0".encode() in b"\0" + (folder / "environ").read_bytes() + b"\0":
                found.append(int(folder.name))
    return found


def eventually(condition, seconds=20.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    return condition()


class Running:
    """One `serve`, its output in a file."""

    def __init__(self, data, *arguments, port=None, **environment):
        self.data, self.port = data, port or free_port()
        self.log = data / "serve.log"
        clean = {name: value for name, value in os.environ.items() if name not in OURS}
        clean |= {"DATA_DIR": str(data), "PORT": str(self.port), "WEB_WORKERS": "1"} | environment
        clean["DJANGO_SETTINGS_MODULE"] = "hamyari_site.settings"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", *arguments],
                cwd=ROOT,
                env=clean,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self):
        return self.log.read_text()

    def is_up(self):
        assert self.process.poll() is None, self.said()
        return "The site is up" in self.said()

    def wait_until_up(self, seconds=120):
        assert eventually(self.is_up, seconds), self.said()

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def stop(self, number=signal.SIGTERM):
        os.killpg(self.process.pid, number)
        return self.process.wait(timeout=15)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder that a first start has filled."""
    folder = tmp_path_factory.mktemp("site")
    first = Running(folder, "--prepare")
    assert first.process.wait(timeout=240) == 0, first.said()
    return folder


@pytest.fixture
def serve(data):
    started = []

    def start(*arguments, **options):
        started.append(Running(data, *arguments, **options))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
    eventually(lambda: not members(data))


def dump(data):
    """The database's content but for what the machinery notes down while it runs, and the port that the site answers on."""
    with closing(sqlite3.connect(data / "db.sqlite3")) as database:
        own = re.compile(
            r'INSERT INTO "(operations_\w+|wagtailcore_site|django_session|django_tasks_database_\w+|sqlite_sequence)"'
        )
        return [line for line in database.iterdump() if not own.match(line)]


def test_a_second_start_has_nothing_to_do_changes_no_content_and_serves_the_site(serve, data):
    before = dump(data)
    site = serve()
    site.wait_until_up(60)
    said = site.said()
    assert f"http://127.0.0.1:{site.port}/" in said
    assert "migrating" not in said
    assert "static files" not in said
    assert "no mail server is set" in said

    status, home = site.get("/")
    assert status == 200
    assert 'dir="rtl"' in home
    stylesheet = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', home)
    assert stylesheet, "static files are hashed"
    assert site.get(stylesheet[1])[0] == 200
    assert site.get("/search/?q=" + quote("سلام دنیا " * 1000))[0] == 200
    assert eventually(lambda: '"ready": true' in site.get("/readyz")[1]), site.said()

    assert site.stop() == 0
    assert not is_open(site.port)
    assert members(data) == []
    assert dump(data) == before


def test_the_printed_link_opens_the_form_for_the_first_administrator(serve):
    site = serve()
    site.wait_until_up()
    (path,) = re.findall(rf"http://127\.0\.0\.1:{site.port}(/admin/first-admin/\S+)", site.said())
    status, form = site.get(path)
    assert status == 200
    assert 'name="password1"' in form
    assert path.split("/")[3] not in site.said().replace(path, ""), "the log does not repeat the link"


def test_control_c_stops_everything(serve, data):
    site = serve()
    site.wait_until_up()
    assert site.stop(signal.SIGINT) == 0
    assert not is_open(site.port)
    assert members(data) == []


def test_killed_outright_it_leaves_nobody_behind(serve, data):
    site = serve()
    site.wait_until_up()
    assert eventually(lambda: len(members(data)) >= 5), (
        "supervisor, gunicorn, its worker, task worker, scheduler"
    )
    site.process.kill()
    site.process.wait()
    assert eventually(lambda: members(data) == []), members(data)
    assert not is_open(site.port)


def test_a_killed_worker_comes_back_and_the_site_goes_on(serve, data):
    site = serve()
    site.wait_until_up()

    def worker():
        for pid in members(data):
            with suppress(OSError):
                if b"db_worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return pid
        return None

    first = eventually(worker)
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: worker() not in (first, None))
    assert "worker was ended by SIGKILL" in site.said()
    assert site.get("/healthz") == (200, "ok\n")


def refused(site):
    assert site.process.wait(timeout=60) == 1
    assert "Traceback" not in site.said()
    assert "The site was not started." in site.said()
    return site.said()


def test_a_taken_port_is_said_at_once(serve):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refused(serve(port=port))
    assert f"Port {port} on 127.0.0.1 is taken" in said
    assert f"PORT={port + 1} make run" in said


def test_a_database_newer_than_the_code_is_refused_and_left_alone(serve, data):
    later = ("operations", "9999_later")
    with closing(sqlite3.connect(data / "db.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2027-01-01')", later
        )
    try:
        assert "newer than this code" in refused(serve())
    finally:
        with closing(sqlite3.connect(data / "db.sqlite3")) as database, database:
            database.execute("DELETE FROM django_migrations WHERE app = ? AND name = ?", later)


def test_an_unreachable_postgresql_is_said(serve):
    port = free_port()
    said = refused(serve("--prepare", DATABASE_URL=f"postgres://hamyari:hunter2@127.0.0.1:{port}/hamyari"))
    assert "The database does not answer" in said
    assert "hunter2" not in said


def test_a_developer_gets_a_server_that_shows_errors(serve, data):
    site = serve("--dev")
    site.wait_until_up(60)
    status, page = site.get("/no-such-page/")
    assert status == 404
    assert "DEBUG = True" in page
    assert site.stop() == 0
    assert eventually(lambda: members(data) == []), members(data)
