"""The newsroom in the admin: its items as one list, and its categories."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from persian.columns import LtrColumn

from .models import NewsCategory, NewsPage


class NewsFilterSet(WagtailFilterSet):
    class Meta:
        model = NewsPage
        fields = ["category", "live"]


class NewsListView(IndexView):
    def annotate_queryset(self, pages: QuerySet[NewsPage]) -> QuerySet[NewsPage]:
        """The categories of all rows at once, not row by row."""
        return super().annotate_queryset(pages).prefetch_related("category")


class NewsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_has_any_page_permission(request.user)


class NewsViewSet(PageListingViewSet):
    model = NewsPage
    name = "news"
    icon = "doc-full-inverse"
    menu_label = _("All news")
    menu_item_class = NewsMenuItem
    index_view_class = NewsListView
    filterset_class: Any = NewsFilterSet
    ordering = "-date"
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Headline"), sort_key="title", classname="title"),
        Column("over_title", label=_("Over-title"), sort_key="over_title"),
        Column("category", label=_("Category"), sort_key="category__name", width="12%"),
        Column("date", label=_("Date"), sort_key="date", width="16%"),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
    ]


class NewsCategoryViewSet(SnippetViewSet):
    model = NewsCategory
    icon = "tag"
    menu_label = _("News categories")
    list_display = ["name", LtrColumn("slug", label=_("Address"), sort_key="slug"), "sort_order"]


class NewsGroup(ViewSetGroup):
    menu_label = _("News")
    menu_name = "news"
    menu_icon = "doc-full-inverse"
    menu_order = 150
    items = [NewsViewSet, NewsCategoryViewSet]


@hooks.register("register_admin_viewset")
def newsroom() -> NewsGroup:
    return NewsGroup()
