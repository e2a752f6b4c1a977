"""«جست‌وجوهای بی‌نتیجه»: a report for the staff, with a way to forget a line and one to promote a page for it."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from .models import MissedSearch

INDEX = "missed_searches"
policy = ModelPermissionPolicy(MissedSearch)


class Cell(Column):
    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = f"pages/missed_searches/{template}.html"


class WordsColumn(Cell):
    """The words, and what the reader may do about them."""

    def get_cell_context_data(self, instance: MissedSearch, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            **super().get_cell_context_data(instance, parent_context),
            "may_promote": user.has_perm("wagtailsearchpromotions.add_searchpromotion"),
            "may_forget": policy.user_has_permission(user, "delete"),
        }


class MissedSearchesView(ReportView):
    model = MissedSearch
    permission_policy = policy
    any_permission_required = ["view"]
    index_url_name = INDEX
    index_results_url_name = "missed_searches_results"
    page_title = _("Searches without result")
    header_icon = "search"
    list_export = ["text", "count", "last_missed"]
    columns = [
        WordsColumn("text", "words_cell", label=_("Words")),
        Cell("count", "count_cell", label=_("Times")),
        Cell("last_missed", "day_cell", label=_("Last time")),
    ]

    def get_base_queryset(self):
        return MissedSearch.objects.readable()


class ForgetView(DeleteView):
    model = MissedSearch
    permission_policy = policy
    permission_required = "delete"
    index_url_name = INDEX
    delete_url_name = "forget_missed_search"
    page_title = _("Forget this search")
    success_message = _("“%(object)s” is forgotten.")


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.user_has_permission(request.user, "view")


def urls() -> list[Any]:
    view = MissedSearchesView
    return [
        path("reports/missed-searches/", view.as_view(), name=INDEX),
        path(
            "reports/missed-searches/results/",
            view.as_view(results_only=True),
            name="missed_searches_results",
        ),
        path("reports/missed-searches/<int:pk>/forget/", ForgetView.as_view(), name="forget_missed_search"),
    ]


def menu_item() -> MenuItem:
    return ReportMenuItem(
        MissedSearchesView.page_title, reverse(INDEX), name="missed-searches", icon_name="search", order=1200
    )
