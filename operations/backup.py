"""A backup: one folder with a copy of the database, the files, and a manifest with their checksums.

It is written under another name and renamed at its end, so a folder that has its name is complete. The secret
key is not part of it: whoever holds a backup must not be able to sign in as anybody.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
import wagtail
from django.conf import settings
from django.db import connection
from django.utils import timezone

from . import database_copy, migration_state

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024


class BackupError(Exception):
    """No backup was written; the message says why in words for the keeper."""


def folders() -> dict[str, Path]:
    """The folders of files that belong to a backup, by their names in it."""
    return {"media": Path(settings.MEDIA_ROOT), "private": Path(settings.PRIVATE_ROOT)}


def stamp() -> str:
    """The present moment for a folder's name, in UTC; sorts by age."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def write_backup(target: Path, *, with_files: bool = True) -> dict[str, Any]:
    """Write a backup into the new or empty folder `target` while the site may run; return its manifest.

    Raises `BackupError`, leaving nothing half-written behind.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupError(f"{target} exists already and is not an empty folder; name a new one.")
    draft = target.with_name(f".{target.name}.partial-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _require_space(target.parent, with_files)
        draft.mkdir(mode=0o700)
        manifest = _fill(draft, with_files)
        os.replace(draft, target)
        sync_folder(target.parent)
    except database_copy.CopyError as problem:
        raise BackupError(f"No backup was written: {problem}.") from problem
    except OSError as problem:
        raise BackupError(f"No backup was written: {explain(problem)}.") from problem
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _fill(draft: Path, with_files: bool) -> dict[str, Any]:
    # The database first: a file is written before the row that names it, so every row in the copy finds its
    # file.
    database_copy.dump(draft / database_copy.file_name())
    if with_files:
        for name, folder in folders().items():
            for source in files_below(folder):
                copy_file(source, draft / name / source.relative_to(folder))
    manifest = {
        "format": FORMAT,
        "created": timezone.now().isoformat(timespec="seconds"),
        "site": settings.SITE_URL,
        "versions": {"django": django.__version__, "wagtail": wagtail.__version__},
        "database": connection.vendor,
        "with_files": with_files,
        "migrations": sorted(f"{app}.{name}" for app, name in migration_state.applied()),
        "files": {
            path.relative_to(draft).as_posix(): {"sha256": checksum(path), "size": path.stat().st_size}
            for path in files_below(draft)
        },
    }
    with (draft / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(manifest, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def files_below(folder: Path) -> Iterator[Path]:
    """Every plain file below a folder, in a fixed order; links are left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path


def copy_file(source: Path, target: Path) -> str:
    """Copy one file down to the disk and return its SHA-256, or "" when it has just been deleted."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        reading = source.open("rb")
    except FileNotFoundError:
        return ""
    with reading, target.open("xb") as writing:
        while chunk := reading.read(CHUNK):
            digest.update(chunk)
            writing.write(chunk)
        writing.flush()
        os.fsync(writing.fileno())
    shutil.copystat(source, target)
    return digest.hexdigest()


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make sure that names given in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def explain(problem: OSError) -> str:
    """An operating system's error in plain words."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "the disk is full"
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{problem.filename or 'a folder'} cannot be written by this user"
    return f"{problem.strerror or problem} ({problem.filename or 'no file named'})"


def _require_space(folder: Path, with_files: bool) -> None:
    needed = database_copy.size()
    if with_files:
        needed += sum(path.stat().st_size for source in folders().values() for path in files_below(source))
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise BackupError(
            f"No backup was written: the disk is too full. It needs {needed / 1e6:.0f} MB at {folder}, "
            f"and {free / 1e6:.0f} MB are free."
        )


def existing(folder: Path, prefix: str = "") -> list[Path]:
    """The complete backups in a folder, oldest first."""
    found = [
        path.parent for path in folder.glob(f"{prefix}*/{MANIFEST}") if not path.parent.name.startswith(".")
    ]
    return sorted(found, key=lambda path: (path / MANIFEST).stat().st_mtime)


def keep_last(folder: Path, prefix: str, count: int) -> None:
    """Delete the older backups of one kind, so that `count` stay."""
    for path in existing(folder, prefix)[:-count]:
        shutil.rmtree(path)


def latest_age() -> timedelta | None:
    """The age of the newest full backup in BACKUP_DIR (not of those before a migration), or None."""
    kept = [path for path in existing(Path(settings.BACKUP_DIR)) if not path.name.startswith("before-")]
    if not kept:
        return None
    made = datetime.fromtimestamp((kept[-1] / MANIFEST).stat().st_mtime, UTC)
    return timezone.now() - made
