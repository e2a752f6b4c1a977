"""What the outbox adds to the admin."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from .lists import OutgoingMailViewSet, OutgoingSmsViewSet, OutgoingViewSet, may_list
from .panel import GivenUpPanel, given_up
from .views import MAY_TEST, TrialView


class TrialMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_TEST)


@hooks.register("register_admin_urls")
def urls():
    return [path("mail-test/", TrialView.as_view(), name="outbox_trial")]


@hooks.register("register_settings_menu_item")
def trial_menu_item() -> MenuItem:
    label = _("Test of the mail settings")
    return TrialMenuItem(label, reverse("outbox_trial"), name="mail-test", icon_name="mail", order=890)


@hooks.register("register_admin_viewset")
def lists() -> list[OutgoingViewSet]:
    return [OutgoingMailViewSet(), OutgoingSmsViewSet()]


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    if may_list(request.user) and (found := given_up()):
        panels.append(GivenUpPanel(found))
