"""A system check (`check --database default`): an index made by another version finds less than it should."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from . import state


def index_is_of_this_version(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """An error for a stale index; nothing while migrations wait, for they come first."""
    backends = getattr(settings, "WAGTAILSEARCH_BACKENDS", {}).values()
    if "default" not in (databases or ()) or "persian.search" not in (one["BACKEND"] for one in backends):
        return []
    try:
        executor = MigrationExecutor(connections["default"])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()) or not state.is_stale():
            return []
    except DatabaseError:
        return []  # other checks say that the database is out of reach
    return [
        Error(
            "The search index was made by another version of the text analyser, so searches miss pages.",
            hint="Run `manage.py update_index`.",
            id="persian.E001",
        )
    ]


def register_own() -> None:
    """Called when the app is ready."""
    register(index_is_of_this_version, Tags.database)
