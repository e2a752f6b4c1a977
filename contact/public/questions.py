"""The extra questions of a topic as fields of the form, and what was answered as the case keeps it."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contact.models.topics import TopicQuestion
from persian.fields import MobileField, NationalIDField

from .fields import BAD_DATE, TypedField

Kind = TopicQuestion.Kind
YES, NO = "yes", "no"
#: What no answer of a person needs, whatever is asked.
LINE, LINES = 300, 4000


def question_name(question: TopicQuestion) -> str:
    """What the field of a question is called in the form."""
    return f"q_{question.pk}"


def field_of(question: TopicQuestion) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": question.help_text,
        "required": question.is_required,
        "error_messages": {"required": _("Answer this question.")},
    }
    match question.kind:
        case Kind.LONG:
            return TypedField(limit=LINES, widget=forms.Textarea(attrs={"rows": 4}), **common)
        case Kind.CHOICE:
            return _choice([(option, option) for option in question.options], common)
        case Kind.YES_NO:
            return _choice([(YES, _("Yes")), (NO, _("No"))], common)
        case Kind.NUMBER:
            return forms.DecimalField(max_digits=18, decimal_places=4, **common)
        case Kind.DATE:
            widget = forms.DateInput(attrs={"dir": "auto", "autocomplete": "off", "maxlength": "40"})
            common["help_text"] = common["help_text"] or _("Such as ۱۴۰۵/۹/۲, or with the name of the month")
            common["error_messages"]["invalid"] = BAD_DATE
            return forms.DateField(widget=widget, **common)
        case Kind.MOBILE:
            return MobileField(**common)
        case Kind.NATIONAL_ID:
            return NationalIDField(**common)
    return TypedField(limit=LINE, **common)


def _choice(choices: list[tuple[Any, Any]], common: dict[str, Any]) -> forms.ChoiceField:
    common["error_messages"]["invalid_choice"] = _("Choose one of these.")
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


def answer(question: TopicQuestion, value: Any) -> dict[str, Any] | None:
    """What the case keeps of an answer: the question as it was asked, its kind, and a value that JSON holds; None for none.

    Values: text as typed, "yes" or "no", a number as "1250.5", a day as "2026-11-23", "+989…", ten digits.
    """
    if value in (None, ""):
        return None
    if isinstance(value, datetime.date):
        value = value.isoformat()
    return {"label": question.label, "kind": str(question.kind), "value": str(value)}
