"""The judged search sets of tests/search_set, and what a search is worth that is measured on them.

Recall is the share of the relevant pages that were found, precision the share of the found pages that are relevant; both are
means over queries, so that a query with one page counts as much as a query with twenty.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "search_set"
NAMES = ("first", "second", "third", "fourth")

# What belongs to a word: letters and digits, the half-space, harakat and the hamza above.
OF_A_WORD = "[\\w\u200c\u064b-\u065f\u0670]"


@dataclass(frozen=True)
class Query:
    """A query as typed, its kind, the words it asks for (each with its literal forms) and the ids of the pages that answer it."""

    text: str
    kind: str
    words: tuple[tuple[str, ...], ...]
    relevant: frozenset[str]


@dataclass(frozen=True)
class SearchSet:
    """Pages by id, each a title and a body, and the queries judged on them."""

    pages: dict[str, tuple[str, str]]
    words: dict[str, tuple[str, ...]]
    queries: tuple[Query, ...]


def load(name: str) -> SearchSet:
    """The set in the folder of this name."""
    pages, words, queries = (
        tomllib.loads((FOLDER / name / f"{part}.toml").read_text(encoding="utf-8"))
        for part in ("pages", "words", "queries")
    )
    forms = {word: tuple(literals) for word, literals in words.items()}
    return SearchSet(
        {page_id: (page["title"], " ".join(page["body"].split())) for page_id, page in pages.items()},
        forms,
        tuple(
            Query(row["query"], kind, tuple(forms[word] for word in row["words"]), frozenset(row["pages"]))
            for kind, rows in queries.items()
            for row in rows
        ),
    )


def holds(text: str, forms: Iterable[str]) -> bool:
    """Whether one of these forms stands in the text, letter for letter and as a whole word."""
    alternatives = "|".join(map(re.escape, forms))
    return bool(re.search(f"(?<!{OF_A_WORD})(?:{alternatives})(?!{OF_A_WORD})", text))


@dataclass(frozen=True)
class Answer:
    """What a search found for a query, as page ids."""

    query: Query
    found: frozenset[str]

    @property
    def recall(self) -> float | None:
        """None where nothing was to be found."""
        relevant = self.query.relevant
        return len(relevant & self.found) / len(relevant) if relevant else None

    @property
    def precision(self) -> float | None:
        """None where nothing was found although something should have been: recall says that already."""
        if not self.query.relevant:
            return 0.0 if self.found else 1.0
        return len(self.query.relevant & self.found) / len(self.found) if self.found else None


@dataclass(frozen=True)
class Figures:
    """Means over queries, and how many queries they were."""

    recall: float
    precision: float
    queries: int


def mean(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else 1.0


def figures(answers: Iterable[Answer]) -> Figures:
    answers = list(answers)
    return Figures(
        mean(answer.recall for answer in answers), mean(answer.precision for answer in answers), len(answers)
    )


def ask(search: Callable[[str], Iterable[str]], queries: Iterable[Query]) -> list[Answer]:
    """Ask every query; `search` takes the text and gives page ids."""
    return [Answer(query, frozenset(search(query.text))) for query in queries]


def table(results: dict[str, list[Answer]]) -> str:
    """Recall and precision by kind of query, one pair of columns for each engine."""
    kinds = list(dict.fromkeys(answer.query.kind for answers in results.values() for answer in answers))
    lines = ["".join([f"{'':16}{'queries':>8}", *(f"{engine:>18}" for engine in results)])]
    for kind in [*kinds, "all"]:
        rows = [
            figures(answer for answer in answers if kind in ("all", answer.query.kind))
            for answers in results.values()
        ]
        pairs = "".join(f"{row.recall:>12.3f}{row.precision:>6.3f}" for row in rows)
        lines.append(f"{kind:16}{rows[0].queries:>8}{pairs}")
    return "\n".join(lines)


def mistakes(answers: Iterable[Answer]) -> str:
    """One line for every query that was not answered exactly."""
    return "\n".join(
        f"{answer.query.kind}: {answer.query.text!r} "
        f"misses {sorted(answer.query.relevant - answer.found)} wrong {sorted(answer.found - answer.query.relevant)}"
        for answer in answers
        if answer.found != answer.query.relevant
    )
