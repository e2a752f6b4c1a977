"""What all actions have in common: the lock on the row, the one-time key of the form, the entry in the timeline."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.models import Message, TimelineEntry
from persian.text import isolate

#: deadlock_detected, PostgreSQL's appendix A.
_DEADLOCK = "40P01"


class CaseError(Exception):
    """This is not possible with this case now; `str()` says in Persian why."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))


#: Said when a page shows what has changed meanwhile.
OUTDATED = _("Somebody has changed this meanwhile. Look at it again.")


def action(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make `function(case, *, by, …)` an action: it gets the case as it stands now, locked until all is written.

    `key`: that of the form; what was done with it before is not done again, and the action returns None.
    """

    @wraps(function)
    def act(case: Message, *, by: Any, key: str = "", **how: Any) -> Any:
        with _one_of_two(), transaction.atomic():
            row = lock(case.pk)
            if key and row.timeline.filter(data__key=key).exists():
                return None
            if row.anonymised_at:
                raise CaseError(_("This message has been anonymised; nothing can be done with it any more."))
            row.form_of_action = key
            return function(row, by=by, **how)

    return act


@contextmanager
def _one_of_two() -> Iterator[None]:
    """Actions that reach into each other's cases wait for one another; PostgreSQL ends one of them, with nothing of it done."""
    try:
        yield
    except OperationalError as problem:
        if getattr(problem.__cause__, "sqlstate", "") == _DEADLOCK:
            raise CaseError(OUTDATED) from problem
        raise


def lock(pk: int) -> Message:
    """The case as it stands now; whoever else wants it waits until this transaction ends."""
    rows = Message.objects.select_for_update(of=("self",)).select_related("topic", "unit")
    return rows.get(pk=pk)


def record(case: Message, kind: str, by: Any, text: str = "", /, **data: Any) -> TimelineEntry:
    """Write down what happened; `data` is what the kind needs besides, in JSON's types."""
    if key := getattr(case, "form_of_action", ""):
        data["key"] = key
    return case.timeline.create(kind=kind, author=by, text=text, data=data)


def change(case: Message, **values: Any) -> None:
    """Save these fields. By `save`, so that the search index learns of them."""
    for name, value in values.items():
        setattr(case, name, value)
    case.save(update_fields=list(values))


def refuse_if_answered_by_another(case: Message, by: Any) -> None:
    """CaseError while a colleague is answering this case."""
    if case.locked_by and case.locked_by_id != by.pk and is_locked(case):
        name = case.locked_by.get_full_name() or case.locked_by.get_username()
        words = gettext("%(name)s is answering this message. Take it over first, or wait.")
        raise CaseError(words % {"name": isolate(name)})


def is_locked(case: Message) -> bool:
    return case.locked_until is not None and case.locked_until > timezone.now()
