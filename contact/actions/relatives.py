"""Cases that share texts or files with another one: merged with it or split from it, now or at some time."""

from collections.abc import Collection

from django.db.models import Q

from contact.models import Message, TimelineEntry

Kind = TimelineEntry.Kind


def merged_or_split(case: Message) -> set[int]:
    """The keys of all cases that hang together with this one, however far, without its own."""
    return _together(case, ("merged_into", "split_from"), (Kind.MERGED, Kind.SPLIT))


def parts_and_whole(case: Message) -> list[Message]:
    """Cases whose text was cut out of this one's, or out of the same whole; locked."""
    keys = _together(case, ("split_from",), (Kind.SPLIT,))
    rows = Message.objects.select_for_update(of=("self",)).filter(pk__in=keys, anonymised_at=None)
    return list(rows.order_by("pk"))


def shared_answers(case: Message, keys: Collection[int]) -> list[TimelineEntry]:
    """Answers that this case has in common with others of `keys`, as these have them; locked."""
    replies = TimelineEntry.objects.filter(kind=Kind.REPLY)
    own = replies.filter(message=case).values_list("data", flat=True)
    sources = {data["merged_from"] for data in own if data.get("merged_from")}
    others = replies.select_for_update(of=("self",)).filter(message__in=keys).select_related("message")
    return [
        entry
        for entry in others.order_by("pk")
        if entry.message_id in sources or entry.data.get("merged_from") in {case.pk, *sources}
    ]


def _together(case: Message, columns: tuple[str, ...], kinds: tuple[str, ...]) -> set[int]:
    """Follow these columns both ways, step by step; two queries each."""
    known, new = {case.pk}, {case.pk}
    while new:
        near = Q(pk__in=new)
        for column in columns:
            near |= Q(**{f"{column}__in": new})
        rows = Message.objects.filter(near).values_list("pk", *columns)
        found = {key for row in rows for key in row if key}
        # Whoever reopened a merged message stands alone again and has the answer still; the timeline knows.
        joined = TimelineEntry.objects.filter(message__in=new, kind__in=kinds).values_list("data", flat=True)
        found |= {int(data["case"]) for data in joined if data.get("case")}
        new = found - known
        known |= new
    return known - {case.pk}
