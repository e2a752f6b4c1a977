"""What the sender does to a case afterwards: adds, answers what was asked, rates, reopens. Each once, all of it or nothing."""

import datetime
import uuid
from collections.abc import Callable, Collection
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from persian.text import isolate_ltr, to_persian_digits
from persian.working_days.loading import current

from .clock.recipients import Recipients
from .deadlines import move_deadline, promised
from .intake import take_files
from .letters import queue_letter
from .models import Attachment, Message, TimelineEntry
from .workflow import Status, move

Kind = TimelineEntry.Kind

MOST_ADDED_A_DAY = 10
MOST_FILES = 30  # of one case, from its sender
REOPENED_WITHIN = timedelta(days=30)
RATING_CHANGED_WITHIN = timedelta(days=14)

DAY = timedelta(days=1)


class Act(TextChoices):
    ADD = "add", _("Add something")
    ANSWER = "answer", _("Answer the question")
    RATE = "rate", _("Say whether you are satisfied")
    REOPEN = "reopen", _("Reopen the message")


class Reason(TextChoices):
    """Why somebody is not satisfied."""

    UNSOLVED = "unsolved", _("My problem is not solved")
    UNCLEAR = "unclear", _("The answer is not clear")
    BESIDE = "beside", _("It does not answer what I wrote")
    LATE = "late", _("It came late")
    MANNER = "manner", _("I was not treated well")


def reasons_of(entry: TimelineEntry) -> list[str]:
    """The reasons that a sender gave who is not satisfied, in words."""
    return [str(Reason(key).label) for key in entry.data.get("reasons", ()) if key in Reason.values]


class Refused(Exception):  # noqa: N818  named for what happened
    """This cannot be done with the case now; `str()` says in Persian why. Nothing has changed."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))


#: From which statuses each is possible. Waiting for the sender, what is added is the answer.
POSSIBLE: dict[Act, tuple[Status, ...]] = {
    Act.ANSWER: (Status.WAITING,),
    Act.ADD: (Status.RECEIVED, Status.IN_PROGRESS, Status.REOPENED, Status.ANSWERED),
    Act.RATE: (Status.ANSWERED, Status.CLOSED),
    Act.REOPEN: (Status.ANSWERED, Status.CLOSED, Status.NOT_OURS),
}


def possible(case: Message, finished: datetime.datetime | None) -> list[Act]:
    """What the sender may do now. `finished`: when the case came to its present status (`finished_at`)."""
    now, rated = timezone.now(), case.rated_at
    too_late = set()
    if finished and now - finished > REOPENED_WITHIN:
        too_late.add(Act.REOPEN)
    if rated and now - rated > RATING_CHANGED_WITHIN and (finished is None or rated > finished):
        too_late.add(Act.RATE)
    return [act for act in Act if case.status in POSSIBLE[act] and act not in too_late]


def finished_at(case: Message) -> datetime.datetime | None:
    """When the case came to its present status; of cases without such an entry, what their row says. One query."""
    moves = case.timeline.filter(kind=Kind.MOVE, to_status=case.status).order_by("-at", "-pk")
    return moves.values_list("at", flat=True).first() or case.closed_at or case.answered_at


def _act(which: Act) -> Callable[..., Any]:
    def decorate(function: Callable[..., TimelineEntry]) -> Callable[..., TimelineEntry]:
        @wraps(function)
        def once(case: Message, *, key: uuid.UUID, **how: Any) -> TimelineEntry:
            with transaction.atomic():
                rows = Message.objects.select_for_update(of=("self",))
                row = rows.select_related("topic", "unit", "assignee").get(pk=case.pk)
                if done := row.timeline.filter(data__key=key.hex).first():
                    return done
                if row.anonymised_at or which not in possible(row, finished_at(row)):
                    raise Refused(_("This is not possible any more; look at where the message stands."))
                entry = function(row, key=key, **how)
                notify(row, which, entry)
                return entry

        return once

    return decorate


@_act(Act.ADD)
def add(case: Message, *, key: uuid.UUID, text: str) -> TimelineEntry:
    """Add a text, files, or both; the files wait under `key`. Returns the entry, the earlier one for a known key."""
    today = case.timeline.filter(kind=Kind.ADDED, at__gt=timezone.now() - DAY).count()
    if today >= MOST_ADDED_A_DAY:
        raise Refused(_("Much has been added today already. Go on tomorrow, or call us."))
    entry = _added(case, key, text)
    if case.attachments.filter(from_staff=False).count() > MOST_FILES:
        raise Refused(_("This message has no room for more files. Call us."))
    return entry


@_act(Act.ANSWER)
def answer(case: Message, *, key: uuid.UUID, text: str) -> TimelineEntry:
    """Answer what the unit asked: the case goes on, and the deadline moves by the working days that were waited."""
    entry = _added(case, key, text, answers=True)
    since = case.waiting_since or finished_at(case)
    move(case, Status.IN_PROGRESS, None)
    if case.deadline and since:
        calendar = current()
        waited = calendar.working_days_between(since, timezone.now()).count
        if waited:
            words = gettext("We waited %(days)d working days for your answer; the deadline moves by as many.")
            due = calendar.add_working_days(case.deadline, waited).date
            dates = move_deadline(case, due, is_set=case.deadline_is_set)
            words = to_persian_digits(words % {"days": waited})
            case.timeline.create(kind=Kind.DEADLINE, text=words, data={**dates, "waited": waited})
    return entry


@_act(Act.RATE)
def rate(
    case: Message, *, key: uuid.UUID, satisfied: bool, reasons: Collection[str] = (), text: str = ""
) -> TimelineEntry:
    """Say whether the answer satisfies; `reasons`: values of `Reason`. What is said again takes the earlier word's place."""
    case.is_satisfied, case.satisfaction_text, case.rated_at = satisfied, text, timezone.now()
    case.save(update_fields=["is_satisfied", "satisfaction_text", "rated_at"])
    data = {"key": key.hex, "satisfied": satisfied, "reasons": list(reasons)}
    return case.timeline.create(kind=Kind.RATED, text=text, data=data)


@_act(Act.REOPEN)
def reopen(case: Message, *, key: uuid.UUID, text: str) -> TimelineEntry:
    """It was not solved: the case is open again, and its deadline is counted anew by the topic's promise."""
    entry = _added(case, key, text)
    move(case, Status.REOPENED, None)
    if due := promised(case.topic, timezone.now()):
        dates = move_deadline(case, due.date)
        if dates["before"] != dates["after"]:
            words = gettext("The message was reopened; the deadline is counted anew.")
            case.timeline.create(kind=Kind.DEADLINE, text=words, data=dates)
    else:  # the old day stays, and everybody hears of it again
        move_deadline(case, case.deadline, days=case.deadline_days, is_set=case.deadline_is_set)
    return entry


def _added(case: Message, key: uuid.UUID, text: str, **data: Any) -> TimelineEntry:
    entry = case.timeline.create(kind=Kind.ADDED, text=text, data={"key": key.hex, **data})
    take_files(case, key, entry)
    return entry


# --- The unit is told ---

_HEADINGS: dict[Act, str | Promise] = {
    Act.ADD: _("The sender of a message added something."),
    Act.ANSWER: _("The sender of a message answered your question."),
    Act.RATE: _("The sender of a message is not satisfied."),
    Act.REOPEN: _("The sender of a message reopened it."),
}


def notify(case: Message, act: Act, entry: TimelineEntry) -> None:
    """Tell whoever has the case, or its unit. Satisfaction needs no letter; a confidential case's words stay on the desk."""
    to = Recipients.today().of(case)
    if not to or (act == Act.RATE and entry.data["satisfied"]):
        return
    is_confidential = case.topic.is_confidential
    queue_letter(
        "from_sender",
        case,
        to=to,
        reply_to=[case.email] if case.email and not is_confidential else [],
        subject=gettext("Message %(code)s: news from its sender") % {"code": isolate_ltr(case.code_display)},
        context={
            "heading": _HEADINGS[act],
            "text": "" if is_confidential else entry.text,
            "reasons": reasons_of(entry),
            "attachments": [] if is_confidential else _names(entry),
        },
    )


def _names(entry: TimelineEntry) -> list[str]:
    return list(Attachment.objects.filter(entry=entry).values_list("name", flat=True))
