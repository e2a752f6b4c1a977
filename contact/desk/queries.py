"""What the address of the desk's list may ask for: kept in forms that lead back to the list, and in saved lists."""

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from .filters import MessageFilterSet

RANGES = ("deadline", "created_at")
NAMES = frozenset(
    {
        *(name for name in MessageFilterSet.base_filters if name not in RANGES),
        *(f"{name}_{end}" for name in RANGES for end in ("from", "to")),
        *("q", "ordering"),
    }
)
PAGE = "p"


def known(query: QueryDict | str, also: frozenset[str] = frozenset()) -> str:
    """The part of a query that the list understands and that says something, always in one order; "" for none."""
    asked = QueryDict(query) if isinstance(query, str) else query
    kept = QueryDict(mutable=True)
    for name, values in sorted(asked.lists()):
        if name in NAMES | also and (said := [value for value in values if value.strip()]):
            kept.setlist(name, said)
    return kept.urlencode()


def here(request: HttpRequest) -> str:
    """What the list that is shown was asked for, its page too."""
    return known(request.GET, also=frozenset({PAGE}))


def list_address(query: str) -> str:
    """The list that `query` asks for, whatever else stands in it: it may come from a form."""
    kept = known(query, also=frozenset({PAGE}))
    return reverse("desk:index") + (f"?{kept}" if kept else "")
