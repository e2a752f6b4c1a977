"""Messages for demonstrations and measurements: plausible Persian, invented people, the same seed gives the same rows."""

import datetime
import uuid
from random import Random
from typing import Any

from django.db import transaction
from wagtail.search.backends import get_search_backends

from .codes import make_code
from .demo_texts import BODIES, ENDINGS, FAMILY_NAMES, FIRST_NAMES, GREETINGS, NOTES, PLACES, TITLES
from .models import Message, TimelineEntry, Topic, Unit
from .workflow import MOVES, Status

BATCH = 500
DEMO_UNIT, DEMO_TOPIC = "واحد نمایشی", "موضوع نمایشی"
#: The newest demo message; fixed, so that the same seed gives the same rows on any day.
LATEST = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)
DAYS = 400

#: How often each path of statuses is taken.
PATHS: list[tuple[int, tuple[Status, ...]]] = [
    (20, ()),
    (15, (Status.IN_PROGRESS,)),
    (8, (Status.IN_PROGRESS, Status.WAITING)),
    (20, (Status.IN_PROGRESS, Status.ANSWERED)),
    (25, (Status.IN_PROGRESS, Status.ANSWERED, Status.CLOSED)),
    (4, (Status.ANSWERED, Status.CLOSED, Status.REOPENED)),
    (5, (Status.NOT_OURS,)),
    (3, (Status.SPAM,)),
]


@transaction.atomic
def seed(count: int, random: Random) -> int:
    """Add `count` demo messages with their timelines and return how many were new: what is there already stays as it is."""
    topics = list(Topic.objects.select_related("unit").order_by("pk")) or [_demo_topic()]
    made = 0
    for start in range(0, count, BATCH):
        drafts = [_message(random, topics) for _number in range(min(BATCH, count - start))]
        made += _save(drafts, random)
    return made


@transaction.atomic
def clear() -> int:
    """Remove all demo messages with their timelines, and return how many messages there were."""
    removed = Message.objects.filter(is_demo=True).count()
    Message.objects.filter(is_demo=True).delete()
    Topic.objects.filter(title=DEMO_TOPIC, messages__isnull=True).delete()
    Unit.objects.filter(name=DEMO_UNIT, topics__isnull=True, messages__isnull=True).delete()
    return removed


def _message(random: Random, topics: list[Topic]) -> Message:
    kind = random.choice(Message.Kind.values)
    topic = random.choice(topics)
    place = random.choice(PLACES)
    answer_by = random.choice(Message.AnswerBy.values)
    moved = random.choices([path for _weight, path in PATHS], [weight for weight, _path in PATHS])[0]
    message = Message(
        kind=kind,
        topic=topic,
        unit=topic.unit,
        title=random.choice(TITLES[kind]).format(place=place),
        body="\n".join(
            [random.choice(GREETINGS), *random.sample(BODIES[kind], 2), random.choice(ENDINGS)]
        ).format(place=place),
        name=f"{random.choice(FIRST_NAMES)} {random.choice(FAMILY_NAMES)}" if random.random() < 0.9 else "",
        # No operator gives out numbers of 0900-000, and example.com belongs to nobody.
        mobile=f"+98900000{random.randrange(10_000):04d}" if answer_by == "telephone" else "",
        email=f"shahrvand{random.randrange(10_000)}@example.com" if answer_by == "email" else "",
        answer_by=answer_by,
        status=moved[-1] if moved else Status.RECEIVED,
        tracking_code=make_code(random.randrange),
        form_key=uuid.UUID(int=random.getrandbits(128), version=4),
        created_at=LATEST - datetime.timedelta(minutes=random.randrange(DAYS * 24 * 60)),
        is_demo=True,
    )
    message.moved = moved
    return message


def _save(drafts: list[Any], random: Random) -> int:
    # The timelines are drawn for all, so that what is there already does not change what comes after.
    timelines = {draft.form_key: _timeline(draft, random) for draft in drafts}
    taken_keys = set(Message.objects.filter(form_key__in=timelines).values_list("form_key", flat=True))
    codes = set(
        Message.objects.filter(tracking_code__in=[draft.tracking_code for draft in drafts]).values_list(
            "tracking_code", flat=True
        )
    )
    fresh = []
    for draft in drafts:
        if draft.form_key not in taken_keys and draft.tracking_code not in codes:
            codes.add(draft.tracking_code)
            fresh.append(draft)
    Message.objects.bulk_create(fresh)
    entries = [entry for draft in fresh for entry in timelines[draft.form_key]]
    TimelineEntry.objects.bulk_create(entries)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Message, fresh)
    return len(fresh)


def _timeline(message: Any, random: Random) -> list[TimelineEntry]:
    """What happened to it, each step some hours after the one before, along allowed moves only."""
    at, status = message.created_at, Status.RECEIVED
    entries = [TimelineEntry(message=message, kind=TimelineEntry.Kind.RECEIVED, at=at, to_status=status)]
    author_name = "کارشناس نمایشی"
    for to in message.moved:
        if to not in MOVES[status]:
            raise ValueError(f"{status} -> {to}")
        at += datetime.timedelta(minutes=random.randrange(30, 3 * 24 * 60))
        entries.append(
            TimelineEntry(
                message=message,
                kind=TimelineEntry.Kind.MOVE,
                at=at,
                author_name=author_name,
                from_status=status,
                to_status=to,
                text=random.choice(NOTES) if random.random() < 0.3 else "",
            )
        )
        status = to
    return entries


def _demo_topic() -> Topic:
    unit, _made = Unit.objects.get_or_create(name=DEMO_UNIT)
    return Topic.objects.create(title=DEMO_TOPIC, unit=unit)
