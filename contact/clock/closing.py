"""Answered cases to which nothing has happened for long are closed by the night: else nobody would."""

import datetime
import logging

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from contact.models import Message, TimelineEntry
from contact.workflow import Status, move
from persian.text import to_persian_digits

logger = logging.getLogger(__name__)

#: As long as a closed case can be reopened: until then its sender may still say that it is not solved.
CLOSED_AFTER_DAYS = 30
#: How many cases one night deals with.
MOST = 200


def quiet() -> QuerySet[Message]:
    """The answered cases of which nothing was heard for so long, the earliest first. One query.

    A request under the access-to-information law needs a person's reason; a draft and a lock say that somebody is at work.
    """
    now = timezone.now()
    before = now - datetime.timedelta(CLOSED_AFTER_DAYS)
    answered = Message.objects.filter(status=Status.ANSWERED, anonymised_at=None, created_at__lt=before)
    left = answered.filter(topic__is_information_request=False, draft=None).exclude(locked_until__gt=now)
    read = TimelineEntry.Kind.ORIGINAL_READ  # reading is nothing that happens
    news = TimelineEntry.objects.filter(message=OuterRef("pk"), at__gte=before).exclude(kind=read)
    return left.filter(~Exists(news)).order_by("answered_at", "pk")


def run() -> int:
    """Close them, each in a transaction of its own; return how many. No letter goes out: nothing new is said."""
    count = sum(_close(pk) for pk in list(quiet().values_list("pk", flat=True)[:MOST]))
    if count:
        logger.info("closed %d answered cases", count)
    return count


@transaction.atomic
def _close(pk: int) -> int:
    case = Message.objects.select_for_update().filter(pk=pk).first()
    if case is None or not quiet().filter(pk=pk).exists():  # something came in this moment
        return 0
    words = gettext("By itself, for %(days)d days passed after the answer without anything new.")
    move(case, Status.CLOSED, None, to_persian_digits(words % {"days": CLOSED_AFTER_DAYS}))
    return 1
