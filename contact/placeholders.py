"""What stands in braces in canned and typed answers, such as {code}: it is filled in for each who gets the answer."""

import re
from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from persian.calendar import format_jalali
from persian.text import isolate, isolate_ltr

from .models.cases import Message

_BRACES = re.compile(r"\{\s*([^{}\s]+)\s*\}")

VALUES: dict[str, Callable[[Message], str]] = {
    "code": lambda case: isolate_ltr(case.code_display),
    "name": lambda case: isolate(case.name) if case.name else "",
    "title": lambda case: isolate(case.title),
    "topic": lambda case: isolate(case.topic.title),
    "unit": lambda case: isolate(case.unit.name),
    "deadline": lambda case: format_jalali(case.deadline) if case.deadline else "—",
    "status": lambda case: str(case.get_status_display()),
}

#: What each of them means, in the words of the case's page.
MEANINGS: dict[str, str | Promise] = {
    "code": _("Tracking code"),
    "name": _("Name of the sender"),
    "title": _("Title of the message"),
    "topic": _("Topic"),
    "unit": _("Answering unit"),
    "deadline": _("Deadline"),
    "status": _("Status"),
}


def legend() -> SafeString:
    """All of them with what they mean, in one line."""
    known = [(f"{{{name}}}", MEANINGS[name]) for name in VALUES]
    return format_html_join("، ", '<code dir="ltr">{}</code> {}', known)


def unknown(text: str) -> list[str]:
    """What stands in braces and means nothing, in the order of the text."""
    return [name for name in dict.fromkeys(_BRACES.findall(text)) if name not in VALUES]


def complaint(text: str) -> str:
    """What to say of braces that mean nothing; "" where there are none."""
    if not (wrong := unknown(text)):
        return ""
    words = gettext("Nothing is known by the name of %(wrong)s. What is filled in: %(known)s")
    known = (isolate_ltr(f"{{{name}}}") for name in VALUES)
    return words % {"wrong": "، ".join(map(isolate, wrong)), "known": "، ".join(known)}


def fill(text: str, case: Message) -> str:
    """`text` with everything known filled in for this case. What is typed is not looked through a second time."""

    def value(match: re.Match[str]) -> str:
        found = VALUES.get(match.group(1))
        return found(case) if found else match.group()

    return _BRACES.sub(value, text)
