"""Keeping files below PRIVATE_ROOT so that a power cut takes none that was acknowledged, and a full disk leaves no half.

A file is there before the row that names it: written under another name, flushed, renamed, the folder flushed. What has no row
after a day is swept away.
"""

import logging
import os
import time
import uuid
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone

from contact.models import Attachment, StagedFile

from .accepting import NOT_STORED, Accepted

logger = logging.getLogger(__name__)

FOLDER = "cases"
KEPT_WITHOUT_ROW = timedelta(days=1)
#: A form may be open for a day and be shown again; then its files go.
KEPT_UNSENT = timedelta(days=2)
_MODE, _FOLDER_MODE = 0o640, 0o750


class NotStoredError(OSError):
    """The file could not be kept: the disk is full, or worse. `str()` says so in Persian; nothing half stays behind."""

    def __str__(self) -> str:
        return str(NOT_STORED)


def keep(accepted: Accepted) -> str:
    """Write a file down to the disk and return its path below PRIVATE_ROOT. NotStoredError when that fails."""
    key = uuid.uuid4().hex
    path = f"{FOLDER}/{key[:2]}/{key}"
    target = Path(settings.PRIVATE_ROOT) / path
    draft = target.with_name(f".{key}.part")
    try:
        _make_folder(target.parent)
        _write(draft, accepted.content)
        os.replace(draft, target)
        _flush_folder(target.parent)
    except OSError as problem:
        logger.exception("a file could not be stored")
        for half in (draft, target):
            with suppress(OSError):
                half.unlink(missing_ok=True)
        raise NotStoredError(problem.errno, problem.strerror) from problem
    return path


def attach(accepted: Accepted, **where: Any) -> Attachment:
    """Keep a file as an attachment; `where`: its message, its entry and who may have it. NotStoredError as above."""
    values = {name: getattr(accepted, name) for name in ("name", "content_type", "size", "sha256")}
    return Attachment.objects.create(path=keep(accepted), **values, **where)


def open_stored(path: str) -> BinaryIO:
    """Open a stored file for reading. FileNotFoundError where there is none, or the path leads elsewhere."""
    return _place(path).open("rb")


def discard(path: str) -> None:
    """Delete a stored file; call it once the row that named it is gone for good (`transaction.on_commit`).

    Where the disk does not let it go, it is swept away later. FileNotFoundError when the path leads elsewhere.
    """
    place = _place(path)
    try:
        place.unlink(missing_ok=True)
    except OSError as problem:
        logger.error("%s cannot be deleted: %s", path, problem)


def sweep() -> int:
    """Delete forms' files that were never sent, and files that no row names; return how many files went.

    A file whose row goes now has its clock set anew, so that a form that is being sent this moment still finds it.
    """
    for row in StagedFile.objects.filter(created_at__lt=timezone.now() - KEPT_UNSENT):
        if StagedFile.objects.filter(pk=row.pk).delete()[0]:
            with suppress(OSError):
                os.utime(_place(row.path))
    latest, gone = time.time() - KEPT_WITHOUT_ROW.total_seconds(), 0
    root = Path(settings.PRIVATE_ROOT) / FOLDER
    for folder in sorted(root.glob("*/")):
        old = {}
        for found in folder.iterdir():
            with suppress(FileNotFoundError):
                if found.stat().st_mtime < latest:
                    old[f"{FOLDER}/{folder.name}/{found.name}"] = found
        # The forms' rows first: a file that moves on to a case meanwhile is seen in the second list.
        for rows in (StagedFile.objects.all(), Attachment.objects.filter(deleted_at=None)):
            for path in rows.filter(path__in=old).values_list("path", flat=True):
                del old[path]
        for path, found in old.items():
            discard(path)
            gone += not found.exists()
    return gone


def _place(path: str) -> Path:
    root = (Path(settings.PRIVATE_ROOT) / FOLDER).resolve()
    place = (Path(settings.PRIVATE_ROOT) / path).resolve()
    if not place.is_relative_to(root) or place == root:
        raise FileNotFoundError(path)
    return place


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each name of them down on the disk."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
