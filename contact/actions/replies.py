"""Answering: a draft is written, looked at as the e-mail that it will be, approved where the topic asks for it, and sent."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.files.accepting import MOST_FILES, Accepted
from contact.files.storing import attach
from contact.links_mail import answer_link
from contact.models import DraftReply, Message, TimelineEntry
from contact.placeholders import fill
from contact.second_reader import may_approve
from contact.workflow import CloseReason, Status, move, needs_reason
from persian.text import to_persian_digits

from .common import OUTDATED, CaseError, action, change, record, refuse_if_answered_by_another
from .joining import pass_on
from .locks import free, take
from .sending import send_reply_letter, tell_staff, wants_mail

Kind = TimelineEntry.Kind
#: What an answer may move its case to.
NEXT = (Status.ANSWERED, Status.CLOSED, Status.WAITING, Status.NOT_OURS)


def next_statuses(case: Message) -> list[Status]:
    """What an answer may lead to now: an answer after the answer leaves the case where it is."""
    return [status for status in NEXT if status in case.moves or status == case.status == Status.ANSWERED]


def may_send(case: Message, author: int | None, by: Any) -> bool:
    """Whether `by` may send what `author` wrote: where the topic asks for approval, that is a second person's."""
    if not case.topic.needs_approval:
        return True
    return by.has_perm("contact.approve_reply") and may_approve(
        author, by, _approvers(case, superusers=False)
    )


@action
def save_draft(
    case: Message,
    *,
    by: Any,
    text: str,
    to_status: str = Status.ANSWERED,
    close_reason: str = "",
    files: Iterable[Accepted] = (),
    drop: Iterable[int] = (),
) -> DraftReply:
    """Keep an answer that is not sent yet, with its files; what waited for approval waits no more. `drop`: files to go."""
    refuse_if_answered_by_another(case, by)
    if to_status not in next_statuses(case):
        raise CaseError(_("In its present status the message cannot be answered that way."))
    take(case, by)
    _keep_words_of_colleague(case, by, text)
    values = {"text": text, "to_status": to_status, "close_reason": close_reason, "author": by}
    draft, _made = DraftReply.objects.update_or_create(
        message=case, defaults={**values, "changed_at": timezone.now(), "submitted_at": None}
    )
    draft.attachments.filter(pk__in=list(drop)).delete()
    known = set(draft.attachments.values_list("sha256", flat=True))
    for accepted in files:
        if accepted.sha256 in known:
            continue
        if len(known) >= MOST_FILES:
            raise CaseError(
                to_persian_digits(gettext("At most %(most)d files fit in.") % {"most": MOST_FILES})
            )
        known.add(accepted.sha256)
        attach(accepted, message=case, draft=draft, from_staff=True, is_public=False)
    return draft


def _keep_words_of_colleague(case: Message, by: Any, text: str) -> None:
    """There is one draft of a case: what a colleague wrote stands in the timeline before other words take its place."""
    before = DraftReply.objects.filter(message=case).select_related("author").first()
    if before is None or before.author_id == by.pk or before.text == text:
        return
    if not case.timeline.filter(kind=Kind.DRAFT, text=before.text).exists():
        record(case, Kind.DRAFT, by, before.text, step="replaced", **_written_by(before, by))


def _written_by(draft: DraftReply, by: Any) -> dict[str, str]:
    """Who wrote a draft, where that is somebody else."""
    if draft.author is None or draft.author_id == by.pk:
        return {}
    return {"written_by": draft.author.get_full_name() or draft.author.get_username()}


def version(draft: DraftReply) -> str:
    """Names a draft as it stands, so that nobody sends what they have not seen."""
    return draft.changed_at.isoformat()


def _draft(case: Message, seen: str) -> DraftReply:
    draft = DraftReply.objects.filter(message=case).select_related("author").first()
    if draft is None or version(draft) != seen:
        raise CaseError(OUTDATED)
    return draft


@action
def submit_draft(case: Message, *, by: Any, seen: str) -> None:
    """Hand a draft to those who approve."""
    draft = _draft(case, seen)
    draft.submitted_at = timezone.now()
    draft.save(update_fields=["submitted_at"])
    record(case, Kind.DRAFT, by, draft.text, step="submitted")
    approvers = _approvers(case).exclude(pk=by.pk)
    tell_staff(case, approvers.values_list("email", flat=True), gettext("An answer waits for your approval."))
    free(case, by)


def _approvers(case: Message, *, superusers: bool = True) -> Any:
    users = get_user_model().objects
    how: Any = {"backend": "django.contrib.auth.backends.ModelBackend", "include_superusers": superusers}
    may = users.with_perm("contact.approve_reply", **how)
    managers = users.with_perm("contact.view_all_messages", **how)
    see = Q(pk__in=managers.values("pk"))
    if not case.topic.is_confidential:
        see |= Q(answering_units=case.unit_id)
    return users.filter(see | Q(confidential_topics=case.topic_id), pk__in=may.values("pk")).distinct()


@action
def return_draft(case: Message, *, by: Any, seen: str, note: str) -> None:
    """Give a draft back to its author with what should become better."""
    draft = _draft(case, seen)
    if draft.submitted_at is None:
        raise CaseError(OUTDATED)
    draft.submitted_at = None
    draft.save(update_fields=["submitted_at"])
    record(case, Kind.DRAFT, by, note, step="returned")
    free(case, by)
    if draft.author and draft.author.is_active:
        tell_staff(case, [draft.author.email], gettext("Your answer came back with a note."), note)


@action
def discard_draft(case: Message, *, by: Any, seen: str) -> None:
    """Throw a draft away: its words stay in the timeline, its files are swept away later."""
    draft = _draft(case, seen)
    record(case, Kind.DRAFT, by, draft.text, step="discarded", **_written_by(draft, by))
    draft.attachments.all().delete()
    draft.delete()
    free(case, by)


@action
def send_reply(case: Message, *, by: Any, seen: str) -> TimelineEntry:
    """Send the draft as it was seen: to the sender, and to everybody whose message was merged into this one."""
    refuse_if_answered_by_another(case, by)
    draft = _draft(case, seen)
    if not may_send(case, draft.author_id, by):
        raise CaseError(_("Answers to this topic are approved by somebody else before they go."))
    to = Status(draft.to_status)
    if to not in next_statuses(case):
        raise CaseError(_("In its present status the message cannot be answered that way."))
    by_law = case.topic.is_information_request
    if to == Status.CLOSED and by_law and draft.close_reason not in CloseReason.values:
        raise CaseError(_("Choose the reason for closing."))
    entry = reply_entry(case, by, draft.text, to=to.value)
    if draft.author_id and draft.author_id != by.pk and draft.author:
        entry.data["written_by"] = draft.author.get_full_name() or draft.author.get_username()
        entry.save(update_fields=["data"])
    elif case.topic.needs_approval:
        entry.data["alone"] = True
        entry.save(update_fields=["data"])
    case.attachments.filter(draft=draft).update(entry=entry, is_public=True, draft=None)
    draft.delete()
    link, withheld = answer_link(case) if to == Status.WAITING else ("", {})
    if wants_mail(case) or (link and case.email):
        names = [file.name for file in entry.attachments.all()]
        send_reply_letter(case, entry.text, names, link, withheld)
    if case.answered_at is None and to in (Status.ANSWERED, Status.CLOSED):
        change(case, answered_at=timezone.now())
    if to != case.status:
        note = entry.text if to == Status.CLOSED and needs_reason(case.status, by_law) else ""
        move(case, to, by, note, reason=draft.close_reason if by_law and to == Status.CLOSED else "")
    if to != Status.WAITING:
        pass_on(case, by, entry)
    free(case, by)
    return entry


def reply_entry(case: Message, by: Any, text: str, **data: Any) -> TimelineEntry:
    """The answer in the timeline, filled in for this case; as it was typed too, where that is not the same."""
    filled = fill(text, case)
    if filled != text:
        data["typed"] = text
    return record(case, Kind.REPLY, by, filled, by_mail=wants_mail(case), **data)


@action
def record_call(case: Message, *, by: Any, text: str, is_answer: bool = True) -> TimelineEntry:
    """Write down what was said on the telephone; the sender reads it too. `is_answer`: the case is answered by it."""
    entry = record(case, Kind.PHONE, by, text)
    if is_answer and case.status != Status.ANSWERED and Status.ANSWERED in case.moves:
        move(case, Status.ANSWERED, by)
    return entry


@action
def ask_sender(case: Message, *, by: Any, text: str) -> TimelineEntry:
    """Ask the sender for what is missing, and wait. By e-mail a link of one use leads to the place for the answer."""
    entry = record(case, Kind.QUESTION, by, text)
    if case.status != Status.WAITING:  # asked once more while waiting
        move(case, Status.WAITING, by)
    if case.email:
        link, withheld = answer_link(case)
        send_reply_letter(case, text, (), link, withheld)
    return entry
