"""From a case to an answer that everybody reads: a draft without names, an approval, and the way back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from persian.text import isolate

from .masking import Part, parts_for
from .models.cases import Message
from .models.replies import PublicAnswer
from .models.timeline import TimelineEntry

#: What the log of an answer calls its steps.
APPROVED, WITHDRAWN = "contact.approve_answer", "contact.withdraw_answer"


def proposal(case: Message, keep: list[str]) -> dict[str, list[Part]]:
    """Question, details and answer of a draft, in parts that tell what was taken out. `keep`: what may stay."""
    replies = (TimelineEntry.Kind.REPLY, TimelineEntry.Kind.PHONE)
    answer = case.timeline.filter(kind__in=replies).exclude(text="").last()
    texts = {"question": case.title, "details": case.body, "answer": answer.text if answer else ""}
    return {name: parts_for(text, case, keep) for name, text in texts.items()}


@transaction.atomic
def draft(case: Message, by: Any, **texts: str) -> PublicAnswer:
    """Keep a draft made of `case`; `texts` are its question, details and answer as somebody looked them over."""
    answer = PublicAnswer.objects.create(message=case, topic=case.topic, **texts)
    log(instance=answer, action="wagtail.create", user=by)
    _note(answer, by, gettext("Draft of a public answer made"))
    return answer


@transaction.atomic
def approve(answer: PublicAnswer, by: Any) -> None:
    """Show the answer to everybody."""
    answer.approved_at, answer.approved_by = timezone.now(), by
    answer.save()
    log(instance=answer, action=APPROVED, user=by)
    _note(answer, by, gettext("Made public: %(question)s") % {"question": isolate(answer.question)})


@transaction.atomic
def withdraw(answer: PublicAnswer, by: Any) -> None:
    """Take the answer away from the public; it waits for approval again."""
    answer.approved_at = answer.approved_by = None
    answer.save()
    log(instance=answer, action=WITHDRAWN, user=by)
    _note(answer, by, gettext("Public answer withdrawn"))


def _note(answer: PublicAnswer, by: Any, words: str) -> None:
    if answer.message:
        answer.message.timeline.create(
            kind=TimelineEntry.Kind.PUBLISHED, author=by, text=words, data={"answer": answer.pk}
        )
