"""How the check is reached from the editor, and what the page's history says of it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from persian.text import to_persian_digits

from .draft import ACTION
from .views import URL_NAME, EditorCheckView


@hooks.register("register_admin_urls")
def address() -> list[URLPattern]:
    return [path("pages/<int:page_id>/proofread/", EditorCheckView.as_view(), name=URL_NAME)]


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if view_name == "edit":
        url = reverse(URL_NAME, args=[page.pk])
        yield Button(_("Proofreading"), url=url, icon_name="glasses", priority=12)


class ProofreadFormatter(LogFormatter):
    label = _("Proofreading")

    def format_message(self, log_entry: Any) -> str:
        count = log_entry.data.get("count", 1)
        words = ngettext("%(count)s proposal accepted", "%(count)s proposals accepted", count)
        return words % {"count": to_persian_digits(str(count))}


@hooks.register("register_log_actions")
def log_action(actions: Any) -> None:
    actions.register_action(ACTION)(ProofreadFormatter)
