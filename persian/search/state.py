"""Which version made the index, and whether that is the one that searches in it."""

import zlib

from django.utils import timezone
from modelsearch.conf import get_app_config
from modelsearch.index import RelatedFields, get_indexed_models

from persian import analysis

from . import entries
from .models import IndexState

ONLY_ROW = 1


def current_version() -> str:
    """The versions of the analyser and of the entries, and a digest of what is searched: a change of any asks for a new index."""
    searched = sorted(
        f"{model._meta.label} {'; '.join(sorted(map(_described, model.get_search_fields())))}"
        for model in get_indexed_models()
    )
    return f"{analysis.VERSION}.{entries.VERSION} {zlib.crc32('|'.join(searched).encode()):08x}"


def _described(field: object) -> str:
    inner = f" of {sorted(map(_described, field.fields))}" if isinstance(field, RelatedFields) else ""
    return f"{type(field).__name__} {field.field_name}{inner}"  # type: ignore[attr-defined]


def is_stale() -> bool:
    """Whether something is indexed, and by another version than this one."""
    if IndexState.objects.filter(pk=ONLY_ROW, version=current_version()).exists():
        return False
    return get_app_config().get_model("IndexEntry").objects.exists()


def record() -> None:
    """Note that this version made the whole index."""
    IndexState.objects.update_or_create(
        pk=ONLY_ROW, defaults={"version": current_version(), "built_at": timezone.now()}
    )
