"""The list of the desk: what the reader may see, filtered, searched and sorted."""

from typing import Any

import django_filters
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView

from contact.models import Message, Topic, Unit
from contact.models.cases import MessageQuerySet

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
