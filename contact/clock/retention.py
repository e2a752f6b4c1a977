"""The end of keeping: some months after it was closed, a case loses names, texts and files, and keeps its figures.

How many months is for the topic to say; a case that is kept by order waits until it is not.
"""

import datetime
import logging
import uuid
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import DateTimeField, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import ModelLogEntry

from contact.files.storing import discard
from contact.letters import mails_of, reference
from contact.models import DraftReply, Message, PublicAnswer, TimelineEntry, Topic
from contact.periods import Month, midnight
from contact.workflow import OPEN
from outbox.models import OutgoingSms

logger = logging.getLogger(__name__)

#: How many cases one night deals with.
MOST = 200


@dataclass(frozen=True)
class Ended:
    """A case whose time of keeping is over; `ended` is when it was closed, or when something last happened to it."""

    case: Message
    ended: datetime.date


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The day as many Jalali months earlier; the last of its month where that month is shorter."""
    now = Month.of(day)
    earlier = Month(now.number - months)
    return min(earlier.first + (day - now.first), earlier.after.first - datetime.timedelta(1))


def ended(today: datetime.date | None = None) -> QuerySet[Message]:
    """The cases to anonymise by now, the longest closed first, each with `ended_at`. Two queries."""
    today = today or timezone.localdate()
    over = Q(pk__in=[])
    for topic, months in Topic.objects.exclude(retention_months=None).values_list("pk", "retention_months"):
        day = months_before(today, months) + datetime.timedelta(1)
        limit = midnight(day)
        over |= Q(topic=topic, ended_at__lt=limit)
    done = Message.objects.exclude(status__in=OPEN).filter(anonymised_at=None, legal_hold=False)
    # What was answered and never closed counts from what last happened to it; reading is nothing that happens.
    happened = Max("timeline__at", filter=~Q(timeline__kind=TimelineEntry.Kind.ORIGINAL_READ))
    last = Coalesce("closed_at", happened, "created_at", output_field=DateTimeField())
    return done.annotate(ended_at=last).filter(over).order_by("ended_at", "pk")


def run(today: datetime.date | None = None) -> int:
    """Anonymise what has come to its end, each case in a transaction of its own; return how many."""
    keys = list(ended(today).values_list("pk", flat=True)[:MOST])
    count = sum(anonymise(pk, today) for pk in keys)
    if count:
        logger.info("anonymised %d cases", count)
    return count


@transaction.atomic
def anonymise(pk: int, today: datetime.date | None = None) -> int:
    """Take everything out of a case by which a person could be known; 0 when its time has not come (any more)."""
    case = Message.objects.select_for_update().filter(pk=pk).first()
    if case is None or not ended(today).filter(pk=pk).exists():  # reopened or kept by order this moment
        return 0
    for attachment in case.attachments.filter(deleted_at=None):
        transaction.on_commit(partial(discard, attachment.path))
    case.attachments.update(name="", sha256="", deleted_at=timezone.now())
    case.originals.all().delete()
    case.outside_questions.all().delete()
    case.links.all().delete()
    case.timeline.update(text="", data={})
    DraftReply.objects.filter(message=case).delete()
    PublicAnswer.objects.filter(message=case, approved_at=None).delete()
    PublicAnswer.objects.filter(message=case).update(message=None)
    mails_of(case).delete()
    OutgoingSms.objects.filter(reference=reference(case)).delete()
    ModelLogEntry.objects.filter(content_type__model="message", object_id=str(pk)).update(label="", data={})
    _empty(case)
    case.timeline.create(kind=TimelineEntry.Kind.ANONYMISED)
    return 1


def _empty(case: Message) -> None:
    """What is left: kind, topic, unit, lane, channel, dates, status, whether the sender was satisfied, and the code."""
    for name in (
        *("body", "name", "mobile", "email", "organization", "post", "letter_number", "registration_number"),
        *("close_text", "satisfaction_text", "secret_hash", "sender_hash"),
    ):
        setattr(case, name, "")
    case.title = gettext("Anonymised message")
    case.answers = []
    case.letter_date = case.registration_date = None
    case.municipality = case.about_page = None
    case.form_key = uuid.uuid4()  # the secret was made of the old one
    case.anonymised_at = timezone.now()
    case.save()  # the search index too
