"""What must hold before the site starts; each check says plainly what is wrong and what to do about it."""

import errno
import shutil
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, InterfaceError, connection

from . import migration_state
from .backup import explain

LEAST_FREE = 100 * 1000 * 1000  # bytes: below this a database can be damaged half-way through a write
LOW_FREE = 1000 * 1000 * 1000  # bytes
DATABASE_TRIES, DATABASE_PAUSE = 5, 2.0  # seconds; a database that starts with the machine may need a while


class StartupError(Exception):
    """The site cannot start; the message is all that the keeper needs to read."""


def claim_port(host: str, port: int) -> socket.socket:
    """A socket bound to the address but not listening yet, so that nobody is kept waiting while we prepare.

    Raises `StartupError` when another program listens there, or the address is none of ours.
    """
    where = f"port {port} on {host}"
    if not 0 <= port <= 65535:
        raise StartupError(f"There is no port {port}; choose one from 1024 to 65535:  PORT=8000 make run")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        found = socket.socket(family, kind, protocol)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0 if host == "::" else 1)
        found.bind(address)
    except OSError as problem:
        raise StartupError(_about_port(problem, where, port)) from problem
    return found


def listen(found: socket.socket, host: str, port: int) -> None:
    """Start to listen; another program may have taken the port while we prepared."""
    try:
        found.listen(2048)
    except OSError as problem:
        raise StartupError(_about_port(problem, f"port {port} on {host}", port)) from problem


def _about_port(problem: Exception, where: str, port: int) -> str:
    number = getattr(problem, "errno", None)
    if number == errno.EADDRINUSE:
        return (
            f"{where.capitalize()} is taken: another program answers there, perhaps this site in another window.\n"
            f"Stop that program, or choose another port:  PORT={port + 1 if port < 65535 else 8000} make run"
        )
    if number == errno.EACCES:
        return f"This user may not open {where}. Choose one above 1023:  PORT=8000 make run"
    return f"Cannot open {where} ({problem}). Check HOST and PORT."


def make_folders() -> None:
    """DATA_DIR and its folders exist and can be written. A web server in front reads media through the site's group; private
    files and backups are for the site's own user."""
    try:
        for folder, mode in (
            (settings.DATA_DIR, 0o750),
            (settings.MEDIA_ROOT, 0o750),
            (settings.PRIVATE_ROOT, 0o700),
            (settings.SPOOL_DIR, 0o700),
            (settings.BACKUP_DIR, 0o700),
        ):
            Path(folder).mkdir(mode=mode, parents=True, exist_ok=True)
            with TemporaryFile(dir=folder) as probe:
                probe.write(b"probe")
    except OSError as problem:
        raise StartupError(
            f"The site's data cannot be kept: {explain(problem)}.\n"
            f"Make {settings.DATA_DIR} writable for this user, or name another folder:  DATA_DIR=... make run"
        ) from problem


def check_disk() -> str:
    """Room on the disk; a word of warning when it is getting short, else ""."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < LEAST_FREE:
        raise StartupError(
            f"The disk is full: {free / 1e6:.0f} MB are free at {settings.DATA_DIR}, the site needs at least "
            f"{LEAST_FREE / 1e6:.0f} MB.\nMake room (old backups are in {settings.BACKUP_DIR}), then start again."
        )
    return f"only {free / 1e6:.0f} MB are free at {settings.DATA_DIR}" if free < LOW_FREE else ""


def check_code() -> None:
    """Django's system checks find no error."""
    errors = [found for found in checks.run_checks() if found.is_serious()]
    if errors:
        lines = "\n".join(f"- {found.msg}" + (f" ({found.hint})" if found.hint else "") for found in errors)
        raise StartupError(f"The site is not set up rightly:\n{lines}")


def wait_for_database(say: Callable[[str], None]) -> None:
    """The database answers; one that is not up yet gets some seconds."""
    for tries_left in reversed(range(DATABASE_TRIES)):
        try:
            connection.ensure_connection()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return
        except (DatabaseError, InterfaceError) as problem:
            connection.close()
            reason = (str(problem).strip().splitlines() or [type(problem).__name__])[-1]
            if connection.vendor == "sqlite":
                raise StartupError(
                    f"The database {settings.DATABASES['default']['NAME']} cannot be opened: {reason}.\n"
                    f"If it is damaged, restore a backup (they are in {settings.BACKUP_DIR}):  "
                    f"{sys.executable} manage.py restore DIR"
                ) from problem
            if not tries_left:
                raise StartupError(
                    f"The database does not answer: {reason}\n"
                    "Start PostgreSQL, or check the name, user and password in DATABASE_URL."
                ) from problem
            say(f"the database does not answer yet; trying again in {DATABASE_PAUSE:.0f} s")
            time.sleep(DATABASE_PAUSE)


def refuse_newer_database() -> None:
    """The database has seen no migration that this code lacks."""
    if unknown := migration_state.unknown_to_code(migration_state.applied()):
        names = ", ".join(f"{app}.{name}" for app, name in sorted(unknown)[:3])
        raise StartupError(
            f"The database is newer than this code: it has seen {len(unknown)} migration(s) that the code does not "
            f"know ({names}).\nNothing was changed. Put the newer version of the code back (git log shows it), or "
            f"restore a backup from before the update (in {settings.BACKUP_DIR}):\n"
            f"  {sys.executable} manage.py restore DIR"
        )
