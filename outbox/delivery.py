"""Sending what is due: once, by whichever worker holds the lease, for as long as it takes.

A server that is away costs time and nothing else: such failures are retried for ever. A server that answers and refuses
this very row does so a few times; then the row is given up, and stands in the admin.
"""

import logging
from datetime import datetime, timedelta
from time import sleep

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from . import given_up, handed_over
from .by_mail import ByMail
from .models import Outgoing, OutgoingMail, State
from .sms import BySms
from .way import Way

logger = logging.getLogger(__name__)

WAYS: tuple[type[Way], ...] = (ByMail, BySms)

#: Longer than a send can take (each step of it waits EMAIL_TIMEOUT at most). A killed worker's row waits that long.
LEASE = timedelta(minutes=3, seconds=30)
#: After a failure on the way, in minutes: short, so that everything leaves within five minutes of the server's recovery.
BACK_OFF = (1, 2, 3)
#: After a refusal, in minutes; when these are used up the row is given up. Short at first: some servers refuse all for a while.
REFUSED_BACK_OFF = (3, 3, 3, 30, 2 * 60, 8 * 60, 24 * 60)
#: How long one run may go on; the next one takes over.
RUN = timedelta(minutes=10)


def deliver_due() -> int:
    """Send everything that is due and return how many rows were sent. Safe to run in any number of processes at once."""
    return sum(_deliver(way()) for way in WAYS if way.is_configured())


def _deliver(way: Way) -> int:
    sent, until = 0, timezone.now() + RUN
    try:
        while timezone.now() < until and (row := lease_next(way.model)):
            if row.attempts > 1 and handed_over.was_taken(row):  # by a worker that was killed the next moment
                _sent(row)
                continue
            try:
                way.send(row)
                handed_over.note(row)
            except Exception as problem:  # whatever is wrong with one row must not hold up the others
                way.close()
                if way.is_refusal(problem):
                    _refused(row, describe(problem))
                    continue
                _try_again(row, describe(problem), BACK_OFF[min(row.attempts, len(BACK_OFF)) - 1])
                if not way.is_answer(problem):
                    break
            else:
                _sent(row)
                sent += 1
    finally:
        way.close()
    return sent


def lease_next(model: type[Outgoing] = OutgoingMail) -> Outgoing | None:
    """Take one due row: a conditional UPDATE, of which only one worker's can find the row still free."""
    while True:
        now = timezone.now()
        due = model.objects.due(now)
        pk = due.order_by("next_try_at", "pk").values_list("pk", flat=True).first()
        if pk is None:
            return None
        if due.filter(pk=pk).update(leased_until=now + LEASE, attempts=F("attempts") + 1):
            return model.objects.get(pk=pk)


def fitness() -> tuple[bool, str]:
    """Whether delivery is at work, and a word on it: unfit when something has been due for long and nobody even tried."""
    waiting = dead = 0
    forgotten = False
    for way in WAYS:
        rows = way.model.objects
        dead += rows.given_up().count()
        waiting += rows.filter(state=State.QUEUED).count()
        if way.is_configured():
            forgotten |= rows.due().filter(next_try_at__lt=timezone.now() - 4 * LEASE).exists()
    return not forgotten, f"{waiting} waiting, {dead} given up"


def give_up(row: Outgoing, error: str, rows: QuerySet | None = None) -> bool:
    """Write down that a row will never arrive, and tell whoever it concerns; False when it was not ours to give up."""
    with transaction.atomic():
        rows = type(row).objects.filter(pk=row.pk) if rows is None else rows
        fields = {"state": State.DEAD, "leased_until": None, "last_error": error, "refusals": row.refusals}
        if not rows.update(**fields):
            return False
        logger.error("%s %s is given up: %s", row._meta.label, row.pk, error)
        row.state, row.last_error = State.DEAD, error
        given_up.tell(row)
        return True


def _sent(row: Outgoing) -> None:
    """Note it, and stubbornly: a sent row that is not noted would be sent again."""
    for pause in (0.2, 1, 5, 0):
        try:
            rows = type(row).objects
            rows.filter(pk=row.pk).update(
                state=State.SENT, sent_at=timezone.now(), leased_until=None, last_error=""
            )
            if row.refusals:  # the server has changed its mind: what else it refused need not wait
                rows.filter(state=State.QUEUED, refusals__gt=0).update(next_try_at=timezone.now())
            handed_over.forget(row)
            return
        except DatabaseError:
            if not pause or connection.in_atomic_block:
                raise
            close_old_connections()
            sleep(pause)


def _try_again(row: Outgoing, error: str, minutes: int, **more: object) -> None:
    logger.warning("%s %s was not sent: %s", row._meta.label, row.pk, error)
    when: datetime = timezone.now() + timedelta(minutes=minutes)
    _held(row).update(next_try_at=when, leased_until=None, last_error=error, **more)


def _refused(row: Outgoing, error: str) -> None:
    if row.refusals < len(REFUSED_BACK_OFF):
        _try_again(row, error, REFUSED_BACK_OFF[row.refusals], refusals=row.refusals + 1)
        return
    row.refusals += 1
    give_up(row, error, _held(row))


def _held(row: Outgoing) -> QuerySet:
    """The row, if our lease still stands; another worker's news of it must not be overwritten."""
    return type(row).objects.filter(pk=row.pk, state=State.QUEUED, leased_until=row.leased_until)


def describe(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:1000]
