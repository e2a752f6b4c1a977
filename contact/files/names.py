"""What a person called a file, made harmless: no folder, no control, no sign that a file system minds; its ending stays."""

import re
import unicodedata

LONGEST = 150  # characters, as the column takes
LONGEST_BYTES = 200  # as every file system takes, with room for « (1)»

_KEPT_FORMAT = "\u200c\u200d"  # ZWNJ and ZWJ are spelling
_FORBIDDEN = re.compile(r'[<>:"|?*\s]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def clean_name(name: str, fallback: str) -> str:
    """«..\\..\\نامه\u202egpj.pdf» → «نامهgpj.pdf». `fallback` is the stem of a name of which nothing stays."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(sign for sign in last if sign in _KEPT_FORMAT or unicodedata.category(sign)[0] != "C")
    stem, dot, ending = _FORBIDDEN.sub(" ", visible).strip().rstrip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = stem.strip(" ." + _KEPT_FORMAT) or fallback
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    tail = f".{ending.strip().lower()[:10]}" if ending.strip() else ""
    stem = stem[: LONGEST - len(tail)]
    while len((stem + tail).encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + tail


def ending_of(name: str) -> str:
    """The ending of a clean name, without its dot; "" without one."""
    return name.rpartition(".")[2] if "." in name else ""
