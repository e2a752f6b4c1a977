"""Find Persian words that are hard-coded where they do not belong.

What people read comes from `locale/` or from the database. Free are: `persian/` (Persian is its subject), tests, migrations,
comments and docstrings, punctuation alone, and what `ALLOWED_FILES` and `ALLOWED_NAMES` list with a reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("contact", "hamyari_site", "news", "operations", "outbox", "pages")
LETTER = "[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdfb\ufe70-\ufefc]"
WORD = re.compile(LETTER + "{2}")

ALLOWED_FILES = {
    "contact/demo": "the demo content is data",
    "contact/masking": "the words that stand before names and numbers, by which it finds them, are data",
    "hamyari_site/initial_content/": "the first content is data",
    "news/demo": "the demo content is data",
    "hamyari_site/permissions.py": "groups are found by their names in the database",
    "templates/errors/500.html": "it must stand when nothing else does, the translations included",
}
ALLOWED_NAMES = {
    r"preview_value": "sample content in a block's preview",
    r"\w*GROUPS?\w*": "groups are found by their names in the database",
    r"WAGTAIL_SITE_NAME": "a proper name",
}
FREE_NAME = re.compile("|".join(ALLOWED_NAMES))


def is_free(node: ast.AST) -> bool:
    """Docstrings, and what is assigned to or passed as a name that is allowed to be Persian."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.keyword):
        return bool(node.arg and FREE_NAME.fullmatch(node.arg))
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Name) and FREE_NAME.fullmatch(target.id) for target in targets)
    return False


def in_python(node: ast.AST) -> Iterator[int]:
    if is_free(node):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORD.search(node.value):
        yield node.lineno
    for child in ast.iter_child_nodes(node):
        yield from in_python(child)


def in_template(source: str) -> Iterator[int]:
    comments = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
    source = comments.sub(lambda match: "\n" * match.group().count("\n"), source)
    for number, line in enumerate(source.splitlines(), 1):
        if WORD.search(line):
            yield number


def found() -> list[str]:
    files = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
    files += [path for kind in ("html", "txt") for path in sorted((ROOT / "templates").rglob(f"*.{kind}"))]
    result = []
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        if "/migrations/" in name or name.startswith(tuple(ALLOWED_FILES)):
            continue
        source = path.read_text(encoding="utf-8")
        numbers = in_python(ast.parse(source)) if path.suffix == ".py" else in_template(source)
        lines = source.splitlines()
        result += [f"{name}:{number}: {lines[number - 1].strip()[:90]}" for number in sorted(set(numbers))]
    return result


if __name__ == "__main__":
    problems = found()
    print(*problems, sep="\n")
    if problems:
        raise SystemExit("Persian words belong in locale/ or in the database (see tools/persian_words.py).")
