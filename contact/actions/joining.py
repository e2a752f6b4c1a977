"""Merging duplicates, so that one answer reaches everybody, and splitting a message of several complaints."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.codes import make_code
from contact.deadlines import promised
from contact.files.accepting import Accepted
from contact.files.storing import attach, open_stored
from contact.letters import SOURCE
from contact.models import Attachment, Message, TimelineEntry, Topic
from contact.placeholders import fill
from contact.secrets import hash_secret, make_secret
from contact.workflow import OPEN, Status, move
from persian.text import isolate_ltr

from .common import CaseError, action, change, lock, record
from .sending import send_reply_letter, tell_sender, tell_staff, wants_mail

Kind = TimelineEntry.Kind
#: What a part that is split off has from the whole.
OF_SENDER = (
    *("kind", "lane", "name", "mobile", "email", "answer_by", "municipality_id", "organization", "post"),
    *("letter_number", "letter_date", "channel", "entered_by_id", "created_at", "is_demo"),
    *("registration_number", "registration_date"),
)


@action
def merge(case: Message, *, by: Any, into: Message) -> Message:
    """Close a duplicate and lead its sender to `into`; what was merged into it before goes along. Returns where it went."""
    if into.pk == case.pk:
        raise CaseError(_("A message cannot be merged with itself."))
    target = lock(into.pk)
    if target.merged_into_id or target.status == Status.SPAM or target.anonymised_at:
        raise CaseError(_("That message is merged, spam or anonymised itself; choose another one."))
    if case.status == Status.CLOSED or case.merged_into_id:
        raise CaseError(_("A closed message is not merged."))
    if case.status == Status.SPAM or Status.CLOSED not in case.moves:
        raise CaseError(_("In its present status the message cannot be merged."))
    words = gettext("Merged with a message on the same matter; its answer comes here too.")
    change(case, merged_into=target)
    move(case, Status.CLOSED, by, words)
    Message.objects.filter(merged_into=case).update(merged_into=target)
    record(case, Kind.MERGED, by, case=target.pk, code=target.code_display)
    record(target, Kind.MERGED, by, case=case.pk, code=case.code_display, is_target=True)
    tell_sender(case, words)
    last = target.timeline.filter(kind=Kind.REPLY).last()
    if last is not None and target.status not in OPEN:
        _pass_to(case, by, last)
    return target


def pass_on(case: Message, by: Any, entry: TimelineEntry) -> None:
    """Give the answer `entry` of a case to everybody whose message was merged into it."""
    for other in case.merged_messages.select_related("topic", "unit"):
        _pass_to(other, by, entry)


def _pass_to(other: Message, by: Any, entry: TimelineEntry) -> None:
    """Filled in anew: what was filled in for one sender is no other's business."""
    if other.anonymised_at:
        return
    text = fill(entry.data.get("typed", entry.text), other)
    mine = record(other, Kind.REPLY, by, text, by_mail=wants_mail(other), merged_from=entry.message_id)
    names = [_copy(file, mine) for file in entry.attachments.readable()]
    if wants_mail(other):
        send_reply_letter(other, text, names)
    if other.answered_at is None:
        change(other, answered_at=timezone.now())


def _copy(file: Attachment, entry: TimelineEntry) -> str:
    """A file of the answer again, for another case: each goes its own way later."""
    with open_stored(file.path) as stored:
        content = stored.read()
    values = {name: getattr(file, name) for name in ("name", "content_type", "size", "sha256")}
    attach(Accepted(content=content, **values), message=entry.message, entry=entry, from_staff=True)
    return file.name


@action
def split(case: Message, *, by: Any, title: str, body: str, topic: Topic) -> Message:
    """Make one matter of a message a case of its own: same sender, own codes, counted from the same day."""
    if case.status == Status.SPAM:
        raise CaseError(_("Spam is not split."))
    due = promised(topic, case.created_at)
    part = Message(
        **{name: getattr(case, name) for name in OF_SENDER},
        title=title,
        body=body,
        topic=topic,
        unit=topic.unit,
        split_from=case,
        deadline=due.date if due else None,
        deadline_days=due.count if due else None,
        tracking_code=_free_code(),
    )
    part.secret_hash = hash_secret(make_secret(part.form_key))
    part.save()
    part.timeline.create(kind=Kind.RECEIVED, at=case.created_at, to_status=Status.RECEIVED)
    record(part, Kind.SPLIT, by, case=case.pk, code=case.code_display, is_part=True)
    record(case, Kind.SPLIT, by, case=part.pk, code=part.code_display)
    placeholder = "[[secret]]"
    rows = [
        (gettext("Title of the message"), title),
        (gettext("Tracking code"), isolate_ltr(part.code_display)),
        (gettext("Secret of follow-up"), placeholder),
    ]
    words = gettext(
        "Your message holds several matters. This one is followed up on its own, with these codes:"
    )
    tell_sender(case, words, rows=rows, withheld={placeholder: (SOURCE, str(part.pk))})
    tell_staff(part, [part.unit.email], gettext("A message was split; this part is for your unit."))
    return part


def _free_code() -> str:
    while Message.objects.filter(tracking_code=(code := make_code())).exists():
        pass
    return code
