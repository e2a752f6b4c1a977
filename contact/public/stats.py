"""«آمار پاسخ‌گویی»: how the desk does, for everybody to see. Counts below five are shown nowhere, nor can they be worked out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from contact import figures
from contact.charts import Chart, Columns, Point, Rows, Series
from contact.figures import Counted
from contact.models import Topic
from contact.periods import Period, last_months
from contact.suppression import LEAST, Hidden, hide
from contact.workflow import CloseReason
from persian.numbers import number

#: Seconds that a copy may be shown without asking again.
FRESH = 600
DASH = "—"


@dataclass(frozen=True)
class Line:
    """A line of figures as it may be shown."""

    label: str
    received: Point
    answered: Point
    days: Point
    on_time: Point
    satisfied: Point


def counted(value: int, hidden: Hidden | None, place: int) -> Point:
    if hidden is None:
        return Point(None, DASH) if 0 < value < LEAST else Point(value, number(value))
    if place in hidden.few:
        return Point(None, _("fewer than ۵"))
    return Point(None, _("not shown")) if place in hidden else Point(value, number(value))


def share(part: int, whole: int) -> Point:
    """In whole percents; nothing where it would be one of few."""
    if whole < LEAST:
        return Point(None, DASH)
    percent = round(100 * part / whole)
    return Point(percent, f"{number(percent)}٪")


def line(label: str, sums: Counted, received: Point, answered: Point) -> Line:
    """What is not a count is shown only where the counts that it is made of are."""
    if answered.value is None or len(sums.days) < LEAST:
        days = Point(None, DASH)
    else:
        middle = sums.median_days or 0.0
        days = Point(middle, number(middle))
    nothing = Point(None, DASH)
    is_shown = received.value is not None
    on_time = share(sums.on_time, sums.due) if is_shown else nothing
    return Line(
        label, received, answered, days, on_time, share(sums.satisfied, sums.rated) if is_shown else nothing
    )


@dataclass(frozen=True)
class Table:
    """Lines, what they come to, and the whole of it; the same whole may stand under several tables."""

    lines: list[Line]
    received: Hidden
    answered: Hidden


def table(labels: Sequence[str], sums: Sequence[Counted]) -> Table:
    received, answered = hide([one.received for one in sums]), hide([one.answered for one in sums])
    lines = [
        line(label, one, counted(one.received, received, place), counted(one.answered, answered, place))
        for place, (label, one) in enumerate(zip(labels, sums, strict=True))
    ]
    return Table(lines, received, answered)


def whole(label: str, sums: Counted, tables: Sequence[Table]) -> Line:
    """The line of all; a sum that would give something away in one table is shown nowhere."""
    received = _sum(sums.received, any(one.received.total for one in tables))
    answered = _sum(sums.answered, any(one.answered.total for one in tables))
    return line(label, sums, received, answered)


def _sum(value: int, is_hidden: bool) -> Point:
    if 0 < value < LEAST:
        return Point(None, _("fewer than ۵"))
    return Point(None, _("not shown")) if is_hidden else Point(value, number(value))


def show(page: Any, request: HttpRequest) -> HttpResponse:
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        return HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS"])
    months = last_months(timezone.localdate())
    response = page.render(request, template="contact/stats.html", context_overrides=context(months))
    patch_cache_control(response, max_age=FRESH)
    return response


def context(months: list[Period]) -> dict[str, Any]:
    found = figures.count(months)
    topics = list(figures.public_topics())
    of_months = [
        figures.total(found.get((place, topic.pk), Counted()) for topic in topics)
        for place in range(len(months))
    ]
    of_topics = [
        figures.total(found.get((place, topic.pk), Counted()) for place in range(len(months)))
        for topic in topics
    ]
    listed = [
        (topic, sums)
        for topic, sums in zip(topics, of_topics, strict=True)
        if topic.is_active or sums.received
    ]
    by_month = table([month.label for month in months], of_months)
    by_topic = table([topic.title for topic, _sums in listed], [sums for _topic, sums in listed])
    return {
        "months": months,
        "last_month": months[-1],
        "total": whole(_("All"), figures.total(of_months), [by_month, by_topic]),
        "by_month": by_month.lines,
        "by_topic": by_topic.lines,
        "charts": _charts(months, by_month.lines, by_topic.lines),
        "reasons": _reasons(topics, months),
        "least": number(LEAST),
    }


def _charts(months: list[Period], by_month: list[Line], by_topic: list[Line]) -> list[Chart]:
    labels, shorts = [month.label for month in months], [month.short for month in months]
    month, topic = _("Month"), _("Topic")

    def points(name: str, lines: list[Line]) -> list[Point]:
        return [getattr(line, name) for line in lines]

    return [
        Columns(
            "received",
            _("Messages received and answered, by month"),
            _(
                "For each of the last twelve months: how many messages came in, and how many of them have been answered since."
            ),
            labels,
            [
                Series(_("Came in"), points("received", by_month)),
                Series(_("Answered"), points("answered", by_month)),
            ],
            month,
            shorts,
        ),
        Columns(
            "days",
            _("Working days to the first answer, by month"),
            _("The median: half of the messages of the month were answered as fast or faster."),
            labels,
            [Series(_("Working days (median)"), points("days", by_month))],
            month,
            shorts,
            is_line=True,
        ),
        Columns(
            "shares",
            _("In time, and content, by month"),
            _(
                "Of those that had a deadline, the share answered in time; of those who said it, the share that was content."
            ),
            labels,
            [
                Series(_("Answered in time"), points("on_time", by_month)),
                Series(_("Content people"), points("satisfied", by_month)),
            ],
            month,
            shorts,
            highest=100,
            is_line=True,
        ),
        Rows(
            "topics",
            _("Messages received, by topic"),
            _("The messages of the last twelve months, by what they are about."),
            [line.label for line in by_topic],
            [Series(_("Came in"), points("received", by_topic))],
            topic,
        ),
    ]


def _reasons(topics: list[Topic], months: list[Period]) -> list[tuple[str, str]]:
    """How requests under the access-to-information law ended; nothing where no such topic is offered."""
    if not any(topic.is_information_request and topic.is_active for topic in topics):
        return []
    counts = figures.closing_reasons(months[0].begins, months[-1].ends)
    hidden = hide(list(counts.values()))
    return [
        (str(CloseReason(reason).label), counted(value, hidden, place).text)
        for place, (reason, value) in enumerate(counts.items())
    ]
