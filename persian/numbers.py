"""Numbers in what people read: Persian digits in running text and in markup, and nothing of a machine's changed.

A number is left alone where letters of other scripts touch it («COVID-19», "rules-2.pdf", an address), and where it has
more than one dot (an IP address, a version). Why this is done to finished pages: decision 0020. The same rule for what the
admin's scripts write stands in `static/persian/js/digits.js`, and a test holds the two together.
"""

import re
from collections.abc import Iterator

from .text import to_persian_digits

_RUN = re.compile(r"&#?\w+;|[A-Za-z0-9_@/\\.:,+#?=~%-]+", re.ASCII)
_OF_MACHINES = re.compile(r"[A-Za-z_@\\=~?&;]|^/|\d\.\d+\.\d")
_SIZE = re.compile(r"(\d+)x(\d+)", re.ASCII)

_TAG_OR_TEXT = re.compile(
    r"""<!--.*?-->
      | <(?P<whole>script|style|textarea|svg|code|pre|samp|kbd)\b.*?</(?P=whole)\s*>
      | <(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?:"[^"]*"|'[^']*'|[^<>"'])*>
      | (?P<text>[^<]+|<)""",
    re.VERBOSE | re.DOTALL,
)
_SPOKEN = re.compile(
    r"""(\s(?:title|alt|placeholder|aria-label|aria-description|data-w-tooltip-content-value)\s*=\s*)("[^"]*"|'[^']*')"""
)
_KEPT = re.compile(
    r"""\sdir\s*=\s*["']?ltr\b|\scontenteditable\b|\stranslate\s*=\s*["']?no\b|\sclass="(?:addition|deletion)\""""
)
_DIGIT = re.compile("[0-9]")
_SIGNS = str.maketrans(",.-", "٬٫−")
_VALUE = re.compile(r"\svalue\s*=")
_EMPTY = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def number(value: float) -> str:
    """Return a number as people read it: 1250 → «۱٬۲۵۰», 2.5 → «۲٫۵», 2.0 → «۲», -3 → «−۳». At most two decimals."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return to_persian_digits(text.translate(_SIGNS))


def in_prose(text: str) -> str:
    """Return running text with Persian digits: "1,234 از 12.5%" → «۱٬۲۳۴ از ۱۲٫۵٪», "800x600" → «۸۰۰×۶۰۰».

    Character references such as "&#39;" stay.
    """
    return _RUN.sub(lambda found: _persian(found[0]), text)


def _persian(run: str) -> str:
    run = _SIZE.sub(r"\1×\2", run) if _SIZE.fullmatch(run) else run
    if _OF_MACHINES.search(run):
        return run
    run = re.sub(r"(?<=\d)\.(?=\d)", "٫", run)
    run = re.sub(r"(?<=\d),(?=\d{3})", "٬", run)
    return to_persian_digits(re.sub(r"(?<=\d)%", "٪", run))


def in_markup(html: str) -> str:
    """Return HTML with Persian digits in its running text and in the attributes that are read out.

    Code, scripts, text areas, input values, all that runs from left to right (`dir="ltr"`) and what is to be seen as it
    was typed (`translate="no"`, a comparison's changes) stay byte for byte.
    """
    return "".join(_with_persian_digits(part, is_text) for part, is_text in running_parts(html))


def running_parts(html: str, also_kept: tuple[str, ...] = ()) -> Iterator[tuple[str, bool | None]]:
    """Yield the parts of HTML in order, each with whether it is text that people read (True) or a tag (False).

    None marks what stays as it is: code, scripts, text areas, all within `dir="ltr"` or within an element of `also_kept`.
    """
    kept, depth = "", 0  # the element whose content stays as it is, and how many of its name are open
    for found in _TAG_OR_TEXT.finditer(html):
        part, name = found[0], (found["name"] or "").lower()
        if kept:
            if name == kept:
                depth += -1 if found["end"] else 1
                kept = kept if depth else ""
            yield part, None
        elif name and not found["end"] and (name in also_kept or _stays(name, part)):
            kept, depth = ("", 0) if name in _EMPTY else (name, 1)
            yield part, None
        else:
            yield part, True if found["text"] else False if name else None


def _stays(name: str, tag: str) -> bool:
    return bool(_KEPT.search(tag)) or (name == "option" and not _VALUE.search(tag))


def _with_persian_digits(part: str, is_text: bool | None) -> str:
    if is_text is None or not _DIGIT.search(part):
        return part
    return in_prose(part) if is_text else _SPOKEN.sub(lambda spoken: spoken[1] + in_prose(spoken[2]), part)
