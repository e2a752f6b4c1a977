"""Before the deadline whoever has the case is reminded; after it, those who see all cases are told, and again every week."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from contact.letters import reference
from contact.models import Message, TimelineEntry
from contact.periods import midnight
from persian.text import isolate_ltr, to_persian_digits
from persian.working_days.loading import current

from .lists import CaseList, queue_list
from .recipients import Recipients, managers

#: How many cases one run deals with; the rest have their turn the next day.
MOST = 500
#: Days between two letters about the same overdue case.
REPEAT = 7


def remind(today: datetime.date | None = None) -> int:
    """Remind of every case that is due today or on the next working day, once; return of how many. Rests on days off."""
    today = today or timezone.localdate()
    calendar = current()
    if not calendar.is_working_day(today):
        return 0
    last = calendar.add_working_days(today, 1).date
    wanted = _real().filter(deadline__range=(today, last), reminded_at=None).order_by("deadline", "pk")
    recipients = Recipients.today(today)
    keys = list(wanted.values_list("pk", flat=True)[:MOST])
    return sum(_remind_of(wanted, pk, recipients, today) for pk in keys)


@transaction.atomic
def _remind_of(wanted: Any, pk: int, recipients: Recipients, today: datetime.date) -> int:
    case = _locked(wanted.filter(pk=pk)).first()
    to = recipients.of(case) if case else []
    if case is None or not to:  # answered this moment; or nobody to write to, which the checklist says
        return 0
    heading = gettext("Due today") if case.deadline == today else gettext("Due on the next working day")
    queue_list(
        "reminder",
        to=to,
        subject=gettext("Reminder: message %(code)s waits for its answer")
        % {"code": isolate_ltr(case.code_display)},
        heading=gettext("This message waits for its answer."),
        lists=[CaseList(heading, [case])],
        reference=reference(case),
    )
    case.timeline.create(kind=TimelineEntry.Kind.REMINDED, data={"to": to})
    return Message.objects.filter(pk=pk).update(reminded_at=timezone.now())


@transaction.atomic
def escalate(today: datetime.date | None = None) -> int:
    """Tell the managers of all cases that are overdue, each once and then every week, in one letter. Rests on days off."""
    today = today or timezone.localdate()
    if not current().is_working_day(today):
        return 0
    to = managers()
    if not to:
        return 0
    week = midnight(today) - datetime.timedelta(
        REPEAT - 1
    )  # told on the same day of last week, at whatever hour
    told_long_ago = Q(escalated_at=None) | Q(escalated_at__lt=week)
    cases = list(_locked(_real().filter(told_long_ago, deadline__lt=today).order_by("deadline", "pk"))[:MOST])
    if not cases:
        return 0
    count = to_persian_digits(str(len(cases)))
    queue_list(
        "escalation",
        to=to,
        subject=gettext("%(count)s messages are overdue") % {"count": count},
        heading=gettext("The deadline of these messages has passed, and they have no answer."),
        lists=[
            CaseList(gettext("Newly overdue"), [case for case in cases if case.escalated_at is None]),
            CaseList(gettext("Overdue still"), [case for case in cases if case.escalated_at is not None]),
        ],
        reference=f"escalation:{today.isoformat()}",
    )
    TimelineEntry.objects.bulk_create(
        TimelineEntry(message=case, kind=TimelineEntry.Kind.ESCALATED, data={"to": to}) for case in cases
    )
    return Message.objects.filter(pk__in=[case.pk for case in cases]).update(escalated_at=timezone.now())


def _real() -> Any:
    """The cases that owe an answer; examples write to nobody."""
    return Message.objects.due().filter(is_demo=False)


def _locked(cases: Any) -> Any:
    return cases.select_for_update(of=("self",)).select_related("topic", "unit", "assignee")
