"""What we change in gunicorn: its log names no person and no secret, its own error pages speak Persian."""

import re
import socket
from typing import Any
from urllib.parse import unquote

import gunicorn.util
from django.utils.html import escape
from django.utils.translation import gettext as _
from gunicorn.glogging import Logger

from .log_filter import HideSecrets, hide_secrets

# Whatever could start a line of its own, or turn the direction of one, in a log that a person reads.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LONGEST_PATH = 300
SECRETS = HideSecrets()

_original_write_error = gunicorn.util.write_error


class AccessLogger(Logger):
    """Gunicorn's logger without queries, network addresses and the secrets of one-time links."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(SECRETS)

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        atoms["U"] = printable(environ.get("RAW_URI", ""))
        return atoms

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        super().warning(
            UNPRINTABLE.sub("?", re.sub(r" from ip=\S+:", ":", str(msg))[:LONGEST_PATH]), *args, **kwargs
        )


def printable(address: str) -> str:
    """The path of an address as a person reads it: no query, no secret, one line, not endless."""
    path = UNPRINTABLE.sub("?", unquote(address.partition("?")[0], errors="replace"))
    return hide_secrets(path)[:LONGEST_PATH]


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
        "Referrer-Policy: no-referrer\r\n"
        f"Content-Length: {len(page)}\r\n\r\n"
    )
    gunicorn.util.write_nonblock(sock, head.encode("latin-1") + page)


def error_page(status: int) -> bytes:
    """A page without style, pictures or links to anything but the home page."""
    if status in (414, 431):
        title, advice = _("The request is too long"), _("Please shorten what you asked for and try again.")
    elif status >= 500:
        title, advice = _("Something went wrong on our side"), _("Please try again in a few minutes.")
    else:
        title, advice = (
            _("The request could not be understood"),
            _("Please go to the home page and try again."),
        )
    home = escape(_("Home page"))
    return (
        f'<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f'<body><main><h1>{escape(title)}</h1><p>{escape(advice)}</p><p><a href="/">{home}</a></p>'
        "</main></body></html>"
    ).encode()
