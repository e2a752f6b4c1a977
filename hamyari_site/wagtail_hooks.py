"""The admin as this institution uses it: its font and mark, its dashboard, its users section."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from .dashboard import MAY_SEE_CHECKLIST, ChecklistPanel, ChecklistView, QuickLinksPanel
from .invitations import is_pending, may_hold_link
from .staff import AssignRole, SetActiveState

# After Wagtail's own (order 0), which they replace by name.
hooks.register("register_bulk_action", AssignRole, order=1)
hooks.register("register_bulk_action", SetActiveState, order=1)


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    sheets = (("fonts", "all"), ("admin", "all"), ("admin_narrow", "(max-width: 49.99em)"))
    return format_html_join(
        "\n",
        '<link rel="stylesheet" href="{}" media="{}">',
        ((static(f"css/{name}.css"), media) for name, media in sheets),
    )


@hooks.register("insert_global_admin_css")
def admin_noscript_css() -> SafeString:
    return format_html(
        '<noscript><link rel="stylesheet" href="{}"></noscript>', static("css/admin_noscript.css")
    )


@hooks.register("register_admin_urls")
def checklist_address() -> list[Any]:
    return [path("setup/", ChecklistView.as_view(), name="setup_checklist")]


class ChecklistMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_SEE_CHECKLIST)


@hooks.register("register_reports_menu_item")
def checklist_menu_item() -> MenuItem:
    return ChecklistMenuItem(
        _("Set-up checklist"),
        reverse("setup_checklist"),
        name="setup-checklist",
        icon_name="tasks",
        order=100,
    )


@hooks.register("construct_homepage_panels")
def own_panels(request: HttpRequest, panels: list[Any]) -> None:
    """The quick links, what waits for the reader's approval, then all else."""
    for panel in panels:
        if panel.name == "workflow_objects_to_moderate":
            panel.order = QuickLinksPanel.order + 5
    panels += [QuickLinksPanel(), ChecklistPanel()]


@hooks.register("construct_main_menu")
def spare_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's help leads to English pages of another site; all snippets have a place of their own."""
    menu_items[:] = [item for item in menu_items if item.name not in ("help", "snippets")]


@hooks.register("register_user_listing_buttons")
def invitation_button(user: Any, request_user: Any) -> Iterator[Button]:
    """The link again, for a colleague who has not accepted yet."""
    if is_pending(user) and request_user.has_perm("auth.add_user") and may_hold_link(request_user, user):
        yield Button(
            _("Link of the invitation"),
            url=reverse("wagtailusers_users:invitation", args=[user.pk]),
            icon_name="link",
            priority=5,
        )
