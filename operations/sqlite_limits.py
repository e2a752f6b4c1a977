"""SQLite takes as many values in one statement as it was built for (250,000 on Debian); Django 5.2 still counts on 999."""

import sqlite3
from typing import Any

from django.db.backends.signals import connection_created


def register_own() -> None:
    connection_created.connect(_ask_for_limit, dispatch_uid="sqlite_limits")


def _ask_for_limit(sender: Any, connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = max(limit, connection.features.max_query_params)
