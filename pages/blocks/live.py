"""A block that shows what an application knows at the moment: editors choose where it stands, and write around it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


@dataclass(frozen=True)
class Source:
    """`context` is asked each time that the block is shown; its values go to `template`."""

    label: str | Promise
    template: str
    context: Callable[[], dict[str, Any]]


_SOURCES: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Offer `source` in the block; `name` is what pages keep of it, so it stays."""
    _SOURCES[name] = source


def choices() -> list[tuple[str, str | Promise]]:
    return [(name, source.label) for name, source in _SOURCES.items()]


class LiveBlock(blocks.StructBlock):
    source = blocks.ChoiceBlock(choices=choices, label=_("What it shows"), search_index=False)

    class Meta:
        icon = "date"
        label = _("Current figures")
        description = _(
            "A table that keeps itself up to date, such as promised and measured times of answering"
        )
        preview_value = {"source": "service_level"}

    def render(self, value: Any, context: Any = None) -> SafeString | str:
        source = _SOURCES.get(value["source"])
        return render_to_string(source.template, source.context()) if source else ""
