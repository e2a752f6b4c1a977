"""What the pages add to the admin."""

from wagtail import hooks

from .search import report

hooks.register("register_admin_urls", report.urls)
hooks.register("register_reports_menu_item", report.menu_item)


@hooks.register("construct_reports_menu")
def without_counted_searches(request, menu_items):
    """The CMS's own report counts every search; here only what was not found is counted, in a report of its own."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]
