"""Messages for demonstrations and measurements: plausible Persian, invented people, the same seed gives the same rows."""

import datetime
import uuid
from random import Random
from typing import Any

from django.db import transaction
from persiantools.jdatetime import JalaliDate
from wagtail.search.backends import get_search_backends

from persian.text import to_persian_digits
from persian.working_days.core import WorkingCalendar
from persian.working_days.loading import current

from .codes import make_code
from .demo_texts import (
    BODIES,
    COMPANIES,
    ENDINGS,
    FAMILY_NAMES,
    FIRST_NAMES,
    GREETINGS,
    MEDIA,
    MUNICIPALITIES,
    NOTES,
    PLACES,
    POSTS,
    QUESTIONS,
    REPLIES,
    TITLES,
)
from .models import Lane, Message, Municipality, TimelineEntry, Topic, Unit
from .secrets import hash_secret, make_secret
from .workflow import MOVES, Status

BATCH = 500
DEMO_UNIT, DEMO_TOPIC = "واحد نمایشی", "موضوع نمایشی"
#: The newest demo message; fixed, so that the same seed gives the same rows on any day.
LATEST = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)
DAYS = 400
#: Promised where a topic promises nothing, so that the desk has something to be late with.
DEADLINE_DAYS = 10
#: How many of a hundred who were answered say whether they are satisfied, and how many of those are.
RATED, SATISFIED = 40, 78

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
    demo = Drawing(random)
    made = 0
    for start in range(0, count, BATCH):
        made += _save([demo.message() for _number in range(min(BATCH, count - start))])
    return made


@transaction.atomic
def clear() -> int:
    """Remove all demo messages with their timelines, and return how many messages there were."""
    removed = Message.objects.filter(is_demo=True).count()
    Message.objects.filter(is_demo=True).delete()
    Topic.objects.filter(title=DEMO_TOPIC, messages__isnull=True).delete()
    Unit.objects.filter(name=DEMO_UNIT, topics__isnull=True, messages__isnull=True).delete()
    Municipality.objects.filter(name__in=MUNICIPALITIES, messages__isnull=True).delete()
    return removed


class Drawing:
    """Draws one message after the other, each with what happened to it: `message.entries`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.calendar: WorkingCalendar = current()
        self.codes: set[str] = set()
        for name in MUNICIPALITIES:
            Municipality.objects.get_or_create(name=name)
        self.municipalities = list(Municipality.objects.filter(name__in=MUNICIPALITIES).order_by("pk"))
        topics = Topic.objects.filter(is_elsewhere=False).select_related("unit").order_by("pk")
        self.topics = list(topics) or [_demo_topic()]

    def message(self) -> Any:
        random = self.random
        kind = random.choice(Message.Kind.values)
        topic = random.choice(self.topics)
        place = random.choice(PLACES)
        answer_by = random.choice(Message.AnswerBy.values)
        path = random.choices([path for _weight, path in PATHS], [weight for weight, _path in PATHS])[0]
        body = [random.choice(GREETINGS), *random.sample(BODIES[kind], 2), random.choice(ENDINGS)]
        message: Any = Message(
            kind=kind,
            topic=topic,
            unit=topic.unit,
            title=random.choice(TITLES[kind]).format(place=place),
            body="\n".join(body).format(place=place),
            name=f"{random.choice(FIRST_NAMES)} {random.choice(FAMILY_NAMES)}"
            if random.random() < 0.9
            else "",
            # No operator gives out numbers of 0900-000, and example.com belongs to nobody.
            mobile=f"+98900000{random.randrange(10_000):04d}" if answer_by == "telephone" else "",
            email=f"shahrvand{random.randrange(10_000)}@example.com" if answer_by == "email" else "",
            answer_by=answer_by,
            tracking_code=self._code(),
            form_key=uuid.UUID(int=random.getrandbits(128), version=4),
            created_at=LATEST - datetime.timedelta(minutes=random.randrange(DAYS * 24 * 60)),
            is_demo=True,
            **self._sender(random.choice([*Lane, Lane.CITIZEN, Lane.CITIZEN, Lane.CITIZEN])),
        )
        message.secret_hash = hash_secret(make_secret(message.form_key))
        message.deadline_days = topic.deadline_days or DEADLINE_DAYS
        message.deadline = self.calendar.add_working_days(message.created_at, message.deadline_days).date
        message.entries = self._live(message, path)
        return message

    def _code(self) -> str:
        """Another than all before."""
        while (code := make_code(self.random.randrange)) in self.codes:
            pass
        self.codes.add(code)
        return code

    def _sender(self, lane: Lane) -> dict[str, Any]:
        """The columns of a lane. As many numbers are drawn for each, so that lanes do not shift what comes after."""
        random = self.random
        post = random.choice(POSTS)
        number, day = random.randrange(100, 9999), random.randrange(1, 29)
        name = random.random()
        if lane == Lane.MUNICIPALITY:
            date = LATEST.date() - datetime.timedelta(day)
            return {
                "lane": lane,
                "municipality": self.municipalities[int(name * len(self.municipalities))],
                "post": post,
                "letter_number": to_persian_digits(f"{JalaliDate(date).year}/{number}"),
                "letter_date": date,
            }
        if lane == Lane.CITIZEN:
            return {"lane": lane}
        names = COMPANIES if lane == Lane.COMPANY else MEDIA
        return {"lane": lane, "organization": names[int(name * len(names))], "post": post}

    def _live(self, message: Any, path: tuple[Status, ...]) -> list[TimelineEntry]:
        """What happened to it, each step some hours after the one before, along allowed moves only."""
        random, Kind = self.random, TimelineEntry.Kind  # noqa: N806
        at, status = message.created_at, Status.RECEIVED
        entries = [TimelineEntry(message=message, kind=Kind.RECEIVED, at=at, to_status=status)]
        for to in path:
            if to not in MOVES[status]:
                raise ValueError(f"{status} -> {to}")
            at += datetime.timedelta(minutes=random.randrange(30, 3 * 24 * 60))
            common = {"message": message, "at": at, "author_name": "کارشناس نمایشی"}
            if to == Status.ANSWERED:
                message.answered_at = at
                entries.append(TimelineEntry(kind=Kind.REPLY, text=random.choice(REPLIES), **common))
            if to == Status.WAITING:
                message.waiting_since = at
                entries.append(TimelineEntry(kind=Kind.QUESTION, text=random.choice(QUESTIONS), **common))
            message.closed_at = at if to == Status.CLOSED else None
            note = random.choice(NOTES) if random.random() < 0.3 else ""
            entries.append(
                TimelineEntry(kind=Kind.MOVE, from_status=status, to_status=to, text=note, **common)
            )
            status = to
        message.status = status
        if status != Status.WAITING:
            message.waiting_since = None
        if status == Status.CLOSED and random.randrange(100) < RATED:
            message.rated_at = at + datetime.timedelta(hours=random.randrange(1, 48))
            message.is_satisfied = random.randrange(100) < SATISFIED
            entries.append(
                TimelineEntry(
                    message=message,
                    kind=Kind.RATED,
                    at=message.rated_at,
                    data={"satisfied": message.is_satisfied},
                )
            )
        return entries


def _save(drafts: list[Any]) -> int:
    keys = [draft.form_key for draft in drafts]
    taken_keys = set(Message.objects.filter(form_key__in=keys).values_list("form_key", flat=True))
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
    TimelineEntry.objects.bulk_create([entry for draft in fresh for entry in draft.entries])
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Message, fresh)
    return len(fresh)


def _demo_topic() -> Topic:
    unit, _made = Unit.objects.get_or_create(name=DEMO_UNIT)
    return Topic.objects.create(title=DEMO_TOPIC, unit=unit)
