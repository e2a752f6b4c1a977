"""The admin's lists of what left and what did not, one for each way out; there what was given up is sent again or set aside."""

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import ModelPermissionPolicy

from .mail import wake
from .models import Outgoing, OutgoingMail, OutgoingSms, State
from .views import MAY_TEST

logger = logging.getLogger(__name__)

MAY_LIST = "outbox.view_outgoingmail"
#: What is done with rows that were given up.
AGAIN, ASIDE = "again", "aside"


def may_list(user: Any) -> bool:
    return user.has_perm(MAY_LIST) or user.has_perm(MAY_TEST)


class OutboxPolicy(ModelPermissionPolicy):
    """Whoever tests the settings may also see what became of the rows; their text is shown to nobody here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and may_list(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and may_list(user)


class JalaliColumn(Column):
    cell_template_name = "outbox/jalali_cell.html"


class DigitsColumn(Column):
    cell_template_name = "outbox/digits_cell.html"


class MobileColumn(Column):
    cell_template_name = "outbox/mobile_cell.html"


class StateColumn(Column):
    """The state, and under one that was given up what may be done about it."""

    cell_template_name = "outbox/state_cell.html"

    def __init__(self, name: str, *, act_url: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.act_url = act_url

    def get_cell_context_data(self, instance: Outgoing, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf_token": get_token(context["request"]), "act_url": self.act_url}


_NOBODY_ANSWERS = _("The mail server does not answer.")
FAILURES = {
    "ConnectionRefusedError": _NOBODY_ANSWERS,
    "TimeoutError": _NOBODY_ANSWERS,
    "gaierror": _("There is no mail server of this name."),
    "SMTPAuthenticationError": _("The mail server refuses the user name or the password."),
}
SMS_FAILURES = {"Refused": _("The gateway does not take it.")}


def failure(row: Outgoing, known: Mapping[str, str | Promise]) -> str:
    """Why a row was not sent: in words where they are known, and as the machine said it, digits and all."""
    kind = row.last_error.partition(":")[0]
    return format_html(
        '{} <bdi dir="ltr">{}</bdi>' if row.last_error else "", known.get(kind, ""), row.last_error
    )


class OutgoingIndex(IndexView):
    """Without the texts: they quote citizens."""

    any_permission_required = ["view"]
    default_ordering = "-created_at"
    results_template_name = "outbox/index_results.html"
    first_columns: tuple[Column, ...] = ()
    failures: Mapping[str, str | Promise] = {}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "act_url": self.act_url, "given_up": self.model.objects.given_up().count()}

    @property
    def act_url(self) -> str:
        return reverse(self.index_url_name.replace(":index", ":act"))

    @cached_property
    def columns(self) -> list[Column]:
        return [
            *self.first_columns,
            StateColumn("get_state_display", act_url=self.act_url, label=_("State"), sort_key="state"),
            DigitsColumn("attempts", label=_("Attempts")),
            JalaliColumn("created_at", label=_("Created at"), sort_key="created_at"),
            JalaliColumn("sent_at", label=_("Sent at"), sort_key="sent_at"),
            Column("last_error", label=_("Last error"), accessor=lambda row: failure(row, self.failures)),
        ]


class OutgoingViewSet(ModelViewSet):
    add_to_settings_menu = True
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    list_filter = ["state"]

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
        """A list and what may be done in it, nothing else."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("act/", require_POST(self.act), name="act"),
        ]

    def register_admin_url_finder(self) -> None:
        """A row has no page of its own."""

    def act(self, request: HttpRequest) -> HttpResponse:
        """Send again or set aside the row `pk` that was given up, or all of them. A second press finds nothing to do."""
        if not may_list(request.user):
            raise PermissionDenied
        rows = self.model.objects.given_up()
        if (pk := request.POST.get("pk", "")) != "":
            rows = rows.filter(pk=pk) if pk.isascii() and pk.isdigit() else rows.none()
        again = AGAIN in request.POST
        count = try_again(rows) if again else set_aside(rows) if ASIDE in request.POST else 0
        if not count:
            messages.warning(request, gettext("There was nothing to do: it is not given up any more."))
        else:
            logger.info(
                "%s: %d of %s by user %s",
                AGAIN if again else ASIDE,
                count,
                self.model._meta.label,
                request.user.pk,
            )
            messages.success(request, told(count, again))
        return redirect(self.get_url_name("index"))


def told(count: int, again: bool) -> str:
    words = (
        ngettext("%(count)s row is tried again.", "%(count)s rows are tried again.", count)
        if again
        else ngettext("%(count)s row has been set aside.", "%(count)s rows have been set aside.", count)
    )
    return words % {"count": count}


def try_again(rows: QuerySet) -> int:
    """Queue them anew, as if nobody had refused them; not those that have nobody to go to."""
    pks = [row.pk for row in rows if row.can_be_tried_again]
    fields = {"state": State.QUEUED, "next_try_at": timezone.now(), "leased_until": None, "refusals": 0}
    count = rows.filter(pk__in=pks).update(**fields)
    if count:
        wake()
    return count


def set_aside(rows: QuerySet) -> int:
    return rows.update(state=State.ASIDE)


class OutgoingMailIndex(OutgoingIndex):
    page_title = _("Outgoing e-mails")
    first_columns = (Column("subject", label=_("Subject")), Column("recipients", label=_("Recipients")))
    failures = FAILURES


class OutgoingMailViewSet(OutgoingViewSet):
    model = OutgoingMail
    icon = "mail"
    menu_label = _("Outgoing e-mails")
    menu_order = 900
    index_view_class = OutgoingMailIndex
    search_fields = ["subject", "last_error"]

    @cached_property
    def name(self) -> str:
        return "outgoing-mail"


class SmsMenuItem(MenuItem):
    """Where no gateway is named, the first page of the admin leads to what is left over."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(settings.SMS_URL) and may_list(request.user)


class OutgoingSmsIndex(OutgoingIndex):
    page_title = _("Outgoing text messages")
    first_columns = (MobileColumn("to", label=_("Mobile")),)
    failures = SMS_FAILURES


class OutgoingSmsViewSet(OutgoingViewSet):
    model = OutgoingSms
    icon = "comment"
    menu_label = _("Outgoing text messages")
    menu_order = 901
    menu_item_class = SmsMenuItem
    index_view_class = OutgoingSmsIndex
    search_fields = ["to", "last_error"]

    @cached_property
    def name(self) -> str:
        return "outgoing-sms"
