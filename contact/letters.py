"""E-mails about a case: a pair of templates becomes a row of the outbox that knows its case."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext

from outbox.mail import queue_mail
from outbox.models import Outgoing, OutgoingMail, OutgoingSms
from persian.text import isolate_ltr

from .addresses import public_address
from .links import make_token
from .models.cases import Message
from .models.casework import OneTimeLink
from .models.timeline import TimelineEntry
from .secrets import format_secret, secret_of

#: The placeholder of the secret in a letter's text.
PLACEHOLDER = "[[secret]]"
SOURCE = "contact.secret"
#: How the references of cases begin.
CASE = "case"
#: The source of one-time links; the key is that of the link.
LINK_SOURCE = "contact.link"


def reference(case: Message) -> str:
    """What the outbox calls this case."""
    return f"{CASE}:{case.pk}"


def queue_letter(
    template: str,
    case: Message,
    *,
    to: Iterable[str],
    subject: str | Promise,
    context: Mapping[str, Any] | None = None,
    reply_to: Iterable[str] = (),
    withheld: Mapping[str, tuple[str, str]] | None = None,
) -> OutgoingMail:
    """Queue `emails/<template>.txt` and `.html` about a case, in the caller's transaction. No header holds typed text.

    The templates get `message`, `code` and `address` (of the case on the desk) beside `context`.
    """
    shown = {
        "message": case,
        "code": isolate_ltr(case.code_display),
        "address": settings.SITE_URL + reverse("desk:case", args=[case.pk]),
        **(context or {}),
    }
    return queue_mail(
        kind=template,
        to=to,
        reply_to=reply_to,
        subject=str(subject),
        text=render_to_string(f"emails/{template}.txt", shown),
        html=render_to_string(f"emails/{template}.html", shown),
        reference=reference(case),
        withheld=withheld,
    )


def mails_of(case: Message) -> Any:
    """The outbox's e-mails about a case, the newest first."""
    return OutgoingMail.objects.filter(reference=reference(case))


def sent_of(case: Message, most: int) -> list[Outgoing]:
    """What the outbox has about a case on any way, without the texts, the newest first. Two queries."""
    texts = OutgoingSms.objects.filter(reference=reference(case))
    rows = [*mails_of(case).defer("text", "html")[:most], *texts.defer("text")[:most]]
    return sorted(rows, key=lambda row: row.created_at, reverse=True)[:most]


def note_failure(row: Outgoing) -> None:
    """Show on its case that something was given up; called by the outbox in the transaction that writes it down."""
    case = Message.objects.filter(pk=row.reference.partition(":")[2]).first()
    if case is not None:
        is_mail = isinstance(row, OutgoingMail)
        words = (
            gettext("E-mail to %(to)s: %(error)s")
            if is_mail
            else gettext("Text message to %(to)s: %(error)s")
        )
        case.timeline.create(
            kind=TimelineEntry.Kind.MAIL_FAILED,
            text=words % {"to": isolate_ltr(row.recipients), "error": row.last_error},
            data={"outbox": row.pk, "kind": row.kind, "to": row.recipients, "error": row.last_error},
        )


def tell_secret(key: str) -> str | None:
    """The source of withheld secrets: the key is that of a case."""
    case = Message.objects.filter(pk=key).first()
    secret = secret_of(case) if case else None
    return format_secret(secret) if secret else None


#: Where on the contact page a link of each purpose leads; the token follows.
LINK_PAGES = {OneTimeLink.Purpose.RECOVER: "lost/", OneTimeLink.Purpose.ANSWER: "track/answer/"}


def tell_link(key: str) -> str | None:
    """The source of withheld one-time links: the address, or None once it is used or expired."""
    link = OneTimeLink.objects.filter(pk=key, used_at=None, expires_at__gt=timezone.now()).first()
    if link is None:
        return None
    return public_address(f"{LINK_PAGES[OneTimeLink.Purpose(link.purpose)]}{make_token(link.purpose, link)}/")
