"""What the sender fills in on the tracking pages. A signed token ties each form to its case and makes it count once."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from contact.by_sender import Act, Reason
from contact.codes import LENGTH, parse_code
from contact.models import Message
from contact.models.topics import Lane
from contact.secrets import parse_secret
from persian.typed import bare

from .fields import TypedField
from .uploads import FILES, upload_fields

TEXT_LENGTH = 4000
OPINION_LENGTH = 1000
_SALT = "contact.case_form"


@dataclass(frozen=True)
class CaseToken:
    """A form that was handed out for the case with this `code`; whatever is done with `key` is done once."""

    key: uuid.UUID
    code: str

    @classmethod
    def new(cls, case: Message) -> "CaseToken":
        return cls(uuid.uuid4(), case.tracking_code)

    @classmethod
    def read(cls, text: str) -> "CaseToken | None":
        """The token in a posted form; None when it is missing or not ours."""
        try:
            key, code = signing.loads(text, salt=_SALT)
            return cls(uuid.UUID(hex=key), str(code))
        except (signing.BadSignature, ValueError, TypeError):
            return None

    def dump(self) -> str:
        return signing.dumps([self.key.hex, self.code], salt=_SALT)


class TrackForm(forms.Form):
    """Both codes. What it says of a code is said without looking whether there is such a message."""

    code = forms.CharField(
        label=_("Tracking code"),
        help_text=_("Nine digits, such as ۱۲۳-۴۵۶-۷۸۹"),
        error_messages={"required": _("Write the tracking code.")},
    )
    secret = forms.CharField(
        label=_("Secret"),
        help_text=_("Sixteen digits; it stands on the receipt beside the tracking code"),
        error_messages={"required": _("Write the secret.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            attrs = {"dir": "ltr", "inputmode": "numeric", "autocomplete": "off", "maxlength": "60"}
            field.widget.attrs.update(attrs)

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        if code := parse_code(typed):
            return code
        digits = bare(typed)
        if len(digits) == LENGTH and digits.isascii() and digits.isdigit():
            raise forms.ValidationError(_("A digit of the tracking code is mistyped. Compare it once more."))
        raise forms.ValidationError(_("A tracking code has nine digits. Look at it once more."))

    def clean_secret(self) -> str:
        if secret := parse_secret(self.cleaned_data["secret"]):
            return secret
        raise forms.ValidationError(_("The secret has sixteen digits. Look at it once more."))


class AddForm(forms.Form):
    """A text, files, or both. `has_files`: some wait already."""

    text = TypedField(
        label=_("What you want to add"),
        limit=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("At most ۴٬۰۰۰ characters"),
    )
    missing = _("Write something, or choose a file.")

    def __init__(self, *args: Any, has_files: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_files = has_files
        text: Any = self.fields["text"]
        text.or_another = True  # a file will do as well
        self.fields[FILES] = upload_fields(Lane.CITIZEN)[FILES]

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not text.strip() and not self.has_files:
            raise forms.ValidationError(self.missing, code="required")
        return text


class AnswerForm(AddForm):
    missing = _("Write your answer, or choose a file.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Your answer")


class RateForm(forms.Form):
    satisfied = forms.ChoiceField(
        label=_("Are you satisfied with the answer?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose yes or no."),
            "invalid_choice": _("Choose yes or no."),
        },
    )
    reasons = forms.MultipleChoiceField(
        label=_("If not, why?"), choices=Reason.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    text = TypedField(
        label=_("In your words"),
        limit=OPINION_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("satisfied") == "yes":
            data["reasons"] = []
        return data


class ReopenForm(forms.Form):
    text = TypedField(
        label=_("What is not solved yet?"),
        limit=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what is not solved yet.")},
    )


FORMS: dict[Act, type[forms.Form]] = {
    Act.ADD: AddForm,
    Act.ANSWER: AnswerForm,
    Act.RATE: RateForm,
    Act.REOPEN: ReopenForm,
}
WITH_FILES = (Act.ADD, Act.ANSWER)


def form_for(
    act: Act,
    data: Mapping[str, Any] | None = None,
    *,
    initial: dict[str, Any] | None = None,
    has_files: bool = False,
) -> forms.Form:
    """A form with ids of its own, for several stand on one page."""
    more: dict[str, Any] = {"has_files": has_files} if act in WITH_FILES else {}
    return FORMS[act](data, initial=initial, auto_id=f"id_{act}_%s", **more)
