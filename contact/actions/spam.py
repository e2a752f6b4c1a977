"""Marking a message as spam, and taking that back. Its sender hears of neither."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.models import Message, TimelineEntry
from contact.workflow import Status, move

from .common import CaseError, action


@action
def mark_spam(case: Message, *, by: Any) -> None:
    move(case, Status.SPAM, by, key=getattr(case, "form_of_action", ""))


@action
def unmark_spam(case: Message, *, by: Any, entry: TimelineEntry) -> None:
    """Put the case back to where it stood before the move `entry`. CaseError when anything has moved it since."""
    last = case.timeline.filter(kind=TimelineEntry.Kind.MOVE).last()
    if case.status != Status.SPAM or last != entry:
        raise CaseError(_("It is not spam any more, or was marked anew since."))
    move(case, entry.from_status, by, gettext("The mark as spam was taken back."))
