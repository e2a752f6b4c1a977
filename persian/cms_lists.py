"""Lists that the CMS sorts in Python, or shows as it came upon them, in the order of a Persian dictionary.

What it sorts by queries is treated in `ordering`. Here: types of pages, tasks and snippets to choose from, types and users in
filters, and collections, whose places in the tree are found by their names.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.forms.models import ModelChoiceIteratorValue
from wagtail.admin import filters
from wagtail.models import Collection, Page, Task
from wagtail.snippets.views.snippets import ModelIndexView

from .sorting import sort_key


class Name(str):
    """A name that sorts as Persian, in lower case too: the CMS sorts by `name.lower()`."""

    __slots__ = ()

    def lower(self) -> "Name":
        return Name(super().lower())

    def __lt__(self, other: str) -> bool:
        return sort_key(self) < sort_key(other)


def install() -> None:
    """Sort these lists as Persian. Doing it twice is harmless."""
    if hasattr(ModelIndexView._get_snippet_types, "__wrapped__"):
        return
    for model in (Page, Task):
        model.get_verbose_name = classmethod(_named(model.get_verbose_name.__func__))
    ModelIndexView._get_snippet_types = _with_names(ModelIndexView._get_snippet_types)
    for field in (
        filters.ContentTypeModelChoiceField,
        filters.ContentTypeModelMultipleChoiceField,
        filters.UserModelMultipleChoiceField,
    ):
        field.iterator = type("ByLabel", (_ByLabel, field.iterator), {})
    Collection.get_sorted_pos_queryset = _later_names


def _named(cms_names: Callable) -> Callable:
    @wraps(cms_names)
    def get_verbose_name(cls):
        return Name(cms_names(cls))

    return get_verbose_name


def _with_names(cms_lists: Callable) -> Callable:
    @wraps(cms_lists)
    def types(self):
        return [{**one, "name": Name(one["name"])} for one in cms_lists(self)]

    return types


class _ByLabel:
    """Choices in the order of their labels, after what stands for none or any."""

    def __iter__(self) -> Iterator[Any]:
        choices = list(super().__iter__())  # type: ignore[misc]
        is_object = [isinstance(value, ModelChoiceIteratorValue) for value, _label in choices]
        yield from (choice for choice, is_one in zip(choices, is_object, strict=True) if not is_one)
        objects = [choice for choice, is_one in zip(choices, is_object, strict=True) if is_one]
        yield from sorted(objects, key=lambda choice: sort_key(str(choice[1])))


def _later_names(self: Collection, siblings: QuerySet, newobj: Collection) -> QuerySet:
    """The sisters before which a new collection is put."""
    place = sort_key(newobj.name)
    later = [pk for pk, name in siblings.values_list("pk", "name") if sort_key(name) > place]
    return siblings.filter(pk__in=later)
