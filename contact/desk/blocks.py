"""What must be done today: the blocks that the desk opens on, and how many cases each holds."""

import datetime
from typing import Any

from django.db.models import Count, Q, Subquery, TextChoices, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models import Absence, DraftReply, Message
from contact.workflow import NEW, OPEN, OWED, Status


class Block(TextChoices):
    TODAY = "today", _("Work of today")
    TO_APPROVE = "to_approve", _("Waiting for approval")
    NEW = "new", _("New cases")
    MINE = "mine", _("My cases")
    WAITING = "waiting", _("Waiting for the sender")
    DUE_TODAY = "due_today", _("Due today")
    OVERDUE = "overdue", _("Overdue")
    ALL = "all", _("All cases")


def condition(block: str, user_id: int, today: datetime.date) -> Q:
    """Which cases a block holds for this reader."""
    owed, new = Q(status__in=OWED), Q(status__in=NEW)
    mine = Q(assignee=user_id) | Q(assignee__in=Absence.stood_in_for_by(user_id))
    submitted = DraftReply.objects.filter(submitted_at__isnull=False).values("message")
    return {
        Block.TO_APPROVE: Q(pk__in=submitted),
        Block.TODAY: owed & (new | mine | Q(deadline__lte=today)),
        Block.NEW: new,
        Block.MINE: Q(status__in=OPEN) & mine,
        Block.WAITING: Q(status=Status.WAITING),
        Block.DUE_TODAY: owed & Q(deadline=today),
        Block.OVERDUE: owed & Q(deadline__lt=today),
        Block.ALL: Q(),
    }[Block(block)]


def counts(request: HttpRequest) -> dict[str, int]:
    """How many cases that the reader may see stand in each block. One query, once in a request."""
    known: dict[str, int] | None = getattr(request, "_desk_counts", None)
    return known if known is not None else count_with(request)[0]


def count_with(request: HttpRequest, *looks: Any) -> tuple[dict[str, int], list[int]]:
    """The counts of the blocks, and how many cases each of the querysets `looks` holds; all in one query.

    A look is counted only where those before it hold nothing; else it has 0.
    """
    user, today = request.user, timezone.localdate()
    columns: dict[str, Any] = {
        block.value: Count("pk", filter=condition(block, user.pk or 0, today)) for block in Block
    }
    vain = Q()
    for number, look in enumerate(looks):
        found = look.order_by().values("pk")
        columns[f"look_{number}"] = Count("pk", filter=vain & Q(pk__in=found))
        vain &= Q(Exact(_number(found), 0))
    numbers = Message.objects.visible_to(user).order_by().aggregate(**columns)
    held = [numbers.pop(f"look_{number}") for number in range(len(looks))]
    request._desk_counts = numbers  # type: ignore[attr-defined]
    return numbers, held


def _number(keys: Any) -> Coalesce:
    """How many keys, as an expression. PostgreSQL takes "is there any" for a reason to read all the texts one by one."""
    return Coalesce(Subquery(keys.values(all=Value(1)).annotate(number=Count("pk")).values("number")), 0)


def tabs(numbers: dict[str, int], here: str = "") -> list[dict[str, Any]]:
    """The blocks as links with their counts; `here` is the one that is shown. Approval is shown where something waits for it."""
    desk = reverse("desk:index")
    return [
        {
            "label": block.label,
            "count": numbers[block],
            "url": desk + ("" if block == Block.TODAY else f"?block={block.value}"),
            "is_current": block == here,
            "is_urgent": block == Block.OVERDUE and numbers[block] > 0,
        }
        for block in Block
        if block != Block.TO_APPROVE or numbers[block] or block == here
    ]
