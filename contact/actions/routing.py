"""Who deals with a case and by when; what is noted of it; how it is closed without an answer."""

import datetime
from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.by_sender import reasons_of
from contact.clock.recipients import Recipients
from contact.deadlines import move_deadline, promised
from contact.models import Message, TimelineEntry, Topic, Unit
from contact.workflow import NEW, CloseReason, ReasonMissingError, Status, move
from persian.calendar import format_jalali
from persian.text import isolate, to_persian_digits
from persian.working_days.loading import current

from .common import CaseError, action, change, record
from .sending import tell_sender, tell_staff

Kind = TimelineEntry.Kind
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@action
def note(case: Message, *, by: Any, text: str) -> TimelineEntry:
    """An internal note."""
    return record(case, Kind.NOTE, by, text)


def may_have(topic: Topic, unit: Unit) -> QuerySet[Any]:
    """To whom a case of this topic and unit may be assigned: active people who may see it already."""
    own = Q(confidential_topics=topic) if topic.is_confidential else Q(answering_units=unit)
    return _readers(own)


def may_have_some(cases: Collection[Message]) -> QuerySet[Any]:
    """To whom at least one of these may be assigned. The cases need their topics at hand."""
    units = {case.unit_id for case in cases if not case.topic.is_confidential}
    topics = {case.topic_id for case in cases if case.topic.is_confidential}
    return _readers(Q(answering_units__in=units) | Q(confidential_topics__in=topics))


def _readers(own: Q) -> QuerySet[Any]:
    users = get_user_model().objects
    readers = users.with_perm("contact.view_message", backend=_BACKEND)
    managers = users.with_perm("contact.view_all_messages", backend=_BACKEND)
    found = users.filter(own | Q(pk__in=managers.values("pk")), pk__in=readers.values("pk"))
    return found.distinct().order_by("last_name", "first_name", "username")


@action
def assign(case: Message, *, by: Any, to: Any = None, text: str = "") -> None:
    """Give the case to a colleague who may see it, or (None) to nobody; `text` is a note for that colleague."""
    if to is not None and not may_have(case.topic, case.unit).filter(pk=to.pk).exists():
        raise CaseError(_("This colleague may not see the message."))
    if case.assignee_id == (to.pk if to else None):
        return
    change(case, assignee=to)
    name = (to.get_full_name() or to.get_username()) if to else ""
    record(case, Kind.ASSIGNED, by, text, to=to.pk if to else None, name=name)
    if to is not None and to.pk != by.pk:
        addresses = Recipients.today().of_colleague(to)  # whoever stands in reads it today
        tell_staff(case, addresses, gettext("A message has been assigned to you."), text)


@action
def take_on(case: Message, *, by: Any) -> None:
    """Whoever deals with a case that is nobody's says so: it is theirs, and what is new is in progress."""
    if case.assignee_id not in (None, by.pk):
        raise CaseError(_("A colleague has taken this message on meanwhile."))
    if not may_have(case.topic, case.unit).filter(pk=by.pk).exists():
        raise CaseError(_("This colleague may not see the message."))
    if case.assignee_id is None:
        change(case, assignee=by)
        record(case, Kind.ASSIGNED, by, to=by.pk, name=by.get_full_name() or by.get_username())
    if case.status in NEW:
        move(case, Status.IN_PROGRESS, by, key=getattr(case, "form_of_action", ""))


@action
def reroute(
    case: Message, *, by: Any, topic: Topic, unit: Unit | None = None, recompute: bool = False, text: str = ""
) -> None:
    """Hand the case to another topic or unit. Its deadline stays, or is counted anew from its arrival by the topic's promise."""
    unit = unit or topic.unit
    if (topic.pk, unit.pk) == (case.topic_id, case.unit_id):
        raise CaseError(_("The message is with this topic and unit already."))
    before = {"from_topic": case.topic.title, "from_unit": case.unit.name}
    moved_on = unit.pk != case.unit_id
    change(case, topic=topic, unit=unit)
    if case.assignee and not may_have(topic, unit).filter(pk=case.assignee_id).exists():
        change(case, assignee=None)
    record(case, Kind.ROUTED, by, text, **before, to_topic=topic.title, to_unit=unit.name, kept=not recompute)
    if recompute:
        due = promised(topic, case.created_at)
        words = gettext("The message was handed to the unit that is responsible.")
        _new_deadline(case, by, due.date if due else None, words, days=due.count if due else None)
    if moved_on:
        tell_staff(case, [unit.email], gettext("A message has been handed to your unit."), text)


@action
def set_deadline(case: Message, *, by: Any, day: datetime.date, reason: str) -> None:
    """Promise another day; the sender reads the reason."""
    if day < timezone.localdate():
        raise CaseError(_("This day has passed already."))
    if not current().is_working_day(day):
        raise CaseError(_("This is no working day. Choose another one."))
    if day == case.deadline:
        raise CaseError(_("This is the deadline already."))
    _new_deadline(case, by, day, reason, is_set=True)


def _new_deadline(
    case: Message,
    by: Any,
    day: datetime.date | None,
    reason: str,
    *,
    days: int | None = None,
    is_set: bool = False,
) -> None:
    if case.deadline == day and not is_set:
        return
    record(case, Kind.DEADLINE, by, reason, **move_deadline(case, day, days=days, is_set=is_set))
    if day is not None:
        rows = [(gettext("New deadline"), format_jalali(day))]
        tell_sender(case, gettext("The deadline of the answer to your message has changed."), reason, rows)


@action
def close(case: Message, *, by: Any, text: str = "", reason: str = "") -> None:
    """Close the case. What is open needs `text`, a request by the law a `reason` (CloseReason) too; the sender reads both."""
    if reason and reason not in CloseReason.values:
        raise CaseError(_("Choose the reason for closing."))
    if not case.topic.is_information_request:
        reason = ""
    try:
        move(case, Status.CLOSED, by, text, reason=reason, key=getattr(case, "form_of_action", ""))
    except ReasonMissingError as missing:
        raise CaseError(_("Write why the message is closed; the sender reads it.")) from missing
    if text:
        rows = [(gettext("Reason for closing"), case.get_close_reason_display())] if reason else []
        tell_sender(case, gettext("Your message has been closed."), text, rows)


@action
def register(case: Message, *, by: Any, number: str, day: datetime.date | None) -> None:
    """The number and date that the secretariat gave; both are found by searching and stand on prints."""
    if (number, day) == (case.registration_number, case.registration_date):
        return
    change(case, registration_number=number, registration_date=day)
    record(case, Kind.REGISTERED, by, number=number, day=day.isoformat() if day else "")


@action
def hold(case: Message, *, by: Any, on: bool, reason: str) -> None:
    """Keep the case by order, whatever the rules of deletion say, or no longer."""
    if case.legal_hold == on:
        return
    change(case, legal_hold=on)
    record(case, Kind.HOLD, by, reason, on=on)


def described(entry: TimelineEntry) -> str:
    """What the timeline says of an entry besides its kind and text, in plain words; "" where nothing is to be added."""
    data, kind = entry.data, entry.kind
    if kind == Kind.RECEIVED and data.get("entered_at"):
        return gettext("Entered by hand; whoever entered it could read the secret out.")
    if kind == Kind.ASSIGNED:
        if not data.get("name"):
            return gettext("To nobody; the unit has it.")
        return gettext("To %(name)s") % {"name": isolate(data["name"])}
    if kind == Kind.ROUTED:
        names = {key: isolate(str(data.get(key, ""))) for key in ("to_topic", "to_unit")}
        words = gettext("Now with %(to_unit)s, topic %(to_topic)s.") % names
        kept = (
            gettext("The deadline stayed.") if data.get("kept") else gettext("The deadline was counted anew.")
        )
        return f"{words} {kept}"
    if kind == Kind.DEADLINE:
        days = {key: _shown(str(data.get(key, ""))) for key in ("before", "after")}
        return gettext("From %(before)s to %(after)s") % days
    if kind == Kind.REGISTERED:
        return f"{isolate(str(data.get('number', '')))}، {_shown(str(data.get('day', '')))}"
    if kind == Kind.HOLD:
        return gettext("Kept from now on.") if data.get("on") else gettext("Kept no longer.")
    if kind == Kind.REDACTED and "texts" in data:
        words = gettext("Hidden texts: %(texts)d; hidden files: %(files)d") % data
        return to_persian_digits(words)
    if kind == Kind.ORIGINAL_READ:
        return gettext("A file that was redacted.") if data.get("original") else ""
    if kind == Kind.RATED and "satisfied" in data:  # of an anonymised case nobody knows any more
        return _opinion(entry)
    if kind == Kind.REPLY and data.get("alone"):
        return gettext("Written and approved by one person; nobody else could approve it.")
    if kind == Kind.DRAFT:
        steps = {
            "submitted": gettext("Handed over for approval."),
            "returned": gettext("Sent back with a note."),
            "replaced": gettext("Other words took its place."),
            "discarded": gettext("Thrown away."),
        }
        return steps.get(str(data.get("step")), "")
    return ""


def _opinion(entry: TimelineEntry) -> str:
    if entry.data["satisfied"]:
        return gettext("The sender is satisfied with the answer.")
    reasons = reasons_of(entry)
    words = gettext("The sender is not satisfied with the answer")
    return f"{words}: {'، '.join(reasons)}" if reasons else f"{words}."


def _shown(day: str) -> str:
    return format_jalali(datetime.date.fromisoformat(day)) if day else "—"
