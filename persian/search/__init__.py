"""Persian full-text search for Wagtail: name this module as `WAGTAILSEARCH_BACKENDS["default"]["BACKEND"]`."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from .words import close_words

__all__ = ["SearchBackend", "close_words"]


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """The backend of the database that the site uses."""
    # Both modules need the tables of their own database, so only one of them can be imported.
    if connection.vendor == "sqlite":
        from .sqlite import SearchBackend as Backend
    elif connection.vendor == "postgresql":
        from .postgres import SearchBackend as Backend
    else:
        raise ImproperlyConfigured("persian.search needs SQLite or PostgreSQL.")
    return Backend(params)
