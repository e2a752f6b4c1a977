"""A new secret for a sender who lost theirs."""

from typing import Any

from django.utils import timezone

from contact.models import Message, OneTimeLink, TimelineEntry
from contact.recovery import new_secret

from .common import action


@action
def give_secret(case: Message, *, by: Any) -> None:
    """Make another secret; the earlier one, and links to recover it, open nothing from now on."""
    new_secret(case.pk, by=by, how="telephone")
    case.links.filter(purpose=OneTimeLink.Purpose.RECOVER, used_at=None).update(used_at=timezone.now())
    key = getattr(case, "form_of_action", "")
    entry = case.timeline.filter(kind=TimelineEntry.Kind.CODE).last()
    if entry is not None and key:
        entry.data["key"] = key
        entry.save(update_fields=["data"])
