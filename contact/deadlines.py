"""By when an answer is due, and why: the topic's promise counted in working days; and how a case comes to another day."""

import datetime

from persian.working_days.core import WorkingDays
from persian.working_days.loading import current, working_days_from

from .models.cases import Message
from .models.topics import Topic


def promised(topic: Topic, received: datetime.datetime) -> WorkingDays | None:
    """The deadline of what came in at `received`, with the days skipped; None where nothing is promised. Three queries."""
    return working_days_from(received, topic.deadline_days) if topic.deadline_days else None


def move_deadline(
    case: Message, day: datetime.date | None, *, days: int | None = None, is_set: bool = False
) -> dict[str, str]:
    """Save another deadline, of which everybody is reminded anew; return what the timeline's entry keeps of it.

    `days`: working days from the arrival, counted where they are not given, so that a new holiday moves the day as it moves
    any other. `is_set`: a person chose the day; what had been promised stays written down.
    """
    before, case.deadline, case.deadline_is_set = case.deadline, day, is_set
    if not is_set:
        counted = current().working_days_between(case.created_at, day).count if day and days is None else days
        case.deadline_days = counted
    case.reminded_at = case.escalated_at = None
    case.save(update_fields=["deadline", "deadline_days", "deadline_is_set", "reminded_at", "escalated_at"])
    return {"before": before.isoformat() if before else "", "after": day.isoformat() if day else ""}
