"""The whole case on paper: as a page to print, and as a PDF where the system can make one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from wagtail.admin import messages

from contact import pdf
from contact.answers import shown_answers

from . import timeline
from .case_base import OfCase
from .paper import NO_PDF, as_pdf
from .people_forms import display_name


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
        name = f"case-{self.object.tracking_code}.pdf"
        return as_pdf("contact/desk/print.html", self.context(), sheet="desk_print.css", name=name)
