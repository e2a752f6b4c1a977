"""The rules of the house, held by tests: who imports whom, how long a module may be, what templates and sheets may hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from wagtail.models import get_page_models

from tests import factories

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
STYLES = ROOT / "static" / "css"
ALL_TEMPLATES = [*TEMPLATES.rglob("*.html"), *(ROOT / "persian" / "templates").rglob("*.html")]

# A star, never a ring: hamyari_site → news, contact → pages → outbox, operations, persian.
MAY_IMPORT = {
    "persian": set(),
    "outbox": set(),
    "operations": set(),
    "pages": {"persian", "outbox", "operations"},
    "news": {"pages", "persian", "outbox", "operations"},
    "contact": {"pages", "persian", "outbox", "operations"},
    "hamyari_site": {"news", "contact", "pages", "persian", "outbox", "operations"},
}
LONGEST_MODULE = 310  # "about 300 lines"
PUBLIC = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if path.relative_to(TEMPLATES).parts[0] not in ("wagtailadmin", "admin", "emails")
]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules(app: str) -> list[Path]:
    return sorted(path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and top-level package of every import in a module, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module.partition(".")[0]


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_imports_form_a_star(app):
    allowed = MAY_IMPORT[app] | {app}
    wrong = [
        f"{name_of(path)}:{line} imports {package}"
        for path in modules(app)
        for line, package in imported(path)
        if package in MAY_IMPORT and package not in allowed
    ]
    assert not wrong


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_no_module_outgrows_its_reader(app):
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(app)}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_every_page_type_has_a_factory():
    made = {
        factory._meta.model
        for factory in vars(factories).values()
        if isinstance(factory, type) and hasattr(factory, "_meta") and factory._meta.model
    }
    ours = {model for model in get_page_models() if model._meta.app_label in MAY_IMPORT}
    assert ours, "no page type of ours is registered"
    assert not {model.__name__ for model in ours - made}


# --- What people typed is never trusted as markup ---


def test_no_text_is_marked_safe():
    """`|safe`, `mark_safe` and `autoescape off` let typed text become markup; `format_html` and `|richtext` do not.

    Plain-text e-mails (`.txt`) are no markup, and rightly escape nothing.
    """
    pattern = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")
    wrong = [name_of(path) for path in ALL_TEMPLATES if pattern.search(path.read_text("utf-8"))]
    for app in MAY_IMPORT:
        for path in modules(app):
            calls = (
                node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
            )
            wrong += [
                f"{name_of(path)}:{call.lineno}"
                for call in calls
                if getattr(call.func, "id", getattr(call.func, "attr", ""))
                in ("mark_safe", "SafeString", "SafeText")
            ]
    assert not wrong


# --- What the content security policy forbids, and what another domain would see ---

WITHOUT_COMMENTS = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
FORBIDDEN_INLINE = {
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a <style> element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\ssrc=)(?![^>]*type=.application/(ld\+)?json)", re.IGNORECASE
    ),
    "a javascript: address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "something of another domain": re.compile(
        r"<(?:script|link|img|source|iframe|video|audio|embed|object)\b[^>]*(?:src|href|srcset|data)\s*=\s*[\"'](?:https?:)?//",
        re.IGNORECASE,
    ),
}


def markup(path: Path) -> str:
    return WITHOUT_COMMENTS.sub("", path.read_text(encoding="utf-8"))


def test_public_templates_hold_nothing_inline_or_foreign():
    wrong = [
        f"{name_of(path)}: {what}"
        for path in PUBLIC
        for what, pattern in FORBIDDEN_INLINE.items()
        if pattern.search(markup(path))
    ]
    assert not wrong


def test_images_have_alternative_text():
    tags = [
        (path, tag) for path in PUBLIC for tag in re.findall(r"<img\b[^>]*>", markup(path), re.IGNORECASE)
    ]
    assert not [f"{name_of(path)}: {tag}" for path, tag in tags if not re.search(r"\balt=", tag)]


# --- Style sheets ---

PHYSICAL = re.compile(
    r"""(?:^|[;{\s])(?:
        (?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*
        | (?:left|right)
        | border-(?:top|bottom)-(?:left|right)-radius
        | (?:text-align|float|clear)\s*:\s*(?:left|right)\b
    )\s*[:;]""",
    re.VERBOSE | re.IGNORECASE,
)


def test_sheets_know_no_left_and_right():
    wrong = [
        f"{name_of(path)}: {match.group().strip()}"
        for path in [*sorted(STYLES.rglob("*.css")), *sorted((ROOT / "persian" / "static").rglob("*.css"))]
        for match in PHYSICAL.finditer(
            re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        )
    ]
    assert not wrong


def test_component_sheets_are_sent():
    """A sheet that no template names reaches nobody."""
    templates = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html"))
    sheets = sorted((STYLES / "components").glob("*.css"))
    assert sheets
    assert not [sheet.name for sheet in sheets if f"css/components/{sheet.name}" not in templates]


def test_sheets_and_scripts_that_templates_name_exist():
    names = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"""\{%\s*static\s+["']([^"']+)["']""", path.read_text(encoding="utf-8"))
    }
    own = {name for name in names if name.startswith(("css/", "js/", "fonts/", "img/"))}
    assert own
    assert not {name for name in own if not (ROOT / "static" / name).is_file()}
