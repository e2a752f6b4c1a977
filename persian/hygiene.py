"""What is taken out of every text that a person types into a form, the CMS's own forms among them, before it is stored.

Arabic ي and ك become ی and ک, and controls go that could make a name look like another. ZWNJ is spelling and stays. `install`
wraps `forms.CharField`, because every form of the CMS and every block of a StreamField makes its own. Never touched: passwords,
hidden fields and JSON. Addresses, slugs and patterns lose controls only: another letter would be another address.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms

from .pasted import clean_pasted
from .text import ZWNJ, clean, drop_controls

# Marks that set the direction of a sign in a longer text; embeddings, overrides and isolates are no marks, and go.
_DIRECTION_MARK = re.compile("([\u200e\u200f\u061c])")
_LINE_ENDS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_TAG = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^'"<>])*>)""")
_TAG_PARTS = re.compile(r"<(/?)([a-z][a-z0-9-]*)(?:.*?\slang=[\"']?(ar)\b)?", re.IGNORECASE | re.DOTALL)
_VOID = {"br", "hr", "img"}
_INVISIBLE = ZWNJ + "\u200b\u200d\u2060\u00ad \n\t"

_MACHINES = (forms.JSONField,)
_EXACT = (forms.EmailField, forms.URLField, forms.SlugField, forms.RegexField)


def clean_line(text: str) -> str:
    """Return a text of one line, cleaned: «علي\u202e رضایی» → «علی رضایی». Line ends become spaces."""
    return clean(_LINE_ENDS.sub(" ", text))


def clean_lines(text: str) -> str:
    """Return a text of several lines, cleaned; marks of direction stay."""
    return "".join(
        part if _DIRECTION_MARK.fullmatch(part) else clean(part) for part in _DIRECTION_MARK.split(text)
    )


def clean_markup(html: str) -> str:
    """Return the HTML of a rich text with its words cleaned, of Word too: not its tags, nor what is marked `lang="ar"`."""
    parts = _TAG.split(html)
    arabic: list[str] = []  # the elements that are open since the first Arabic one
    for place, part in enumerate(parts):
        if place % 2:
            _follow(part, arabic)
        else:
            parts[place] = _drop_embeddings(part) if arabic else clean_lines(clean_pasted(part))
    return "".join(parts)


def _follow(tag: str, arabic: list[str]) -> None:
    found = _TAG_PARTS.match(tag)
    if not found or tag.endswith("/>") or found[2].lower() in _VOID:
        return
    closes, name, is_arabic = bool(found[1]), found[2].lower(), bool(found[3])
    if closes and arabic:
        arabic.pop()
    elif not closes and (arabic or is_arabic):
        arabic.append(name)


def _drop_embeddings(text: str) -> str:
    return "".join(
        part if _DIRECTION_MARK.fullmatch(part) else drop_controls(part)
        for part in _DIRECTION_MARK.split(text)
    )


def install() -> None:
    """Clean what `forms.CharField` reads. Doing it twice is harmless."""
    if not hasattr(forms.CharField.to_python, "__wrapped__"):
        forms.CharField.to_python = _cleaning(forms.CharField.to_python)  # type: ignore[method-assign]
        forms.CharField.has_changed = _has_changed  # type: ignore[assignment, method-assign]
    _keep_shared_passwords()


def _keep_shared_passwords() -> None:
    """The password of a private page is typed where it can be seen, so its field looks like any other."""
    from wagtail.admin.forms.collections import CollectionViewRestrictionForm
    from wagtail.admin.forms.pages import PageViewRestrictionForm

    for form in (PageViewRestrictionForm, CollectionViewRestrictionForm):
        form.base_fields["password"].as_typed = True


def _cleaning(django_reads: Callable) -> Callable:
    @wraps(django_reads)
    def to_python(self, value):
        return _cleaned(self, django_reads(self, value))

    return to_python


def _has_changed(self: forms.CharField, initial: Any, data: Any) -> bool:
    """What was stored before there was this cleaning, and comes back untouched, is no change."""
    return super(forms.CharField, self).has_changed(_cleaned(self, initial), data)


def _cleaned(field: forms.CharField, value: Any) -> Any:
    cleaner = _cleaner(field)
    if cleaner is None or not isinstance(value, str):
        return value
    text = cleaner(value)
    if not text.strip(_INVISIBLE):
        return field.empty_value  # a name that nobody sees is none
    return text.strip() if field.strip else text


def _cleaner(field: forms.CharField) -> Callable[[str], str] | None:
    widget = field.widget
    if getattr(
        widget, "accepts_features", False
    ):  # the CMS's sign of a rich-text editor, hidden input or not
        return clean_markup
    if isinstance(widget, forms.PasswordInput) or widget.is_hidden or getattr(field, "as_typed", False):
        return None
    if isinstance(field, _MACHINES):
        return None
    if isinstance(field, _EXACT):
        return drop_controls
    return clean_lines if isinstance(widget, forms.Textarea) else clean_line
