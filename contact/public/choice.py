"""Who writes about what: the lane and the topic that an address or a posted form names, out of those on offer."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contact.models.topics import Lane, Topic
from persian.text import fold


def number(text: str | None) -> int | None:
    """A primary key from an address; None for anything that cannot be one."""
    digits = fold(text or "")[:30]
    return int(digits) if re.fullmatch(r"[0-9]{1,18}", digits) else None


@dataclass(frozen=True)
class Choice:
    """`topics` are those offered in the lane; `topic` is one of them, or None while none is chosen."""

    lane: Lane
    topics: tuple[Topic, ...]
    topic: Topic | None

    @classmethod
    def of_staff(cls, asked: Mapping[str, Any], topics: Iterable[Topic]) -> "Choice":
        """The same for what staff enter: any of `topics`, whoever writes."""
        on_offer = tuple(topics)
        lane = asked.get("lane")
        wanted = next((topic for topic in on_offer if topic.pk == number(asked.get("topic"))), None)
        return cls(Lane(lane) if lane in Lane.values else Lane.CITIZEN, on_offer, wanted)

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> "Choice":
        """Read `lane` and `topic`; what is unknown is left out. Without a lane, the topic's first one. One query."""
        on_offer = list(Topic.objects.active().select_related("unit"))
        wanted = next((topic for topic in on_offer if topic.pk == number(asked.get("topic"))), None)
        lane = asked.get("lane")
        if lane not in Lane.values:
            lane = (wanted.lanes if wanted and wanted.lanes else [Lane.CITIZEN])[0]
        topics = tuple(topic for topic in on_offer if lane in topic.lanes)
        return cls(Lane(lane), topics, wanted if wanted in topics else None)

    @property
    def is_elsewhere(self) -> bool:
        return self.topic is not None and self.topic.is_elsewhere


class TopicField(forms.Field):
    """The topic that was chosen already, checked once more when the form is sent."""

    default_error_messages = {
        "required": _("Choose a topic; if none fits, the last one."),
        "invalid": _("Choose one of the topics in the list."),
    }

    def __init__(self, choice: Choice) -> None:
        super().__init__(label=_("Topic"), widget=forms.HiddenInput)
        self.choice = choice

    def clean(self, value: Any) -> Topic:
        if not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if self.choice.topic is None or self.choice.is_elsewhere:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return self.choice.topic
