"""By what the desk's list can be narrowed down."""

from typing import Any

import django_filters
from django import forms
from django.db.models import CharField, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from contact.models import Lane, Message, Topic, Unit
from contact.models.casework import SavedFilter
from contact.workflow import Status
from persian.sorting import sort_key

from .blocks import Block, condition
from .people_forms import readers_of_messages

#: Kinds of what is offered.
TOPIC, UNIT, PERSON, SAVED = "topic", "unit", "person", "saved"


def offered(request: HttpRequest) -> dict[str, list[tuple[str, str, str]]]:
    """What the reader may choose from, by kind: (key, name, the query of a saved list), in the order shown. One query."""
    known = getattr(request, "_desk_offered", None)
    if known is None:
        known = {kind: [] for kind in (TOPIC, UNIT, PERSON, SAVED)}
        for kind, key, name, more, order in _rows(request.user):
            known[kind].append((order, sort_key(name), (str(key), name, more)))
        known = {kind: [row[-1] for row in sorted(rows)] for kind, rows in known.items()}
        request._desk_offered = known  # type: ignore[attr-defined]
    return known


def _rows(user: Any) -> QuerySet[Any]:
    units, people = Unit.objects.all(), readers_of_messages()
    if not user.has_perm("contact.view_all_messages"):
        units = units.filter(members=user)
        people = people.filter(answering_units__members=user).distinct()
    name = Concat("first_name", Value(" "), "last_name", Value(""), output_field=CharField())
    parts = [
        _part(Topic.objects.all(), TOPIC, "title", order="sort_order"),
        _part(units, UNIT, "name"),
        _part(people, PERSON, name, more="username"),
        _part(SavedFilter.objects.filter(user=user), SAVED, "name", more="query"),
    ]
    return parts[0].union(*parts[1:], all=True)


def _part(rows: QuerySet[Any], kind: str, name: Any, more: str = "", order: str = "") -> QuerySet[Any]:
    text = CharField()
    return (
        rows.order_by()
        .annotate(
            what=Value(kind, text),
            called=Cast(name, text),
            more=Cast(more, text) if more else Value("", text),
            place=Cast(order, IntegerField()) if order else Value(0, IntegerField()),
        )
        .values_list("what", "pk", "called", "more", "place")
    )


def people_offered(request: HttpRequest) -> list[tuple[str, str]]:
    """(key, name) of those to whom the reader may look for cases, the name of the account where no other is known."""
    return [(key, name.strip() or username) for key, name, username in offered(request)[PERSON]]


class MessageFilterSet(WagtailFilterSet):
    """`block` is one of the desk's own lists; nothing asked means the work of today."""

    block = django_filters.ChoiceFilter(
        label=_("List"),
        choices=[choice for choice in Block.choices if choice[0] != Block.TODAY],
        empty_label=_("Work of today; all cases while searching"),
        method="in_block",
        widget=forms.RadioSelect,
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=Status.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind of message"),
        choices=Message.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    topic = django_filters.ChoiceFilter(label=_("Topic"), choices=())
    unit = django_filters.ChoiceFilter(label=_("Answering unit"), choices=())
    assignee = django_filters.ChoiceFilter(
        label=_("Assignee"), choices=(), null_label=_("Nobody"), null_value="none"
    )
    lane = django_filters.MultipleChoiceFilter(
        label=_("Who writes"), choices=Lane.choices, widget=forms.CheckboxSelectMultiple, distinct=False
    )
    channel = django_filters.MultipleChoiceFilter(
        label=_("Came in by"),
        choices=Message.Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    deadline = django_filters.DateFromToRangeFilter(label=_("Deadline"), widget=DateRangePickerWidget)
    created_at = django_filters.DateFromToRangeFilter(label=_("Received at"), widget=DateRangePickerWidget)

    class Meta:
        model = Message
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is not None:
            chosen = offered(self.request)
            for name in (TOPIC, UNIT):
                self.filters[name].extra["choices"] = [row[:2] for row in chosen[name]]
            self.filters["assignee"].extra["choices"] = people_offered(self.request)

    def in_block(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(condition(value, self.request.user.pk, timezone.localdate()))
