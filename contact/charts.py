"""Charts as plain geometry that templates draw as SVG: from right to left, without style or script. Pure.

A chart knows its series, and a table can be made of it: whoever cannot see it reads the same numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from persian.numbers import number

WIDTH, HEIGHT = 640, 300
#: Around the drawing: the axis of numbers stands at the right, where reading begins.
TOP, RIGHT, BOTTOM, LEFT = 14, 50, 46, 10
#: The longest bar of those that lie, in percent: its number stands after it.
LONGEST = 85


@dataclass(frozen=True)
class Point:
    """What stands at one place of a series: its value, None where it is not shown, and what is read instead or beside."""

    value: float | None
    text: str


@dataclass(frozen=True)
class Series:
    name: str
    points: Sequence[Point]


@dataclass(frozen=True)
class Mark:
    """A bar (x, y, width, height) or a dot (x, y are its centre). `series` is its number; `words` say what it is."""

    x: float
    y: float
    width: float
    height: float
    series: int
    words: str


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Stroke:
    """A part of a line, without its gaps: `points` as SVG writes them."""

    points: str
    series: int


@dataclass(frozen=True)
class Chart:
    """`labels` are those of the places, `shorts` what fits under them; `name` is a word for ids, `head` names the places."""

    name: str
    title: str
    description: str
    labels: Sequence[str]
    series: Sequence[Series]
    head: str = ""
    shorts: Sequence[str] = ()
    highest: float | None = None

    @property
    def shape(self) -> str:
        raise NotImplementedError

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The table: each place with the texts of all series."""
        return [
            (label, [series.points[place].text for series in self.series])
            for place, label in enumerate(self.labels)
        ]

    @property
    def is_empty(self) -> bool:
        return not any(point.value for series in self.series for point in series.points)

    # --- Geometry ---

    @property
    def top(self) -> float:
        values = [point.value for series in self.series for point in series.points if point.value is not None]
        return self.highest or nice(max(values, default=0))

    def _x(self, place: float) -> float:
        """The place's middle, counted from the right."""
        step = (WIDTH - LEFT - RIGHT) / len(self.labels)
        return round(WIDTH - RIGHT - (place + 0.5) * step, 1)

    def _y(self, value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / self.top), 1)

    def words(self, series: Series, place: int) -> str:
        return f"{self.labels[place]}، {series.name}: {series.points[place].text}"


@dataclass(frozen=True)
class Columns(Chart):
    """Bars that stand side by side at each place, or lines when `is_line`."""

    is_line: bool = False
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def shape(self) -> str:
        return "lines" if self.is_line else "columns"

    @property
    def ticks(self) -> list[Label]:
        return [
            Label(WIDTH - RIGHT + 8, self._y(value), number(value))
            for value in (self.top * part / 4 for part in range(5))
        ]

    @property
    def places(self) -> list[Label]:
        return [
            Label(self._x(place), HEIGHT - BOTTOM + 20, label)
            for place, label in enumerate(self.shorts or self.labels)
        ]

    @property
    def _wide(self) -> float:
        return (WIDTH - LEFT - RIGHT) / len(self.labels) * 0.7 / len(self.series)

    def _middle(self, place: int, nth: int) -> float:
        """Of the bar of a series, or of the whole place for dots."""
        aside = 0 if self.is_line else self._wide * ((len(self.series) - 1) / 2 - nth)
        return round(self._x(place) + aside, 1)

    @property
    def marks(self) -> Iterator[Mark]:
        wide = self._wide
        for nth, series in enumerate(self.series):
            for place, point in enumerate(series.points):
                if point.value is None:
                    continue
                x, y = self._middle(place, nth), self._y(point.value)
                if not self.is_line:
                    x = round(x - wide / 2, 1)
                height = round(HEIGHT - BOTTOM - y, 1)
                yield Mark(x, y, round(wide, 1), height, nth, self.words(series, place))

    @property
    def strokes(self) -> Iterator[Stroke]:
        """Between neighbours that are both shown."""
        for nth, series in enumerate(self.series):
            for (place, one), (_next, other) in pairwise(enumerate(series.points)):
                if one.value is not None and other.value is not None:
                    ends = ((place, one.value), (place + 1, other.value))
                    yield Stroke(" ".join(f"{self._x(at)},{self._y(value)}" for at, value in ends), nth)

    @property
    def gaps(self) -> list[Label]:
        """Where something is not shown: in the place of its bar, or once under all dots."""
        places = {
            self._middle(place, nth): None
            for nth, series in enumerate(self.series)
            for place, point in enumerate(series.points)
            if point.value is None
        }
        return [Label(x, HEIGHT - BOTTOM - 6, "∗") for x in places]


@dataclass(frozen=True)
class Bar:
    """A bar that lies, under its words and before its number. `length` is in percent of the room."""

    label: str
    text: str
    length: float


@dataclass(frozen=True)
class Rows(Chart):
    """Bars that lie one under another and grow from the right; of the first series."""

    @property
    def shape(self) -> str:
        return "rows"

    @property
    def bars(self) -> list[Bar]:
        points = self.series[0].points
        most = max((point.value or 0 for point in points), default=0) or 1
        return [
            Bar(label, point.text, round(LONGEST * (point.value or 0) / most, 1))
            for label, point in zip(self.labels, points, strict=True)
        ]


def nice(value: float) -> float:
    """The end of an axis that holds `value` and is easily divided by four: 4, 8, 20, 40, 80, 200 …"""
    step = 4.0
    while step < value:
        step *= 2.5 if str(int(step))[0] == "8" else 2
    return step
