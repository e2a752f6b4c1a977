"""How the check is reached from the editor, and what the page's history says of it."""

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from persian.text import to_persian_digits

from .draft import ACTION
from .views import URL_NAME, CountView, EditorCheckView, MetricsView


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("pages/<int:page_id>/proofread/", EditorCheckView.as_view(), name=URL_NAME),
        path("pages/<int:page_id>/proofread/count/", CountView.as_view(), name="persian_editor_check_count"),
        path("content-metrics/", MetricsView.as_view(), name="persian_content_metrics"),
    ]


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if view_name == "edit":
        url = reverse(URL_NAME, args=[page.pk])
        yield Button(_("Proofreading"), url=url, icon_name="glasses", priority=12)


@hooks.register("insert_editor_js")
def metrics_script() -> SafeString:
    return format_html('<script src="{}"></script>', static("persian/js/content_metrics.js"))


class ProofreadFormatter(LogFormatter):
    label = _("Proofreading")

    def format_message(self, log_entry: Any) -> str:
        count = log_entry.data.get("count", 1)
        words = ngettext("%(count)s proposal accepted", "%(count)s proposals accepted", count)
        return words % {"count": to_persian_digits(str(count))}


@hooks.register("register_log_actions")
def log_action(actions: Any) -> None:
    actions.register_action(ACTION)(ProofreadFormatter)
