"""A try of the mail settings, for keepers."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .models import OutgoingMail
from .trial import send_trial

MAY_TEST = "outbox.test_mail"


class TrialView(WagtailAdminTemplateMixin, View):
    """GET tells how things stand, POST sends an e-mail to whoever asks."""

    template_name = "outbox/trial.html"
    page_title = _("Test of the mail settings")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY_TEST):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "configured": settings.EMAIL_CONFIGURED,
            "server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if settings.EMAIL_HOST else "",
            "sender": settings.DEFAULT_FROM_EMAIL,
            "waiting": OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED).count(),
            "dead": OutgoingMail.objects.given_up().count(),
        }

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        ok, words, detail = send_trial(request.user.email)  # type: ignore[union-attr]
        return self.render_to_response(self.get_context_data(tried=True, ok=ok, words=words, detail=detail))
