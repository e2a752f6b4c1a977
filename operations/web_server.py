"""What we change in gunicorn: secrets in addresses stay out of its log, and its own error pages speak Persian."""

import re
import socket
from typing import Any

import gunicorn.util
from django.utils.html import escape
from django.utils.translation import gettext as _
from gunicorn.glogging import Logger

# One-time links carry their secret in the path: the first administrator's, and Wagtail's password links.
SECRET_PATHS = re.compile(r"^(/admin/(?:first-admin|password_reset/confirm)/).+")

_original_write_error = gunicorn.util.write_error


class AccessLogger(Logger):
    """Gunicorn's logger, with the secret part of one-time links left out."""

    def atoms(self, *args: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(*args)
        if path := atoms.get("U"):
            atoms["U"] = mask(path)
        return atoms


def mask(path: str) -> str:
    """The path without the secret of a one-time link."""
    return SECRET_PATHS.sub(r"\1…", path)


def write_error(sock: socket.socket, status_int: int, reason: str, mesg: str) -> None:
    """Answer what never reached the site (a request that is no HTTP, or too long) with a short Persian page.

    Takes the place of `gunicorn.util.write_error`; `mesg` repeats parts of the request and is left out.
    """
    try:
        page = error_page(status_int)
    except Exception:  # Django is not up in this process: gunicorn's own page then
        _original_write_error(sock, status_int, reason, "")
        return
    head = (
        f"HTTP/1.1 {status_int} {reason}\r\n"
        "Connection: close\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "Content-Security-Policy: default-src 'none'\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        f"Content-Length: {len(page)}\r\n\r\n"
    )
    gunicorn.util.write_nonblock(sock, head.encode("latin-1") + page)


def error_page(status: int) -> bytes:
    """A page without style, pictures or links to anything but the home page."""
    if status in (414, 431):
        title, advice = _("The address is too long"), _("Please shorten what you asked for and try again.")
    elif status >= 500:
        title, advice = _("Something went wrong on our side"), _("Please try again in a few minutes.")
    else:
        title, advice = (
            _("The request could not be understood"),
            _("Please go to the home page and try again."),
        )
    return (
        f'<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f'<body><main><h1>{escape(title)}</h1><p>{escape(advice)}</p><p><a href="/">{escape(_("Home page"))}</a></p>'
        "</main></body></html>"
    ).encode()
