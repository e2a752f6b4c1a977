"""The benchmark runs and writes its figures; how fast searches and lists are, it says itself, at its full size."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bench, bench_desk

ROOT = Path(__file__).resolve().parent.parent


def run(folder, *arguments):
    """Run the benchmark on SQLite; return what it wrote and what it printed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "bench.py", "--only", "sqlite", *arguments],
        env={**environment, "DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return json.loads((folder / "bench.json").read_text()), done.stdout


@pytest.mark.long
def test_a_short_run_measures_both_queries(tmp_path):
    result, said = run(tmp_path, "--part", "search", "--pages", "40", "--rounds", "3")
    assert result["not_measured"] == []
    common, rare = result["search"]
    assert (common["query"], rare["query"]) == ("common word", "rare word")
    assert common["found"] >= 40
    assert rare["found"] == bench.RARE_PAGES
    assert common["ratio"] > 0
    assert "rare word" in said


@pytest.mark.long
def test_a_short_run_asks_for_every_list_of_the_desk(tmp_path):
    result, said = run(tmp_path, "--part", "desk", "--cases", "90", "--asked", "1")
    assert result["not_measured"] == []
    assert {row["who"] for row in result["desk"]} == {"manager", "member"}
    assert {row["list"] for row in result["desk"]} >= {
        "today",
        "all",
        "word",
        "code",
        "by deadline",
        "page 2",
    }
    for row in result["desk"]:
        assert row["rows"] > 0
        assert row["queries"] <= bench_desk.QUERIES
    assert "by deadline" in said


def test_what_cannot_be_measured_is_said_aloud(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing")
    monkeypatch.setattr(sys, "argv", ["bench.py", "--only", "postgresql"])
    assert bench.main() == 1
    missing = ["search on postgresql", "desk on postgresql"]
    said = capsys.readouterr().out
    assert all(f"NOT MEASURED: {part}" in said for part in missing)
    assert json.loads((tmp_path / "bench.json").read_text())["not_measured"] == missing


SEARCH = {"query": "rare word", "found": 3, "ours_ms": 9, "database_ms": 1, "ratio": 9, "with_python_ms": 9}
DESK = {
    "who": "member",
    "list": "today",
    "rows": 25,
    "rows_few": 25,
    "few_ms": 10,
    "many_ms": 16,
    "ratio": 1.6,
}


@pytest.mark.parametrize(
    ("part", "row", "words"),
    [
        ("search", SEARCH, "over 2 times: rare word"),
        ("desk", {**DESK, "queries": 12}, "over 1.5 times: the desk's list “today”"),
        ("desk", {**DESK, "ratio": 1, "queries": 13}, "over 12 queries: the desk's list “today”"),
    ],
)
def test_what_is_over_its_bar_fails_at_full_size_only(tmp_path, monkeypatch, capsys, part, row, words):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(bench, "PARTS", {part: lambda name, arguments: [{"database": name, **row}]})
    for size, status in (("20000", 1), ("40", 0)):
        monkeypatch.setattr(sys, "argv", ["bench.py", "--only", "sqlite", "--pages", size, "--cases", size])
        assert bench.main() == status
    assert words in capsys.readouterr().out


@pytest.mark.django_db
def test_the_databases_own_match_finds_the_same_pages(site):
    from django.db import connection
    from wagtail.models import Page

    results = Page.objects.live().search("روابط عمومی")
    assert results.count() > 0
    own = bench._fetch(connection, *bench.own_match(connection.vendor, results))
    assert len(own) == min(10, results.count())
