"""What stands in a PDF that WeasyPrint made: its words (without half-spaces), its fonts, its pages, its painted boxes."""

import re
import zlib


class Pdf:
    def __init__(self, content: bytes) -> None:
        streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
        self.parts = [part for part in map(_unpacked, streams) if part]

    def _all(self, pattern: str) -> list[str]:
        return [found for part in self.parts for found in re.findall(pattern, part, re.DOTALL)]

    @property
    def pages(self) -> int:
        return len(self._all(r"/Type /Page\b"))

    @property
    def fonts(self) -> set[str]:
        """Their names, without the six letters that mark a part of a font."""
        return set(self._all(r"/BaseFont ?/(?:[A-Z]{6}\+)?([\w-]+)"))

    @property
    def words(self) -> str:
        """A line for each run of text, its letters in the order of reading."""
        letters = {glyph: _text(code) for glyph, code in self._all(r"<(\w{4})> <(\w+)>\n")}
        runs = [[letters.get(glyph, "") for glyph in re.findall(r"<(\w{4})>", run)]
                for run in self._all(r"\[([^\]]*)\] TJ")]  # fmt: skip
        return "\n".join(_in_reading_order(run) for run in runs)

    def boxes(self, colour: str) -> int:
        """How many boxes are painted in a colour such as "#1d4a86"."""
        red, green, blue = (rf"{int(colour[at : at + 2], 16) / 255:.4f}"[:5] + r"\d*" for at in (1, 3, 5))
        return len(self._all(rf"{red} {green} {blue} rg\n[^Q]*? re\nf"))


def _unpacked(stream: bytes) -> str:
    try:
        return zlib.decompress(stream).decode("latin-1")
    except zlib.error:  # packed in another way: no words
        return ""


def _text(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be")


def _in_reading_order(run: list[str]) -> str:
    """Glyphs are painted from left to right; numbers are read so too."""
    return re.sub(r"[۰-۹٫٬٪:+−]+", lambda number: number[0][::-1], "".join(reversed(run)))
