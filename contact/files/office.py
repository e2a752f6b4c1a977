"""Whether bytes are an honest DOCX or XLSX: a small archive of plain parts, without macros, that is what it says.

Office Open XML, ECMA-376 part 2; the ZIP format, APPNOTE.TXT 4.3. Every part is unpacked once, within bounds, because an archive
may lie about its sizes.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

MOST_PARTS = 2_000
MOST_BYTES = 100 * 1024 * 1024  # unpacked, of all parts
CHUNK = 256 * 1024
#: No document of ours is so even; a thousandth is what bombs reach. Small parts may be as even as they like.
MOST_RATIO = 200
EVEN_ENOUGH = 1024 * 1024

_ENCRYPTED = 0x1
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_MACROS = ("vbaproject", "vbadata", "/macrosheets/", "/activex/")


class BadArchiveError(ValueError):
    """Broken, dangerous or not such a document; `reason` is one of the words below."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


BROKEN, BOMB, MACROS, NOT_OFFICE = "broken", "bomb", "macros", "not office"


def check(data: bytes, main_part: str, unwanted: bytes) -> None:
    """Pass an honest document whose main part has this name; BadArchiveError otherwise. `unwanted` may be in no part."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_list(parts, main_part)
            if min(part.header_offset for part in parts) != 0 or data[:4] != b"PK\x03\x04":
                raise BadArchiveError(BROKEN)  # something else stands before the archive
            _check_contents(data, parts, unwanted)
            if b"macroenabled" in archive.read("[Content_Types].xml").lower():
                raise BadArchiveError(MACROS)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        EOFError,
        RuntimeError,
    ) as problem:
        raise BadArchiveError(BROKEN) from problem


def is_archive(data: bytes) -> bool:
    """Whether a ZIP program would find something to unpack, wherever it stands in the bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, struct.error, NotImplementedError, ValueError):
        return False


def _check_list(parts: list[zipfile.ZipInfo], main_part: str) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise BadArchiveError(BOMB)
    if not {"[Content_Types].xml", main_part} <= set(names):
        raise BadArchiveError(NOT_OFFICE)
    if len({name.lower() for name in names}) < len(names) or any(map(_is_trick, parts)):
        raise BadArchiveError(BROKEN)
    if any(word in f"/{name.lower()}" for name in names for word in _MACROS):
        raise BadArchiveError(MACROS)


def _is_trick(part: zipfile.ZipInfo) -> bool:
    name = part.orig_filename
    steps = name.split("/")
    leads_out = name.startswith("/") or ".." in steps or any(sign in name for sign in "\\:\x00")
    is_link = part.external_attr >> 28 == 0xA
    packed = part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return leads_out or is_link or not packed or bool(part.flag_bits & _ENCRYPTED)


def _check_contents(data: bytes, parts: list[zipfile.ZipInfo], unwanted: bytes) -> None:
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise BadArchiveError(BOMB)  # parts that overlap are unpacked many times over
        header = _LOCAL_HEADER.unpack_from(data, part.header_offset)
        if header[0] != b"PK\x03\x04":
            raise BadArchiveError(BROKEN)
        begin = part.header_offset + _LOCAL_HEADER.size + header[-2] + header[-1]
        end = begin + part.compress_size
        size, checksum, before = 0, 0, b""
        for piece in _unpacked(data[begin:end], part.compress_type):
            size += len(piece)
            if size > part.file_size or (size > EVEN_ENOUGH and size > MOST_RATIO * part.compress_size):
                raise BadArchiveError(BOMB)
            if unwanted in before + piece:
                raise BadArchiveError(MACROS)
            checksum, before = zlib.crc32(piece, checksum), piece[-len(unwanted) :]
        if size != part.file_size or checksum != part.CRC:
            raise BadArchiveError(BROKEN)


def _unpacked(packed: bytes, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield packed
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest = packed
    while not unpacker.eof:
        piece = unpacker.decompress(rest, CHUNK)
        rest = unpacker.unconsumed_tail
        if not piece and not rest:
            raise BadArchiveError(BROKEN)  # it ends too early
        yield piece
