"""Writing into the index, on either database."""

from typing import Any

from django.db.models import Model
from modelsearch.conf import get_app_config
from modelsearch.utils import get_content_type_pk
from wagtail.models import Page

from . import state
from .entries import Column, entry_of
from .models import IndexedWord

COLUMNS = ["title", "body", "autocomplete"]


class PersianIndex:
    """Writes entries of analysed words. Stands before one of Wagtail's index classes."""

    write_connection: Any

    def __init__(self, backend: Any) -> None:
        super().__init__(backend)  # type: ignore[call-arg]
        self.is_filled = False

    def stored(self, column: Column) -> str:
        """A column's words as the database keeps them."""
        raise NotImplementedError

    def add_items(self, model: type[Model], objs: list[Any]) -> None:
        """Write the entries of `objs`, new or not, in one go."""
        if not objs or not model.get_search_fields():  # type: ignore[attr-defined]
            return
        self.is_filled = True
        index_entry = get_app_config().get_model("IndexEntry")
        type_pk = get_content_type_pk(model)
        rows, words = [], {}
        for obj in objs:
            entry = entry_of(obj)
            if isinstance(obj, Page):  # "did you mean" is for visitors; what they write is not for each other
                words.update(entry.written)
            columns = {name: self.stored(getattr(entry, name)) for name in COLUMNS}
            rows.append(index_entry(content_type_id=type_pk, object_id=str(obj.pk), **columns))
        alias = self.write_connection.alias
        index_entry._base_manager.using(alias).bulk_create(
            rows, update_conflicts=True, unique_fields=["content_type", "object_id"], update_fields=COLUMNS
        )
        IndexedWord.objects.using(alias).bulk_create(
            [IndexedWord(word=word, written=written) for word, written in sorted(words.items())],
            ignore_conflicts=True,
        )

    def delete_stale_entries(self) -> None:
        """Before all is written anew."""
        super().delete_stale_entries()  # type: ignore[misc]
        IndexedWord.objects.using(self.write_connection.alias).all().delete()

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Wagtail reads the whole table here at every save, for a factor that our order does not use."""


class PersianRebuilder:
    """Notes who made the index. Stands before one of Wagtail's rebuilders."""

    index: PersianIndex

    def finish(self) -> None:
        if self.index.is_filled:  # `update_index --schema-only` fills nothing
            state.record()
        super().finish()  # type: ignore[misc]
