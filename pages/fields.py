"""A StreamField whose block definitions stay out of migrations.

Block definitions do not touch the database, yet Wagtail writes them into every migration. A data migration must
therefore change the raw JSON: it sees no blocks, and would save an empty list.
"""

from typing import Any

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """Wagtail's StreamField, without its blocks in migrations. `block_types` is optional for their sake alone."""

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        for option in ("block_lookup", "min_num", "max_num", "block_counts", "collapsed"):
            kwargs.pop(option, None)
        return name, path, [], kwargs
