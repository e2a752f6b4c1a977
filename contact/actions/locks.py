"""«Somebody is answering»: for ten minutes, renewed while the page is open, taken over knowingly."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from contact.models import Message

from .common import action, change, refuse_if_answered_by_another

LOCKED_FOR = timedelta(minutes=10)


@action
def start_answering(case: Message, *, by: Any, take_over: bool = False) -> None:
    """Say that `by` is answering. CaseError when a colleague is, unless it is taken over."""
    if not take_over:
        refuse_if_answered_by_another(case, by)
    take(case, by)


@action
def stop_answering(case: Message, *, by: Any) -> None:
    free(case, by)


def take(case: Message, by: Any) -> None:
    change(case, locked_by=by, locked_until=timezone.now() + LOCKED_FOR)


def free(case: Message, by: Any) -> None:
    """A lock of `by` ends; somebody else's stays."""
    if case.locked_by_id == by.pk:
        change(case, locked_by=None, locked_until=None)
