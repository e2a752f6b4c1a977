"""What belongs to the page of a case beside its forms: its files, the sign that somebody is answering, the originals."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from contact.actions import locks
from contact.actions.common import CaseError
from contact.actions.originals import note_reading
from contact.files.serving import respond

from .case_base import CHANGE, OfCase

VIEW_ORIGINAL = "contact.view_original"


class FileView(OfCase):
    """A file of the case, always as a download."""

    def get(self, request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
        return respond(get_object_or_404(self.object.attachments, pk=file))


class LockView(OfCase):
    """«I am answering», and no longer. For scripts (`Accept: application/json`) it says whether the lock is ours."""

    right = CHANGE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect(self.case_address)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            if request.POST.get("do") == "stop":
                locks.stop_answering(self.object, by=request.user)
            else:
                take_over = request.POST.get("do") == "take_over"
                locks.start_answering(self.object, by=request.user, take_over=take_over)
        except CaseError as problem:
            if "application/json" in request.headers.get("Accept", ""):
                return JsonResponse({"locked": False, "words": str(problem)}, status=409)
            messages.error(request, str(problem))
            return redirect(self.case_address)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"locked": True})
        return redirect(self.case_address)


class OriginalsView(OfCase):
    """What redactions took out of sight, for the named few. That somebody looks is written down."""

    template_name = "contact/desk/originals.html"
    title = _("Originals of what was redacted")
    right = VIEW_ORIGINAL

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        originals: Any = self.object.originals.select_related("entry", "redacted_by", "attachment")
        if not originals:
            raise Http404
        note_reading(self.object, by=request.user)
        response = self.render_to_response(self.get_context_data(originals=originals))
        add_never_cache_headers(response)
        return response


class OriginalFileView(OfCase):
    """A redacted file, under the name it had."""

    right = VIEW_ORIGINAL

    def get(self, request: HttpRequest, pk: int, original: int) -> HttpResponseBase:
        files = self.object.originals.select_related("attachment").exclude(attachment=None)
        kept = get_object_or_404(files, pk=original)
        note_reading(self.object, by=request.user, original=kept)
        return respond(kept.attachment, original_name=kept.text)
