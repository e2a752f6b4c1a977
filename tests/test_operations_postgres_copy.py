"""How PostgreSQL's tools are called: stand-ins on the PATH note their arguments. The suite on PostgreSQL uses the real ones."""

import json
import os
import stat
import sys

import pytest

from operations import database_copy
from operations.database_copy import CopyError

STAND_IN = f"""#!{sys.executable}
import json, os, signal, sys
name = os.path.basename(sys.argv[0])
with open(os.environ["NOTES"], "a") as notes:
    names = ("PGHOST", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGPORT")
    environment = {{key: os.environ.get(key) for key in names}}
    notes.write(json.dumps([name, sys.argv[1:], environment]) + "\\n")
if os.environ.get("FAIL") == name:
    sys.exit("first line\\npg: the server closed the connection")
if os.environ.get("KILL") == name:
    os.kill(os.getpid(), signal.SIGKILL)
for option, value in zip(sys.argv, sys.argv[1:]):
    if option == "--file" and name != "psql":
        open(value, "w").write("copy")
"""


class Postgres:
    vendor = "postgresql"
    settings_dict = {"NAME": "hamyari", "HOST": "db", "PORT": "", "USER": "site", "PASSWORD": "hunter2"}

    def close(self):
        pass


@pytest.fixture
def calls(monkeypatch, tmp_path):
    """What the tools were called with, so far."""
    for name in ("pg_dump", "pg_restore", "psql"):
        tool = tmp_path / "bin" / name
        tool.parent.mkdir(exist_ok=True)
        tool.write_text(STAND_IN)
        tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    for variable in ("PGPORT", "PGHOST", "PGUSER", "PGPASSWORD", "PGDATABASE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("NOTES", str(tmp_path / "notes"))
    monkeypatch.setattr(database_copy, "connection", Postgres())
    return lambda: [json.loads(line) for line in (tmp_path / "notes").read_text().splitlines()]


def test_a_dump_is_made_with_the_password_in_the_environment_only(calls, tmp_path):
    assert database_copy.file_name() == "database.dump"
    database_copy.dump(tmp_path / "database.dump")
    ((name, arguments, environment),) = calls()
    assert name == "pg_dump"
    assert "--format=custom" in arguments
    assert "hunter2" not in " ".join(arguments)
    assert environment == {
        "PGHOST": "db",
        "PGUSER": "site",
        "PGPASSWORD": "hunter2",
        "PGDATABASE": "hamyari",
        "PGPORT": None,
    }


def test_a_restore_is_one_transaction(calls, tmp_path):
    database_copy.restore_postgres(tmp_path / "database.dump")
    (first, _, _), (second, arguments, _) = calls()
    assert (first, second) == ("pg_restore", "psql")
    assert "--single-transaction" in arguments
    assert "ON_ERROR_STOP=1" in arguments
    assert not (tmp_path / "database.sql").exists()


def test_what_a_tool_complains_of_is_passed_on(calls, tmp_path, monkeypatch):
    monkeypatch.setenv("FAIL", "pg_dump")
    with pytest.raises(CopyError, match="pg_dump failed: pg: the server closed the connection"):
        database_copy.dump(tmp_path / "database.dump")


def test_a_tool_that_hits_the_end_of_the_disk_is_explained(calls, tmp_path, monkeypatch):
    monkeypatch.setenv("KILL", "pg_dump")
    with pytest.raises(CopyError, match="is the disk full"):
        database_copy.dump(tmp_path / "database.dump")


def test_a_missing_tool_is_named(calls, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CopyError, match="pg_dump is not installed"):
        database_copy.dump(tmp_path / "database.dump")
