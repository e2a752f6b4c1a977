"""`order_by` puts texts in the order of a Persian dictionary, in every list, on both databases.

Lists of the CMS, of users, groups and tags are sorted by queries that are not ours, so `install` wraps the one method that
makes every ORDER BY. Machines' texts keep the order of their code points, and their indexes: places in a tree, addresses,
slugs, codes with choices, and fields that name a collation of their own. So do UNION and DISTINCT ON, whose ORDER BY may only
name what is selected.
"""

from functools import lru_cache, wraps
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Expression, Func
from django.db.models.expressions import Ref
from django.db.models.sql.compiler import SQLCompiler

from .sorting import sort_key

COLLATION = "fa-x-icu"
_FUNCTION = "persian_sort_key"
_MACHINE_FIELDS = (models.SlugField, models.URLField)
_MACHINE_NAMES = {"path", "url_path"}  # treebeard's places in the tree, and addresses of pages
_with_icu: dict[str, bool] = {}


class PersianOrder(Func):
    """What a text is sorted by: a key on SQLite, a collation on PostgreSQL."""

    function = _FUNCTION
    arity = 1

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        # For ICU a half-space is nothing; beside a space it stays one text in one place.
        template = f"replace(%(expressions)s, chr(8204), ' ' || chr(8204)) COLLATE \"{COLLATION}\""
        return self.as_sql(compiler, connection, template=template, **context)

    def get_group_by_cols(self) -> list[Any]:
        return self.source_expressions[0].get_group_by_cols()  # groups stay those of the text itself


def install() -> None:
    """Sort every query's texts as Persian. Doing it twice is harmless."""
    connection_created.connect(_register_function, dispatch_uid=_FUNCTION)
    if not hasattr(SQLCompiler.get_order_by, "__wrapped__"):
        SQLCompiler.get_order_by = _persian(SQLCompiler.get_order_by)  # type: ignore[method-assign]


def _register_function(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function(_FUNCTION, 1, _key_or_null, deterministic=True)


@lru_cache(maxsize=1 << 15)  # a list of 20,000 titles, sorted again and again
def _key_or_null(value: object) -> bytes | None:
    return None if value is None else sort_key(str(value))


def _persian(django_orders: Any) -> Any:
    @wraps(django_orders)
    def get_order_by(self):
        ordering = django_orders(self)
        query = self.query
        if query.combinator or query.distinct_fields or not sorts_persian(self.connection):
            return ordering
        return [_in_persian(self, *part) for part in ordering]

    return get_order_by


def _in_persian(compiler: SQLCompiler, order: Any, compiled: tuple) -> tuple[Any, tuple]:
    # A reference to a selected column cannot be sorted by anything but itself.
    reference = order.expression
    text = reference.get_source_expressions()[0] if isinstance(reference, Ref) else reference
    if not is_for_people(text):
        return order, compiled
    order = order.copy()
    order.expression = PersianOrder(text, output_field=models.BinaryField())
    return order, (*compiler.compile(order), False)


def is_for_people(expression: Expression) -> bool:
    """Whether a list sorted by `expression` is read by people, as names and titles are."""
    field = getattr(expression, "_output_field_or_none", None)
    return (
        isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, _MACHINE_FIELDS)
        and not field.choices
        and not field.db_collation
        and getattr(field, "name", None) not in _MACHINE_NAMES
    )


def sorts_persian(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database can: SQLite always, PostgreSQL when it was built with ICU (as its own packages and images are)."""
    if connection.vendor != "postgresql":
        return connection.vendor == "sqlite"
    if connection.alias not in _with_icu:
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:  # the driver's own: this asks once in a process's life
            cursor.execute("SELECT 1 FROM pg_collation WHERE collname = %s", [COLLATION])
            _with_icu[connection.alias] = cursor.fetchone() is not None
    return _with_icu[connection.alias]
