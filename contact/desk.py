"""The desk: what has come in, for those who answer. A list and a page for each message; nothing is added by hand."""

from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from persian.text import to_persian_digits

from .cases import Message, MessageQuerySet, TimelineEntry, Topic, Unit
from .forms import TypedField
from .workflow import MoveError, Status, move

DESK = _("Answering desk")


def units_of(request: HttpRequest | None) -> Any:
    """The units that the filter offers: those whose messages the reader may see."""
    if request is None or request.user.has_perm("contact.view_all_messages"):
        return Unit.objects.all()
    return Unit.objects.filter(members=request.user)  # type: ignore[misc]


class MessageFilterSet(WagtailFilterSet):
    topic = django_filters.ModelChoiceFilter(label=_("Topic"), queryset=Topic.objects.all())
    unit = django_filters.ModelChoiceFilter(label=_("Answering unit"), queryset=units_of)
    created_at = django_filters.DateFromToRangeFilter(label=_("Received at"), widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields = ["status", "kind", "topic", "unit", "created_at"]


class Cell(Column):
    """A column with a template of its own: typed text is isolated, dates are Jalali, codes run left to right."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = f"contact/desk/{template}_cell.html"


class DeskIndex(IndexView):
    """The messages that the reader may see, the newest first."""

    any_permission_required = ["view"]
    default_ordering = ("-created_at", "-pk")
    is_searchable = True
    filterset_class = MessageFilterSet
    page_title = DESK
    columns = [
        Cell("title", "title", label=_("Title of the message")),
        Cell("status", "status", label=_("Status"), sort_key="status"),
        Column("get_kind_display", label=_("Kind of message"), sort_key="kind"),
        Column("topic", label=_("Topic")),
        Column("unit", label=_("Answering unit")),
        Cell("created_at", "time", label=_("Received at"), sort_key="created_at"),
        Cell("code_display", "code", label=_("Tracking code")),
    ]

    def get_base_queryset(self) -> MessageQuerySet:
        visible = Message.objects.visible_to(self.request.user)
        return visible.select_related("topic", "unit").defer("body")

    def search_queryset(self, queryset: MessageQuerySet) -> MessageQuerySet:
        if not self.is_searching:
            return queryset
        return queryset.search(self.search_query, by_relevance=not self.is_explicitly_ordered)


class CaseForm(forms.Form):
    """A note, a move to another status, or both at once."""

    note = TypedField(
        label=_("Internal note"),
        limit=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Seen by colleagues only"),
    )
    to = forms.ChoiceField(choices=Status.choices, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("note") and not data.get("to"):
            self.add_error("note", _("Write the text of the note."))
        return data


class CaseView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """One message: what was sent, what happened since, and what may be done now."""

    model = Message
    permission_required = "view"
    template_name = "contact/desk/case.html"
    index_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.user_has_permission(
            "view"
        ):  # else the parent refuses, whether there is such a message or not
            related = Message.objects.select_related("topic", "unit", "about_page")
            self.object = get_object_or_404(related.visible_to(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return self.object.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": DESK},
            {"url": "", "label": self.object.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "case": self.object,
            "timeline": self.object.timeline.all(),
            "may_change": self.user_has_permission("change"),
        }

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=CaseForm()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.user_has_permission("change"):
            return self.handle_no_permission(request)
        form = CaseForm(request.POST)
        if not form.is_valid():
            reasons = " ".join(str(words) for errors in form.errors.values() for words in errors)
            messages.error(request, _("Not saved: %(reasons)s") % {"reasons": reasons})
            return self.render_to_response(self.get_context_data(form=form))
        note, to = form.cleaned_data["note"], form.cleaned_data["to"]
        if to:
            try:
                move(self.object, to, request.user, note)
            except MoveError:
                words = _(
                    "The message has another status by now, so this was not possible. Look at it again."
                )
                messages.error(request, words)
                return self.render_to_response(self.get_context_data(form=form))
            status = self.object.get_status_display()
            messages.success(request, _("Status changed to “%(status)s”") % {"status": status})
        else:
            self.object.timeline.create(kind=TimelineEntry.Kind.NOTE, author=request.user, text=note)
            messages.success(request, _("The note was saved"))
        return redirect(request.path)

    def handle_no_permission(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, _("You may read this message, not change it."))
        return redirect(request.path)


class DeskMenuItem(MenuItem):
    """Shows how many messages nobody has looked at yet."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("contact.view_message")

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = Message.objects.visible_to(request.user).new().count()
        label = f"{self.label} ({to_persian_digits(str(count))})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


class DeskViewSet(ModelViewSet):
    """No message is added, edited or deleted by staff: it is read, and what happens to it is recorded."""

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

    @property
    def case_view(self) -> Any:
        return self.construct_view(CaseView, permission_policy=self.permission_policy)

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.case_view, name="case"),
        ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = ("add", "edit", "delete", "history", "usage", "inspect")
        return super().get_common_view_kwargs(**{f"{name}_url_name": None for name in names}, **kwargs)

    def register_admin_url_finder(self) -> None:
        """A message is found on the desk only."""


def new_messages_words(count: int) -> str:
    words = ngettext("%(count)d new message", "%(count)d new messages", count) % {"count": count}
    return to_persian_digits(words)
