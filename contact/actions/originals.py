"""Who read an original is written down: each reading in the log, the first of a day in the timeline."""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from contact.models import Message, Original, TimelineEntry

from .common import lock, record

logger = logging.getLogger(__name__)

Kind = TimelineEntry.Kind


@transaction.atomic
def note_reading(case: Message, *, by: Any, original: Original | None = None) -> None:
    """Write down that `by` reads the originals of a case, or fetches a redacted file; before it is shown.

    Once for each person, thing and day, so that reading again drowns nothing else in the timeline.
    """
    key = original.pk if original else 0
    logger.info("user %s reads the originals of case %s (file: %s)", by.pk, case.pk, key or "none")
    row, today = lock(case.pk), timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    earlier = row.timeline.filter(kind=Kind.ORIGINAL_READ, author=by, at__gte=today, data__original=key)
    if not earlier.exists():
        record(row, Kind.ORIGINAL_READ, by, original=key)
