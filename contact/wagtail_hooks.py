"""What contact adds to the admin: the desk, its topics and units, and a panel on the first page."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from persian.text import isolate

from .desk.snippets import AnsweringGroup
from .desk.viewset import DeskViewSet, new_messages_words
from .models import Message, Topic, Unit


@hooks.register("register_admin_viewset")
def desk() -> DeskViewSet:
    return DeskViewSet()


register_snippet(AnsweringGroup)


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


@hooks.register("before_bulk_action")
def refuse_bulk_if_used(
    request: HttpRequest, action_type: str, objects: Iterable[Model], action: Any
) -> HttpResponse | None:
    return refuse_if_used(request, objects) if action_type == "delete" else None


class NewMessagesPanel(Component):
    """The newest messages that nobody has looked at yet."""

    name = "new_messages"
    order = 90
    template_name = "contact/desk/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        new = Message.objects.visible_to(parent_context["request"].user).new()
        count = new.count()
        newest = new.select_related("unit").defer("body")[:5]
        return {"count": count, "words": new_messages_words(count), "newest": newest}


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("contact.view_message"):
        panels.append(NewMessagesPanel())
