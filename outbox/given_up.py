"""What happens when something is given up: whoever queued it is told, in the transaction that writes it down.

Each application registers, by the beginning of its references ("case"), a function that takes the row.
"""

import logging
from collections.abc import Callable

from django.db import transaction

from .models import Outgoing

logger = logging.getLogger(__name__)

Listener = Callable[[Outgoing], None]

_listeners: dict[str, Listener] = {}


def register(prefix: str, listener: Listener) -> None:
    """Tell `listener` of every row whose reference is `prefix:…`; a second one for the prefix replaces the first."""
    _listeners[prefix] = listener


def tell(row: Outgoing) -> None:
    """Tell whoever it concerns. What goes wrong there is logged, and the row stays given up."""
    listener = _listeners.get(row.reference.partition(":")[0])
    if listener is None:
        return
    try:
        with transaction.atomic():
            listener(row)
    except Exception:  # the fate of the row is known, whatever becomes of the news
        logger.exception("nobody could be told that %s %s was given up", row._meta.label, row.pk)
