"""The same done to many cases, each in a transaction of its own: what one of them refuses does not stop the others.

`key` is that of the form. A case that has an entry with it already counts as done, and nothing is done to it again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.models import Message
from contact.workflow import MoveError

from .common import CaseError, lock, refuse_if_answered_by_another
from .routing import assign, close
from .spam import mark_spam


@dataclass
class Outcome:
    """What was done, and what was not, each with the reason in Persian."""

    done: list[Message] = field(default_factory=list)
    refused: list[tuple[Message, str]] = field(default_factory=list)


def assign_many(cases: Iterable[Message], *, by: Any, key: str, to: Any, text: str = "") -> Outcome:
    """Give them to `to`, or (None) to nobody."""

    def one(case: Message) -> None:
        if case.assignee_id == (to.pk if to else None):
            raise CaseError(_("It is so already."))
        assign(case, by=by, key=key, to=to, text=text)

    return _each(cases, one, by, key)


def close_many(cases: Iterable[Message], *, by: Any, key: str, text: str = "") -> Outcome:
    """Close them; the senders read `text`."""

    def one(case: Message) -> None:
        if case.topic.is_information_request:
            raise CaseError(_("The law asks for a reason; close it on its own page."))
        close(case, by=by, key=key, text=text)

    return _each(cases, one, by, key)


def mark_many(cases: Iterable[Message], *, by: Any, key: str) -> Outcome:
    """Mark them as spam."""
    return _each(cases, lambda case: mark_spam(case, by=by, key=key), by, key)


def _each(cases: Iterable[Message], one: Callable[[Message], Any], by: Any, key: str) -> Outcome:
    outcome = Outcome()
    for case in cases:
        try:
            with transaction.atomic():
                now = lock(case.pk)
                if not now.timeline.filter(data__key=key).exists():
                    refuse_if_answered_by_another(now, by)
                    one(now)
        except CaseError as problem:
            outcome.refused.append((case, str(problem)))
        except MoveError:
            words = gettext("This is not possible in the status “%(status)s”.")
            outcome.refused.append((case, words % {"status": now.get_status_display()}))
        else:
            outcome.done.append(case)
    return outcome
