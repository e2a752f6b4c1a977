"""The receipt: tracking code and secret, by when an answer is due and why, and how to follow it up."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers

from contact.addresses import public_address
from contact.models import Message
from contact.secrets import format_secret, secret_of
from contact.workflow import Status
from persian.working_days.core import WorkingDays
from persian.working_days.loading import working_days_from

from .qr import qr_path
from .tokens import read_receipt


def show_receipt(page: Any, request: HttpRequest) -> HttpResponse:
    """The codes and what happens next; an outdated or wrong address gets a friendly page."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    sent = _sent(request.GET.get("r", ""))
    context = {"sent": sent, **(_shown(sent) if sent else {}), "is_anew": "anew" in request.GET}
    response = page.render(request, template="contact/receipt.html", context_overrides=context)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _sent(token: str) -> Message | None:
    """The message of a receipt, as long as it has the secret that the receipt was made for."""
    if (read := read_receipt(token)) is None:
        return None
    code, version = read
    found = Message.objects.filter(tracking_code=code, secret_version=version, anonymised_at=None)
    return found.select_related("unit", "topic").first()


def _shown(sent: Message) -> dict[str, Any]:
    secret = secret_of(sent)
    address = public_address("track/", code=sent.tracking_code)
    size, path = qr_path(address)
    return {
        "secret": format_secret(secret) if secret else "",
        "track_address": address,
        "qr_size": size,
        "qr_path": path,
        "due": deadline_of(sent),
        "is_emailed": bool(sent.email) and sent.status != Status.SPAM,
    }


def deadline_of(sent: Message) -> WorkingDays | None:
    """How the deadline came about; None where nothing was promised, or another date holds by now. Three queries."""
    if not sent.deadline_days:
        return None
    due = working_days_from(sent.created_at, sent.deadline_days)
    return due if due.date == sent.deadline else None
