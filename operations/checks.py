"""Django system checks of the ground that the site stands on."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, register
from django.db import connection
from PIL import features

#: FTS5's features that the search needs, and VACUUM INTO; older ones also have known corruption bugs in WAL
#: mode.
OLDEST_SQLITE = (3, 37, 0)


def pillow_shapes_persian(**kwargs: Any) -> list[CheckMessage]:
    """Pillow joins Persian letters only with libraqm, which needs the system's libfribidi."""
    if features.check("raqm") and features.check("fribidi"):
        return []
    return [
        Info(
            "Pillow cannot shape Persian text: images that carry words would show loose letters.",
            hint="Install the system's FriBiDi library (Debian: libfribidi0).",
            id="operations.I001",
        )
    ]


def sqlite_is_recent(**kwargs: Any) -> list[CheckMessage]:
    """SQLite is new enough, where it is used."""
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return []
    wanted = ".".join(map(str, OLDEST_SQLITE))
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} is too old; {wanted} or newer is needed.",
            hint="Use a newer Python, or PostgreSQL by DATABASE_URL.",
            id="operations.E001",
        )
    ]


def data_dir_is_writable(**kwargs: Any) -> list[CheckMessage]:
    """DATA_DIR exists and can be written, or can be made."""
    folder = Path(settings.DATA_DIR)
    nearest = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"The data folder cannot be written: {folder}",
            hint="Give the user who runs the site the right to write there, or set DATA_DIR.",
            id="operations.E002",
        )
    ]


def register_own() -> None:
    """Called when the app is ready."""
    register(pillow_shapes_persian)
    register(sqlite_is_recent, Tags.compatibility)
    register(data_dir_is_writable)
