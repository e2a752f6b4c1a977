"""A letter to each unit on the morning of a working day: what is overdue, due today, new, and waiting for the sender."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from contact.models import Message, Topic
from contact.workflow import NEW, OWED, Status
from outbox.models import OutgoingMail
from persian.calendar import format_jalali
from persian.text import isolate
from persian.working_days.loading import current

from .lists import CaseList, queue_list
from .recipients import Recipients

KIND = "digest"


def send_digests(today: datetime.date | None = None) -> int:
    """Queue today's digests and return how many; each once a day, none where there is nothing to tell, none on days off.

    Cases of a confidential topic are told to those who may read it, not to their unit.
    """
    today = today or timezone.localdate()
    if not current().is_working_day(today):
        return 0
    recipients = Recipients.today(today)
    by_unit: dict[int, list[Message]] = {}
    by_topic: dict[int, list[Message]] = {}
    for case in Message.objects.open().filter(is_demo=False).select_related("topic", "unit").defer("body"):
        if case.topic.is_confidential:
            by_topic.setdefault(case.topic_id, []).append(case)
        else:
            by_unit.setdefault(case.unit_id, []).append(case)
    sent = 0
    for key, cases in by_unit.items():
        unit = cases[0].unit
        sent += _send(f"unit:{key}", unit.name, recipients.of_unit(unit), cases, today)
    readers = _readers(by_topic)
    for key, cases in by_topic.items():
        sent += _send(f"topic:{key}", cases[0].topic.title, readers.get(key, []), cases, today)
    return sent


def _readers(topics: Iterable[int]) -> dict[int, list[str]]:
    """The addresses of those who may read each confidential topic."""
    found: dict[int, list[str]] = {}
    rows = Topic.objects.filter(pk__in=list(topics), readers__is_active=True).exclude(readers__email="")
    for topic, address in rows.values_list("pk", "readers__email"):
        found.setdefault(topic, []).append(address)
    return found


def lists_of(cases: Iterable[Message], today: datetime.date) -> list[CaseList]:
    """The cases in order of urgency, each in one list."""
    lists = {
        "overdue": CaseList(gettext("Overdue")),
        "today": CaseList(gettext("Due today")),
        "new": CaseList(gettext("New")),
        "waiting": CaseList(gettext("Waiting for the sender")),
    }
    for case in sorted(cases, key=lambda case: (case.deadline or datetime.date.max, case.pk)):
        if case.status in OWED and case.deadline and case.deadline <= today:
            lists["overdue" if case.deadline < today else "today"].cases.append(case)
        elif case.status in NEW:
            lists["new"].cases.append(case)
        elif case.status == Status.WAITING:
            lists["waiting"].cases.append(case)
    return list(lists.values())


@transaction.atomic
def _send(whose: str, name: str, to: list[str], cases: list[Message], today: datetime.date) -> int:
    reference = f"{KIND}:{whose}:{today.isoformat()}"
    lists = lists_of(cases, today)
    if not to or not any(one.cases for one in lists):
        return 0
    if OutgoingMail.objects.filter(kind=KIND, reference=reference).exists():
        return 0
    queue_list(
        KIND,
        to=to,
        subject=gettext("The desk today, %(day)s") % {"day": format_jalali(today)},
        heading=gettext("The desk of “%(name)s” today") % {"name": isolate(name)},
        lists=lists,
        reference=reference,
    )
    return 1
