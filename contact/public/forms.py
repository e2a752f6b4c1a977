"""The form that citizens fill in. It takes any keyboard's letters and digits, and keeps what was typed when it refuses."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contact.models.cases import BODY_LENGTH, Message
from contact.models.topics import Lane
from persian.fields import MobileField

from . import lanes
from .choice import Choice, TopicField
from .fields import AddressField, TypedField
from .questions import answer, field_of, question_name
from .uploads import upload_fields

#: A field that no person sees; whoever fills it in is a machine.
TRAP = "website"


class MessageForm(forms.Form):
    """What everybody is asked for, then what belongs to the lane and to the topic. `topics`: those that may be chosen."""

    kind = forms.ChoiceField(
        label=Message._meta.get_field("kind").verbose_name,
        choices=Message.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the kind of your message."),
            "invalid_choice": _("Choose the kind of your message."),
        },
    )
    title = TypedField(
        label=_("Title of the message"),
        limit=150,
        help_text=_("In a few words"),
        error_messages={"required": _("Write a short title for your message.")},
    )
    body = TypedField(
        label=_("Text of the message"),
        limit=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("At most ۸٬۰۰۰ characters"),
        error_messages={"required": _("Write the text of your message.")},
    )
    answer_by = forms.ChoiceField(
        label=_("How you wish to be answered"),
        choices=Message.AnswerBy.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say how you wish to be answered."),
            "invalid_choice": _("Say how you wish to be answered."),
        },
    )
    name = TypedField(
        label=_("First and last name"),
        limit=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name; this topic cannot be written on without one.")},
    )
    mobile = MobileField(
        label=_("Mobile"),
        required=False,
        help_text=_("Needed for an answer by telephone; such as ۰۹۱۲۳۴۵۶۷۸۹"),
    )
    email = AddressField(
        label=_("E-mail"),
        required=False,
        help_text=_("Needed for an answer by e-mail; the tracking code is sent there too"),
    )

    needs_mobile: Any = _("For an answer by telephone, write your mobile number.")
    needs_email: Any = _("For an answer by e-mail, write your e-mail address.")

    def __init__(self, data: Any = None, *, choice: Choice, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.choice = choice
        self.lane, self.chosen = choice.lane, choice.topic
        self.fields["topic"] = TopicField(choice)
        self.lane_fields = lanes.fields_for(self.lane)
        self.questions = list(self.chosen.questions.all()) if self.chosen else []
        self.fields.update(self.lane_fields)
        self.fields.update({question_name(question): field_of(question) for question in self.questions})
        self.fields.update(upload_fields(self.lane))
        self.order_fields([*self.lane_fields, *self._message_fields()])  # errors are told in the page's order
        if self.chosen and not self.chosen.allows_anonymous:
            self.fields["name"].required = True
            ways = [way for way in Message.AnswerBy.choices if way[0] != Message.AnswerBy.NONE]
            self.fields["answer_by"].choices = ways  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wish = data.get("answer_by")
        if wish == Message.AnswerBy.TELEPHONE and data.get("mobile") == "":
            self.add_error("mobile", self.needs_mobile)
        if wish == Message.AnswerBy.EMAIL and data.get("email") == "":
            self.add_error("email", self.needs_email)
        if self.lane == Lane.MUNICIPALITY:
            lanes.clean_municipality(self, data)
        return data

    def parts(self) -> dict[str, list[forms.BoundField]]:
        """The fields as the page groups them: sender, questions, files."""
        return {
            "sender_fields": [self[name] for name in self.lane_fields],
            "question_fields": [self[question_name(question)] for question in self.questions],
            "file_fields": [self[name] for name in upload_fields(self.lane)],
        }

    def _message_fields(self) -> list[str]:
        return [
            *("topic", "kind", "title", "body"),
            *(question_name(question) for question in self.questions),
            *upload_fields(self.lane),
        ]

    def message_data(self) -> dict[str, Any]:
        """The columns of the message that this valid form makes."""
        data = self.cleaned_data
        common = {
            name: data[name]
            for name in ("kind", "topic", "title", "body", "answer_by", "name", "mobile", "email")
        }
        answers = [answer(question, data[question_name(question)]) for question in self.questions]
        return {
            **common,
            **lanes.NOTHING,
            **{name: data[name] for name in self.lane_fields},
            "lane": self.lane,
            "answers": [given for given in answers if given],
        }

    def says_the_same_as(self, message: Message) -> bool:
        """Whether this valid form would make the very message that it once made."""
        return all(getattr(message, field) == value for field, value in self.message_data().items())


def kind_asked_for(query: QueryDict) -> dict[str, Any]:
    """What a link to the form fills in beforehand beside its topic: `?kind=request&topic=3`."""
    kind = query.get("kind")
    return {"kind": kind} if kind in Message.Kind.values else {}
