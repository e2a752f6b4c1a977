"""The design's promises that can be measured without a browser: weight, contrast, fonts, icons."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
SHEETS = [sheet for sheet in (STATIC / "css").rglob("*.css") if sheet.name != "admin.css"]
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", (STATIC / "css/tokens.css").read_text()))


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "white"),
        ("ink", "sand-50"),
        ("ink-soft", "white"),
        ("ink-soft", "sand-50"),
        ("lapis-800", "white"),
        ("turquoise-700", "white"),
        ("turquoise-700", "sand-50"),
        ("white", "turquoise-700"),
        ("white", "lapis-800"),
        ("white", "lapis-900"),
        ("turquoise-200", "lapis-800"),
        ("turquoise-200", "lapis-900"),
        ("red-700", "white"),
        ("red-700", "red-100"),
        ("lapis-900", "saffron-400"),
        ("turquoise-800", "turquoise-100"),
    ],
)
def test_text_is_read_with_ease(text, ground):
    """WCAG 2.2, 1.4.6 (AAA): 7 to 1."""
    assert contrast(text, ground) >= 6.995


@pytest.mark.parametrize(
    ("text", "ground"),
    [("turquoise-700", "turquoise-100"), ("green-700", "green-100"), ("saffron-700", "saffron-100")],
)
def test_text_on_a_tint_is_legible(text, ground):
    """WCAG 2.2, 1.4.3 (AA): 4.5 to 1."""
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("ground", ["white", "sand-50"])
def test_the_edge_of_a_field_is_seen(ground):
    """WCAG 2.2, 1.4.11: 3 to 1."""
    assert contrast("line-strong", ground) >= 3


def test_the_sheets_are_light():
    assert sum(sheet.stat().st_size for sheet in SHEETS) < 60_000


def test_the_fonts_are_small_and_their_ranges_are_said_alike():
    spec = importlib.util.spec_from_file_location("subset_fonts", ROOT / "tools/subset_fonts.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    css = re.sub(r"\s+", " ", (STATIC / "css/base.css").read_text())
    for name, ranges in tool.RANGES.items():
        assert (STATIC / f"fonts/vazirmatn-{name}.woff2").stat().st_size <= tool.SIZE_LIMITS[name]
        assert f"unicode-range: {ranges};" in css


@pytest.mark.parametrize(
    "file", ["favicon.ico", "mark.svg", "mark-light.svg", "apple-touch-icon.png", "social.png", "icons.svg"]
)
def test_the_marks_are_there(file):
    assert (STATIC / "img" / file).stat().st_size < 60_000


def test_every_icon_that_is_asked_for_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img/icons.svg").read_text()))
    templates = [template.read_text() for template in (ROOT / "templates").rglob("*.html")]
    asked = {name for text in templates for name in re.findall(r'icon\.html" with name="([\w-]+)"', text)}
    assert asked <= drawn
