"""The report's figures as people read them: cells of tables, and charts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contact.charts import Point, Rows, Series
from persian.numbers import number

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


def shown(value: float | None, unit: str = "") -> str:
    """«۱۲», «۲٫۵», «۸۰٪», or «—» where there is nothing to count."""
    return NOTHING if value is None else number(value) + unit


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
    return ("+" if difference > 0 else "") + shown(difference)


def chart(group: Group) -> Rows:
    """What was received of each, the most first."""
    received = sorted(
        ((name, figures.received) for name, figures in group.rows if figures.received),
        key=lambda row: -row[1],
    )
    points = [Point(value, number(value)) for _name, value in received]
    title = f"{COLUMNS[0][1]}، {group.heading}"
    return Rows(group.name, title, "", [name for name, _value in received], [Series(title, points)])
