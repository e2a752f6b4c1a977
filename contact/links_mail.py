"""Links of one use in letters: the row is made now, and the link itself is put together when the letter is sent."""

from datetime import timedelta

from django.utils import timezone

from .addresses import public_address
from .letters import LINK_SOURCE
from .links import make_token
from .models import Message, OneTimeLink, OutsideQuestion

#: The source of links to organizations outside; the key is that of the question.
OUTSIDE_SOURCE = "contact.outside"
OUTSIDE = "outside"

ANSWER_AGE = timedelta(days=30)

Withheld = dict[str, tuple[str, str]]


def answer_link(case: Message) -> tuple[str, Withheld]:
    """A new link by which the sender answers what was asked; earlier ones end. The placeholder, and what stands for it."""
    now = timezone.now()
    case.links.filter(purpose=OneTimeLink.Purpose.ANSWER, used_at=None).update(expires_at=now)
    link = case.links.create(purpose=OneTimeLink.Purpose.ANSWER, expires_at=now + ANSWER_AGE)
    placeholder = f"[[link-{link.pk}]]"
    return placeholder, {placeholder: (LINK_SOURCE, str(link.pk))}


def outside_link(question: OutsideQuestion) -> tuple[str, Withheld]:
    placeholder = f"[[outside-{question.pk}]]"
    return placeholder, {placeholder: (OUTSIDE_SOURCE, str(question.pk))}


def tell_outside_link(key: str) -> str | None:
    """The address where an organization answers; None when the question is answered, withdrawn or too old."""
    still = OutsideQuestion.objects.filter(answered_at=None, withdrawn_at=None, expires_at__gt=timezone.now())
    question = still.filter(pk=key).first()
    return public_address(f"outside/{make_token(OUTSIDE, question)}/") if question else None
