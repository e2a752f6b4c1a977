"""Everything between `make run` and the first answer; a second start finds it done and takes a moment."""

import hashlib
import io
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection

from . import migration_state, preflight
from .backup import BackupError, keep_last, stamp, write_backup
from .preflight import StartupError

MIGRATION_BACKUPS_KEPT = 10


class Terminal:
    """What the keeper reads: one line for each step, with its time, and warnings that stand out."""

    def __init__(self, stream: Any = None) -> None:
        self.stream = stream or sys.stdout

    def say(self, text: str) -> None:
        """One line, at once."""
        self.stream.write(text + "\n")
        self.stream.flush()

    def warn(self, text: str) -> None:
        """A line that stands out."""
        self.say(f"  !  {text}")

    @contextmanager
    def step(self, label: str) -> Iterator[None]:
        """Print the label with the time that the block took; nothing more when it fails."""
        began = time.monotonic()
        yield
        self.say(f"  ok {label} ({time.monotonic() - began:.1f} s)")


class Progress(io.StringIO):
    """Stands in for a command's output: counts its lines and prints a sign of life every few seconds."""

    def __init__(self, say: Callable[[str], None], what: str, marker: str, total: int = 0) -> None:
        super().__init__()
        self.say, self.what, self.marker, self.total = say, what, marker, total
        self.count, self.last = 0, time.monotonic()

    def write(self, text: str) -> int:
        self.count += text.count(self.marker)
        if time.monotonic() - self.last >= 3:
            self.last = time.monotonic()
            self.say(f"     ... {self.count}{f' of {self.total}' if self.total else ''} {self.what}")
        return len(text)


def prepare(terminal: Terminal, *, static: bool = True) -> None:
    """All steps that need no network of their own, in order. Raises `StartupError`."""
    with terminal.step("folders, disk and code"):
        preflight.make_folders()
        if warning := preflight.check_disk():
            terminal.warn(warning)
        build_messages()
        preflight.check_code()
    with terminal.step("database"):
        preflight.wait_for_database(terminal.warn)
        preflight.refuse_newer_database()
        migrate(terminal)
    if static:
        collect_static(terminal)
    with terminal.step("first content"):
        load_content(terminal)
    update_search_index(terminal)
    if not settings.EMAIL_CONFIGURED:
        terminal.warn("no mail server is set (EMAIL_URL): e-mails wait until there is one; all else works")
    if settings.SECURE_SSL_REDIRECT and not settings.TRUSTED_PROXIES:
        terminal.warn(
            "SITE_URL is https and no proxy is trusted (TRUSTED_PROXIES): the site cannot tell an encrypted visit from "
            "another, redirects for ever, and takes all visitors for one sender"
        )


def build_messages() -> None:
    """Compile the translations, where that is not done yet."""
    if "build_messages" in get_commands():
        call_command("build_messages", verbosity=0)


def migrate(terminal: Terminal) -> None:
    """Bring the database up to date; one that holds something already is backed up first."""
    waiting = migration_state.pending()
    if not waiting:
        return
    if migration_state.applied():
        target = Path(settings.BACKUP_DIR) / f"before-migration-{stamp()}"
        try:
            write_backup(target, with_files=False)
            keep_last(Path(settings.BACKUP_DIR), "before-migration-", MIGRATION_BACKUPS_KEPT)
        except BackupError as problem:
            raise StartupError(
                f"The database has to be migrated, and is not touched without a backup.\n{problem}"
            ) from problem
        terminal.say(f"     backed up the database to {target}")
    terminal.say(f"     migrating: {len(waiting)} steps")
    call_command(
        "migrate",
        interactive=False,
        skip_checks=True,
        no_color=True,
        stdout=Progress(terminal.say, "steps", " OK\n", len(waiting)),
    )
    connection.close()


def collect_static(terminal: Terminal) -> None:
    """Hash and compress the static files, unless they are what was collected last time."""
    note, digest = Path(settings.DATA_DIR) / "static.stamp", static_digest()
    complete = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    if complete and note.exists() and note.read_text() == digest:
        return
    with terminal.step("static files collected, hashed and compressed"):
        terminal.say("     static files have changed (this takes some ten seconds)")
        progress = Progress(terminal.say, "files", "\n")
        call_command("collectstatic", interactive=False, verbosity=2, no_color=True, stdout=progress)
        note.write_text(digest)


def static_digest() -> str:
    """A digest of every static file's name, size and time of change, and of how they are stored."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_content(terminal: Terminal) -> None:
    """The site's first content, which its command puts in once only."""
    if "load_initial_content" in get_commands():
        output = io.StringIO()
        call_command("load_initial_content", stdout=output)
        if output.getvalue().startswith("Put in"):
            terminal.say("     the first content was put in")


def update_search_index(terminal: Terminal) -> None:
    """Make the search index anew where another version of the software made it."""
    if get_commands().get("update_index") != "persian":
        return  # Wagtail's own command does not know whether it is needed
    progress = Progress(terminal.say, "steps of a new search index", ".")
    call_command("update_index", if_stale=True, stdout=progress)
    if progress.count:
        terminal.say("     the search index was of another version and was made anew")
