"""The form that citizens fill in. It takes any keyboard's letters and digits, and keeps what was typed when it refuses."""

import re
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, validate_email
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.models.cases import BODY_LENGTH, Message
from contact.models.topics import Topic
from persian.fields import MobileField
from persian.text import ZWNJ, fold, to_persian_digits

#: A field that no person sees; whoever fills it in is a machine.
TRAP = "website"


class TypedField(forms.CharField):
    """Text on one line, words one space apart, unless the widget has several lines. Says lengths in Persian digits."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "maxlength": str(self.limit)}

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text if isinstance(self.widget, forms.Textarea) else " ".join(text.split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.limit:
            numbers = {"limit": self.limit, "length": len(value)}
            words = (
                gettext("At most %(limit)d characters fit in here; you have written %(length)d.") % numbers
            )
            raise forms.ValidationError(to_persian_digits(words), code="max_length")


class AddressField(forms.EmailField):
    widget = forms.EmailInput(
        attrs={"inputmode": "email", "autocomplete": "email", "dir": "ltr", "maxlength": "254"}
    )
    default_error_messages = {"invalid": _("Write an e-mail address such as name@example.com.")}
    default_validators = [validate_email, MaxLengthValidator(254, _("This e-mail address is too long."))]

    def to_python(self, value: Any) -> str:
        return "".join(fold(super().to_python(value) or "").replace(ZWNJ, "").split())


class MessageForm(forms.Form):
    kind = forms.ChoiceField(
        label=Message._meta.get_field("kind").verbose_name,
        choices=Message.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the kind of your message."),
            "invalid_choice": _("Choose the kind of your message."),
        },
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.none(),
        empty_label=_("Choose …"),
        error_messages={
            "required": _("Choose a topic; if none fits, the last one."),
            "invalid_choice": _("Choose one of the topics in the list."),
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
    )
    mobile = MobileField(
        label=_("Mobile"),
        required=False,
        help_text=_("Needed for an answer by telephone; such as ۰۹۱۲۳۴۵۶۷۸۹"),
    )
    email = AddressField(label=_("E-mail"), required=False, help_text=_("Needed for an answer by e-mail"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.active()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        wish = data.get("answer_by")
        if wish == Message.AnswerBy.TELEPHONE and data.get("mobile") == "":
            self.add_error("mobile", _("For an answer by telephone, write your mobile number."))
        if wish == Message.AnswerBy.EMAIL and data.get("email") == "":
            self.add_error("email", _("For an answer by e-mail, write your e-mail address."))
        return data

    def says_the_same_as(self, message: Message) -> bool:
        """Whether this valid form would make the very message that it once made."""
        return all(getattr(message, field) == value for field, value in self.cleaned_data.items())


def asked_for(query: QueryDict) -> dict[str, Any]:
    """What a link to the form fills in beforehand: `?kind=request&topic=3`. What is unknown is left out."""
    wanted: dict[str, Any] = {}
    if (kind := query.get("kind")) in Message.Kind.values:
        wanted["kind"] = kind
    if topic := Topic.objects.active().filter(pk=number(query.get("topic"))).first():
        wanted["topic"] = topic
    return wanted


def number(text: str | None) -> int | None:
    """A primary key from an address; None for anything that cannot be one."""
    digits = fold(text or "")[:30]
    return int(digits) if re.fullmatch(r"[0-9]{1,18}", digits) else None
