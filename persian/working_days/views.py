"""The admin's pages of a year's holidays: a list of years, and one page for each."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from persian.text import to_persian_digits

from .core import SkippedDay, WorkingCalendar
from .forms import BaseHolidayFormSet, HolidayFormSet
from .loading import current_year, read
from .models import HolidayYear, LunarHoliday
from .rules import Kind, proposals

MAY_CHANGE = "persian.change_holidayyear"
#: The years that a person can open; the official calendar is never out earlier.
FIRST_YEAR, YEARS_AHEAD = 1390, 2


class HolidaysMixin(WagtailAdminTemplateMixin):
    header_icon = "date"
    page_title = _("Holidays by year")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(MAY_CHANGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class YearsView(HolidaysMixin, View):
    """Every kept year, this one and the next."""

    template_name = "persian/working_days/years.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = {row.year: row for row in HolidayYear.objects.select_related("confirmed_by")}
        shown = {current_year(), current_year() + 1} | set(kept)
        years = [{"year": year, "kept": kept.get(year)} for year in sorted(shown, reverse=True)]
        return self.render_to_response(self.get_context_data(years=years))


class YearView(HolidaysMixin, View):
    """One year: the solar holidays to read, the lunar ones to move, add, take out and confirm.

    POST with `action`: "save", "confirm" (saves too), or "reset" (forgets what was kept and proposes anew).
    """

    template_name = "persian/working_days/year.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.year: int = kwargs["year"]
        if not FIRST_YEAR <= self.year <= current_year() + YEARS_AHEAD:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return to_persian_digits(gettext("Holidays of %(year)d") % {"year": self.year})

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        years = {"url": reverse("holiday-years:index"), "label": self.page_title}
        return [*self.breadcrumbs_items, years, {"url": "", "label": self.get_page_subtitle()}]

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        return self._page(self._formset())

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        if request.POST.get("action") == "reset":
            return self._reset()
        formset = self._formset(request.POST)
        if not formset.is_valid():
            messages.error(request, _("The holidays could not be saved; see the lines with errors."))
            return self._page(formset)
        confirmed = request.POST.get("action") == "confirm"
        self._keep(formset, confirmed)
        words = (
            gettext("The holidays of %(year)d are confirmed.")
            if confirmed
            else gettext("The holidays of %(year)d are saved and still to be confirmed.")
        )
        messages.success(request, to_persian_digits(words % {"year": year}))
        return redirect("holiday-years:year", year)

    def _formset(self, data: Any = None) -> BaseHolidayFormSet:
        book = read()
        self.calendar = WorkingCalendar(book)
        kept = book.years.get(self.year)
        lines = kept.holidays if kept else tuple(proposals(book.rules, self.year))
        initial = [{"date": line.date, "name": line.name, "origin": line.origin} for line in lines]
        formset = HolidayFormSet(data, initial=initial, prefix="days", form_kwargs={"year": self.year})
        return cast(BaseHolidayFormSet, formset)

    @transaction.atomic
    def _keep(self, formset: BaseHolidayFormSet, confirmed: bool) -> None:
        """Put the lines in the place of the kept ones. A change of a confirmed year has to be confirmed again."""
        row, _made = HolidayYear.objects.get_or_create(year=self.year)
        row.confirmed_at = timezone.now() if confirmed else None
        row.confirmed_by = self.request.user if confirmed else None  # type: ignore[assignment]
        row.save()
        row.holidays.all().delete()
        LunarHoliday.objects.bulk_create(
            LunarHoliday(year=row, date=line["date"], name=line["name"], origin=line["origin"])
            for line in formset.kept()
        )
        log(row, "wagtail.edit", user=self.request.user, content_changed=True)

    def _reset(self) -> HttpResponse:
        row = HolidayYear.objects.filter(year=self.year).first()
        if row:
            log(row, "wagtail.delete", user=self.request.user, deleted=True)
            row.delete()
        messages.success(self.request, _("The computed proposals stand again."))
        return redirect("holiday-years:year", self.year)

    def _page(self, formset: BaseHolidayFormSet) -> HttpResponse:
        kept = HolidayYear.objects.select_related("confirmed_by").filter(year=self.year).first()
        solar = [day for day in self.calendar.holidays(self.year) if _is_solar(day)]
        context = self.get_context_data(
            year=self.year, formset=formset, kept=kept, solar=solar, media=formset.media
        )
        return self.render_to_response(context)


def _is_solar(day: SkippedDay) -> bool:
    return any(reason.kind == Kind.SOLAR for reason in day.reasons)
