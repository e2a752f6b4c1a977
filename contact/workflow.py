"""What may become of a message: the allowed moves are one table, and every move leaves an entry in the timeline."""

from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
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
    Status.RECEIVED: (
        Status.IN_PROGRESS,
        Status.WAITING,
        Status.ANSWERED,
        Status.NOT_OURS,
        Status.CLOSED,
        Status.SPAM,
    ),
    Status.IN_PROGRESS: (
        Status.ANSWERED,
        Status.WAITING,
        Status.NOT_OURS,
        Status.CLOSED,
        Status.SPAM,
    ),
    Status.WAITING: (Status.IN_PROGRESS, Status.ANSWERED, Status.CLOSED),
    Status.ANSWERED: (Status.CLOSED, Status.REOPENED),
    Status.CLOSED: (Status.REOPENED,),
    Status.REOPENED: (
        Status.IN_PROGRESS,
        Status.WAITING,
        Status.ANSWERED,
        Status.NOT_OURS,
        Status.CLOSED,
    ),
    Status.NOT_OURS: (Status.CLOSED, Status.REOPENED),
    Status.SPAM: (Status.RECEIVED, Status.IN_PROGRESS),  # back to where it was
}


class MoveError(Exception):
    """This move is not allowed from where the message stands now."""


class ReasonMissingError(MoveError):
    """Closing this message needs to be explained: it was not answered, or the law asks for the reason."""


def moves_from(status: str) -> tuple[Status, ...]:
    return MOVES[Status(status)]


def needs_reason(status: str, is_information_request: bool) -> bool:
    """Whether closing from this status needs an explanation."""
    return is_information_request or status in OPEN


@transaction.atomic
def move(message: Any, to: str, by: Any, note: str = "", *, reason: str = "", key: str = "") -> None:
    """Move `message` to status `to` and record who did it; `message` is brought up to date.

    The row is read anew under a lock: whoever acts on an outdated page gets MoveError, not the last word. Closing what is
    still open needs a `note`, which the sender may read; a request under the access-to-information law needs one of the
    law's reasons (CloseReason) as well. `key` marks the entry as that of one form, sent once.
    """
    rows = type(message).objects
    row = rows.select_for_update(of=("self",)).select_related("topic").get(pk=message.pk)
    current = message.status = row.status
    if to not in moves_from(current):
        raise MoveError(f"{current} -> {to}")
    changes: dict[str, Any] = {"status": to}
    if to == Status.CLOSED:
        by_law = row.topic.is_information_request and row.merged_into_id is None
        if needs_reason(current, by_law) and (not note.strip() or (by_law and not reason)):
            raise ReasonMissingError(f"{current} -> {to} without a reason")
        changes |= {"close_reason": reason, "close_text": note}
    elif current == Status.CLOSED:  # it stands for itself again
        changes |= {"close_reason": "", "close_text": "", "merged_into": None}
    now = timezone.now()
    changes["closed_at"] = now if to == Status.CLOSED else None
    changes["waiting_since"] = now if to == Status.WAITING else None
    if to == Status.ANSWERED and row.answered_at is None:
        changes["answered_at"] = now
    rows.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(message, name, value)
    message.timeline.create(
        kind="move",
        author=by,
        text=note,
        from_status=current,
        to_status=to,
        data={"key": key} if key else {},
    )
