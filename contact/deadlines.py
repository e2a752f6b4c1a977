"""By when an answer is due, and why: the topic's promise counted in working days."""

import datetime

from persian.working_days.core import WorkingDays
from persian.working_days.loading import working_days_from

from .models.topics import Topic


def promised(topic: Topic, received: datetime.datetime) -> WorkingDays | None:
    """The deadline of what came in at `received`, with the days skipped; None where nothing is promised. Three queries."""
    return working_days_from(received, topic.deadline_days) if topic.deadline_days else None
