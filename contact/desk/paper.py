"""A page of ours as a PDF to keep, made from the template that prints it; where the system cannot, words that say so."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from contact import pdf

NO_PDF = _("This server lacks a library (Pango) for PDF. Print the page instead.")


def download(content: bytes, *, name: str, kind: str) -> HttpResponse:
    """`content` as a file that the browser keeps under `name`, and no cache."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    add_never_cache_headers(response)
    return response


def as_pdf(template: str, context: dict[str, Any], *, sheet: str, name: str) -> HttpResponse:
    """`template` with `is_pdf`, which links no sheet, styled by `sheet` of static/css."""
    html = render_to_string(template, {**context, "is_pdf": True})
    css = (Path(settings.BASE_DIR) / "static" / "css" / sheet).read_text(encoding="utf-8")
    return download(pdf.render(html, css), name=name, kind="application/pdf")
