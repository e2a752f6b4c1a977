"""The report's figures as people read them: cells of tables, and bars as plain geometry that a template draws as SVG."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from persian.text import to_persian_digits

from .counting import Figures, Group

#: Name of a figure, its label, and what follows its number.
COLUMNS: tuple[tuple[str, str | Promise, str], ...] = (
    ("received", _("Received"), ""),
    ("answered", _("Answered"), ""),
    ("closed", _("Closed"), ""),
    ("overdue", _("Overdue"), ""),
    ("median_days", _("Median working days to the answer"), ""),
    ("on_time_share", _("Answered in time"), "٪"),
    ("satisfied_share", _("Satisfied"), "٪"),
)
NOTHING = "—"
WIDTH, ROW, LONGEST = 360, 44, 300


def shown(value: float | None, unit: str = "") -> str:
    """«۱۲», «۲٫۵», «۸۰٪», or «—» where there is nothing to count."""
    return NOTHING if value is None else to_persian_digits(f"{value:g}").replace(".", "٫") + unit


def cells(figures: Figures) -> list[str]:
    return [shown(getattr(figures, name), unit) for name, _label, unit in COLUMNS]


def compared(now: Figures, before: Figures) -> list[tuple[str | Promise, str, str, str]]:
    """Label, this month, the month before, and the difference with its sign, of each figure."""
    lines = []
    for name, label, unit in COLUMNS:
        new, old = getattr(now, name), getattr(before, name)
        change = NOTHING if new is None or old is None else _signed(new - old)
        lines.append((label, shown(new, unit), shown(old, unit), change))
    return lines


def _signed(difference: float) -> str:
    if not difference:
        return shown(0)
    return ("+" if difference > 0 else "−") + shown(abs(difference))


@dataclass(frozen=True)
class Bar:
    """One bar that grows from the right. `words` name it for those who do not see it."""

    label: str
    value: str
    x: int
    y: int
    width: int

    @property
    def words_y(self) -> int:
        return self.y - 6

    @property
    def value_x(self) -> int:
        return self.x - 8

    @property
    def value_y(self) -> int:
        return self.y + 12


def bars(group: Group) -> Iterator[Bar]:
    """What was received of each row, the longest first."""
    rows = sorted(
        ((name, figures.received) for name, figures in group.rows if figures.received),
        key=lambda row: -row[1],
    )
    most = max((received for _name, received in rows), default=1)
    for place, (name, received) in enumerate(rows):
        width = max(2, round(LONGEST * received / most))
        yield Bar(name, shown(received), WIDTH - width, place * ROW + 24, width)
