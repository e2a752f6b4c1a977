"""How often one sender may try something: counted in the database, so that it holds over all processes and restarts."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from .models import Try

HOUR = timedelta(hours=1)
KEPT = timedelta(days=1)


def too_many(what: str, sender: str, limit: int, per: timedelta = HOUR) -> int:
    """0 when this sender may try `what` once more, and the try is noted; else the seconds until the next one is allowed.

    `sender` is what `intake.sender_hash` gives; one who is unknown ("") is not limited. A refused try is not noted: whoever
    hammers makes neither the table nor the waiting time grow.
    """
    if not sender:
        return 0
    if wait := seconds_to_wait(what, sender, limit, per):
        return wait
    mine = Try.objects.create(what=what, sender_hash=sender)
    # Of tries at the same moment no more get through than there is room for.
    if Try.objects.filter(_of(what, sender, per), pk__lt=mine.pk).count() < limit:
        return 0
    mine.delete()
    return max(1, seconds_to_wait(what, sender, limit, per))


def seconds_to_wait(what: str, sender: str, limit: int, per: timedelta = HOUR) -> int:
    """Like `too_many`, without trying."""
    times = list(
        Try.objects.filter(_of(what, sender, per)).order_by("-at").values_list("at", flat=True)[:limit]
    )
    if len(times) < limit:
        return 0
    return int((times[-1] + per - timezone.now()).total_seconds()) + 1 if times else int(per.total_seconds())


def forgive(what: str, sender: str) -> None:
    """Take the sender's newest try back: it was a good one. Earlier ones stay, so nobody washes guesses off by it."""
    newest = Try.objects.filter(what=what, sender_hash=sender).order_by("-pk")[:1]
    Try.objects.filter(pk__in=newest.values("pk")).delete()


def note(what: str, sender: str) -> None:
    """Remember that this sender did `what`."""
    Try.objects.create(what=what, sender_hash=sender)


def was_noted(what: str, sender: str, per: timedelta = HOUR) -> bool:
    return Try.objects.filter(_of(what, sender, per)).exists()


def forget_old() -> int:
    """Delete what is older than a day; return how many rows went."""
    return Try.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]


def _of(what: str, sender: str, per: timedelta) -> Q:
    return Q(what=what, sender_hash=sender, at__gt=timezone.now() - per)
