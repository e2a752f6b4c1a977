"""A copy of the database into a file and back: SQLite by its own online copy, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.db import connection


class CopyError(Exception):
    """The database could not be copied; the message says why in words for the keeper."""


#: Undoes a restore that went wrong in a later step.
Undo = Callable[[], None]


def file_name() -> str:
    """What the copy is called inside a backup."""
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


def dump(target: Path) -> None:
    """Write a consistent copy of the database while the site runs. Raises `CopyError` and `OSError`."""
    if connection.vendor == "sqlite":
        _dump_sqlite(target)
    else:
        _run_tool([_tool("pg_dump"), "--format=custom", "--no-owner", "--no-acl", "--file", str(target)])


def _dump_sqlite(target: Path) -> None:
    # A connection of its own: SQLite does not copy from one that is itself in the middle of a write.
    live = connection.settings_dict["NAME"]
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(live))}?mode=rw", uri=True, timeout=20)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            # One plain file: the write-ahead log would be a second one that belongs to it.
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as problem:
        raise CopyError(f"the database was not copied completely ({problem}); is the disk full?") from problem
    check_sqlite(target)


def check_sqlite(path: Path) -> None:
    """Raise `CopyError` unless SQLite finds the file sound."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as problem:
        verdict = str(problem)
    if verdict != "ok":
        raise CopyError(f"the copy of the database is damaged: {verdict}")


def restore_sqlite(copy: Path, stamp: str) -> Undo:
    """Put a copy (on the same disk) in place of the database, which is kept as NAME.before-STAMP."""
    check_sqlite(copy)
    live = Path(connection.settings_dict["NAME"])
    aside = live.with_name(f"{live.name}.before-{stamp}")
    if live.exists():
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    # What the log still holds after the checkpoint belongs to the old database, and would spoil the new one.
    sidecars = [live.with_name(live.name + suffix) for suffix in ("-wal", "-shm")]
    moved = [
        (path, Path(str(path).replace(live.name, aside.name, 1)))
        for path in (live, *sidecars)
        if path.exists()
    ]
    for path, kept in moved:
        os.replace(path, kept)

    def undo() -> None:
        connection.close()
        for path, kept in moved:
            os.replace(kept, path)

    try:
        os.replace(copy, live)
    except OSError:
        undo()
        raise
    return undo


def restore_postgres(copy: Path) -> None:
    """Replace the database's `public` schema by the copy, in one transaction: all of it or nothing."""
    script = copy.with_suffix(".sql")
    try:
        _run_tool([_tool("pg_restore"), "--no-owner", "--no-acl", "--file", str(script), str(copy)])
        connection.close()
        _run_tool(
            [
                _tool("psql"),
                *(
                    "--no-psqlrc",
                    "--quiet",
                    "--single-transaction",
                    "--set",
                    "ON_ERROR_STOP=1",
                    "--output",
                    os.devnull,
                ),
                *("--command", "SET lock_timeout = '20s'; DROP SCHEMA public CASCADE; CREATE SCHEMA public;"),
                *("--file", str(script)),
            ]
        )
    finally:
        script.unlink(missing_ok=True)


def size() -> int:
    """The database's size in bytes, as far as it can be known."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        return path.stat().st_size if path.is_file() else 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CopyError(f"the program {name} is not installed (Debian: apt install postgresql-client)")
    return found


def _run_tool(command: list[str]) -> None:
    """Run one of PostgreSQL's tools on our database; the password goes by the environment."""
    options = connection.settings_dict
    environment = os.environ | {"PGDATABASE": str(options["NAME"]), "PGCONNECT_TIMEOUT": "10"}
    for variable, key in {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
    }.items():
        if options[key]:
            environment[variable] = str(options[key])
    done = subprocess.run(  # noqa: S603 - our own commands
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        if done.returncode < 0:
            raise CopyError(
                f"{Path(command[0]).name} was ended by signal {-done.returncode}; is the disk full?"
            )
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise CopyError(f"{Path(command[0]).name} failed: {last}")
