"""What staff see first: ways to their work, what waits for them, and what the site still lacks."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from news.models import NewsIndexPage, NewsPage
from operations import checklist

#: Whoever may fill the settings in sees what is missing in them.
MAY_SEE_CHECKLIST = "pages.change_contactdetails"


@dataclass(frozen=True)
class QuickLink:
    label: str | Promise
    url: str
    icon: str


def _address(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def quick_links(request: HttpRequest) -> list[QuickLink]:
    """The two or three things that this person comes for most often."""
    user = request.user
    links = []
    newsroom = NewsIndexPage.objects.first()
    if newsroom and newsroom.permissions_for_user(user).can_add_subpage():
        model = NewsPage._meta
        address = _address("wagtailadmin_pages:add", model.app_label, model.model_name, newsroom.pk)
        links.append(QuickLink(_("Write a news item"), address, "edit"))
        links.append(QuickLink(_("News"), _address("wagtailadmin_explore", newsroom.pk), "list-ul"))
    if user.has_perm("contact.view_message"):
        links.append(QuickLink(_("Answering desk"), _address("desk:index"), "mail"))
    if page_permission_policy.user_has_permission(user, "publish"):
        links.append(QuickLink(_("Pages"), _address("wagtailadmin_explore_root"), "folder-open-inverse"))
    if user.has_perm("auth.add_user"):
        links.append(QuickLink(_("Invite a colleague"), _address("wagtailusers_users:add"), "user"))
    return [link for link in links if link.url]


class QuickLinksPanel(Component):
    name = "quick_links"
    template_name = "hamyari_site/panels/quick_links.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"links": quick_links(parent_context["request"])}


class ChecklistPanel(Component):
    """How much of the set-up is left; gone when nothing is."""

    name = "setup_checklist"
    template_name = "hamyari_site/panels/checklist.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        if not request.user.has_perm(MAY_SEE_CHECKLIST):
            return {"open_items": []}
        items = checklist.items(request)
        open_items = [item for item in items if not item.done]
        return {
            "open_items": open_items[:5],
            "open_count": len(open_items),
            "done_count": len(items) - len(open_items),
            "total": len(items),
        }


class ChecklistView(WagtailAdminTemplateMixin, TemplateView):
    """«فهرست راه‌اندازی»: every item, those still to do first, with who can settle it and where."""

    template_name = "hamyari_site/checklist.html"
    page_title = _("Set-up checklist")
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(MAY_SEE_CHECKLIST):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "items": checklist.items(self.request)}
