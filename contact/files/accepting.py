"""Which files are accepted: what is in them decides, their name must agree, and nothing may be two things at once."""

import hashlib
import io
import re
import struct
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image

from persian.text import isolate, to_persian_digits

from . import office
from .names import clean_name, ending_of

MB = 1024 * 1024
MOST_FILES = 3
MOST_PIXELS = (
    100_000_000  # twice what a telephone's largest photo has; a scan of A3 at 600 dpi has 70 million
)


@dataclass(frozen=True)
class Kind:
    """A kind of file: its content type, the endings its name may have, and whether bytes are such a file."""

    content_type: str
    endings: tuple[str, ...]
    check: Callable[[bytes], None]


@dataclass(frozen=True)
class Limit:
    """What may be sent in one place: bytes at most, and kinds by their first ending."""

    size: int
    kinds: tuple[str, ...]
    words: Promise


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept. `name` is harmless and has the right ending; `sha256` in hexadecimal."""

    name: str
    content_type: str
    size: int
    sha256: str
    content: bytes


class FileRefused(ValueError):  # noqa: N818  named for what happened
    """This file is not accepted; `str()` says which and why, in Persian, for whoever sent it."""

    def __init__(self, name: str, reason: str | Promise) -> None:
        self.name = name
        self.reason = reason
        super().__init__(name, reason)

    def __str__(self) -> str:
        return f"{isolate(self.name)}: {self.reason}"


class _WrongError(Exception):
    """What is wrong with the bytes, in words for the sender."""


BROKEN = _("The file is damaged or is not what its name says.")
TWO_THINGS = _("The file holds something else inside, which is not safe. Save it anew and send that.")
TOO_MANY_PIXELS = _("The picture is too large. Make it smaller and send it again.")
BOMB = _("When unpacked, the file becomes far too large. Save it anew and send that.")
MACROS = _("The file holds a program (a macro). Save it without macros, or as PDF.")
EMPTY = _("The file is empty.")
VIRUS = _("The file carries the mark of a virus.")
ONE_OF = _("PDF, JPEG, PNG, WebP, DOCX and XLSX are accepted.")
ONE_OF_SCANS = _("For a scan, PDF, JPEG and PNG are accepted.")
HEIC = _(
    "Photos of the kind HEIC cannot be read here. "
    "Choose JPEG in the camera’s settings, or take a screenshot of the photo and send that."
)
NOT_STORED = _("It could not be stored just now. Please send it again in a moment.")

#: The test file of the virus scanners' makers (EICAR), written apart so that this module is not taken for it.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
#: How the photos of many telephones begin (ISO/IEC 23008-12, annex B).
_HEIC = re.compile(rb"[\x00-\xff]{4}ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1)")
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html[\s>]|script[\s>]|iframe[\s>]|\?php\s)", re.IGNORECASE)


def _pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-64 * 1024 :]:
        raise _WrongError(BROKEN)
    if office.is_archive(data):
        raise _WrongError(TWO_THINGS)


def _image(data: bytes, kind: str) -> None:
    if office.is_archive(data) or b"%PDF-" in data[:1024] or _MARKUP.search(data):
        raise _WrongError(TWO_THINGS)
    if (
        kind == "WEBP" and _webp_pixels(data) > MOST_PIXELS
    ):  # Pillow makes room for them as soon as it opens one
        raise _WrongError(TOO_MANY_PIXELS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the next lines look themselves
            with Image.open(io.BytesIO(data), formats=[kind]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _WrongError(TOO_MANY_PIXELS)
                image.verify()
    except Image.DecompressionBombError:
        raise _WrongError(TOO_MANY_PIXELS) from None
    except _WrongError:
        raise
    except Exception as problem:  # whatever a picture's bytes make of the library that reads them
        raise _WrongError(BROKEN) from problem


def _webp_pixels(data: bytes) -> int:
    """The area that a WebP asks for (RFC 9649, 2.5 to 2.7), before anything makes room for it."""
    if len(data) < 30 or struct.unpack_from("<L", data, 4)[0] + 8 > len(data) + 1:
        raise _WrongError(BROKEN)
    chunk = data[12:16]
    if chunk == b"VP8X":
        width, height = int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    elif chunk == b"VP8L":
        bits = struct.unpack_from("<L", data, 21)[0]
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (size & 0x3FFF for size in struct.unpack_from("<2H", data, 26))
    return width * height


def _office(data: bytes, main_part: str) -> None:
    try:
        office.check(data, main_part, _EICAR)
    except office.BadArchiveError as problem:
        words = {office.BOMB: BOMB, office.MACROS: MACROS}
        raise _WrongError(words.get(problem.reason, BROKEN)) from problem


KINDS = {
    "pdf": Kind("application/pdf", ("pdf",), _pdf),
    "jpg": Kind("image/jpeg", ("jpg", "jpeg"), lambda data: _image(data, "JPEG")),
    "png": Kind("image/png", ("png",), lambda data: _image(data, "PNG")),
    "webp": Kind("image/webp", ("webp",), lambda data: _image(data, "WEBP")),
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ("docx",),
        lambda data: _office(data, "word/document.xml"),
    ),
    "xlsx": Kind(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ("xlsx",),
        lambda data: _office(data, "xl/workbook.xml"),
    ),
}

ATTACHMENT = Limit(5 * MB, ("pdf", "jpg", "png", "webp", "docx", "xlsx"), ONE_OF)
#: A municipality's letter.
SCAN = Limit(15 * MB, ("pdf", "jpg", "png"), ONE_OF_SCANS)


def inspect(upload: File, limit: Limit = ATTACHMENT) -> Accepted:
    """Read an uploaded file and say what it is. FileRefused with the reason when it is not accepted."""
    name = clean_name(upload.name or "", gettext("attachment"))
    if getattr(upload, "lost", False):  # see operations.uploads
        raise FileRefused(name, NOT_STORED)
    if (upload.size or 0) > limit.size:
        raise FileRefused(name, _too_large(limit))
    upload.seek(0)
    data = upload.read(limit.size + 1)
    if len(data) > limit.size:
        raise FileRefused(name, _too_large(limit))
    if not data:
        raise FileRefused(name, EMPTY)
    if _EICAR in data:
        raise FileRefused(name, VIRUS)
    looks_like = [kind for kind in _by_signature(data) if kind in limit.kinds]
    if not looks_like:
        raise FileRefused(name, HEIC if _HEIC.match(data) else limit.words)
    kind = next((KINDS[found] for found in looks_like if ending_of(name) in KINDS[found].endings), None)
    if kind is None:
        raise FileRefused(name, _wrong_ending(looks_like))
    try:
        kind.check(data)
    except _WrongError as problem:
        raise FileRefused(name, problem.args[0]) from problem
    return Accepted(name, kind.content_type, len(data), hashlib.sha256(data).hexdigest(), data)


def _by_signature(data: bytes) -> tuple[str, ...]:
    """The kinds that bytes may be, by how they begin."""
    if data.startswith(b"%PDF-"):
        return ("pdf",)
    if data.startswith(b"\xff\xd8\xff"):
        return ("jpg",)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ("png",)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP" and data[12:15] == b"VP8":
        return ("webp",)
    if data.startswith(b"PK\x03\x04"):
        return ("docx", "xlsx")
    return ()


def _too_large(limit: Limit) -> str:
    return to_persian_digits(gettext("The file is larger than %(size)d MB.") % {"size": limit.size // MB})


def _wrong_ending(kinds: list[str]) -> str:
    # Other archives are neither of the two, so the list of what is accepted says more than a wrong name.
    if len(kinds) > 1:
        return str(ONE_OF)
    return gettext("The file is a %(kind)s, and its name ends otherwise.") % {"kind": kinds[0].upper()}
