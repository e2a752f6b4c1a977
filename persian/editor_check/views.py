"""The admin's page of proposals for one page. Reading changes nothing; accepting saves a new draft, never a public text."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from persian.readability import measure
from persian.text import to_persian_digits

from .draft import Draft, TooLongError

URL_NAME = "persian_editor_check"
LEVELS = {None: "–", "easy": _("Easy"), "fair": _("Middling"), "hard": _("Hard")}


class EditorCheckView(WagtailAdminTemplateMixin, View):
    """GET shows the proposals. POST accepts those in `accept`, the `one`, or with `all` every one; `version` tells of what."""

    template_name = "persian/editor_check/page.html"
    page_title = _("Proofreading")
    header_icon = "glasses"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # The lock lets one of two posts through; the other then finds other texts than it was shown.
        with transaction.atomic():
            pages = Page.objects.select_for_update() if request.method == "POST" else Page.objects.all()
            self.page = get_object_or_404(pages, pk=kwargs["page_id"]).specific
            if self.page.alias_of_id or not self.page.permissions_for_user(request.user).can_edit():
                raise PermissionDenied
            lock = self.page.get_lock()
            self.lock_message = lock.get_message(request.user) if lock and lock.for_user(request.user) else ""
            self.draft = Draft(self.page, request.user)
            return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        context = self.get_context_data(
            groups=self.draft.groups(),
            count=self.draft.count,
            version=self.draft.version,
            lock_message=self.lock_message,
            edit_url=self._edit_url(),
        )
        return self.render_to_response(context)

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        if self.lock_message:
            raise PermissionDenied
        if request.POST.get("version") != self.draft.version:
            words = gettext("The text has changed in the meantime. These are the proposals for the new one.")
            messages.error(request, words)
            return redirect(request.path)
        chosen = None if "all" in request.POST else {*request.POST.getlist("accept")}
        if "one" in request.POST:
            chosen = {request.POST["one"]}
        try:
            accepted = self.draft.accept(chosen)
        except TooLongError as error:
            words = gettext("“%(field)s” would become too long. Shorten it first.") % {"field": error}
            messages.error(request, words)
            return redirect(request.path)
        if not accepted:
            messages.warning(request, gettext("No proposal was chosen."))
            return redirect(request.path)
        self._say_accepted(accepted)
        return redirect(self._edit_url() if accepted == self.draft.count else request.path)

    def get_page_subtitle(self) -> str:
        return self.draft.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = {"url": self._edit_url(), "label": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, edit, {"url": "", "label": self.page_title}]

    def _edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def _say_accepted(self, accepted: int) -> None:
        words = ngettext(
            "%(count)s proposal was accepted and the draft saved.",
            "%(count)s proposals were accepted and the draft saved.",
            accepted,
        )
        messages.success(self.request, words % {"count": to_persian_digits(str(accepted))})


class MetricsView(View):
    """POST `text`, a page's words: how many, how long they take, how hard they are, in words for the editor. Stores nothing."""

    def post(self, request: HttpRequest) -> JsonResponse:
        found = measure(request.POST.get("text", ""))
        minutes = ngettext("%(count)s minute", "%(count)s minutes", found.minutes)
        return JsonResponse(
            {
                "words": to_persian_digits(str(found.words)),
                "time": minutes % {"count": to_persian_digits(str(found.minutes))},
                "readability": str(LEVELS[found.level]),
            }
        )


class CountView(View):
    """How many proposals there are for the saved draft of a page, in Persian digits."""

    def get(self, request: HttpRequest, page_id: int) -> JsonResponse:
        page = get_object_or_404(Page, pk=page_id).specific
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return JsonResponse({"count": to_persian_digits(str(Draft(page, request.user).count))})
