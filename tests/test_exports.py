"""Spreadsheets from the admin open in Persian: Jalali dates, right to left, nothing garbled."""

import datetime
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.models import PageLogEntry

from news.models import NewsPage
from persian.calendar import format_jalali_short
from persian.exports import cell, inert
from persian.text import to_ascii_digits

MOMENT = datetime.datetime(2026, 11, 23, 20, 45, tzinfo=datetime.UTC)  # in Tehran already the next day


@pytest.fixture
def history(pr_head):
    """Gives the site's history as a file; one of its lines is the item's."""
    item = NewsPage.objects.live().first()
    item.save_revision(user=pr_head.user, log_action=True)
    PageLogEntry.objects.filter(page=item).update(timestamp=MOMENT)

    def export(kind: str):
        return pr_head.get(reverse("wagtailadmin_reports:site_history"), {"export": kind})

    return export


def test_a_csv_file_is_marked_as_unicode_and_its_dates_are_jalali(history):
    content = history("csv").getvalue()
    assert content.startswith("\ufeff".encode())
    text = content.decode("utf-8-sig")
    assert "۱۴۰۵/۰۹/۰۳ ۰۰:۱۵" in text
    assert "2026-11-23" not in text


def test_an_xlsx_sheet_runs_from_right_to_left_and_its_dates_are_jalali(history):
    sheet = openpyxl.load_workbook(BytesIO(history("xlsx").getvalue())).active
    assert sheet.sheet_view.rightToLeft
    rows = list(sheet.iter_rows(values_only=True))
    assert "کاربر" in rows[0]
    assert "۱۴۰۵/۰۹/۰۳ ۰۰:۱۵" in [row[-1] for row in rows]
    assert not [value for row in rows for value in row if isinstance(value, datetime.datetime)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_bears_the_jalali_day_in_its_name(history, kind):
    today = to_ascii_digits(format_jalali_short(timezone.localdate())).replace("/", "-")
    assert f"audit-log-{today}.{kind}" in history(kind)["Content-Disposition"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "report", ["locked_pages", "aging_pages", "workflow", "workflow_tasks", "page_types_usage"]
)
def test_every_report_of_the_cms_can_be_exported(pr_head, kind, report):
    item = NewsPage.objects.live().first()
    NewsPage.objects.filter(pk=item.pk).update(locked=True, locked_at=MOMENT, locked_by=pr_head.user)
    item.get_workflow().start(item, pr_head.user)
    response = pr_head.get(reverse(f"wagtailadmin_reports:{report}"), {"export": kind})
    assert response.status_code == 200
    assert len(response.getvalue()) > 10


def test_a_cell_shows_what_its_value_holds():
    with timezone.override("Asia/Tehran"), translation.override("fa"):
        assert cell(MOMENT) == "۱۴۰۵/۰۹/۰۳ ۰۰:۱۵"
        assert cell(MOMENT.date()) == "۱۴۰۵/۰۹/۰۲"
        assert cell(datetime.time(9, 5)) == "۰۹:۰۵"


@pytest.mark.parametrize("text", ["=1+1", "+98", "-2", "@x", "\tx", "\rx", " =1", "\u00a0=1", "＝1", "－1"])
def test_what_a_program_could_take_for_a_formula_is_made_inert(text):
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "سلام", "a=1", "۱-۲", "'=1", "1"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert inert(text) == text


def test_every_spreadsheet_of_the_cms_is_safe_to_open(pr_head):
    NewsPage.objects.filter(pk=NewsPage.objects.live().first().pk).update(
        title="=HYPERLINK(1);=2", locked=True, locked_at=MOMENT, locked_by=pr_head.user
    )
    address = reverse("wagtailadmin_reports:locked_pages")
    line = pr_head.get(address, {"export": "csv"}).getvalue().decode("utf-8-sig").splitlines()[1]
    assert '"\'=HYPERLINK(1);=2"' in line
    sheet = openpyxl.load_workbook(BytesIO(pr_head.get(address, {"export": "xlsx"}).getvalue())).active
    [cell] = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert (cell.data_type, cell.number_format) == ("s", "@")


class Lines(SpreadsheetExportMixin):
    """The smallest view that exports something."""

    list_export = ["at"]
    export_headings = {"at": "When"}


def test_readers_of_other_languages_get_what_they_got():
    with translation.override("en"):
        output = BytesIO()
        Lines().write_xlsx([SimpleNamespace(at=MOMENT)], output)
        sheet = openpyxl.load_workbook(output).active
        assert not sheet.sheet_view.rightToLeft
        assert sheet["A2"].value == MOMENT.replace(tzinfo=None)
        assert b"2026-11-23 20:45:00" in b"".join(Lines().stream_csv([SimpleNamespace(at=MOMENT)]))
