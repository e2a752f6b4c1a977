"""The report as an Excel workbook: sheets from right to left, names as text that begins no formula, numbers as numbers."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext

from .counting import Figures, Report
from .showing import COLUMNS


def workbook(report: Report) -> bytes:
    """A sheet of the month beside the one before, and one for each group."""
    from openpyxl import Workbook  # type: ignore[import-untyped]  # heavy, and seldom wanted

    book = Workbook(write_only=True)
    head = [gettext("Figure"), report.month.label, report.month.before.label]
    rows = [
        [str(label) + (f" ({unit})" if unit else ""), getattr(report.now, name), getattr(report.before, name)]
        for name, label, unit in COLUMNS
    ]
    _sheet(book, gettext("Summary"), head, rows)
    labels = [str(label) + (f" ({unit})" if unit else "") for _name, label, unit in COLUMNS]
    for group in report.groups:
        rows = [[name, *_numbers(figures)] for name, figures in group.rows]
        _sheet(book, str(group.heading), [str(group.heading), *labels], rows)
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def _numbers(figures: Figures) -> list[float | None]:
    return [getattr(figures, name) for name, _label, _unit in COLUMNS]


def _sheet(book: Any, title: str, head: list[str], rows: list[list[Any]]) -> None:
    sheet = book.create_sheet(title[:31])
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "A2"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"  # 9 is A4
    sheet.column_dimensions["A"].width = 36
    for column in "BCDEFGH":
        sheet.column_dimensions[column].width = 18
    for row in [head, *rows]:
        sheet.append([_text(sheet, value) if isinstance(value, str) else value for value in row])


def _text(sheet: Any, value: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]

    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"  # whatever it begins with
    return cell
