"""What may become of a message: the allowed moves are one table, and every move leaves an entry in the timeline."""

from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    RECEIVED = "received", _("Received")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING = "waiting", _("Waiting for the sender")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")
    NOT_OURS = "not_ours", _("Not ours")
    SPAM = "spam", _("Spam")


class CloseReason(TextChoices):
    """How a request under the access-to-information law ended; the text to it is required."""

    GIVEN = "given", _("Information given")
    PARTLY = "partly", _("Given in part")
    UNCLEAR = "unclear", _("Request unclear")
    ELSEWHERE = "elsewhere", _("Held by another organization")
    REFUSED = "refused", _("Refused, with the article of the law")
    PUBLIC = "public", _("Already public")


OPEN = (Status.RECEIVED, Status.IN_PROGRESS, Status.WAITING, Status.REOPENED)
#: The unit owes these an answer; their deadlines count.
OWED = (Status.RECEIVED, Status.IN_PROGRESS, Status.REOPENED)
#: Nobody has looked at these yet.
NEW = (Status.RECEIVED, Status.REOPENED)

#: From each status, the ones it may move to, the likeliest first.
MOVES: dict[Status, tuple[Status, ...]] = {
    Status.RECEIVED: (Status.IN_PROGRESS, Status.WAITING, Status.ANSWERED, Status.NOT_OURS, Status.SPAM),
    Status.IN_PROGRESS: (Status.ANSWERED, Status.WAITING, Status.NOT_OURS, Status.SPAM),
    Status.WAITING: (Status.IN_PROGRESS, Status.ANSWERED, Status.CLOSED),
    Status.ANSWERED: (Status.CLOSED, Status.REOPENED),
    Status.CLOSED: (Status.REOPENED,),
    Status.REOPENED: (Status.IN_PROGRESS, Status.WAITING, Status.ANSWERED, Status.NOT_OURS),
    Status.NOT_OURS: (Status.CLOSED, Status.REOPENED),
    Status.SPAM: (Status.RECEIVED,),
}


class MoveError(Exception):
    """This move is not allowed from where the message stands now."""


def moves_from(status: str) -> tuple[Status, ...]:
    return MOVES[Status(status)]


@transaction.atomic
def move(message: Any, to: str, by: Any, note: str = "") -> None:
    """Move `message` to status `to` and record who did it; `message` is brought up to date.

    The row is read anew under a lock: whoever acts on an outdated page gets MoveError, not the last word.
    """
    current = type(message).objects.select_for_update().only("status").get(pk=message.pk).status
    message.status = current
    if to not in moves_from(current):
        raise MoveError(f"{current} -> {to}")
    type(message).objects.filter(pk=message.pk).update(status=to)
    message.status = to
    message.timeline.create(kind="move", author=by, text=note, from_status=current, to_status=to)
