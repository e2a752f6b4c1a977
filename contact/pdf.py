"""PDF of our own pages by WeasyPrint, in our own type. It draws with the Pango of the system; some systems have none."""

import logging
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from persian.numbers import in_markup

logger = logging.getLogger(__name__)

_FONTS = {
    f"Vazirmatn {part.title()}": Path(settings.BASE_DIR) / "static" / "fonts" / f"vazirmatn-{part}.woff2"
    for part in ("persian", "latin")
}
_SHEET = """
@font-face {{ font-family: "{name}"; src: url("{address}") }}
"""
_PAGE = """
@page {{ size: A4; margin: 20mm 18mm; @bottom-center {{ content: {numbers}; font: 9pt {family} }} }}
html {{ font-family: {family} }}
"""


@cache
def is_available() -> bool:
    """Whether PDF can be made on this machine. Asked once: it loads the libraries."""
    return _weasyprint() is not None


def _weasyprint() -> Any:
    for talkative in ("fontTools", "weasyprint.progress"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    try:
        return import_module("weasyprint")
    except (ImportError, OSError) as problem:  # OSError: a library of the system is missing
        logger.info("no PDF: %s", problem)
        return None


def _numbers() -> str:
    """«صفحهٔ ۱ از ۳» as CSS wants it."""
    before, between, after = gettext("Page {page} of {pages}").replace("{pages}", "{page}").split("{page}")
    return f'"{before}" counter(page, persian) "{between}" counter(pages, persian) "{after}"'


def render(html: str, sheet: str) -> bytes:
    """`html`, with Persian digits in its running text, as A4 pages; `sheet` is CSS. Nothing but our fonts is fetched."""
    weasyprint = _weasyprint()
    ours = {path.as_uri() for path in _FONTS.values()}

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[name-defined]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in ours:
                raise ValueError(f"not ours: {url}")
            return super().fetch(url, headers)

    fetcher = Fetcher()
    family = ", ".join([*(f'"{name}"' for name in _FONTS), "sans-serif"])
    faces = "".join(_SHEET.format(name=name, address=path.as_uri()) for name, path in _FONTS.items())
    css = weasyprint.CSS(
        string=faces + _PAGE.format(family=family, numbers=_numbers()) + sheet,
        url_fetcher=fetcher,
        font_config=(fonts := weasyprint.text.fonts.FontConfiguration()),
    )
    document = weasyprint.HTML(string=in_markup(html), url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[css], font_config=fonts)
    return pdf
