"""Mails that came back: a server took them and said later that it could not deliver them (RFC 3464).

They arrive in the mailbox that the site sends from, and are read from there by IMAP where BOUNCES_URL names it, or piped in by
the mail server (`manage.py note_bounce`). A report names the mail by its Message-ID; what else lies in the mailbox is left alone.
"""

import email
import email.policy
import imaplib
import logging
import re
from contextlib import suppress
from email.message import Message
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import DatabaseError

from .delivery import give_up
from .models import OutgoingMail, State

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100
LARGEST = 2 * 1024 * 1024  # bytes of a report; the mail that came back is part of it
_MESSAGE_ID = re.compile(r"^message-id:\s*(<[^<>\s]{3,240}>)", re.IGNORECASE | re.MULTILINE)


def note(raw: bytes) -> OutgoingMail | None:
    """Read a report and give up the mail that it is about; None when it is none of ours, or no final failure."""
    report = email.message_from_bytes(raw, policy=email.policy.compat32)
    if report.get_content_type() != "multipart/report":
        return None
    if (reason := _failure(report)) is None:
        return None
    for key in _MESSAGE_ID.findall(_returned(report)):
        mail = OutgoingMail.objects.filter(message_id=key, state=State.SENT).first()
        if mail and give_up(mail, reason, OutgoingMail.objects.filter(pk=mail.pk, state=State.SENT)):
            return mail
    return None


def read_mailbox() -> int:
    """Look for reports in the mailbox that BOUNCES_URL names; return how many mails of ours came back."""
    place = urlsplit(settings.BOUNCES_URL)
    make = imaplib.IMAP4_SSL if place.scheme == "imaps" else imaplib.IMAP4
    host, port = place.hostname or "", place.port or (993 if place.scheme == "imaps" else 143)
    found = 0
    with make(host, port, timeout=settings.EMAIL_TIMEOUT) as box:
        box.login(unquote(place.username or ""), unquote(place.password or ""))
        box.select(unquote(place.path.strip("/")) or "INBOX")
        _, (numbers,) = box.search(
            None, "UNSEEN", "HEADER", "Content-Type", "delivery-status", "SMALLER", str(LARGEST)
        )
        for number in (numbers or b"").split()[:MOST_AT_ONCE]:
            _, parts = box.fetch(number.decode(), "(BODY.PEEK[])")
            raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
            try:
                found += note(raw) is not None
            except DatabaseError:  # it is read again
                raise
            except Exception:  # whatever a stranger sent must not keep the others from being read
                logger.exception("a mail in the mailbox of %s cannot be read", host)
            # A report that is none of ours need not be read again.
            box.store(number.decode(), "+FLAGS", "\\Seen")
    return found


def _failure(report: Message) -> str | None:
    """The reason of a final failure, in the server's words."""
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload() if part.is_multipart() else []:
            if str(block.get("Action", "")).strip().lower() == "failed":  # type: ignore[union-attr]
                said = block.get("Diagnostic-Code") or block.get("Status") or ""  # type: ignore[union-attr]
                return f"Came back: {' '.join(str(said).partition(';')[2].split()) or said}"[:1000]
    return None


def _returned(report: Message) -> str:
    """The head of the mail that came back, as text."""
    for part in report.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            with suppress(AttributeError, IndexError, UnicodeError):
                inner = part.get_payload(0) if part.is_multipart() else part.get_payload(decode=True)
                if isinstance(inner, Message):
                    return f"Message-ID: {inner.get('Message-ID', '')}"
                return bytes(inner).decode("ascii", "replace")  # type: ignore[arg-type]
    return ""
