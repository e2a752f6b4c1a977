"""The form for what came by telephone, in person or by letter: that of the site, in words for whoever writes it down."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from contact.models import Lane, Message, Topic
from contact.public import lanes
from contact.public.choice import Choice
from contact.public.forms import MessageForm
from contact.public.questions import question_name
from contact.public.uploads import upload_fields
from persian.text import to_persian_digits

from .case_forms import REQUIRED

Channel = Message.Channel
CHANNELS = [choice for choice in Channel.choices if choice[0] != Channel.WEB]
#: How many days back a message may have come in: its deadline counts from then.
DAYS_BACK = 60

_LABELS = {
    "kind": Message._meta.get_field("kind").verbose_name,
    "answer_by": _("How the sender wishes to be answered"),
    "post": _("Post"),
}
_REQUIRED = {
    "kind": _("Choose the kind of the message."),
    "title": _("Write a short title for the message."),
    "body": _("Write what the sender says."),
    "answer_by": _("Say how the sender wishes to be answered."),
    "name": _("This topic needs the sender's name."),
    "municipality": _("Choose the municipality; if it is not in the list, “Other”."),
    "organization": _("Write in whose name the sender writes."),
}


def topics_for(user: Any) -> list[Topic]:
    """The topics that may be entered by `user`: those in use, the confidential ones where the user may read their messages."""
    topics = Topic.objects.active().filter(is_elsewhere=False).select_related("unit")
    if not user.has_perm("contact.view_all_messages"):
        hidden = Topic.objects.confidential().exclude(readers=user.pk)
        topics = topics.exclude(pk__in=hidden.values("pk"))
    return list(topics)


class StartForm(forms.Form):
    """How it came, who sends, and about what: these decide what else is asked."""

    channel = forms.ChoiceField(label=_("Came in by"), choices=CHANNELS)
    lane = forms.ChoiceField(label=_("Who writes"), choices=Lane.choices)
    topic = forms.ChoiceField(
        label=_("Topic"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose one of the topics in the list.")
        ),
    )

    def __init__(self, topics: list[Topic], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["topic"].choices = _choices(topics)  # type: ignore[attr-defined]


def _choices(topics: Any) -> list[tuple[Any, str]]:
    return [("", "—"), *((topic.pk, topic.title) for topic in topics)]


class EntryForm(MessageForm):
    """With the channel and the moment of arrival, and the letter where it is one."""

    needs_mobile = _("For an answer by telephone, write the sender's mobile number.")
    needs_email = _("For an answer by e-mail, write the sender's e-mail address.")
    use_required_attribute = False

    channel = forms.ChoiceField(label=_("Came in by"), choices=CHANNELS, error_messages=REQUIRED)
    came_on = forms.DateField(label=_("Came in on"), widget=AdminDateInput, error_messages=REQUIRED)
    came_at = forms.TimeField(
        label=_("Time of arrival"),
        widget=forms.TimeInput(attrs={"autocomplete": "off", "maxlength": "20"}),
        help_text=_("Such as ۱۴:۳۰"),
        error_messages=REQUIRED,
    )

    def __init__(self, data: Any = None, *, choice: Choice, channel: str, **kwargs: Any) -> None:
        super().__init__(data, choice=choice, **kwargs)
        self.is_letter = channel == Channel.LETTER
        if self.is_letter:
            more = {name: field for name, field in lanes.letter_fields().items() if name not in self.fields}
            self.lane_fields.update(more)
            self.fields.update(more)
        self.fields.update(upload_fields(self.lane, is_letter=self.is_letter))
        self.fields["topic"].widget = forms.Select(choices=_choices(choice.topics))
        self.fields["lane"] = forms.ChoiceField(label=_("Who writes"), choices=Lane.choices)
        for name, label in _LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
        for name, words in _REQUIRED.items():
            if name in self.fields:
                messages = self.fields[name].error_messages
                messages |= {"required": words} | (
                    {"invalid_choice": words} if "invalid_choice" in messages else {}
                )
        self.fields["mobile"].help_text = self.fields["email"].help_text = ""

    @staticmethod
    def at_first() -> dict[str, Any]:
        now = timezone.localtime()
        return {"came_on": now.date(), "came_at": now.time().replace(second=0, microsecond=0)}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        day, time = data.get("came_on"), data.get("came_at")
        if day and time:
            data["received"] = timezone.make_aware(datetime.datetime.combine(day, time))
            if data["received"] > timezone.now():
                self.add_error("came_on", _("This moment has not come yet."))
            elif day < timezone.localdate() - datetime.timedelta(DAYS_BACK):
                words = _("At most %(days)d days back; the deadline counts from then.") % {"days": DAYS_BACK}
                self.add_error("came_on", to_persian_digits(str(words)))
        return data

    def parts(self) -> dict[str, list[forms.BoundField]]:
        """All fields in the groups of the page, in their order."""
        files = upload_fields(self.lane, is_letter=self.is_letter)
        return {
            "start_fields": [self[name] for name in ("channel", "lane", "topic")],
            "time_fields": [self[name] for name in ("came_on", "came_at")],
            "sender_fields": [
                self[name] for name in (*self.lane_fields, "name", "mobile", "email", "answer_by")
            ],
            "message_fields": [
                *(self[name] for name in ("kind", "title", "body")),
                *(self[question_name(question)] for question in self.questions),
                *(self[name] for name in files),
            ],
        }
