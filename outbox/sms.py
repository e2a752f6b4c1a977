"""Text messages to mobiles, by a gateway of any maker, off until SMS_URL names one.

`console:` writes them to the log of a developer. An address with https: is posted to: what stands in its query goes as a form,
with {to} (0912…), {to_international} (+98912…), {text} and {id} (the row's unchanging key) filled in; a name and password in it
become Basic authentication. For example:
https://gateway.example.ir/send?receptor={to}&message={text}&sender=30001234&localid={id}
"""

import base64
import logging
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Protocol
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.db import transaction

from .mail import wake
from .models import OutgoingSms
from .way import Way
from .withheld import fill

logger = logging.getLogger(__name__)

LONGEST = 600  # characters: nine parts of a Persian text message


class Gateway(Protocol):
    def send(self, to: str, text: str, key: str) -> None:
        """Hand one message over, to «+98912…»; an exception means that it was not taken."""


class Refused(Exception):  # noqa: N818  named for what happened
    """The gateway answered that it will not take this message."""


class Console:
    """For developers: the message stands in the log."""

    def send(self, to: str, text: str, key: str) -> None:
        logger.warning("text message %s to %s:\n%s", key, to, text)


class Http:
    """Posts a form to a gateway. 2xx is taken, 4xx refused (but 408 and 429), anything else is trouble that passes."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        host = parts.hostname or ""
        place = f"{host}:{parts.port}" if parts.port else host
        self.address = urlunsplit((parts.scheme, place, parts.path, "", ""))
        self.fields = parse_qsl(parts.query, keep_blank_values=True)
        login = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
        self.headers = (
            {"Authorization": f"Basic {base64.b64encode(login.encode()).decode()}"} if parts.username else {}
        )

    def send(self, to: str, text: str, key: str) -> None:
        values = {"{to}": "0" + to.removeprefix("+98"), "{to_international}": to, "{text}": text, "{id}": key}
        form = [(name, _filled(value, values)) for name, value in self.fields]
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked where the settings are read
            self.address, data=urlencode(form).encode(), headers=self.headers, method="POST"
        )
        try:
            with _opener.open(request, timeout=settings.EMAIL_TIMEOUT) as answer:
                if not 200 <= answer.status < 300:
                    raise OSError(f"the gateway answered {answer.status}")
        except urllib.error.HTTPError as problem:
            if 400 <= problem.code < 500 and problem.code not in (408, 429):
                raise Refused(f"the gateway answered {problem.code}") from None
            raise OSError(f"the gateway answered {problem.code}") from None


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is to be told to one address is told to no other."""

    def redirect_request(self, *args: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))


def _filled(value: str, values: Mapping[str, str]) -> str:
    """Each placeholder once, so that a text with braces stays as it is."""
    return values.get(value, value) if value.startswith("{") else value


def gateway() -> Gateway:
    return Console() if settings.SMS_URL.startswith("console:") else Http(settings.SMS_URL)


class BySms(Way):
    model = OutgoingSms
    name = "text message"

    def __init__(self) -> None:
        self.gateway = gateway()

    @staticmethod
    def is_configured() -> bool:
        return bool(settings.SMS_URL)

    def send(self, row: OutgoingSms) -> None:  # type: ignore[override]
        self.gateway.send(row.to, fill(row)[0], str(row.key))

    def is_refusal(self, problem: Exception) -> bool:
        return not isinstance(problem, OSError | HTTPException)

    def is_answer(self, problem: Exception) -> bool:
        return False


def queue_sms(
    *,
    to: str,
    text: str,
    kind: str,
    reference: str = "",
    withheld: Mapping[str, tuple[str, str]] | None = None,
) -> OutgoingSms | None:
    """Write a text message to «+98912…» into the caller's transaction; None, and nothing is kept, without a gateway."""
    if not settings.SMS_URL:
        return None
    row = OutgoingSms.objects.create(
        to=to,
        text=text[:LONGEST],
        kind=kind,
        reference=reference,
        withheld={placeholder: list(where) for placeholder, where in (withheld or {}).items()},
    )
    transaction.on_commit(wake, robust=True)
    return row
