"""A good form becomes a row: once, with its notice to the unit, in one transaction, before anything else happens."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from wagtail.models import Page

from operations.client_address import client_ip
from outbox.sms import queue_sms
from pages.models import ContactDetails
from persian.text import isolate_ltr

from .addresses import public_address
from .answers import shown_answers
from .codes import make_code
from .deadlines import promised
from .letters import PLACEHOLDER, SOURCE, queue_letter, reference
from .models import Attachment, Message, StagedFile, TimelineEntry
from .secrets import hash_secret, make_secret
from .workflow import Status

HOUR = timedelta(hours=1)
#: What a waiting file hands on to the attachment that it becomes.
STORED = ("name", "path", "content_type", "size", "sha256")


@dataclass(frozen=True)
class Origin:
    """Where a message comes from. `entered_by`: the colleague who wrote it down, with when it came in (`received`) and how."""

    key: uuid.UUID
    sender_hash: str
    is_spam: bool = False
    about_page: Page | None = None
    entered_by: Any = None
    received: datetime | None = None
    channel: str = Message.Channel.WEB

    @property
    def note(self) -> dict[str, str]:
        """What the timeline keeps of an entry by hand: when it was made."""
        return {"entered_at": timezone.now().isoformat()} if self.entered_by else {}


def sender_hash(request: HttpRequest) -> str:
    """The sender's network as a keyed hash, so that it can be counted and not read; "" when it is unknown."""
    address = client_ip(request)
    if not address:
        return ""
    network = ip_network(f"{address}/{64 if ':' in address else 32}", strict=False)  # a home has a whole /64
    return salted_hmac("contact.sender", str(network), algorithm="sha256").hexdigest()


def seconds_to_wait(sender: str) -> int:
    """0 when this sender may send now, else the seconds until the limit of an hour gives way."""
    limit: int = settings.CONTACT_MESSAGES_PER_HOUR
    if not sender:
        return 0
    recent = Message.objects.filter(sender_hash=sender, created_at__gt=timezone.now() - HOUR)
    times = list(recent.order_by("-created_at").values_list("created_at", flat=True)[:limit])
    if len(times) < limit:
        return 0
    if not times:  # a limit of nought
        return int(HOUR.total_seconds())
    return max(1, int((times[-1] + HOUR - timezone.now()).total_seconds()) + 1)


def store(data: dict[str, Any], origin: Origin, details: ContactDetails) -> Message:
    """Save a valid form's message with its timeline and its notice. The same key gives the same row, made once."""
    for _attempt in range(5):
        try:
            with transaction.atomic():
                received = origin.received or timezone.now()
                due = promised(data["topic"], received)
                message = Message.objects.create(
                    **data,
                    created_at=received,
                    deadline=due.date if due else None,
                    deadline_days=due.count if due else None,
                    secret_hash=hash_secret(make_secret(origin.key)),
                    unit=data["topic"].unit,
                    form_key=origin.key,
                    sender_hash=origin.sender_hash,
                    about_page=origin.about_page,
                    entered_by=origin.entered_by,
                    channel=origin.channel,
                    status=Status.SPAM if origin.is_spam else Status.RECEIVED,
                    tracking_code=make_code(),
                )
                entry = message.timeline.create(
                    kind=TimelineEntry.Kind.RECEIVED,
                    author=origin.entered_by,
                    at=message.created_at,
                    to_status=message.status,
                    data=origin.note,
                )
                take_files(message, origin.key, entry)
                if not origin.is_spam:
                    announce(message, details)
                    confirm(message)
            return message
        except IntegrityError as problem:
            if earlier := Message.objects.filter(form_key=origin.key).first():
                return earlier  # a double click: the other one was faster
            failure = problem  # the tracking code is taken: draw another
    raise failure


def take_files(message: Message, key: uuid.UUID, entry: TimelineEntry) -> None:
    """The files that waited with the form belong to the message now, with this entry; they stay where they lie.

    Of the same file that came twice at once, one; the other has no row any more and is swept away.
    """
    waiting = list(StagedFile.objects.filter(form_key=key))
    Attachment.objects.bulk_create(
        Attachment(message=message, entry=entry, **{name: getattr(row, name) for name in STORED})
        for row in {row.sha256: row for row in waiting}.values()
    )
    StagedFile.objects.filter(pk__in=[row.pk for row in waiting]).delete()


def announce(message: Message, details: ContactDetails) -> None:
    """Tell the unit by e-mail. Without an address the message waits on the desk, and the checklist says so."""
    address = message.unit.email or details.email
    if not address:
        return
    queue_letter(
        "new_message",
        message,
        to=[address],
        reply_to=[message.email] if message.email and not message.topic.is_confidential else [],
        subject=gettext("New message %(code)s: %(kind)s")
        % {"code": isolate_ltr(message.code_display), "kind": message.get_kind_display()},
        context={
            "answers": shown_answers(message.answers),
            "attachments": list(message.attachments.values_list("name", flat=True)),
        },
    )


def confirm(message: Message) -> None:
    """Tell the sender that it is registered: with both codes by e-mail, and with the one that is no secret to a mobile, where a
    gateway is named. Nothing typed is in it: the address may be somebody else's."""
    if message.mobile:
        words = gettext("Your message has been registered. Tracking code: %(code)s")
        code = isolate_ltr(message.code_display)
        queue_sms(
            to=message.mobile, text=words % {"code": code}, kind="receipt", reference=reference(message)
        )
    if not message.email:
        return
    queue_letter(
        "receipt",
        message,
        to=[message.email],
        subject=gettext("Your message has been registered: %(code)s")
        % {"code": isolate_ltr(message.code_display)},
        context={"address": public_address("track/", code=message.tracking_code), "placeholder": PLACEHOLDER},
        withheld={PLACEHOLDER: (SOURCE, str(message.pk))},
    )
