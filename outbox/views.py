"""The admin's pages of the outbox: what left and what did not, and a try of the mail settings."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy

from .models import OutgoingMail
from .trial import send_trial

MAY_TEST = "outbox.test_mail"
MAY_LIST = "outbox.view_outgoingmail"


def may_list(user: Any) -> bool:
    return user.has_perm(MAY_LIST) or user.has_perm(MAY_TEST)


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
        states = OutgoingMail.State
        return {
            **super().get_context_data(**kwargs),
            "configured": settings.EMAIL_CONFIGURED,
            "server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
            "sender": settings.DEFAULT_FROM_EMAIL,
            "waiting": OutgoingMail.objects.filter(state=states.QUEUED).count(),
            "dead": OutgoingMail.objects.filter(state=states.DEAD).count(),
        }

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        ok, words, detail = send_trial(request.user.email)  # type: ignore[union-attr]
        return self.render_to_response(self.get_context_data(tried=True, ok=ok, words=words, detail=detail))


class OutboxPolicy(ModelPermissionPolicy):
    """Whoever tests the settings may also see what became of the mails; their text is shown to nobody here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and may_list(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and may_list(user)


class JalaliColumn(Column):
    cell_template_name = "outbox/jalali_cell.html"


class DigitsColumn(Column):
    cell_template_name = "outbox/digits_cell.html"


_NOBODY_ANSWERS = _("The mail server does not answer.")
FAILURES = {
    "ConnectionRefusedError": _NOBODY_ANSWERS,
    "TimeoutError": _NOBODY_ANSWERS,
    "gaierror": _("There is no mail server of this name."),
    "SMTPAuthenticationError": _("The mail server refuses the user name or the password."),
}


def failure(mail: OutgoingMail) -> str:
    """Why a mail was not sent: in words where they are known, and as the machine said it, digits and all."""
    kind = mail.last_error.partition(":")[0]
    return format_html(
        '{} <bdi dir="ltr">{}</bdi>' if mail.last_error else "", FAILURES.get(kind, ""), mail.last_error
    )


class OutgoingMailIndex(IndexView):
    """Without the text of the mails: they quote citizens."""

    any_permission_required = ["view"]
    default_ordering = "-created_at"
    page_title = _("Outgoing e-mails")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("subject", label=_("Subject")),
            Column("recipients", label=_("Recipients")),
            Column("get_state_display", label=_("State"), sort_key="state"),
            DigitsColumn("attempts", label=_("Attempts")),
            JalaliColumn("created_at", label=_("Created at"), sort_key="created_at"),
            JalaliColumn("sent_at", label=_("Sent at"), sort_key="sent_at"),
            Column("last_error", label=_("Last error"), accessor=failure),
        ]


class OutgoingMailViewSet(ModelViewSet):
    model = OutgoingMail
    icon = "mail"
    menu_label = _("Outgoing e-mails")
    menu_order = 900
    add_to_settings_menu = True
    add_to_reference_index = False
    index_view_class = OutgoingMailIndex
    inspect_view_enabled = True
    copy_view_enabled = False
    list_filter = ["state"]
    search_fields = ["subject", "last_error"]

    @cached_property
    def name(self) -> str:
        return "outgoing-mail"

    @property
    def permission_policy(self) -> OutboxPolicy:
        return OutboxPolicy(self.model)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        nowhere = dict.fromkeys(
            (
                "add_url_name",
                "edit_url_name",
                "delete_url_name",
                "inspect_url_name",
                "history_url_name",
                "usage_url_name",
            )
        )
        return super().get_common_view_kwargs(**{**nowhere, **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        """A list and nothing else."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    def register_admin_url_finder(self) -> None:
        """A mail has no page of its own."""
