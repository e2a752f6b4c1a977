"""The benchmark runs and writes its figures; how fast a search is, it says itself, at its full size."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bench

ROOT = Path(__file__).resolve().parent.parent


def test_a_short_run_measures_both_queries(tmp_path):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "bench.py", "--pages", "40", "--rounds", "3", "--only", "sqlite"],
        env={**environment, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads((tmp_path / "bench.json").read_text())
    assert result["not_measured"] == []
    common, rare = result["search"]
    assert (common["query"], rare["query"]) == ("common word", "rare word")
    assert common["found"] >= 40
    assert rare["found"] == bench.RARE_PAGES
    assert common["ratio"] > 0
    assert "rare word" in done.stdout


def test_what_cannot_be_measured_is_said_aloud(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing")
    monkeypatch.setattr(sys, "argv", ["bench.py", "--only", "postgresql"])
    assert bench.main() == 1
    assert "NOT MEASURED: postgresql" in capsys.readouterr().out
    assert json.loads((tmp_path / "bench.json").read_text())["not_measured"] == ["postgresql"]


def test_a_search_over_the_bar_fails_at_full_size_only(tmp_path, monkeypatch, capsys):
    row = {"database": "sqlite", "query": "rare word", "found": 3, "ours_ms": 9, "database_ms": 1, "ratio": 9}
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr(bench, "DATABASES", {"sqlite": lambda arguments: [{**row, "with_python_ms": 9}]})
    for pages, status in (("10000", 1), ("40", 0)):
        monkeypatch.setattr(sys, "argv", ["bench.py", "--pages", pages])
        assert bench.main() == status
    assert "over 2 times: rare word" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_databases_own_match_finds_the_same_pages(site):
    from django.db import connection
    from wagtail.models import Page

    results = Page.objects.live().search("روابط عمومی")
    assert results.count() > 0
    own = bench._fetch(connection, *bench.own_match(connection.vendor, results))
    assert len(own) == min(10, results.count())
