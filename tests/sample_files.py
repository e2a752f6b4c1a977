"""Files as people send them, made on the spot, and the pieces that hostile ones are put together from."""

import io
import random
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image

#: Written apart so that no scanner takes this module for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

CONTENT_TYPES = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
DOCUMENT = """<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t>نامهٔ شهرداری</w:t></w:r></w:p></w:body></w:document>""".encode()


def upload(name, content):
    return SimpleUploadedFile(name, content)


def pdf(extra=b"", size=0):
    """A page of nothing; `extra` stands in it, and it is filled up to `size` bytes."""
    body = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        + extra
    )
    end = b"\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    return body + b" " * max(0, size - len(body) - len(end)) + end


def picture(kind="JPEG", size=(40, 30), seed=7, **how):
    """A small picture of noise."""
    noise = random.Random(seed).randbytes(size[0] * size[1] * 3)
    file = io.BytesIO()
    Image.frombytes("RGB", size, noise).save(file, kind, **how)
    return file.getvalue()


def archive(parts, packing=zipfile.ZIP_DEFLATED):
    """A ZIP of {name: bytes}."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def docx(more=None, **kwargs):
    parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": DOCUMENT}
    return archive({**parts, **(more or {})}, **kwargs)


def xlsx():
    book = Workbook()
    book.active.append(["نام", "مبلغ"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def good_files():
    """One honest file of each kind: {name: bytes}."""
    return {
        "نامهٔ شهرداری.pdf": pdf(),
        "عکس خیابان.jpg": picture("JPEG"),
        "عکس.JPEG": picture("JPEG", seed=8),
        "نقشه.png": picture("PNG"),
        "تصویر.webp": picture("WEBP"),
        "گزارش.docx": docx(),
        "هزینه‌ها.xlsx": xlsx(),
    }
