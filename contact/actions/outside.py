"""Asking an organization outside: it answers by a link of its own, and the answer comes back into the case."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.files.accepting import Accepted
from contact.files.storing import attach
from contact.letters import queue_letter
from contact.links import is_good, row_key
from contact.links_mail import OUTSIDE, outside_link
from contact.models import Message, OutsideQuestion, TimelineEntry
from persian.text import isolate_ltr

from .common import CaseError, action, lock, record
from .sending import tell_staff, those_who_answer

Kind = TimelineEntry.Kind
OUTSIDE_AGE = timedelta(days=30)


@action
def ask_outside(
    case: Message, *, by: Any, organization: str, email: str, question: str, shares_message: bool = False
) -> OutsideQuestion:
    """Send a question with a link that holds for thirty days. `shares_message`: the text of the message is shown there too."""
    asked = case.outside_questions.create(
        organization=organization,
        email=email,
        question=question,
        shares_message=shares_message,
        asked_by=by,
        expires_at=timezone.now() + OUTSIDE_AGE,
    )
    record(case, Kind.ASKED_OUTSIDE, by, question, question=asked.pk, organization=organization)
    link, withheld = outside_link(asked)
    queue_letter(
        "outside",
        case,
        to=[email],
        subject=gettext("A question about case %(code)s") % {"code": isolate_ltr(case.code_display)},
        context={"asked": asked, "link": link, "unit": case.unit},
        reply_to=[case.unit.email] if case.unit.email else [],
        withheld=withheld,
    )
    return asked


@action
def withdraw_outside(case: Message, *, by: Any, question: int) -> None:
    """End a question that is not answered yet: its link opens nothing from now on."""
    asked = case.outside_questions.select_for_update().filter(pk=question, answered_at=None).first()
    if asked is None:
        raise CaseError(_("This question has been answered or taken back already."))
    if asked.withdrawn_at is None:
        asked.withdrawn_at = timezone.now()
        asked.save(update_fields=["withdrawn_at"])
        named = asked.organization
        record(case, Kind.ASKED_OUTSIDE, by, question=asked.pk, organization=named, withdrawn=True)


def find_question(token: str) -> OutsideQuestion | None:
    """The question of a link, whatever became of it; None for a token that was never one."""
    found = OutsideQuestion.objects.select_related("message__topic", "message__unit")
    question = found.filter(pk=row_key(token) or 0).first()
    return question if is_good(token, OUTSIDE, question) else None


def can_be_answered(question: OutsideQuestion) -> bool:
    still = question.answered_at is None and question.withdrawn_at is None
    return still and question.expires_at > timezone.now() and not question.message.anonymised_at


@transaction.atomic
def answer_outside(question: OutsideQuestion, text: str, files: Iterable[Accepted] = ()) -> bool:
    """Take the organization's answer, once; False when it can be answered no more."""
    case = lock(question.message_id)
    question.refresh_from_db()
    if not can_be_answered(question):
        return False
    question.answer, question.answered_at = text, timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    entry = record(
        case, Kind.OUTSIDE_ANSWER, None, text, question=question.pk, organization=question.organization
    )
    for accepted in files:
        attach(accepted, message=case, entry=entry, is_public=False)
    tell_staff(case, those_who_answer(case), gettext("An organization has answered the unit's question."))
    return True
