"""The monthly report for management: on a screen, on paper, and as a workbook."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contact import pdf
from contact.models import Message
from contact.periods import Month
from contact.reports.counting import MONTHS_BACK, report
from contact.reports.showing import COLUMNS, cells, chart, compared
from contact.reports.workbook import workbook
from pages.settings import ContactDetails

from .paper import NO_PDF, as_pdf, download
from .people_forms import display_name

RIGHT = "contact.view_reports"
SHEET = "contact/desk/report_print.html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def months() -> list[Month]:
    """Those that can be reported on, the present one first."""
    now = Month.of(timezone.localdate())
    oldest = Message.objects.order_by("created_at").values_list("created_at", flat=True).first()
    first = Month.of(timezone.localtime(oldest).date()).number if oldest else now.number
    first = max(min(first, now.number), now.number - MONTHS_BACK)
    return [Month(number) for number in range(now.number, first - 1, -1)]


def chosen(request: HttpRequest) -> Month:
    """The month that was asked for; else the last that is over, which is what management is told of."""
    offered = months()
    asked = Month.parse(request.GET.get("month", ""))
    return asked if asked in offered else offered[min(1, len(offered) - 1)]


def shown(month: Month) -> dict[str, Any]:
    counted = report(month)
    groups = [
        {
            "heading": group.heading,
            "chart": chart(group),
            "rows": [(name, cells(figures)) for name, figures in group.rows],
        }
        for group in counted.groups
    ]
    return {
        "month": month,
        "compared": compared(counted.now, counted.before),
        "groups": groups,
        "columns": [label for _name, label, _unit in COLUMNS],
    }


class _MayReport(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ReportView(WagtailAdminTemplateMixin, _MayReport):
    header_icon = "doc-full"
    page_title = _("Monthly report of the desk")
    template_name = "contact/desk/report.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        no_pdf = "" if pdf.is_available() else NO_PDF
        context = self.get_context_data(months=months(), no_pdf=no_pdf, **shown(chosen(request)))
        return self.render_to_response(context)


class PrintView(_MayReport):
    """A document of its own, for A4."""

    def context(self, month: Month) -> dict[str, Any]:
        return {
            **shown(month),
            "details": ContactDetails.for_request(self.request),
            "printed_at": timezone.now(),
            "printed_by": display_name(self.request.user),
        }

    def get(self, request: HttpRequest) -> HttpResponse:
        response = render(request, SHEET, self.context(chosen(request)))
        add_never_cache_headers(response)
        return response


class PdfView(PrintView):
    """The same, to keep and to send."""

    def get(self, request: HttpRequest) -> HttpResponse:
        month = chosen(request)
        if not pdf.is_available():
            messages.error(request, NO_PDF)
            return redirect(f"{reverse('desk_report')}?month={month.key}")
        return as_pdf(SHEET, self.context(month), sheet="desk_report.css", name=_file_name(month, "pdf"))


class WorkbookView(_MayReport):
    def get(self, request: HttpRequest) -> HttpResponse:
        month = chosen(request)
        return download(workbook(report(month)), name=_file_name(month, "xlsx"), kind=XLSX)


def _file_name(month: Month, ending: str) -> str:
    return f"{ReportView.page_title}، {month.label}.{ending}"


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(RIGHT))


def menu_item() -> MenuItem:
    title = ReportView.page_title
    return ReportMenuItem(title, reverse("desk_report"), name="desk-report", icon_name="doc-full", order=90)


def addresses() -> list[Any]:
    return [
        path("reports/desk/", ReportView.as_view(), name="desk_report"),
        path("reports/desk/print/", PrintView.as_view(), name="desk_report_print"),
        path("reports/desk/pdf/", PdfView.as_view(), name="desk_report_pdf"),
        path("reports/desk/xlsx/", WorkbookView.as_view(), name="desk_report_xlsx"),
    ]
