"""The design's promises that can be measured without a browser: weight, contrast, fonts, icons."""

import hashlib
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tools import subset_fonts

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
FONTS = STATIC / "fonts"
#: What visitors load; the admin has sheets of its own.
SHEETS = [sheet for sheet in (STATIC / "css").rglob("*.css") if not sheet.name.startswith(("admin", "desk_"))]
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


@pytest.mark.parametrize("name", subset_fonts.RANGES)
def test_the_fonts_are_those_that_the_script_cuts(name, tmp_path):
    assert subset_fonts.make(name, tmp_path).read_bytes() == (FONTS / f"vazirmatn-{name}.woff2").read_bytes()


def test_the_source_of_the_fonts_is_that_of_the_pinned_package():
    digest = hashlib.sha256(subset_fonts.SOURCE.read_bytes()).hexdigest()
    assert digest in (FONTS / "README.md").read_text()


def test_the_fonts_are_small_and_bear_their_licence():
    assert (FONTS / "vazirmatn-persian.woff2").stat().st_size <= 32_000
    assert (FONTS / "vazirmatn-latin.woff2").stat().st_size <= 32_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()


@pytest.mark.parametrize(("name", "digits"), [("persian", "۰۱۲۳۴۵۶۷۸۹"), ("latin", "0123456789")])
def test_figures_of_one_width_are_in_the_fonts(name, digits):
    """By the feature `tnum`; Vazirmatn's Latin figures are of one width without it."""
    font = TTFont(FONTS / f"vazirmatn-{name}.woff2")
    table = font["GSUB"].table
    lookups = [
        table.LookupList.Lookup[index]
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    ]
    tabular = {a: b for lookup in lookups for part in lookup.SubTable for a, b in part.mapping.items()}
    glyphs = [font.getBestCmap()[ord(digit)] for digit in digits]
    assert len({font["hmtx"][tabular.get(glyph, glyph)][0] for glyph in glyphs}) == 1


def test_the_faces_stand_once_with_the_ranges_of_the_script():
    sheets = {path.name: re.sub(r"\s+", " ", path.read_text()) for path in (STATIC / "css").rglob("*.css")}
    assert [name for name, css in sheets.items() if "@font-face" in css] == ["fonts.css"]
    for ranges in subset_fonts.RANGES.values():
        assert f"unicode-range: {ranges};" in sheets["fonts.css"]


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
