"""The test database on SQLite, copied where it can be: migrations take twenty seconds, a copy takes milliseconds.

What migrations make is kept in `var/` under a name that tells all it was made of; code, words or packages that differ make
it anew, and so does `pytest --create-db`. What the first content makes is kept for the run (`keep`, `put_back`).
"""

import fcntl
import hashlib
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import django
import wagtail
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
APPS = (
    "contact",
    "hamyari_site",
    "locale",
    "news",
    "operations",
    "outbox",
    "pages",
    "persian",
    "requirements",
)
MADE_OF = (".py", ".po", ".mo", ".txt")

_kept: sqlite3.Connection | None = None


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def keep() -> None:
    """Remember what the database holds now."""
    global _kept
    if is_sqlite():
        connection.ensure_connection()
        _kept = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_kept)


def put_back() -> bool:
    """Make the database what `keep` saw, outside of a transaction; False where that is not possible."""
    if _kept is None or connection.in_atomic_block:
        return False
    connection.ensure_connection()
    _kept.backup(connection.connection)
    return True


def _made_of() -> str:
    """A name for everything that migrations may depend on."""
    found = hashlib.sha256(
        repr((sys.version, django.VERSION, wagtail.VERSION, sqlite3.sqlite_version)).encode()
    )
    for folder in APPS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in MADE_OF:
                found.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return found.hexdigest()[:16]


def lay() -> Callable[[], None]:
    """Lay a copy where Django looks for its database. What is returned is to be called once Django has made it.

    Of two workers that find nothing to copy the second waits for the first.
    """
    folder = Path(settings.DATA_DIR)
    template = folder / f"test_template_{_made_of()}.sqlite3"
    target = connection.creation._get_test_db_name()
    for end in ("", "-wal", "-shm"):
        Path(target + end).unlink(missing_ok=True)
    lock = (folder / "test_template.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    if template.exists():
        shutil.copyfile(template, target)
        lock.close()
        return lambda: None

    def migrated() -> None:
        _save(template)
        lock.close()

    return migrated


def _save(template: Path) -> None:
    for old in template.parent.glob("test_template_*.sqlite3"):
        old.unlink()
    half = template.with_suffix(".half")
    with closing(sqlite3.connect(half)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    half.replace(template)
