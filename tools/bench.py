"""Measures what the site promises, side by side in one run: search at 10,000 pages against the database's own ranked match, and
the desk's list with 20,000 cases against the same with 200.

Usage: bench.py [--pages 10000] [--rounds 200] [--cases 20000] [--asked 30] [--only sqlite|postgresql] [--part search|desk]

Each database is measured in one of its own, made for this and removed: SQLite's in a temporary folder, PostgreSQL's on the
server of DATABASE_URL, or on a local one that trusts the user postgres. Prints the figures and writes them to var/bench.json.
Exit status 1 when a search takes more than twice the time of the database's own match, when a list of the desk takes more than
1.5 times that with few cases or asks more than 12 queries, or when a database could not be measured.
"""

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import bench_desk  # noqa: E402

BAR = 2.0
PAGES, ROUNDS = 10_000, 200
LOCAL_SERVER = "postgres://postgres@127.0.0.1:5432/postgres"
#: What every demo text says of itself, and a word that only three pages get.
COMMON, RARE, RARE_PAGES = "نمونه", "قنات‌ها", 3
RESULT = "BENCH "


# ---------------------------------------------------------------------------------------------- inside the project


def measure(rounds: int) -> list[dict[str, Any]]:
    """Compare both searches, taking turns, in the database as it is. Times are medians, in milliseconds."""
    from django.db import connection
    from wagtail.models import Page

    rows = []
    for name, word in (("common word", COMMON), ("rare word", RARE)):
        results = Page.objects.live().search(word)
        ours = results[:10].get_queryset().query.sql_with_params()
        statements: dict[str, Callable[[], object]] = {
            "ours": partial(_fetch, connection, *ours),
            "database": partial(_fetch, connection, *own_match(connection.vendor, results)),
            "with_python": partial(_first_ten, word),
        }
        times: dict[str, list[float]] = {key: [] for key in statements}
        for number in range(rounds + 3):
            for key, run in statements.items():
                began = time.perf_counter()
                run()
                if number >= 3:  # the first ones fill caches
                    times[key].append((time.perf_counter() - began) * 1000)
        medians = {key: round(statistics.median(values), 3) for key, values in times.items()}
        rows.append(
            {
                "database": connection.vendor,
                "query": name,
                "found": results.count(),
                "ours_ms": medians["ours"],
                "database_ms": medians["database"],
                "with_python_ms": medians["with_python"],
                "ratio": round(medians["ours"] / medians["database"], 2),
            }
        )
    return rows


def own_match(vendor: str, results: Any) -> tuple[str, list[str]]:
    """The database's own ranked match for the same tokens, joined to the pages: bm25 of FTS5, ts_rank of PostgreSQL."""
    from persian.search.expressions import fts5, tsquery

    plan = results.query_compiler.plan()
    if vendor == "sqlite":
        fts = "wagtailsearch_indexentry_fts"
        return (
            f"SELECT page.* FROM {fts} JOIN wagtailsearch_indexentry entry ON entry.id = {fts}.rowid "
            "JOIN wagtailcore_page page ON page.id = CAST(entry.object_id AS integer) "
            f"WHERE {fts} MATCH %s AND page.live ORDER BY bm25({fts}) LIMIT 10",
            [f"{{{plan.column}}} : ({fts5(plan.found.expression)})"],
        )
    query = tsquery(plan.found.expression)
    return (
        "SELECT page.* FROM wagtailsearch_indexentry entry "
        "JOIN wagtailcore_page page ON page.id = entry.object_id::integer "
        f"WHERE entry.{plan.column} @@ %s::tsquery AND page.live "
        f"ORDER BY ts_rank(entry.{plan.column}, %s::tsquery) DESC LIMIT 10",
        [query, query],
    )


def _first_ten(word: str) -> list[Any]:
    from wagtail.models import Page

    return list(Page.objects.live().search(word)[:10])


def _fetch(connection: Any, sql: str, params: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def fill(pages: int) -> None:
    """Make the site with its first content and `pages` news items, three of which hold the rare word."""
    from django.core.management import call_command
    from django.db import connection

    from news.models import NewsPage

    call_command("migrate", verbosity=0)
    call_command("load_initial_content", verbosity=0)
    call_command("seed_demo", news=pages)
    for item in NewsPage.objects.order_by("?")[:RARE_PAGES]:
        item.lead = f"{item.lead} {RARE}"
        item.save()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def child(pages: int, rounds: int) -> None:
    """One database, the one that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hamyari_site.settings"
    import django
    from django.conf import settings

    # The index takes the contact page's facts from a template that names an icon; nothing is collected or served here.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    django.setup()
    fill(pages)
    print(RESULT + json.dumps(measure(rounds)), flush=True)


# ---------------------------------------------------------------------------------------------- around it


def run_child(environment: dict[str, str], arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Fill and measure in a process of its own, with the settings that `environment` makes; what it says is passed on."""
    command = [sys.executable, __file__, "--child", "--pages", str(arguments.pages)]
    command += ["--rounds", str(arguments.rounds)]
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True
    ) as process:
        found: list[dict[str, Any]] = []
        for line in process.stdout or ():
            if line.startswith(RESULT):
                found = json.loads(line.removeprefix(RESULT))
            else:
                print(f"      {line.rstrip()}", flush=True)
    if process.returncode or not found:
        raise RuntimeError("the measurement stopped; its last lines are above")
    return found


@contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    """The environment of a new database."""
    with tempfile.TemporaryDirectory(prefix="hamyari-bench-") as folder:
        yield {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}


@contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    import psycopg
    from psycopg import sql

    server = os.environ.get("DATABASE_URL", "")
    server = server if server.startswith("postgres") else LOCAL_SERVER
    name = f"hamyari_bench_{os.getpid()}_{next(NUMBERS)}"
    with psycopg.connect(server, autocommit=True, connect_timeout=5) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            with tempfile.TemporaryDirectory(prefix="hamyari-bench-") as folder:
                yield {"DATA_DIR": folder, "DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def search(name: str, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    print(f"--- search on {name}: {arguments.pages:,} pages", flush=True)
    with DATABASES[name]() as environment:
        return run_child(environment, arguments)


def desk(name: str, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    print(f"--- desk on {name}: {bench_desk.FEW:,} and {arguments.cases:,} cases", flush=True)
    return bench_desk.measure(name, DATABASES[name], arguments.cases, arguments.asked)


DATABASES: dict[str, Callable[[], AbstractContextManager[dict[str, str]]]] = {
    "sqlite": sqlite,
    "postgresql": postgresql,
}
PARTS = {"search": search, "desk": desk}
NUMBERS = itertools.count()


def report(rows: list[dict[str, Any]]) -> None:
    print(
        f"\n{'database':12}{'query':14}{'found':>7}{'ours':>12}{'its own':>12}{'ratio':>8}{'with Python':>14}"
    )
    for row in rows:
        print(
            f"{row['database']:12}{row['query']:14}{row['found']:>7}{row['ours_ms']:>9.2f} ms"
            f"{row['database_ms']:>9.2f} ms{row['ratio']:>8.2f}{row['with_python_ms']:>11.2f} ms"
        )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--cases", type=int, default=bench_desk.MANY)
    parser.add_argument("--asked", type=int, default=bench_desk.ROUNDS, help="rounds of the part desk")
    parser.add_argument("--only", choices=DATABASES, help="leave the other database out")
    parser.add_argument("--part", choices=PARTS, help="leave the other part out")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.pages, arguments.rounds)
        return 0
    rows: dict[str, list[dict[str, Any]]] = {"search": [], "desk": []}
    missing: list[str] = []
    for part in [arguments.part] if arguments.part else PARTS:
        for name in [arguments.only] if arguments.only else DATABASES:
            try:
                rows[part] += PARTS[part](name, arguments)
            except Exception as problem:
                missing.append(f"{part} on {name}")
                print(f"!!!   NOT MEASURED: {part} on {name}: {problem}", flush=True)
    if rows["search"]:
        report(rows["search"])
    if rows["desk"]:
        bench_desk.report(rows["desk"])
    result = {
        "pages": arguments.pages,
        "bar": BAR,
        "search": rows["search"],
        "cases": [bench_desk.FEW, arguments.cases],
        "desk_bar": bench_desk.BAR,
        "desk": rows["desk"],
        "not_measured": missing,
    }
    target = Path(os.environ.get("DATA_DIR") or ROOT / "var") / "bench.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(result, indent=2) + "\n")
    print(f"\nWritten to {target}")
    slow = [row for row in rows["search"] if row["ratio"] > BAR]
    for row in slow:
        print(f"!!!   over {BAR:g} times: {row['query']} on {row['database']}")
    over = bench_desk.over(rows["desk"])
    for words in over:
        print(f"!!!   {words}")
    for words in missing:
        print(f"!!!   NOT MEASURED: {words}")
    # A few pages or cases say whether this runs, not how fast it is.
    failed = (slow and arguments.pages >= PAGES) or (over and arguments.cases >= bench_desk.MANY)
    return int(bool(missing or failed))


if __name__ == "__main__":
    sys.exit(main())
