"""Redaction: a passage is taken out of sight everywhere in the case, and the original is kept for a named few."""

import json
from typing import Any

from django.db.models import Model
from django.utils.html import escape
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from contact.letters import mails_of
from contact.models import DraftReply, Message, Original, TimelineEntry

from .common import CaseError, action, change, record

#: What stands where something was.
HIDDEN = gettext_lazy("▇ redacted")
FIELDS = ("title", "body", "name", "organization", "post", "close_text", "satisfaction_text")


@action
def redact(case: Message, *, by: Any, passages: list[str], reason: str) -> int:
    """Hide these passages in the message, its timeline, drafts and letters, and return how many texts changed.

    CaseError for a passage that stands nowhere: nothing is hidden then.
    """
    passages = sorted({passage for passage in passages if passage.strip()}, key=len, reverse=True)
    if not passages:
        raise CaseError(_("Write what is to be hidden."))
    entries = list(case.timeline.exclude(text=""))
    texts = [*(getattr(case, name) for name in FIELDS), *(entry.text for entry in entries)]
    texts += [json.dumps(case.answers, ensure_ascii=False), *_others(case)]
    missing = [passage for passage in passages if not any(passage in text for text in texts)]
    if missing:
        words = _("This stands nowhere in the message or its history: %(passage)s")
        raise CaseError(words % {"passage": "، ".join(f"«{passage}»" for passage in missing)})
    count = 0
    for name in FIELDS:
        text = getattr(case, name)
        if (left := _without(text, passages, case._meta.get_field(name).max_length)) != text:  # type: ignore[union-attr]
            _keep(case, by, reason, name, text)
            change(case, **{name: left})
            count += 1
    answers = [
        {**answer, "value": _without(str(answer.get("value", "")), passages)} for answer in case.answers
    ]
    if answers != [{**answer, "value": str(answer.get("value", ""))} for answer in case.answers]:
        _keep(case, by, reason, "answers", json.dumps(case.answers, ensure_ascii=False))
        change(case, answers=answers)
        count += 1
    for entry in entries:
        if (left := _without(entry.text, passages)) != entry.text:
            _keep(case, by, reason, "text", entry.text, entry)
            data = {key: value for key, value in entry.data.items() if key != "typed"}
            TimelineEntry.objects.filter(pk=entry.pk).update(text=left, data=data)
            count += 1
    count += _redact_others(case, by, reason, passages)
    record(case, TimelineEntry.Kind.REDACTED, by, reason, count=count)
    return count


def _without(text: str, passages: list[str], most: int | None = None) -> str:
    for passage in passages:
        text = text.replace(passage, str(HIDDEN))
    return text[:most] if most else text


def _keep(
    case: Message, by: Any, reason: str, field: str, text: str, entry: TimelineEntry | None = None
) -> None:
    Original.objects.create(message=case, entry=entry, field=field, text=text, reason=reason, redacted_by=by)


def _others(case: Message) -> list[str]:
    texts = list(DraftReply.objects.filter(message=case).values_list("text", flat=True))
    for question in case.outside_questions.all():
        texts += [question.question, question.answer]
    return texts


def _redact_others(case: Message, by: Any, reason: str, passages: list[str]) -> int:
    """Drafts and questions outside, whose originals are kept too; and letters, which only repeat what stands in the case."""
    count = 0
    rows: list[tuple[Model, tuple[str, ...]]] = [
        (draft, ("text",)) for draft in DraftReply.objects.filter(message=case)
    ]
    rows += [(question, ("question", "answer")) for question in case.outside_questions.all()]
    for row, names in rows:
        for name in names:
            text = getattr(row, name)
            if (left := _without(text, passages)) != text:
                _keep(case, by, reason, name, text)
                setattr(row, name, left)
                row.save(update_fields=[name])
                count += 1
    for mail in mails_of(case):
        escaped = [str(escape(passage)) for passage in passages]
        text, html = _without(mail.text, passages), _without(mail.html, escaped)
        subject = _without(mail.subject, passages)
        if (text, html, subject) != (mail.text, mail.html, mail.subject):
            type(mail).objects.filter(pk=mail.pk).update(text=text, html=html, subject=subject)
    return count
