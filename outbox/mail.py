"""Putting an e-mail into the outbox."""

import logging
import re
from collections.abc import Iterable, Mapping
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from . import given_up
from .models import OutgoingMail

logger = logging.getLogger(__name__)


def queue_mail(
    *,
    to: Iterable[str],
    subject: str,
    text: str,
    html: str = "",
    reply_to: Iterable[str] = (),
    kind: str,
    reference: str = "",
    withheld: Mapping[str, tuple[str, str]] | None = None,
) -> OutgoingMail:
    """Write an e-mail into the caller's transaction and wake the worker when that is committed.

    `reference` names what it is about. `withheld` names, for each placeholder in the text, the registered source and the key
    that give the words which are written in only when the mail is sent (see `outbox.withheld`).

    Never fails for what is in it: an e-mail that nobody could get is kept as given up, where the keeper sees it, so that
    it cannot take the caller's own row down with it.
    """
    recipients = list(dict.fromkeys(filter(is_address, to)))
    mail = OutgoingMail.objects.create(
        kind=kind,
        to=recipients,
        subject=one_line(subject),
        text=text,
        html=html,
        reply_to=list(filter(is_address, reply_to)),
        reference=reference,
        withheld={placeholder: list(where) for placeholder, where in (withheld or {}).items()},
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost"),
        state=OutgoingMail.State.QUEUED if recipients else OutgoingMail.State.DEAD,
        last_error="" if recipients else "No valid recipient.",
    )
    if not recipients:
        given_up.tell(mail)
    transaction.on_commit(wake, robust=True)
    return mail


def wake() -> None:
    """Ask the worker to look at the outbox. When that fails, the scheduler's next round does."""
    from .tasks import deliver

    if not (settings.EMAIL_CONFIGURED or settings.SMS_URL):
        return
    try:
        deliver.enqueue()
    except Exception:  # the row is committed, and nothing may fail for the lack of a wake-up call
        logger.warning("the worker could not be woken; the scheduler will deliver", exc_info=True)


def is_address(text: str) -> bool:
    """True for one plain address: no name, no line break, nothing that could become another header."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return text.isascii()


def one_line(text: str) -> str:
    """`text` as a header may carry it: one line, no control characters, at most 200 characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())[:200]
