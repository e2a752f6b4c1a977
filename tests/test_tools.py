"""The project's own checks find what they are for, and the documents point at what exists."""

import ast
import os
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import conftest
from tools import bootstrap, lint, persian_words

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('"""توضیح"""\nlabel = "پیام"', {2}),
        ('# یادداشت\nlabel = _("Message")', set()),
        ('class Meta:\n    preview_value = {"text": "نمونه"}', set()),
        ('PR_GROUP = "روابط عمومی"', set()),
        ('separator = "، "', set()),
        ('text = f"سلام {name}"', {1}),
    ],
)
def test_hard_coded_persian_is_found_in_python(source, lines):
    assert set(persian_words.in_python(ast.parse(source))) == lines


def test_hard_coded_persian_is_found_in_templates():
    source = "{# یادداشت\nدوم #}\n<p>متن</p>\n<p>{{ a }}، {{ b }}</p>"
    assert list(persian_words.in_template(source)) == [3]


def test_a_skipped_test_fails_under_ci(monkeypatch):
    report = SimpleNamespace(skipped=True, outcome="skipped", longrepr=("file", 1, "Skipped: no browser"))
    monkeypatch.setattr(conftest, "CI", False)
    conftest._no_longer_skipped(report, "test_x")
    assert report.outcome == "skipped"
    monkeypatch.setattr(conftest, "CI", True)
    conftest._no_longer_skipped(report, "test_x")
    assert report.outcome == "failed"
    assert "no browser" in report.longrepr


def test_an_expected_failure_is_not_taken_for_a_skip(monkeypatch):
    report = SimpleNamespace(skipped=True, outcome="skipped", longrepr="", wasxfail="a known fault")
    monkeypatch.setattr(conftest, "CI", True)
    conftest._no_longer_skipped(report, "test_x")
    assert report.outcome == "skipped"


def test_production_settings_come_from_the_check_alone(monkeypatch):
    monkeypatch.setenv("SITE_URL", "http://127.0.0.1:9999")
    monkeypatch.setenv("DEBUG", "1")
    assert "SITE_URL" not in lint.environment("migrations", "data")
    production = lint.environment("check --deploy", "data")
    assert production["SITE_URL"].startswith("https://")
    assert "DEBUG" not in production


def test_a_changed_lock_is_installed_again(monkeypatch, tmp_path):
    (tmp_path / "requirements").mkdir()
    lock = tmp_path / "requirements" / "base.txt"
    lock.write_text("wagtail==7.4\n")
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path))
    monkeypatch.setattr(bootstrap, "version_of", lambda python: (3, 11))
    assert not bootstrap.is_installed("base")
    (tmp_path / ".installed-base").write_text(bootstrap.digest("base"))
    assert bootstrap.is_installed("base")
    lock.write_text("wagtail==7.4.1\n")
    assert not bootstrap.is_installed("base")
    lock.write_text("wagtail==7.4\n")
    monkeypatch.setattr(bootstrap, "version_of", lambda python: (3, 12))
    assert not bootstrap.is_installed("base")


def test_pip_takes_the_lock_at_its_word(monkeypatch):
    """Left to look for dependencies, pip asks for the newest of a name with an extra, which no lock has a hash for."""
    asked = []
    monkeypatch.setattr(
        bootstrap, "run_with_sign_of_life", lambda command, *rest, **options: asked.append(command)
    )
    monkeypatch.setattr(bootstrap, "LOCKS", ("test",))
    monkeypatch.setattr(bootstrap, "stamp", lambda name: os.devnull)
    monkeypatch.setattr(bootstrap, "VENV_PYTHON", sys.executable)  # where the tests run outside `.venv`
    bootstrap.install("test")
    assert {"--no-deps", "--require-hashes"} <= set(asked[0])


def test_locks_hold_hashes_and_no_addresses():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text()
        pins = re.findall(r"^[\w.\[\]-]+==.*$", text, re.MULTILINE)
        assert pins
        assert all(pin.endswith("\\") for pin in pins)
        assert not re.search(r"https?:|--(extra-)?index-url|--find-links|file:", text)
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_documents_point_at_what_exists():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for document in documents:
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} names {target}"
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    assert not [page for page in pages if page != "README.md" and f"({page})" not in index]


def test_every_setting_from_the_environment_is_in_the_example():
    settings = (ROOT / "hamyari_site" / "settings.py").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings))
    assert names
    assert not {name for name in names if f"#{name}=" not in example}
