"""What each lane is asked beyond what all are asked: which municipality, company or medium writes, and by which letter."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models.topics import Lane
from contact.models.units import Municipality

from .fields import BAD_DATE, TypedField

#: «سایر»: the municipality is not in the list, and its name is typed.
OTHER = "other"
#: What these columns hold when their lane does not ask for them.
NOTHING: dict[str, Any] = {
    "municipality": None,
    "organization": "",
    "post": "",
    "letter_number": "",
    "letter_date": None,
}


class MunicipalityField(forms.ChoiceField):
    """One of the list that the unit keeps, or `OTHER`."""

    default_error_messages = {
        "required": _("Choose your municipality; if it is not in the list, “Other”."),
        "invalid_choice": _("Choose your municipality; if it is not in the list, “Other”."),
    }

    def __init__(self, rows: list[Municipality]) -> None:
        self.rows = {str(row.pk): row for row in rows}
        choices = [
            ("", _("Choose …")),
            *((pk, row.name) for pk, row in self.rows.items()),
            (OTHER, _("Other")),
        ]
        super().__init__(label=_("Municipality"), choices=choices)

    def clean(self, value: Any) -> Municipality | None:
        return self.rows.get(super().clean(value))


class PastDateField(forms.DateField):
    """A day that has come, in any of the forms in which dates are written here."""

    default_error_messages = {"invalid": BAD_DATE}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."), code="future")


def fields_for(lane: Lane) -> dict[str, forms.Field]:
    """The fields of a lane in the order in which they are asked. One query for municipalities, none for others."""
    if lane == Lane.MUNICIPALITY:
        return _municipality()
    if lane == Lane.COMPANY:
        return _organization(_("Name of the company or organization"))
    if lane == Lane.MEDIA:
        return _organization(_("Name of the medium"))
    return {}


def _post() -> TypedField:
    return TypedField(
        label=_("Your post"),
        limit=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )


def _organization(label: Any) -> dict[str, forms.Field]:
    name = TypedField(
        label=label,
        limit=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write in whose name you write.")},
    )
    return {"organization": name, "post": _post()}


def _municipality() -> dict[str, forms.Field]:
    rows = list(Municipality.objects.filter(is_active=True))
    typed = TypedField(
        label=_("Name of the municipality"),
        limit=150,
        required=not rows,
        help_text=_("Only when it is not in the list") if rows else "",
        error_messages={"required": _("Write the name of your municipality.")},
    )
    return {
        **({"municipality": MunicipalityField(rows)} if rows else {}),
        "organization": typed,
        "post": _post(),
        **letter_fields(),
    }


def letter_fields() -> dict[str, forms.Field]:
    """Number and date of the letter that a message is or comes with."""
    date = PastDateField(
        label=_("Letter date"),
        required=False,
        help_text=_("Such as ۱۴۰۵/۹/۲, or with the name of the month"),
        widget=forms.DateInput(attrs={"dir": "auto", "autocomplete": "off", "maxlength": "40"}),
    )
    number = TypedField(label=_("Letter number"), limit=50, required=False)
    return {"letter_number": number, "letter_date": date}


def clean_municipality(form: forms.Form, data: dict[str, Any]) -> None:
    """A name is typed only where none is chosen, and then it must be."""
    if "municipality" not in form.fields or "municipality" not in data:
        return  # no list, or a wrong choice that has its error already
    if data["municipality"]:
        data["organization"] = ""
    elif data.get("organization") == "":
        form.add_error("organization", form.fields["organization"].error_messages["required"])
