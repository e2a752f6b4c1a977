"""Puts a backup back: all is checked and laid ready beside the live data, then exchanged by renaming."""

import json
import os
import re
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection

from . import database_copy, migration_state
from .backup import FORMAT, MANIFEST, BackupError, checksum, copy_file, explain, folders, stamp, write_backup
from .site_lock import SiteInUseError, hold_alone


class RestoreError(Exception):
    """Nothing was changed; the message says why in words for the keeper."""


@dataclass
class Restored:
    """What a restore did: where the previous data is kept now, and whether migrations are waiting."""

    kept: list[Path] = field(default_factory=list)
    files: int = 0


def read_manifest(source: Path) -> dict[str, Any]:
    """The manifest of a backup, its form checked. Raises `RestoreError`."""
    try:
        manifest = json.loads((source / MANIFEST).read_text(encoding="utf-8"))
        names = list(manifest["files"])
        sums = [(entry["sha256"], entry["size"]) for entry in manifest["files"].values()]
        known = manifest["format"] == FORMAT
    except FileNotFoundError:
        raise RestoreError(f"{source} is not a complete backup: it has no {MANIFEST}.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise RestoreError(f"The {MANIFEST} in {source} cannot be read: {problem}.") from problem
    if not known:
        raise RestoreError("The backup was made by a newer version of this site. Update the site first.")
    if not all(_is_inside(name) for name in names) or not all(isinstance(size, int) for _, size in sums):
        raise RestoreError(f"The {MANIFEST} in {source} names files outside the backup.")
    return manifest


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    allowed = path.parts[:1] in [(folder,) for folder in folders()] or name == database_copy.file_name()
    return allowed and not path.is_absolute() and ".." not in path.parts


def verify(source: Path) -> dict[str, Any]:
    """Check every file of a backup against its manifest, and that this code knows its migrations.

    Returns the manifest. Raises `RestoreError`.
    """
    manifest = read_manifest(source)
    if manifest["database"] != connection.vendor:
        raise RestoreError(
            f"The backup holds a {manifest['database']} database, but DATABASE_URL names {connection.vendor}."
        )
    seen = {(app, name) for app, _, name in (entry.partition(".") for entry in manifest["migrations"])}
    if newer := migration_state.unknown_to_code(seen):
        example = ".".join(min(newer))
        raise RestoreError(
            f"The backup is newer than this code (it knows {example}). Update the site to the version that "
            "made it, then restore."
        )
    for name, entry in manifest["files"].items():
        path = source / name
        if not path.is_file() or path.is_symlink():
            raise RestoreError(f"The backup is damaged: {name} is missing.")
        if path.stat().st_size != entry["size"] or checksum(path) != entry["sha256"]:
            raise RestoreError(f"The backup is damaged: {name} is not what was saved (its checksum differs).")
    return manifest


def restore(source: Path, *, force: bool = False) -> Restored:
    """Verify a backup and put it in place of the live data, which is kept aside.

    The site must be stopped, unless `force`. Raises `RestoreError`, having changed nothing.
    """
    manifest = verify(source)
    moment = re.sub(r"\W", "", stamp())
    with ExitStack() as stack:
        try:
            stack.enter_context(hold_alone())
        except SiteInUseError as problem:
            if not force:
                raise RestoreError(f"{problem} Stop it first, or use --force.") from None
        undo: list[Callable[[], None]] = []
        try:
            return _exchange(source, manifest, moment, undo)
        except (OSError, BackupError, database_copy.CopyError) as problem:
            for step in reversed(undo):
                step()
            reason = explain(problem) if isinstance(problem, OSError) else str(problem).rstrip(".")
            raise RestoreError(f"Nothing was restored: {reason}.") from problem


def _exchange(
    source: Path, manifest: dict[str, Any], moment: str, undo: list[Callable[[], None]]
) -> Restored:
    result = Restored()
    with ExitStack() as leftovers:
        staged = _stage(source, manifest, moment, leftovers)
        for name, folder in folders().items():
            if manifest["with_files"]:
                result.kept += _swap(staged[name], folder, moment, undo)
        copy = staged[database_copy.file_name()]
        if connection.vendor == "sqlite":
            undo.append(database_copy.restore_sqlite(copy, moment))
            kept = Path(f"{connection.settings_dict['NAME']}.before-{moment}")
            result.kept += [kept] if kept.exists() else []
        else:
            aside = Path(settings.BACKUP_DIR) / f"before-restore-{moment}"
            write_backup(aside, with_files=False)
            result.kept.append(aside)
            database_copy.restore_postgres(copy)
    result.files = len(manifest["files"])
    return result


def _stage(source: Path, manifest: dict[str, Any], moment: str, leftovers: ExitStack) -> dict[str, Path]:
    """Copy everything beside its future place, checked once more: only renaming is left to do."""
    live = connection.settings_dict["NAME"] if connection.vendor == "sqlite" else None
    database = Path(live) if live else Path(settings.DATA_DIR) / "database.dump"
    places = {name: _beside(folder, moment) for name, folder in folders().items()}
    places[database_copy.file_name()] = _beside(database, moment)
    for place in places.values():
        place.parent.mkdir(parents=True, exist_ok=True)
        leftovers.callback(_discard, place)
    for name, folder in folders().items():
        places[name].mkdir()
        if folder.exists():
            shutil.copymode(folder, places[name])
    for name, entry in manifest["files"].items():
        first, *rest = PurePosixPath(name).parts
        if copy_file(source / name, places[first].joinpath(*rest)) != entry["sha256"]:
            raise database_copy.CopyError(f"{name} changed while it was read")
    return places


def _beside(path: Path, moment: str) -> Path:
    return path.with_name(f".{path.name}.restoring-{moment}")


def _discard(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _swap(staged: Path, live: Path, moment: str, undo: list[Callable[[], None]]) -> list[Path]:
    """Exchange a folder for the staged one; returns where the previous one is kept, if there was one."""
    aside = live.with_name(f"{live.name}.before-{moment}")
    existed = live.exists()
    if existed:
        os.replace(live, aside)
        undo.append(lambda: os.replace(aside, live))
    os.replace(staged, live)
    undo.append(lambda: shutil.rmtree(live))
    return [aside] if existed else []
