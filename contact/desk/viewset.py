"""The desk in the admin: its addresses, its menu item, and the words that count what is new."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.model import ModelViewSet

from contact.models import Message
from persian.text import to_persian_digits

from .blocks import Block, counts
from .case import CaseView
from .case_actions import ACTIONS, WithdrawView
from .case_files import FileView, LockView, OriginalFileView, OriginalsView
from .case_print import PdfView, PrintView
from .case_reply import ReplyPreview, ReplyView
from .case_secret import SecretView
from .entry import EntryView
from .listing import DESK, DeskIndex
from .many import ManyView, UndoView
from .saved import SavedView


class DeskMenuItem(MenuItem):
    """Shows how many messages nobody has looked at yet."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("contact.view_message")

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = counts(request)[Block.NEW]
        label = f"{self.label} ({to_persian_digits(str(count))})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


class DeskViewSet(ModelViewSet):
    """No message is edited or deleted by staff: it is read, and what happens to it is recorded."""

    model = Message
    icon = "mail"
    menu_label = DESK
    menu_order = 150
    menu_name = "desk"
    menu_item_class = DeskMenuItem
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = DeskIndex
    inspect_view_enabled = True  # registers the permission to view
    copy_view_enabled = False
    list_per_page = 25

    @cached_property
    def name(self) -> str:
        return "desk"

    def view(self, view: type[Any]) -> Any:
        return self.construct_view(view, permission_policy=self.permission_policy)

    def get_urlpatterns(self) -> list[Any]:
        of_case = {action.name: action for action in ACTIONS} | {
            "reply": ReplyView,
            "reply/preview": ReplyPreview,
            "lock": LockView,
            "originals": OriginalsView,
            "originals/<int:original>": OriginalFileView,
            "print": PrintView,
            "pdf": PdfView,
            "secret": SecretView,
            "files/<int:file>": FileView,
            "withdraw/<int:question>": WithdrawView,
        }
        names = {
            "reply/preview": "reply_preview",
            "files/<int:file>": "file",
            "originals/<int:original>": "original_file",
            "withdraw/<int:question>": "withdraw",
        }
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("add/", EntryView.as_view(), name="add"),
            path("bulk/", self.view(ManyView), name="bulk"),
            path("undo/", self.view(UndoView), name="undo"),
            path("saved/", self.view(SavedView), name="saved"),
            path("<int:pk>/", self.view(CaseView), name="case"),
            *(
                path(f"<int:pk>/{end}/", self.view(view), name=names.get(end, end))
                for end, view in of_case.items()
            ),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = ("add", "edit", "delete", "history", "usage", "inspect")
        return super().get_common_view_kwargs(**{f"{name}_url_name": None for name in names}, **kwargs)

    def register_admin_url_finder(self) -> None:
        """A message is found on the desk only."""


def new_messages_words(count: int) -> str:
    words = ngettext("%(count)d new message", "%(count)d new messages", count) % {"count": count}
    return to_persian_digits(words)
