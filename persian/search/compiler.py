"""From a search to a queryset: the index is asked once, and its answer joined to the model's own table.

Wagtail's backends rank each hit by a subquery of its own, which on SQLite runs the whole match again for every hit.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections, models
from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Col, RawSQL
from django.db.models.functions import Coalesce
from modelsearch.backends.base import BaseSearchQueryCompiler
from modelsearch.query import SearchQuery
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.models import Page

from . import plans
from .words import with_close_words

Sql = tuple[str, list[Any]]
HITS = "search_hits"
LAST_TIER = 6


class Hits:
    """The index's answer as Django's FROM clause wants a table: key and tier of each hit, joined to the model's table."""

    join_type = "INNER JOIN"
    parent_alias = None
    filtered_relation = None
    nullable = False
    table_name = HITS

    def __init__(self, select: Sql, table_alias: str, model_alias: str, pk_column: str) -> None:
        self.select, self.table_alias, self.model_alias, self.pk_column = (
            select,
            table_alias,
            model_alias,
            pk_column,
        )

    def as_sql(self, compiler: Any, connection: Any) -> Sql:
        quote = compiler.quote_name_unless_alias
        sql, params = self.select
        on = f"{quote(self.model_alias)}.{quote(self.pk_column)} = {quote(self.table_alias)}.object_id"
        return f"{self.join_type} ({sql}) {quote(self.table_alias)} ON ({on})", params

    def relabeled_clone(self, change_map: dict[str, str]) -> "Hits":
        return Hits(
            self.select,
            change_map.get(self.table_alias, self.table_alias),
            change_map.get(self.model_alias, self.model_alias),
            self.pk_column,
        )


class PersianQueryCompiler(BaseSearchQueryCompiler):
    """Makes a queryset of a search; `hits_sql` is the database's own part."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True

    queryset: QuerySet
    query: SearchQuery
    fields: Sequence[str] | None

    def get_config(self, backend: Any) -> None:
        """Texts are analysed before they reach the database, which has nothing to choose."""

    def plan(self) -> plans.Plan:
        return plans.search_plan(with_close_words(self.query), self.fields)

    def meets(self, condition: plans.Condition) -> Sql:
        """Whether an entry of the index meets `condition`, as SQL that may stand beside others."""
        raise NotImplementedError

    def entries(self, found: plans.Condition, types: str) -> Sql:
        """FROM and WHERE, and what follows, of the entries that meet `found`, their content types being in `types`."""
        raise NotImplementedError

    def hits_sql(
        self, key: str, found: plans.Condition, tiers: Sequence[plans.Condition] | None, types: Sequence[int]
    ) -> Sql:
        """A SELECT over the index of `key`, an SQL expression, as `object_id`, and, unless `tiers` is None, of `tier`.

        `types` are the content types to look among; the tiers count from 1.
        """
        columns, params = f"{key} AS object_id", []
        if tiers is not None:
            cases = ""
            for number, (sql, values) in enumerate(map(self.meets, tiers), 1):
                cases += f"WHEN {sql} THEN {number} "
                params += values
            columns += f", CASE {cases}WHEN TRUE THEN {len(tiers) + 1} END AS tier"
        rows, values = self.entries(found, f"({', '.join(map(str, types))})")
        return f"SELECT {columns} {rows}", [*params, *values]

    def search(
        self,
        config: Any,
        start: int | None,
        stop: int | None,
        score_field: str | None = None,
        backend: Any = None,
        *,
        ranked: bool = True,
    ) -> QuerySet:
        """What is found, in its order. The score, where one is asked for, is the higher the better the tier."""
        plan, queryset = self.plan(), self.queryset
        words, is_contrary = plan.found.expression, plan.found.is_contrary
        if words is None:
            return queryset[start:stop] if is_contrary else queryset.none()
        found = ((plan.column, words),)
        tier: Any = None
        if is_contrary or not (ranked and (self.order_by_relevance or score_field)):
            pks = RawSQL(*self._hits(found, None))  # noqa: S611 - what was typed is a parameter
            queryset = queryset.exclude(pk__in=pks) if is_contrary else queryset.filter(pk__in=pks)
        else:
            queryset, tier = self._joined(queryset, self._hits(found, plan.tiers))
        if score_field:
            score = Value(0.0) if tier is None else LAST_TIER + 1.0 - tier
            queryset = queryset.annotate(**{score_field: score})
        if self.order_by_relevance and tier is None:
            queryset = queryset.order_by(*newest_first(queryset.model))
        elif self.order_by_relevance:
            queryset = queryset.alias(_tier=tier).order_by("_tier", *newest_first(queryset.model))
        elif not queryset.query.order_by:
            queryset = queryset.order_by("-pk")
        return queryset[start:stop]

    def _hits(self, found: plans.Condition, tiers: Sequence[plans.Condition] | None) -> Sql:
        model = self.queryset.model
        key = f"CAST(object_id AS {model._meta.pk.cast_db_type(connections[self.queryset.db])})"
        return self.hits_sql(key, found, tiers, get_descendants_content_types_pks(model))

    def _joined(self, queryset: QuerySet, hits: Sql) -> tuple[QuerySet, Col]:
        queryset = queryset.all()
        query, pk = queryset.query, queryset.model._meta.pk
        hits_table: Any = Hits(hits, HITS, query.get_initial_alias(), pk.column)
        query.alias_map[HITS] = hits_table
        query.alias_refcount[HITS] = 1
        query.table_map[HITS] = [HITS]
        tier: Any = models.IntegerField()
        tier.set_attributes_from_name("tier")
        tier.model = None  # Django compares columns by their model
        return queryset, Col(HITS, tier)


class PersianAutocompleteCompiler(PersianQueryCompiler):
    """The same for what is being typed."""

    def plan(self) -> plans.Plan:
        return plans.autocomplete_plan(self.query, self.fields)


def newest_first(model: type[models.Model]) -> list[Any]:
    """The order among equals: a model may say its own in `search_newest_first`."""
    if own := getattr(model, "search_newest_first", None):
        return [*own, "-pk"]
    if issubclass(model, Page):
        shown = Coalesce(F("first_published_at"), F("latest_revision_created_at"))
        return [shown.desc(nulls_last=True), "-pk"]
    return ["-pk"]


class PersianResults:
    """What Wagtail's results need besides: counting asks for no order."""

    backend: Any
    query_compiler: PersianQueryCompiler
    start: int
    stop: int | None
    _score_field: str | None

    def get_queryset(self, *, ranked: bool = True) -> QuerySet:
        return self.query_compiler.search(
            None, self.start, self.stop, score_field=self._score_field, ranked=ranked
        )

    def _do_count(self) -> int:
        return self.get_queryset(ranked=False).count()
