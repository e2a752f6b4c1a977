"""What was promised on each topic beside what was measured in the last quarter of the Jalali year."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from . import figures
from .addresses import path_of
from .figures import Counted
from .models.topics import Topic
from .periods import last_quarter
from .public.stats import Line, table


@dataclass(frozen=True)
class Promise:
    """A topic, its promise in working days (None: nothing is promised), and the figures of the quarter."""

    topic: str
    days: int | None
    measured: Line


def context() -> dict[str, Any]:
    """For the block: the quarter and a line for each topic on offer. Seven queries."""
    today = timezone.localdate()
    quarter = last_quarter(today)
    counted = figures.count([quarter], today)
    topics: list[Topic] = list(figures.public_topics().active())  # type: ignore[attr-defined]
    sums = [counted.get((0, topic.pk), Counted()) for topic in topics]
    lines = table([topic.title for topic in topics], sums).lines
    return {
        "quarter": quarter,
        "all_figures": path_of("stats/"),
        "promises": [
            Promise(topic.title, topic.deadline_days, line) for topic, line in zip(topics, lines, strict=True)
        ],
    }
