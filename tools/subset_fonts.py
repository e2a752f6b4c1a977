"""Make the two web fonts of `static/fonts/` from the variable Vazirmatn.

Usage: python tools/subset_fonts.py

The source, `tools/fonts/Vazirmatn[wght].woff2`, is `fonts/webfonts/Vazirmatn[wght].woff2` of the npm package `vazirmatn`,
version 33.0.3, as it is. fonttools and brotli are development dependencies. The same source gives the same bytes, and
`tests/test_design_assets.py` compares them.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tools" / "fonts" / "Vazirmatn[wght].woff2"
FONTS = ROOT / "static" / "fonts"
WEIGHTS = (400, 700)
SIZE_LIMITS = {"persian": 32_000, "latin": 32_000}

# Shared punctuation sits in the Persian file, so that a page without Latin letters loads one font only.
RANGES = {
    "persian": (
        "U+0020-002F, U+003A-0040, U+005B-0060, U+007B-007E, U+00A0, U+00AB, U+00B7, U+00BB, U+00D7, U+060C, "
        "U+061B, U+061F, U+0621-063A, U+0640-0655, U+0660-066C, U+0670, U+0671, U+067E, U+0686, U+0698, U+06A9, "
        "U+06AF, U+06C0, U+06CC, U+06D5, U+06F0-06F9, U+200C-200F, U+2010-2014, U+2018-2019, U+201C-201D, U+2022, "
        "U+2026, U+2039-203A, U+2212, U+FDFC"
    ),
    "latin": (
        "U+0030-0039, U+0041-005A, U+0061-007A, U+00A9, U+00AE, U+00B0, U+00C0-00D6, U+00D8-00F6, U+00F8-00FF"
    ),
}
# What Persian shaping needs, and digits of one width for tables.
SHAPING = ["ccmp", "locl", "isol", "init", "medi", "fina", "rlig", "liga", "calt", "curs", "rclt"]
FEATURES = [*SHAPING, "kern", "mark", "mkmk", "tnum"]


def code_points(ranges: str) -> list[int]:
    """Read a CSS `unicode-range` value as a list of code points."""
    points: list[int] = []
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.strip().partition("-")
        points.extend(range(int(first, 16), int(last or first, 16) + 1))
    return points


def make(name: str, folder: Path = FONTS) -> Path:
    """Write `vazirmatn-<name>.woff2` into `folder` and return its path; SystemExit when it is too big."""
    font = TTFont(SOURCE, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = FEATURES
    options.layout_scripts = ["DFLT", "arab", "latn"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # the licence stays in the file
    options.drop_tables += ["DSIG", "MVAR"]
    options.notdef_outline = True
    options.hinting = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=code_points(RANGES[name]))
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS}, updateFontNames=False)
    font.flavor = "woff2"
    target = folder / f"vazirmatn-{name}.woff2"
    font.save(target)
    size = target.stat().st_size
    if size > SIZE_LIMITS[name]:
        raise SystemExit(f"{target.name} has {size} bytes, more than {SIZE_LIMITS[name]}.")
    return target


def main() -> None:
    for name, ranges in RANGES.items():
        target = make(name)
        print(f"{target.name}: {target.stat().st_size} bytes\n  unicode-range: {ranges};")


if __name__ == "__main__":
    main()
