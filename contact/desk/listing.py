"""The list of the desk: what the reader may see, filtered, searched and sorted."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from contact.models import Message
from contact.models.cases import MessageQuerySet

from .blocks import Block, condition, count_with, counts, tabs
from .export import ExportMixin
from .filters import SAVED, MessageFilterSet, offered
from .queries import here, known, list_address

DESK = _("Answering desk")

NEWEST_FIRST = ("-created_at", "-pk")
#: What is due first; without a deadline, the oldest.
MOST_URGENT_FIRST = (F("deadline").asc(nulls_last=True), "created_at", "pk")


class Cell(Column):
    """A column with a template of its own: typed text is isolated, dates are Jalali, codes run left to right."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = f"contact/desk/{template}_cell.html"


class ChoiceColumn(Cell):
    """Chooses a case for what is done to many; the box in its head chooses all of the page."""

    header_template_name = "contact/desk/choice_head.html"

    def __init__(self) -> None:
        super().__init__("choice", "choice", label=_("Choose"))


class DeskPaginator(WagtailPaginator):
    """What is known of the rows already is not asked for again, and only those of the page are read whole.

    The keys of a page are sought on their own: that needs few columns, which an index holds, and not the texts of all cases.
    """

    known: int | None = None
    #: What the rows are ordered by; empty where their place is reckoned, as in a search.
    order: Sequence[Any] = ()

    @cached_property
    def count(self) -> int:
        return super().count if self.known is None else self.known

    def _get_page(self, cases: Any, *args: Any, **kwargs: Any) -> Any:
        if self.order:
            cases = shown(Message.objects.filter(pk__in=cases.values("pk"))).order_by(*self.order)
        return super()._get_page(cases, *args, **kwargs)


def shown(cases: MessageQuerySet) -> MessageQuerySet:
    """With what the columns show, without the long texts."""
    return cases.select_related("topic", "unit", "assignee").defer("body", "answers", "close_text")


class DeskIndex(ExportMixin, IndexView):
    """What must be done today. Anything asked for in the address takes its place: a block, a filter, a search."""

    any_permission_required = ["view"]
    template_name = "contact/desk/index.html"
    results_template_name = "contact/desk/index_results.html"
    is_searchable = True
    filterset_class = MessageFilterSet
    paginator_class = DeskPaginator
    page_title = DESK
    found = 0  # how many cases the list holds, on all its pages
    columns_of_case = [
        Cell("title", "title", label=_("Title of the message"), sort_key="title"),
        Cell("status", "status", label=_("Status"), sort_key="status"),
        Cell("topic", "name", label=_("Topic"), sort_key="topic__title"),
        Cell("unit", "name", label=_("Answering unit"), sort_key="unit__name"),
        Cell("assignee", "person", label=_("Assignee"), sort_key="assignee__last_name"),
        Cell("deadline", "deadline", label=_("Deadline"), sort_key="deadline"),
        Cell("created_at", "time", label=_("Received at"), sort_key="created_at"),
    ]

    @cached_property
    def columns(self) -> list[Column]:
        return [*([ChoiceColumn()] if self.may_change else []), *self.columns_of_case]

    @cached_property
    def may_change(self) -> bool:
        return bool(self.user_has_permission("change"))

    def get_base_queryset(self) -> MessageQuerySet:
        cases = Message.objects.visible_to(self.request.user)
        if self.block == Block.TODAY:
            cases = cases.filter(condition(Block.TODAY, self.request.user.pk, timezone.localdate()))
        return shown(cases)

    @cached_property
    def is_narrowed(self) -> bool:
        """Whether more is asked for than a block."""
        asked = set(self.filters.form.changed_data) if self.filters and self.filters.is_valid() else set()
        return bool(self.is_searching or asked - {"block"})

    @cached_property
    def block(self) -> str:
        """The block that is shown: the one asked for, or that of today, or all while something else is asked for."""
        asked: str = self.filters.form.cleaned_data.get("block") if self.filters.is_valid() else ""
        return asked or (Block.ALL if self.is_narrowed else Block.TODAY)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm("contact.add_message_by_hand"):
            return []
        return [HeaderButton(_("Enter a message by hand"), url=reverse("desk:add"), icon_name="plus")]

    def get_queryset(self) -> MessageQuerySet:
        found = self.get_base_queryset()
        looks = [found]
        if self.is_searching:
            looks = found.order_by().searches(self.search_query, by_relevance=not self.is_explicitly_ordered)
        looks = [self.filter_queryset(look) for look in looks]  # a search can be narrowed by few columns only
        if self.is_narrowed:
            _blocks, held = count_with(self.request, *looks)
            self.found = sum(held)
            found = next((look for look, number in zip(looks, held, strict=True) if number), looks[-1])
        else:
            self.found, [found] = counts(self.request)[self.block], looks
        return found.order_by(*self.order) if self.order else found

    @cached_property
    def order(self) -> Sequence[Any]:
        """What the list is ordered by; nothing where a search orders by relevance."""
        order = self.ordering
        if self.is_searching and not self.is_explicitly_ordered:
            return ()
        if not order:
            return NEWEST_FIRST if self.block == Block.ALL else MOST_URGENT_FIRST
        if order == "deadline":
            return MOST_URGENT_FIRST  # which has an index
        column = F(order.removeprefix("-"))
        in_order = column.desc(nulls_last=True) if order.startswith("-") else column.asc(nulls_last=True)
        return in_order, "-pk"

    def get_paginator(self, *args: Any, **kwargs: Any) -> DeskPaginator:
        paginator: DeskPaginator = super().get_paginator(*args, **kwargs)
        paginator.known, paginator.order = self.found, self.order
        return paginator

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        asked = known(self.request.GET)
        saved = [
            {"name": name, "url": list_address(query), "is_current": known(query) == asked}
            for _key, name, query in offered(self.request)[SAVED]
        ]
        return {
            **context,
            "form_key": uuid.uuid4().hex,
            "here": here(self.request),
            "shown": ",".join(str(case.pk) for case in context["object_list"]),
            "tabs": tabs(counts(self.request), here="" if self.is_narrowed else self.block),
            "saved_lists": saved,
            "to_save": "" if any(one["is_current"] for one in saved) else asked,
        }
