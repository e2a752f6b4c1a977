"""From a case to an answer that everybody reads: a draft without names, an approval, and the way back."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from persian.text import isolate

from .masking import Part, parts_for
from .models.cases import Message
from .models.replies import PublicAnswer
from .models.timeline import TimelineEntry
from .second_reader import may_approve

#: What the log of an answer calls its steps.
APPROVED, WITHDRAWN = "contact.approve_answer", "contact.withdraw_answer"
APPROVED_ALONE = "contact.approve_own_answer"
RIGHT = "contact.approve_publicanswer"


def proposal(case: Message, keep: list[str]) -> dict[str, list[Part]]:
    """Question, details and answer of a draft, in parts that tell what was taken out. `keep`: what may stay."""
    replies = (TimelineEntry.Kind.REPLY, TimelineEntry.Kind.PHONE)
    answer = case.timeline.filter(kind__in=replies).exclude(text="").last()
    texts = {"question": case.title, "details": case.body, "answer": answer.text if answer else ""}
    return {name: parts_for(text, case, keep) for name, text in texts.items()}


@transaction.atomic
def draft(case: Message, by: Any, **texts: str) -> PublicAnswer:
    """Keep a draft made of `case`; `texts` are its question, details and answer as somebody looked them over."""
    answer = PublicAnswer.objects.create(message=case, topic=case.topic, written_by=by, **texts)
    log(instance=answer, action="wagtail.create", user=by)
    _note(answer, by, gettext("Draft of a public answer made"))
    return answer


def may_be_approved(answer: PublicAnswer, by: Any) -> bool:
    """Whether `by` may make it public: words of one's own are approved by somebody else, as long as there is somebody."""
    backend = "django.contrib.auth.backends.ModelBackend"
    others = get_user_model().objects.with_perm(RIGHT, backend=backend, include_superusers=False)
    return by.has_perm(RIGHT) and may_approve(answer.written_by_id, by, others)


@transaction.atomic
def approve(answer: PublicAnswer, by: Any) -> None:
    """Show the answer to everybody, unless somebody did that this moment."""
    _lock(answer)
    if answer.approved_at:
        return
    alone = answer.written_by_id == by.pk
    answer.approved_at, answer.approved_by = timezone.now(), by
    answer.save()
    log(instance=answer, action=APPROVED_ALONE if alone else APPROVED, user=by)
    words = gettext("Made public: %(question)s") % {"question": isolate(answer.question)}
    if alone:
        words += "\n" + gettext("Written and approved by one person; nobody else could approve it.")
    elif writer := answer.written_by:
        words += "\n" + gettext("Written by %(name)s") % {
            "name": isolate(writer.get_full_name() or writer.get_username())
        }
    _note(answer, by, words)


@transaction.atomic
def withdraw(answer: PublicAnswer, by: Any) -> None:
    """Take the answer away from the public; it waits for approval again."""
    _lock(answer)
    if answer.approved_at is None:
        return
    answer.approved_at = answer.approved_by = None
    answer.save()
    log(instance=answer, action=WITHDRAWN, user=by)
    _note(answer, by, gettext("Public answer withdrawn"))


def _lock(answer: PublicAnswer) -> None:
    """Bring it to what it is once whoever else changes it is done: saved as it was, it would bring back what was redacted."""
    answer.refresh_from_db(from_queryset=PublicAnswer.objects.select_for_update())


def _note(answer: PublicAnswer, by: Any, words: str) -> None:
    if answer.message:
        answer.message.timeline.create(
            kind=TimelineEntry.Kind.PUBLISHED, author=by, text=words, data={"answer": answer.pk}
        )
