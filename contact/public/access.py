"""Who may see which case: whoever gave both codes carries a signed cookie for half an hour. No account, no session."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare, salted_hmac

from contact.models import Message
from contact.secrets import opens

COOKIE = "tracking"
#: Seconds since the last page; each page begins them anew.
AGE = 30 * 60
_SALT = "contact.access"
_OF_SECRETS = ("form_key", "secret_hash", "secret_version")


def find_case(code: str, secret: str) -> Message | None:
    """The case that both codes open. One query and the same computation, whatever is wrong or missing."""
    readable = Message.objects.filter(anonymised_at=None)
    case = readable.filter(tracking_code=code).only("tracking_code", *_OF_SECRETS).first()
    return case if opens(case, secret) else None


Response = TypeVar("Response", bound=HttpResponseBase)


def guarded(response: Response) -> Response:
    """A page about somebody's case: kept nowhere, found nowhere, its address told to no other site."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


@dataclass(frozen=True)
class Door:
    """The tracking pages below the contact page at `path`; their cookie is sent to no other page."""

    path: str

    @classmethod
    def of(cls, page: Any, request: HttpRequest) -> "Door":
        return cls(f"{page.get_url(request)}track/")

    def let_in(self, response: HttpResponseBase, case: Message) -> None:
        response.set_cookie(
            COOKIE,
            signing.dumps([case.tracking_code, _mark(case)], salt=_SALT),
            max_age=AGE,
            path=self.path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )

    def close(self, response: HttpResponseBase) -> None:
        response.delete_cookie(COOKIE, path=self.path, samesite="Strict")


def opened_case(request: HttpRequest) -> Message | None:
    """The case that this visitor has opened; None after half an hour, or once its secret was given anew. One query at most."""
    try:
        code, mark = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    case = (
        Message.objects.select_related("topic", "unit", "municipality")
        .filter(tracking_code=code, anonymised_at=None)
        .exclude(secret_hash="")
        .first()
    )
    return case if case is not None and constant_time_compare(mark, _mark(case)) else None


def _mark(case: Message) -> str:
    """Changes with the secret, so that cookies end with it."""
    return salted_hmac(_SALT, f"{case.pk}:{case.secret_hash}", algorithm="sha256").hexdigest()[:32]
