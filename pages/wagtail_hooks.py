"""What the pages add to the admin."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from .search import report

hooks.register("register_admin_urls", report.urls)
hooks.register("register_reports_menu_item", report.menu_item)


@hooks.register("construct_reports_menu")
def without_counted_searches(request, menu_items):
    """The CMS's own report counts every search; here only what was not found is counted, in a report of its own."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]


@hooks.register("after_edit_page")
def say_what_became_of_it(request: HttpRequest, page: Page) -> None:
    """The CMS says of an approval and of a return alike that the page was updated."""
    said = {
        "approve": _("Your approval was recorded."),
        "reject": _("The page was returned for correction."),
    }
    words = said.get(request.POST.get("workflow-action-name", ""))
    if words and request.POST.get("action-workflow-action"):
        messages.success(request, words)


@hooks.register("construct_wagtail_userbar")
def check_what_editors_write(request, items, page):
    """Header and footer are ours: their tests are in the code, and an editor could mend nothing there."""
    for item in items:
        if isinstance(item, ContentCheckerItem):
            item.axe_include = ["main"]
