"""A colleague leaves, or takes up other work: the open cases go to somebody else in one step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from .clock.lists import CaseList, queue_list
from .models import Message, TimelineEntry
from .workflow import OPEN


@dataclass(frozen=True)
class Plan:
    """What would go to the other colleague, and what stays because that one may not read it."""

    given: list[Message]
    kept: list[Message]


def open_cases_of(user: Any) -> QuerySet[Message]:
    return Message.objects.open().filter(assignee=user).order_by("deadline", "created_at")


def of_those_who_left() -> QuerySet[Message]:
    """Open cases that are with somebody whose account is closed: nobody looks after them."""
    return Message.objects.open().filter(assignee__is_active=False)


def holders(users: QuerySet[Any]) -> QuerySet[Any]:
    """Those of `users` who have open cases, with how many (`open_cases`); those who left first."""
    count = Count("assigned_messages", filter=Q(assigned_messages__status__in=OPEN))
    having = users.annotate(open_cases=count).filter(open_cases__gt=0)
    return having.order_by("is_active", "last_name", "first_name", "username")


def plan(cases: Iterable[Message], to: Any) -> Plan:
    """Sort the cases by whether `to` may have them: a confidential one needs the name on the topic's list. None: the unit."""
    all_cases = list(cases)
    if to is None or to.has_perm("contact.view_all_messages"):
        return Plan(all_cases, [])
    named = set(to.confidential_topics.values_list("pk", flat=True))
    may = [case for case in all_cases if not case.topic.is_confidential or case.topic_id in named]
    return Plan(may, [case for case in all_cases if case not in may])


@transaction.atomic
def hand_over(cases: QuerySet[Message], *, to: Any, by: Any) -> int:
    """Give these cases to `to` (None: to nobody, so that their units have them), as far as allowed; return how many went.

    One letter tells the colleague of all of them.
    """
    locked = cases.select_for_update(of=("self",)).select_related("topic", "unit")
    given = [case for case in plan(locked, to).given if case.assignee_id != (to.pk if to else None)]
    if not given:
        return 0
    name = (to.get_full_name() or to.get_username()) if to else ""
    for case in given:
        case.timeline.create(
            kind=TimelineEntry.Kind.ASSIGNED,
            author=by,
            text=gettext("Handed over with all open cases of a colleague"),
            data={"to": to.pk if to else None, "name": name, "from": case.assignee_id},
        )
        case.assignee = to
        case.save(update_fields=["assignee"])
    if to and to.email and to.pk != by.pk:
        queue_list(
            "handed_over",
            to=[to.email],
            subject=gettext("Messages have been handed over to you"),
            heading=gettext("These messages are yours to answer from now on."),
            lists=[CaseList(gettext("Handed over"), given)],
            reference=f"handover:{to.pk}:{timezone.localdate().isoformat()}",
        )
    return len(given)
