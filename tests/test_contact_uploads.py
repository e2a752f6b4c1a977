"""Hostile uploads: each is refused with a clear word in Persian, or kept in a form that can harm nobody."""

import errno
import io
import os
import re
import struct
import time
import zipfile
import zlib
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from contact.files import accepting, office, storing
from contact.files.accepting import ATTACHMENT, MB, SCAN, FileRefused, inspect
from contact.files.names import clean_name
from contact.files.serving import respond
from contact.files.storing import NotStoredError, discard, keep, open_stored, sweep
from contact.models import Attachment, StagedFile
from operations import uploads
from operations.backup import write_backup
from tests.factories import MessageFactory, contact_site
from tests.sample_files import EICAR, archive, docx, good_files, pdf, picture, upload

HTML = b"<html><body><script>alert(document.cookie)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def refused(name, content, limit=ATTACHMENT):
    """The words that the sender of this file reads."""
    with override("fa"), pytest.raises(FileRefused) as problem:
        inspect(upload(name, content), limit)
    words = str(problem.value)
    reason = str(problem.value.reason)
    assert re.fullmatch(r"[\u0600-\u06ff\u200c\s.،؛()]+|.*[A-Z]{3,4}.*", reason), reason
    return words


def test_a_heic_photo_is_refused_with_what_to_do():
    content = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400)
    for name in ("IMG_1.HEIC", "IMG_1.jpg"):
        assert "تنظیمات دوربین" in refused(name, content)


@pytest.fixture
def staged():
    """Keeps a file and names it in a row."""

    def make(model=StagedFile, content=None, name="نامه.pdf", **more):
        found = inspect(upload(name, content or pdf()))
        fields = {key: getattr(found, key) for key in ("name", "content_type", "size", "sha256")}
        return model.objects.create(path=keep(found), **fields, **more)

    return make


def stored_files(settings):
    return [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()]


# --- What people send every day ---


@pytest.mark.parametrize("name", good_files())
def test_an_honest_file_is_accepted_and_comes_back_as_it_was(name, settings):
    content = good_files()[name]
    found = inspect(upload(name, content))
    assert found.name == name.replace("JPEG", "jpeg")
    assert (found.size, found.content) == (len(content), content)
    path = keep(found)
    assert re.fullmatch(r"cases/[0-9a-f]{2}/[0-9a-f]{32}", path), "nothing of its name is on our disk"
    with open_stored(path) as file:
        assert file.read() == content
    assert (Path(settings.PRIVATE_ROOT) / path).stat().st_mode & 0o137 == 0, "nobody else reads it"
    discard(path)
    assert not stored_files(settings)


def test_sizes_have_their_limits():
    assert inspect(upload("نامه.pdf", pdf(size=5 * MB))).size == 5 * MB
    assert "بزرگ‌تر از ۵ مگابایت" in refused("نامه.pdf", pdf(size=5 * MB + 1))
    assert inspect(upload("نامه.pdf", pdf(size=15 * MB)), SCAN).size == 15 * MB
    assert "بزرگ‌تر از ۱۵ مگابایت" in refused("نامه.pdf", pdf(size=15 * MB + 1), SCAN)


def test_a_scan_is_no_office_document():
    assert "JPEG" in refused("نامه.docx", docx(), SCAN)
    assert inspect(upload("نامه.png", picture("PNG")), SCAN)


def test_the_refusal_names_the_file_and_says_what_to_do():
    words = refused("برنامه.exe", b"MZ\x90\x00" * 100)
    assert "برنامه.exe" in words
    assert "PDF، JPEG، PNG، WebP، DOCX و XLSX" in words


# --- What is not what it says ---


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("خالی.pdf", b""),
        ("صفحه.pdf", HTML),
        ("صفحه.jpg", HTML),
        ("نقاشی.png", SVG),
        ("نقاشی.svg", SVG),
        ("صفحه.html", HTML),
        ("عکس.gif", b"GIF89a" + b"\0" * 100),
        ("کهنه.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("بایگانی.zip", archive({"a.txt": b"salaam"})),
        ("بایگانی.docx", archive({"a.txt": b"salaam"})),
        ("برنامه.docx", archive({"META-INF/MANIFEST.MF": b"", "A.class": b"\xca\xfe\xba\xbe"})),
        ("ویروس.pdf", EICAR),
        ("ویروس.com", EICAR),
        ("نامه.docx", b"PK\x03\x04"),
        ("عکس.png", b"\x89PNG\r\n\x1a\n"),
        ("عکس.jpg", b"\xff\xd8\xff"),
        ("عکس.webp", b"RIFF\x04\0\0\0WEBPVP8 "),
        ("نامه.pdf", b"%PDF-1.7 and nothing more"),
        ("بی‌پسوند", pdf()),
    ],
)
def test_what_is_not_what_it_says_is_refused(name, content):
    assert refused(name, content)


@pytest.mark.parametrize(
    ("name", "made_from"),
    [
        ("عکس.png", "عکس خیابان.jpg"),
        ("عکس.pdf", "عکس خیابان.jpg"),
        ("جدول.docx", "هزینه‌ها.xlsx"),
        ("نامه.xlsx", "گزارش.docx"),
        ("نامه.pdf.exe", "نامهٔ شهرداری.pdf"),
        ("نامه.html", "نامهٔ شهرداری.pdf"),
        ("عکس.jpg\u202egpj.exe", "عکس خیابان.jpg"),
    ],
)
def test_a_wrong_ending_is_refused(name, made_from):
    assert refused(name, good_files()[made_from])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("دو.pdf", pdf() + archive({"evil.html": HTML})),
        ("دو.jpg", picture() + archive({"A.class": b"\xca\xfe\xba\xbe"})),
        ("دو.png", picture("PNG") + HTML),
        ("دو.jpg", picture() + b"<?php system($_GET['c']); ?>"),
        ("دو.webp", picture("WEBP") + archive({"a": b"b"})),
        ("دو.docx", b"%PDF-1.4\n" + docx()),
        ("دو.docx", b"<script>alert(1)</script>" + docx()),
        ("دو.docx", b"PK\x03\x04" + b"\0" * 60 + docx()),
    ],
)
def test_a_file_that_is_two_things_is_refused(name, content):
    assert refused(name, content)


def test_a_virus_mark_is_found_wherever_it_stands():
    assert "ویروس" in refused("نامه.pdf", pdf(EICAR))
    assert refused("نامه.docx", docx({"word/media/eicar.com": b"x" * (office.CHUNK - 10) + EICAR}))


def test_a_program_in_a_pdf_stays_asleep(db, staged):
    """A script of a PDF runs in no page of ours: it is only ever handed out to be kept."""
    row = staged(content=pdf(b"3 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj"))
    assert respond(row)["Content-Disposition"].startswith("attachment")


# --- Office documents ---


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("word/vbaProject.bin", "ماکرو"),
        ("word/VBAPROJECT.BIN", "ماکرو"),
        ("xl/macrosheets/sheet1.xml", "ماکرو"),
        ("word/activeX/activeX1.bin", "ماکرو"),
        ("../../etc/passwd", ""),
        ("/etc/passwd", ""),
        ("word\\..\\..\\evil", ""),
        ("c:/evil", ""),
        ("WORD/document.xml", ""),
    ],
)
def test_a_dangerous_part_is_refused(part, word):
    assert word in refused("نامه.docx", docx({part: b"x"}))


def test_a_document_that_calls_itself_a_program_is_refused():
    types = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    assert "ماکرو" in refused("نامه.docx", docx({"[Content_Types].xml": types}))


def test_an_archive_bomb_is_refused_quickly():
    bomb = docx({"word/media/zeros.bin": b"\0" * (90 * MB)})
    assert len(bomb) < MB
    began = time.perf_counter()
    assert "بزرگ" in refused("نامه.docx", bomb)
    assert time.perf_counter() - began < 2


def test_an_archive_of_too_many_parts_or_bytes_is_refused():
    assert "بزرگ" in refused("نامه.docx", docx({f"word/{number}": b"" for number in range(2100)}))
    parts = {f"word/{number}": os.urandom(1024) * 1024 * 12 for number in range(9)}
    assert "بزرگ" in refused("نامه.docx", docx(parts))


def in_the_directory(content, name, **fields):
    """The archive with other numbers in its central directory than its parts have."""
    places = {
        "crc": (16, "<L"),
        "file_size": (24, "<L"),
        "flags": (8, "<H"),
        "offset": (42, "<L"),
        "method": (10, "<H"),
    }
    changed = bytearray(content)
    at = content.index(b"PK\x01\x02", 0)
    while content[at + 46 : at + 46 + len(name)] != name:
        at = content.index(b"PK\x01\x02", at + 4)
    for field, value in fields.items():
        place, form = places[field]
        struct.pack_into(form, changed, at + place, value)
    return bytes(changed)


def test_an_archive_that_lies_about_itself_is_refused():
    part, zeros = b"word/media/zeros.bin", b"\0" * (3 * MB)
    bomb = docx({part.decode(): zeros})
    small = in_the_directory(bomb, part, file_size=10, crc=zlib.crc32(zeros[:10]))
    assert refused("نامه.docx", small)
    honest = docx()
    for lie in (
        {"file_size": len(DOCUMENT_LENGTH) + 5},
        {"crc": 1},
        {"flags": 1},
        {"offset": 0},
        {"offset": 10},
        {"method": 12},
        {"method": 99},
    ):
        assert refused("نامه.docx", in_the_directory(honest, b"word/document.xml", **lie)), lie


DOCUMENT_LENGTH = "x" * 100


def test_a_link_in_an_archive_is_refused():
    file = io.BytesIO(docx())
    with zipfile.ZipFile(file, "a") as packed:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
    assert refused("نامه.docx", file.getvalue())


def test_every_cut_of_a_document_is_answered():
    """No prefix and no flipped byte is more than a refusal."""
    content = docx()
    for end in range(0, len(content), 7):
        refused("نامه.docx", content[:end])
    for at in range(0, len(content), 5):
        flipped = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        with suppress(FileRefused):
            inspect(upload("نامه.docx", flipped))


# --- Pictures ---


def png_that_asks_for(width, height):
    """A small PNG that would fill the memory of whoever draws it."""

    def chunk(name, data):
        return struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(20_000, 20_000), (10_001, 10_000), (60_000, 60_000)])
def test_a_decompression_bomb_is_refused(size):
    assert "تصویر" in refused("عکس.png", png_that_asks_for(*size))


def test_a_webp_bomb_is_refused_before_room_is_made_for_it(monkeypatch):
    monkeypatch.setattr(Image, "open", lambda *args, **kwargs: pytest.fail("it was opened"))
    extended = b"VP8X" + struct.pack("<L", 10) + b"\0" * 4 + (16383).to_bytes(3, "little") * 2
    lossless = (
        b"VP8L" + struct.pack("<L", 10) + b"\x2f" + struct.pack("<L", 0x3FFF | 0x3FFF << 14) + b"\0" * 5
    )
    lossy = b"VP8 " + struct.pack("<L", 10) + b"\0\0\0\x9d\x01\x2a" + struct.pack("<2H", 16383, 16383)
    for chunk in (extended, lossless, lossy):
        content = b"RIFF" + struct.pack("<L", len(chunk) + 4) + b"WEBP" + chunk
        assert "تصویر" in refused("عکس.webp", content)


def test_the_largest_photo_of_a_telephone_is_accepted():
    assert inspect(upload("عکس.png", png_that_asks_for(9_000, 6_000)))


# --- Names ---


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\Windows\\نامه.pdf", "نامه.pdf"),
        ("C:\\Users\\sara\\نامهٔ من.PDF", "نامهٔ من.pdf"),
        ("نامه\u202efdp.pdf", "نامهfdp.pdf"),
        ("\u2066نامه\u2069.pdf", "نامه.pdf"),
        ("نامه\r\nSet-Cookie: a=b.pdf", "نامهSet-Cookie a=b.pdf"),
        ("نا\x00مه.p\u200edf", "نامه.pdf"),
        ("می‌خواهم.pdf", "می‌خواهم.pdf"),
        ("نامه.pdf. . ", "نامه.pdf"),
        ("...", "پیوست"),
        (".pdf", "پیوست.pdf"),
        ("\u200c.pdf", "پیوست.pdf"),
        ("", "پیوست"),
        ("con.pdf", "_con.pdf"),
        ('a<b>"c|d?.pdf', "a b c d.pdf"),
        ("\ud800نامه.pdf", "نامه.pdf"),
    ],
)
def test_a_name_is_made_harmless(name, clean):
    assert clean_name(name, "پیوست") == clean


def test_an_endless_name_keeps_its_ending():
    name = clean_name("ن" * 5000 + ".pdf", "پیوست")
    assert name.endswith("ن.pdf")
    assert len(name) <= 150
    assert len(name.encode()) <= 200
    assert len(clean_name("نامه." + "x" * 5000, "پیوست")) <= 150


# --- Keeping ---


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "mkdir"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_full_disk_leaves_nothing_half(settings, monkeypatch, step, number):
    def fail(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    found = inspect(upload("نامه.pdf", pdf()))
    places = {
        "write": (storing, "_write"),
        "fsync": (storing.os, "fsync"),
        "replace": (storing.os, "replace"),
        "mkdir": (storing.Path, "mkdir"),
    }
    with monkeypatch.context() as patch:
        patch.setattr(*places[step], fail)
        with override("fa"), pytest.raises(NotStoredError) as problem:
            keep(found)
        assert "دوباره" in str(problem.value)
        assert problem.value.errno == number
    assert not stored_files(settings)
    assert open_stored(keep(found)).read() == found.content


def test_the_file_and_its_name_are_on_the_disk_before_it_is_there(monkeypatch):
    calls = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(
            os, name, lambda *args, name=name, real=real: (calls.append(name), real(*args))[1]
        )
    keep(inspect(upload("نامه.pdf", pdf())))
    assert calls[-3:] == ["fsync", "replace", "fsync"]
    assert len(calls) >= 6, "the new folders' names too"


@pytest.mark.parametrize(
    "path", ["../secret_key", "cases/../../secret_key", "cases", "/etc/passwd", "other/file"]
)
def test_no_path_leads_out_of_the_folder(settings, path):
    keep(inspect(upload("نامه.pdf", pdf())))
    (Path(settings.PRIVATE_ROOT).parent / "secret_key").write_text("secret")
    with pytest.raises(FileNotFoundError):
        open_stored(path)
    with pytest.raises(FileNotFoundError):
        discard(path)


@pytest.mark.django_db
def test_what_nobody_names_is_swept_after_a_day(settings, staged):
    case = MessageFactory()
    attached = staged(Attachment, message=case)
    waiting = staged()
    orphan = keep(inspect(upload("نامه.pdf", pdf())))
    half = Path(settings.PRIVATE_ROOT) / "cases" / "00" / ".half.part"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"%PDF")
    assert sweep() == 0, "a form may be being sent this moment"
    for path in stored_files(settings):
        os.utime(path, (time.time() - 90_000,) * 2)
    assert sweep() == 2
    for row in (attached, waiting):
        assert open_stored(row.path).read() == pdf()
    with pytest.raises(FileNotFoundError):
        open_stored(orphan)


@pytest.mark.django_db
def test_the_files_of_an_unsent_form_go_in_two_steps(settings, staged):
    row = staged()
    StagedFile.objects.update(created_at=timezone.now() - timedelta(days=3))
    os.utime(Path(settings.PRIVATE_ROOT) / row.path, (time.time() - 3 * 86_400,) * 2)
    assert sweep() == 0
    assert not StagedFile.objects.exists()
    assert stored_files(settings), "whoever is just sending it still finds it"
    os.utime(Path(settings.PRIVATE_ROOT) / row.path, (time.time() - 90_000,) * 2)
    assert sweep() == 1
    assert not stored_files(settings)


@pytest.mark.django_db(transaction=True)
def test_a_backup_holds_the_files(tmp_path, staged):
    row = staged()
    manifest = write_backup(tmp_path / "copy")
    assert manifest["files"][f"private/{row.path}"]["sha256"] == row.sha256


# --- Serving ---


@pytest.mark.django_db
def test_a_file_is_handed_out_as_an_attachment_and_nothing_else(staged):
    response = respond(staged(name="نامهٔ «من».pdf"))
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D9%86")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert b"".join(response.streaming_content) == pdf()


@pytest.mark.django_db
def test_a_row_of_another_kind_is_bytes_only(staged):
    row = staged()
    row.content_type = "text/html"
    assert respond(row)["Content-Type"] == "application/octet-stream"


@pytest.mark.django_db
def test_a_file_that_is_gone_is_a_404(staged):
    row = staged(Attachment, message=MessageFactory())
    discard(row.path)
    with pytest.raises(Http404):
        respond(row)
    row.deleted_at = timezone.now()
    with pytest.raises(Http404):
        respond(row)


def test_no_public_address_leads_to_a_stored_file(client, db, settings, staged):
    row = staged()
    for address in (f"/media/{row.path}", f"/media/../private/{row.path}", f"/private/{row.path}"):
        assert client.get(address, follow=True).status_code == 404


# --- While it comes in ---


def posted(content, name="نامه.pdf"):
    """The request as the views see it."""
    return RequestFactory().post("/contact/", {"title": "عنوان", "files": SimpleUploadedFile(name, content)})


def test_of_a_huge_file_no_more_is_kept_than_shows_it_is_huge():
    request = posted(pdf(size=30 * MB))
    assert request.FILES["files"].size == uploads.LARGEST_FILE + 1
    assert request.POST["title"] == "عنوان", "what was typed is there"
    with override("fa"), pytest.raises(FileRefused, match="بزرگ‌تر از ۵ مگابایت"):
        inspect(request.FILES["files"])


@pytest.mark.parametrize("size", [1000, 4 * MB])
def test_files_pass_the_handlers_whole(size):
    found = inspect(posted(pdf(size=size)).FILES["files"])
    assert found.size == size


def test_a_huge_request_is_refused_unread(visitor, db):
    contact_site()
    request = RequestFactory().post("/contact/", {"title": "عنوان"})
    request.META["CONTENT_LENGTH"] = str(uploads.LARGEST_REQUEST + 1)
    request._read_started = False
    request._stream.read = lambda *args: pytest.fail("it was read")
    with pytest.raises(RequestDataTooBig):
        len(request.POST)
    answer = visitor.post("/contact/", {"title": "عنوان"}, CONTENT_LENGTH=str(uploads.LARGEST_REQUEST + 1))
    assert answer.status_code == 413


@pytest.mark.parametrize("step", ["__init__", "write", "seek"])
def test_a_full_temporary_folder_costs_the_file_and_not_the_form(monkeypatch, step):
    from django.core.files import uploadhandler

    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(uploadhandler.TemporaryUploadedFile, step, fail, raising=False)
    request = posted(pdf(size=4 * MB))
    assert request.POST["title"] == "عنوان"
    with override("fa"), pytest.raises(FileRefused, match="دوباره"):
        inspect(request.FILES["files"])
    assert accepting.MOST_FILES == 3


@pytest.mark.django_db
def test_a_disk_that_deletes_nothing_stops_neither_a_person_nor_the_sweep(settings, caplog, monkeypatch):
    paths = [keep(inspect(upload("نامه.pdf", pdf()))) for _file in range(2)]
    (Path(settings.PRIVATE_ROOT) / "cases" / "note.txt").write_text("of somebody else")
    for path in paths:
        os.utime(Path(settings.PRIVATE_ROOT) / path, (0, 0))

    def fail(self, missing_ok=False):
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", fail)
        discard(paths[0])
        assert sweep() == 0
    assert "Read-only" in caplog.text
    assert sweep() == 2
