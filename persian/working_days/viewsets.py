"""Working days in the admin's settings: recurring days off, holidays by year, closures."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Closure, DayOffRule
from .views import MAY_CHANGE, YearsView, YearView


class JalaliColumn(Column):
    cell_template_name = "persian/working_days/date_cell.html"


class RuleIndex(IndexView):
    """By kind, then by date: a year as people know it."""

    default_ordering = ("kind", "month", "day", "weekday", "pk")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column("name"),
            Column("when", label=_("When")),
            Column("get_kind_display", label=_("Kind"), sort_key="kind"),
            JalaliColumn("holds_from", label=_("Holds from")),
            JalaliColumn("holds_until", label=_("Holds until")),
            Column("note", label=_("Note")),
        ]


class RuleViewSet(ModelViewSet):
    model = DayOffRule
    name = "days-off"
    icon = "calendar"
    menu_label = _("Weekend and recurring holidays")
    index_view_class = RuleIndex
    list_filter = ["kind"]
    list_per_page = 50
    search_fields = ["name", "note"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("weekday"), FieldPanel("month"), FieldPanel("day")], heading=_("When")),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("holds_from"), FieldPanel("holds_until")])], heading=_("Validity")
            ),
            FieldPanel("note"),
        ]
    )


class ClosureIndex(IndexView):
    default_ordering = "-first_day"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column("reason"),
            Column("days", label=_("Days"), sort_key="first_day"),
            Column("get_effect_display", label=_("Effect"), sort_key="effect"),
            Column("scope", label=_("Scope")),
            JalaliColumn("declared_at", label=_("Declared at"), sort_key="declared_at"),
        ]


class ClosureViewSet(ModelViewSet):
    model = Closure
    name = "closures"
    icon = "warning"
    menu_label = _("Closures by the governor's office")
    index_view_class = ClosureIndex
    list_filter = ["effect"]
    search_fields = ["reason", "scope"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")], heading=_("Days")),
            FieldPanel("reason"),
            FieldPanel("scope"),
            FieldPanel("effect"),
            FieldRowPanel([FieldPanel("closes_at"), FieldPanel("counts")], heading=_("Early closing")),
            FieldPanel("declared_at"),
        ]
    )


class YearsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY_CHANGE)


class YearsViewSet(ViewSet):
    name = "holiday-years"
    icon = "date"
    menu_label = _("Holidays by year")
    menu_item_class = YearsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", YearsView.as_view(), name="index"),
            path("<int:year>/", YearView.as_view(), name="year"),
        ]


class WorkingDaysGroup(ViewSetGroup):
    items: Any = (YearsViewSet, RuleViewSet, ClosureViewSet)
    menu_label = _("Working days")
    menu_name = "working-days"
    menu_icon = "calendar"
    menu_order = 300
    add_to_admin_menu = False
    add_to_settings_menu = True
