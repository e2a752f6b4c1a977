"""What the sender of a message reads about it: where it stands, what comes next, and what has happened so far."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.by_sender import reasons_of
from contact.clock.closing import CLOSED_AFTER_DAYS
from contact.models import Attachment, Message, TimelineEntry
from contact.workflow import OWED, Status
from persian.calendar import format_jalali
from persian.text import to_persian_digits

from .receipt import deadline_of

Kind = TimelineEntry.Kind

#: What each status means to the sender, and what comes next.
PLAIN: dict[Status, tuple[str | Promise, str | Promise]] = {
    Status.RECEIVED: (
        _("Your message has been registered and waits to be read by the unit."),
        _("The unit reads it, and its answer appears on this page."),
    ),
    Status.IN_PROGRESS: (
        _("The unit is dealing with your message."),
        _("Its answer appears on this page. If something is missing, you are asked here."),
    ),
    Status.WAITING: (
        _("The unit asked you something and waits for your answer."),
        _("Answer below. The deadline moves by the working days that pass until then."),
    ),
    Status.ANSWERED: (
        _("Your message has been answered."),
        _("Read the answer, and tell us whether it helps. If it is not solved, reopen the message."),
    ),
    Status.CLOSED: (
        _("Your message is closed."),
        _("Nothing more happens by itself. If it is not solved, you can reopen it for thirty days."),
    ),
    Status.REOPENED: (
        _("You reopened your message; the unit looks at it once more."),
        _("A new answer appears on this page."),
    ),
    Status.NOT_OURS: (
        _("Your message is about something that others are responsible for."),
        _(
            "The unit’s answer says who is. If you think otherwise, you can reopen the message for thirty days."
        ),
    ),
}

_TITLES: dict[str, str | Promise] = {
    Kind.RECEIVED: _("Your message was registered"),
    Kind.REPLY: _("Answer"),
    Kind.PHONE: _("Said on the telephone"),
    Kind.QUESTION: _("A question to you"),
    Kind.ADDED: _("You added"),
    Kind.DEADLINE: _("The deadline changed"),
}
_BY_UNIT = (Kind.REPLY, Kind.PHONE, Kind.QUESTION)
_BY_SENDER = (Kind.ADDED, Kind.RATED)


@dataclass
class Event:
    """A line of the timeline. `who`: "unit", "sender" or "". `note`: what we say about it; `text`: what was typed."""

    entry: TimelineEntry
    title: str
    who: str
    note: str = ""
    text: str = ""
    files: list[Attachment] = field(default_factory=list)


@dataclass
class Story:
    """All that the page of a case shows of it, beside its forms."""

    case: Message
    status: Status
    what: str
    then: str
    deadline: datetime.date | None
    why: str
    closing: str
    events: list[Event]
    answer: Event | None
    question: Event | None
    files: list[Attachment]


def shown_status(case: Message) -> Status:
    """A message that was taken for spam looks like one that waits: whoever sent it on purpose learns nothing."""
    return Status.RECEIVED if case.status == Status.SPAM else Status(case.status)


def story_of(case: Message) -> Story:
    """Timeline and files: two queries; three more where the deadline is explained by the calendar."""
    entries = list(case.timeline.filter(kind__in=TimelineEntry.PUBLIC))
    files: dict[int | None, list[Attachment]] = {}
    for file in public_files(case):
        files.setdefault(file.entry_id, []).append(file)
    events = [
        _event(entry, files.get(entry.pk, []))
        for entry in entries
        if Status.SPAM not in (entry.from_status, entry.to_status) or entry.kind != Kind.MOVE
    ]
    received = [event for event in events if event.entry.kind == Kind.RECEIVED]
    own = [*files.get(None, []), *(file for event in received for file in event.files)]
    for event in received:
        event.files = []
    status = shown_status(case)
    waits = case.status == Status.WAITING
    is_owed = case.status in OWED or waits
    what, then = PLAIN[status]
    answer = _last(event for event in events if _answers(event.entry, case))
    return Story(
        case=case,
        status=status,
        what=str(what),
        then=f"{then} {_closing(case)}".strip(),
        deadline=case.deadline if is_owed else None,
        why=_why(case, entries) if is_owed and case.deadline else "",
        closing="" if answer and answer.text == case.close_text else case.close_text,
        events=events,
        answer=answer,
        question=_last(event for event in events if _asks(event.entry)) if waits else None,
        files=own,
    )


def public_files(case: Message) -> list[Attachment]:
    """The files that the sender knows of: their own, and those that came with what they may read. Of one that was redacted
    they see that it is."""
    seen = Q(entry__kind__in=TimelineEntry.PUBLIC) | Q(entry=None, from_staff=False)
    return list(case.attachments.filter(seen, is_public=True, deleted_at=None))


def _event(entry: TimelineEntry, files: list[Attachment]) -> Event:
    who = "unit" if entry.kind in _BY_UNIT else "sender" if entry.kind in _BY_SENDER else ""
    kind = Kind.QUESTION if _asks(entry) else entry.kind
    title, note = str(_TITLES.get(kind, entry.get_kind_display())), ""
    if entry.kind == Kind.MOVE:
        title = gettext("Status: %(status)s") % {"status": entry.get_to_status_display()}
    elif entry.kind == Kind.RATED:
        is_satisfied = entry.data.get("satisfied")
        title = gettext("You are satisfied") if is_satisfied else gettext("You are not satisfied")
        note = "، ".join(reasons_of(entry))
    elif entry.kind == Kind.DEADLINE and entry.data.get("after"):
        day = datetime.date.fromisoformat(entry.data["after"])
        note = gettext("New deadline: %(day)s") % {"day": format_jalali(day)}
    return Event(entry, title, who, note, entry.public_text, files)


def _closing(case: Message) -> str:
    if case.status != Status.ANSWERED or case.topic.is_information_request:
        return ""
    words = gettext("After %(days)d days without anything new it closes by itself.")
    return to_persian_digits(words % {"days": CLOSED_AFTER_DAYS})


def _last(events: Iterable[Event]) -> Event | None:
    return max(events, key=lambda event: (event.entry.at, event.entry.pk), default=None)


def _asks(entry: TimelineEntry) -> bool:
    """Whether the unit asks something here: by a question, or by an answer after which it waits for the sender."""
    return entry.kind == Kind.QUESTION or (
        entry.kind == Kind.REPLY and entry.data.get("to") == Status.WAITING.value
    )


def _answers(entry: TimelineEntry, case: Message) -> bool:
    """Whether this is an answer; what was said on the telephone is one when the case is answered with it."""
    if entry.kind == Kind.PHONE:
        return case.status in (Status.ANSWERED, Status.CLOSED)
    return entry.kind == Kind.REPLY and not _asks(entry)


def question_of(case: Message) -> TimelineEntry | None:
    """What the unit asked last. One query."""
    entries = case.timeline.filter(kind__in=(Kind.QUESTION, Kind.REPLY)).order_by("-at", "-pk")
    return next((entry for entry in entries if _asks(entry)), None)


def _why(case: Message, entries: list[TimelineEntry]) -> str:
    """Why the deadline is what it is: as it was changed last, or as it was counted."""
    changed = [entry for entry in entries if entry.kind == Kind.DEADLINE]
    if changed:
        return changed[-1].public_text
    due = deadline_of(case)
    return due.sentence() if due else ""
