"""What contact adds to the admin: the desk, its topics and units, and a panel on the first page."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from persian.text import isolate, to_persian_digits

from . import publishing
from .desk import report
from .desk.blocks import Block, counts, tabs
from .desk.publishing import PublishView
from .desk.snippets import AnsweringGroup
from .desk.upkeep import UpkeepViewSet, may_keep_up
from .desk.viewset import DeskViewSet, new_messages_words
from .models import Message, Topic, Unit


@hooks.register("register_admin_viewset")
def desk() -> DeskViewSet:
    return DeskViewSet()


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk_list.css"))


register_snippet(AnsweringGroup)


@hooks.register("register_admin_viewset")
def upkeep() -> UpkeepViewSet:
    return UpkeepViewSet()


hooks.register("register_admin_urls", report.addresses)
hooks.register("register_reports_menu_item", report.menu_item)


@hooks.register("after_edit_user")
def offer_handover(request: HttpRequest, user: Any) -> None:
    """Whoever closes an account is told of the open messages that are with it."""
    if user.is_active or not (count := Message.objects.open().filter(assignee=user).count()):
        return
    words = ngettext(
        "%(count)d open message is still with this colleague. Have it handed over.",
        "%(count)d open messages are still with this colleague. Have them handed over.",
        count,
    )
    buttons = []
    if may_keep_up(request.user):
        url = f"{reverse('desk-upkeep:handover')}?giver={user.pk}"
        buttons = [messages.button(url, _("Hand cases over"))]
    messages.warning(request, to_persian_digits(words % {"count": count}), buttons=buttons)


@hooks.register("register_admin_urls")
def publish_url() -> list[Any]:
    return [path("answers/of-case/<int:pk>/", PublishView.as_view(), name="publish_answer")]


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(publishing.APPROVED, _("Approve"), _("Public answer approved"))
    actions.register_action(
        publishing.APPROVED_ALONE, _("Approve own words"), _("Public answer approved by whoever wrote it")
    )
    actions.register_action(publishing.WITHDRAWN, _("Withdraw"), _("Public answer withdrawn"))


def refuse_if_used(request: HttpRequest, instances: Iterable[Model]) -> HttpResponse | None:
    """A topic or unit with messages stays: they are told from one another by it."""
    for instance in instances:
        used = isinstance(instance, Topic | Unit) and instance.messages.exists()
        if used or (isinstance(instance, Unit) and instance.topics.exists()):
            words = _(
                "“%(name)s” has messages or topics, so it stays. A topic can be taken out of the form instead."
            )
            messages.error(request, words % {"name": isolate(str(instance))})
            return redirect(reverse(instance.snippet_viewset.get_url_name("list")))  # type: ignore[attr-defined]
    return None


hooks.register("before_delete_snippet", refuse_if_used)


@hooks.register("before_delete_snippet")
def refuse_to_name_them(request: HttpRequest, instances: Sequence[Model]) -> None:
    """Where the reader may delete none, the CMS would list what they may not delete by its title."""
    if not instances:
        raise PermissionDenied


@hooks.register("before_bulk_action")
def refuse_bulk_if_used(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: Any
) -> HttpResponse | None:
    return refuse_if_used(request, objects) if action_type == "delete" else None


class NewMessagesPanel(Component):
    """What the desk's blocks hold, and the newest messages that nobody has looked at yet."""

    name = "new_messages"
    order = 90
    template_name = "contact/desk/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        number = counts(request)
        newest = Message.objects.visible_to(request.user).new().select_related("unit").defer("body")[:5]
        return {
            "words": new_messages_words(number[Block.NEW]),
            "newest": newest,
            "tabs": tabs(number),
            "is_of_no_unit": not number[Block.ALL] and is_of_no_unit(request.user),
        }


def is_of_no_unit(user: Any) -> bool:
    """Whether somebody sees no message because nobody has put them into a unit yet."""
    return not user.has_perm("contact.view_all_messages") and not user.answering_units.exists()


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("contact.view_message"):
        panels.append(NewMessagesPanel())
