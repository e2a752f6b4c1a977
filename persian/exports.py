"""The CMS's spreadsheets as Persian readers open them: Jalali dates in the site's time zone, a sheet from right to left, and a
mark without which Excel garbles a CSV of Persian. Machines have the database and the feeds.

They are safe to open: no text is taken for a formula, whoever typed it (OWASP, "CSV Injection").
"""

import codecs
import csv
import datetime
import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, BinaryIO

from django.utils.formats import date_format, time_format
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from wagtail.admin.views.mixins import Echo, SpreadsheetExportMixin

from .calendar import format_jalali_short
from .reader import reads_persian
from .text import to_ascii_digits

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
#: With what a formula begins, in full width too; and what moves the rest of a cell into the next one.
_FORMULA = tuple("=+-@＝＋－＠")
_CONTROLS = tuple("\t\r\n")
#: The format of cells that hold text, whatever is typed into them.
_TEXT = "@"
#: Of every column, in characters: wide enough for a date with its time.
_WIDTH = 20


def install() -> None:
    """Put these in the places of the CMS's own. Doing it twice is harmless."""
    view = SpreadsheetExportMixin
    if not hasattr(view.stream_csv, "__wrapped__"):
        view.stream_csv = _marked(view.stream_csv)
        view.write_csv_row = _inert(view.write_csv_row)
        view.write_xlsx = _from_right_to_left(view.write_xlsx)
        view.generate_xlsx_row = _as_text(view.generate_xlsx_row)
        view.get_preprocess_function = _with_dates(view.get_preprocess_function)
        view.as_spreadsheet = _named(view.as_spreadsheet)


def cell(value: datetime.date | datetime.time) -> str:
    """Return «۱۴۰۵/۰۹/۰۲ ۱۴:۳۰», «۱۴۰۵/۰۹/۰۲» or «۱۴:۳۰»: text that sorts as time does."""
    if isinstance(value, datetime.datetime):
        return date_format(template_localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return time_format(value)


def inert(text: str) -> str:
    """Return `text` so that no program takes it for a formula: one that begins like it stands behind an apostrophe."""
    is_formula = text.startswith(_CONTROLS) or text.lstrip().startswith(_FORMULA)
    return f"'{text}" if is_formula else text


def _marked(original: Callable) -> Callable:
    @wraps(original)
    def stream_csv(self: Any, queryset: Any) -> Iterator[bytes]:
        """The CMS's own, with a mark and all cells in quotation marks: semicolons separate cells too, in Persian programs."""
        yield codecs.BOM_UTF8
        writer = csv.DictWriter(Echo(), fieldnames=self.list_export, quoting=csv.QUOTE_ALL)
        yield writer.writerow({field: self.get_heading(queryset, field) for field in self.list_export})
        for item in queryset:
            yield self.write_csv_row(writer, self.to_row_dict(item))

    return stream_csv


def _inert(original: Callable) -> Callable:
    @wraps(original)
    def write_csv_row(self: Any, writer: Any, row_dict: dict[str, Any]) -> Any:
        cells = {
            field: self.preprocess_field_value(field, value, self.FORMAT_CSV)
            for field, value in row_dict.items()
        }
        safe = {field: inert(cell) if isinstance(cell, str) else cell for field, cell in cells.items()}
        return writer.writerow(safe)

    return write_csv_row


def _as_text(original: Callable) -> Callable:
    @wraps(original)
    def generate_xlsx_row(self: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        for one in original(self, *args, **kwargs):
            if isinstance(one.value, str):
                one.data_type, one.number_format = "s", _TEXT
            yield one

    return generate_xlsx_row


def _from_right_to_left(original: Callable) -> Callable:
    @wraps(original)
    def write_xlsx(self: Any, queryset: Any, output: BinaryIO) -> None:
        """The CMS's own, which has no place to turn the sheet round before its first row is written."""
        if not reads_persian():
            return original(self, queryset, output)
        from openpyxl import Workbook  # type: ignore[import-untyped]  # heavy, and seldom wanted
        from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet()
        sheet.sheet_view.rightToLeft = True
        sheet.freeze_panes = "A2"
        for number in range(1, len(self.list_export) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTH
        sheet.append([self.get_heading(queryset, field) for field in self.list_export])
        for item in queryset:
            sheet.append(self.generate_xlsx_row(sheet, self.to_row_dict(item)))
        return workbook.save(output)

    return write_xlsx


def _with_dates(original: Callable) -> Callable:
    @wraps(original)
    def get_preprocess_function(self: Any, field: str, value: Any, export_format: str) -> Callable | None:
        is_time = isinstance(value, datetime.date | datetime.time)
        chosen = export_format in self.custom_field_preprocess.get(field, {})
        if is_time and not chosen and reads_persian():
            return cell
        return original(self, field, value, export_format)

    return get_preprocess_function


def _named(original: Callable) -> Callable:
    @wraps(original)
    def as_spreadsheet(self: Any, queryset: Any, spreadsheet_format: str) -> Any:
        """The CMS's own, its file named «audit-log-1405-09-02.csv»."""
        response = original(self, queryset, spreadsheet_format)
        if response and reads_persian():
            name = response.headers["Content-Disposition"]
            response.headers["Content-Disposition"] = _ISO_DATE.sub(_jalali_date, name)
        return response

    return as_spreadsheet


def _jalali_date(iso: re.Match[str]) -> str:
    day = datetime.date.fromisoformat(iso[0])
    return to_ascii_digits(format_jalali_short(day)).replace("/", "-")
