"""A proof of work, asked only of whom there is reason to suspect, with a plain question for those without JavaScript.

The work follows ALTCHA's protocol, version 2 (PBKDF2 with SHA-256, which every browser has built in); nothing of it leaves the
site. A browser does it unasked in a second or two. Proof and answer hold for one form, and so for one message.
"""

import json
import secrets
import time
import uuid
from dataclasses import dataclass
from functools import lru_cache

import altcha
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact import limits
from contact.models import Message
from persian.text import fold

from .forms import TRAP
from .tokens import FormToken

NOTICE = (
    _("Your message has not been registered yet"),
    _(
        "To keep machines out, look at the part above the button and press “Send the message” once more. "
        "Nothing you typed is lost."
    ),
)

#: Fields of the form.
SOLUTION, QUESTION, ANSWER = "altcha", "challenge_question", "challenge_answer"

AGE = 60 * 60  # seconds that a challenge holds
#: Rounds of the key derivation for one try, and how many tries it takes: a second on a good telephone, never many.
COST = 5_000
FEWEST_TRIES, MOST_TRIES = 50, 250
WRONG_ANSWERS = 10  # in an hour, by one sender
_LONGEST_SOLUTION = 4_000

SUSPECT, WRONG = "suspect", "question"
_SALT = "contact.challenge"

NUMBERS = [
    _("zero"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"),
    _("ten"), _("eleven"), _("twelve"), _("thirteen"), _("fourteen"), _("fifteen"), _("sixteen"), _("seventeen"),
    _("eighteen"),
]  # fmt: skip


@dataclass(frozen=True)
class Challenge:
    """What the form shows: `work` for the script, as JSON; `question` for people, and the token that belongs to it."""

    work: str
    question: str
    token: str


def demand(request: HttpRequest, token: FormToken, sender: str) -> Challenge | None:
    """What a sender must do before this message is taken; None when nothing, or when it is done.

    Suspicious is who was faster than people are, filled in what nobody sees, or sent many messages, in the last hour.
    """
    suspected = limits.was_noted(SUSPECT, sender)
    if not suspected and (token.too_new or request.POST.get(TRAP)):
        limits.note(SUSPECT, sender)
    if not (suspected or token.too_new or _sent_many(sender)):
        return None  # the first filled trap is let through, into the spam: its machine learns nothing
    return None if is_met(request.POST, token.key, sender) else make(token.key)


def make(key: uuid.UUID) -> Challenge:
    """A new challenge for the form with this key."""
    work = altcha.create_challenge(
        "PBKDF2/SHA-256",
        COST,
        counter=FEWEST_TRIES + secrets.randbelow(MOST_TRIES - FEWEST_TRIES),
        expires_at=int(time.time()) + AGE,
        data={"form": key.hex},
        hmac_secret=_secret(settings.SECRET_KEY),
    )
    issued = time.time_ns()
    first, second = _numbers(key, issued)
    question = gettext("How much is %(first)s plus %(second)s?") % {
        "first": NUMBERS[first],
        "second": NUMBERS[second],
    }
    return Challenge(json.dumps(work.to_dict()), question, signing.dumps([key.hex, issued], salt=_SALT))


def is_met(posted: QueryDict, key: uuid.UUID, sender: str) -> bool:
    """Whether the work is done or the question is answered, for this very form."""
    return _is_worked(posted.get(SOLUTION, ""), key) or _is_answered(posted, key, sender)


def _is_worked(solution: str, key: uuid.UUID) -> bool:
    if not solution or len(solution) > _LONGEST_SOLUTION:
        return False
    try:
        if not altcha.verify_solution(solution, _secret(settings.SECRET_KEY)).verified:
            return False
        return altcha.Payload.from_base64(solution).challenge.parameters.data == {"form": key.hex}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # not what our script sends
        return False


def _is_answered(posted: QueryDict, key: uuid.UUID, sender: str) -> bool:
    answer = fold(posted.get(ANSWER, "")[:40]).strip()
    if not answer:
        return False
    try:
        asked_for, issued = signing.loads(posted.get(QUESTION, ""), salt=_SALT, max_age=AGE)
        first, second = _numbers(key, int(issued))
    except (signing.BadSignature, ValueError, TypeError):
        return False
    if asked_for == key.hex and answer in (str(first + second), fold(str(NUMBERS[first + second]))):
        # Who has guessed too often is not heard any more, even when one guess is right.
        return not limits.seconds_to_wait(WRONG, sender, WRONG_ANSWERS)
    limits.too_many(WRONG, sender, WRONG_ANSWERS)
    return False


def _numbers(key: uuid.UUID, issued: int) -> tuple[int, int]:
    """Two numbers from two to nine. They stand nowhere in the form but in words."""
    mac = salted_hmac(_SALT, f"{key.hex}:{issued}", algorithm="sha256").digest()
    return 2 + mac[0] % 8, 2 + mac[1] % 8


def _sent_many(sender: str) -> bool:
    """Long before the limit of an hour; many telephones share one address, so not at the second message."""
    if not sender:
        return False
    many = max(5, settings.CONTACT_MESSAGES_PER_HOUR // 4)
    since = timezone.now() - limits.HOUR
    return Message.objects.filter(sender_hash=sender, created_at__gt=since).count() >= many


@lru_cache(maxsize=4)
def _secret(site_key: str) -> bytes:
    return salted_hmac(_SALT, "work", secret=site_key, algorithm="sha256").digest()
