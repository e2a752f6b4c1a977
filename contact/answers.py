"""The answers to a topic's own questions as people read them; how they are kept: `contact.public.questions.answer`."""

import datetime
from typing import Any

from django.utils.translation import gettext

from persian.calendar import format_jalali
from persian.telephone import national
from persian.text import isolate_ltr, to_persian_digits


def shown(answer: dict[str, Any]) -> str:
    """The value of one kept answer, in plain text; what its kind cannot read is shown as it is."""
    kind, value = answer.get("kind"), str(answer.get("value", ""))
    try:
        if kind == "yes_no":
            return gettext("Yes") if value == "yes" else gettext("No")
        if kind == "date":
            return format_jalali(datetime.date.fromisoformat(value))
        if kind == "mobile":
            return isolate_ltr(to_persian_digits(national(value)))
    except ValueError:
        return value
    return to_persian_digits(value) if kind in ("number", "national_id") else value


def shown_answers(answers: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Label and value of each, in the order of the questions."""
    return [(str(answer.get("label", "")), shown(answer)) for answer in answers]
