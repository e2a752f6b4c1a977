"""The texts of a page that its editor may change: fields, inline children, and everything inside stream fields."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.utils.text import capfirst
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from persian.proofread import Proposal, accept, accept_html, propose, propose_html
from persian.text import to_persian_digits

# Kinds of characters that are no prose: machines compare them.
_NO_PROSE = (models.SlugField, models.URLField, models.EmailField, models.FilePathField)
User = AbstractUser | AnonymousUser

#: A block of words in another language says so: `TextBlock(lang="ar")`.
_OURS = ("", "fa")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a page: its words, whether they are HTML, at most how long, and how to put others in their place."""

    label: str
    value: str
    is_html: bool
    limit: int | None
    write: Callable[[str], None]

    def proposals(self) -> list[Proposal]:
        return propose_html(self.value) if self.is_html else propose(self.value)

    def with_accepted(self, proposals: Iterable[Proposal]) -> str:
        return (accept_html if self.is_html else accept)(self.value, proposals)


def texts_of(page: Page, user: User) -> list[Text]:
    """Return the texts of `page` that the editing form gives to `user`, in the form's order. Empty ones are left out."""
    form_class = page.get_edit_handler().get_form_class()
    found = list(_fields(page, _allowed(form_class, user)))
    for name, formset in form_class.formsets.items():
        if formset.model._meta.app_label == "wagtailcore":  # comments on the page are no part of it
            continue
        for number, child in enumerate(getattr(page, name).get_object_list(), 1):
            where = _numbered(child._meta.verbose_name, number)
            found += _fields(child, list(formset.form.base_fields), where)
    return [text for text in found if text.value.strip()]


def _allowed(form_class: Any, user: User) -> list[str]:
    needed = form_class._meta.field_permissions or {}
    return [name for name in form_class.base_fields if name not in needed or user.has_perm(needed[name])]


def _fields(instance: models.Model, names: Iterable[str], where: str = "") -> Iterator[Text]:
    known = {field.name: field for field in instance._meta.get_fields() if isinstance(field, models.Field)}
    for name in names:
        field = known.get(name)
        if field is None or field.choices or isinstance(field, _NO_PROSE):
            continue
        label = _under(where, str(capfirst(field.verbose_name)))
        if isinstance(field, StreamField):
            yield from _stream(instance, field, label)
        elif isinstance(field, models.CharField | models.TextField):
            value = getattr(instance, name) or ""
            is_html = isinstance(field, RichTextField)
            yield Text(label, value, is_html, field.max_length, _setter(instance, name))


def _setter(instance: models.Model, name: str) -> Callable[[str], None]:
    return lambda value: setattr(instance, name, value)


def _stream(instance: models.Model, field: StreamField, label: str) -> Iterator[Text]:
    raw = field.get_prep_value(getattr(instance, field.name))

    def put_back(holder: Any, key: Any, value: str) -> None:
        holder[key] = value
        setattr(instance, field.name, json.dumps(raw))

    return _Walk(put_back).stream(field.stream_block, raw, label)


class _Walk:
    """Goes through the raw JSON of a stream along its block definitions."""

    def __init__(self, put_back: Callable[[Any, Any, str], None]) -> None:
        self._put_back = put_back

    def stream(self, block: Any, children: list[dict[str, Any]], where: str) -> Iterator[Text]:
        for number, child in enumerate(children, 1):
            definition = block.child_blocks.get(child["type"])
            if definition is not None:
                label = _under(where, _numbered(definition.label, number))
                yield from self._value(definition, child, "value", label)

    def _value(self, block: Any, holder: Any, key: Any, where: str) -> Iterator[Text]:
        value = holder[key]
        if getattr(block.meta, "lang", "") not in _OURS or value is None:
            return
        if isinstance(block, blocks.RichTextBlock):
            yield self._text(value, True, block, holder, key, where)
        elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
            yield self._text(value, False, block, holder, key, where)
        elif isinstance(block, blocks.StreamBlock):
            yield from self.stream(block, value, where)
        elif isinstance(block, blocks.StructBlock):
            for name, child in block.child_blocks.items():
                if name in value:
                    yield from self._value(child, value, name, _under(where, child.label))
        elif isinstance(block, blocks.ListBlock):
            for index, item in enumerate(value):
                label = _numbered(where, index + 1)
                is_wrapped = isinstance(item, dict) and "value" in item
                holder_of_item, name = (item, "value") if is_wrapped else (value, index)
                yield from self._value(block.child_block, holder_of_item, name, label)
        elif isinstance(block, TypedTableBlock):
            yield from self._table(block, value, where)

    def _table(self, block: Any, table: dict[str, Any], where: str) -> Iterator[Text]:
        if isinstance(table.get("caption"), str):
            yield Text(where, table["caption"], False, None, self._writer(table, "caption"))
        for column in table["columns"]:
            yield Text(where, column["heading"], False, None, self._writer(column, "heading"))
        for row in table["rows"]:
            for index, column in enumerate(table["columns"]):
                yield from self._value(block.child_blocks[column["type"]], row["values"], index, where)

    def _text(self, value: str, is_html: bool, block: Any, holder: Any, key: Any, where: str) -> Text:
        limit = getattr(block.field, "max_length", None)
        return Text(where, value, is_html, limit, self._writer(holder, key))

    def _writer(self, holder: Any, key: Any) -> Callable[[str], None]:
        return lambda value: self._put_back(holder, key, value)


def _under(where: str, label: str) -> str:
    return f"{where} › {label}" if where else label


def _numbered(label: Any, number: int) -> str:
    return f"{label} {to_persian_digits(str(number))}"
