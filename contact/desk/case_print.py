"""The whole case on paper: as a page to print, and as a PDF where the system can make one."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from contact import pdf
from contact.answers import shown_answers

from . import timeline
from .case_base import OfCase
from .people_forms import display_name

NO_PDF = _("This server lacks a library (Pango) for PDF. Print the page instead.")


class PrintView(OfCase):
    """A page of its own without the admin around it; the browser prints it."""

    def context(self) -> dict[str, Any]:
        entries, files = timeline.shown(self.object)
        return {
            "case": self.object,
            "answers": shown_answers(self.object.answers),
            "timeline": entries,
            "files": files,
            "printed_at": timezone.now(),
            "printed_by": display_name(self.request.user),
        }

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        response = render(request, "contact/desk/print.html", self.context())
        add_never_cache_headers(response)
        return response


class PdfView(PrintView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not pdf.is_available():
            messages.error(request, NO_PDF)
            return redirect(self.case_address)
        html = render_to_string("contact/desk/print.html", {**self.context(), "is_pdf": True})
        sheet = Path(settings.BASE_DIR) / "static" / "css" / "desk_print.css"
        response = HttpResponse(
            pdf.render(html, sheet.read_text(encoding="utf-8")), content_type="application/pdf"
        )
        name = f"case-{self.object.tracking_code}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        add_never_cache_headers(response)
        return response
