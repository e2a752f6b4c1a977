"""Bring `locale/fa` in step with the words of the code.

Usage: python tools/messages.py            write what changed
       python tools/messages.py --check    change nothing; fail when something would change or is not translated

Needs xgettext and msgmerge (Debian: gettext). Works on a copy of the tree, so that nothing is half written and only files
that git knows, or would add, are read.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/fa/LC_MESSAGES/django.po")
# `--add-location file` without line numbers, and no wrapping: a change of code elsewhere changes nothing here.
MAKEMESSAGES = [
    "makemessages",
    "--locale",
    "fa",
    "--add-location",
    "file",
    "--no-wrap",
    "--no-obsolete",
    "--verbosity",
    "0",
]
MAKEMESSAGES += ["--extension", "html,txt,py", "--ignore", "tests/*", "--ignore", "tools/*"]
DATE = re.compile(r'^"POT-Creation-Date: .*\\n"\n', re.MULTILINE)


def sources() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "*.html", "*.txt"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [name for name in names if not name.startswith("requirements/") and (ROOT / name).is_file()]


def refreshed() -> str:
    """Return the catalogue as the code asks for it now."""
    with tempfile.TemporaryDirectory() as folder:
        for name in [*sources(), str(CATALOGUE)]:
            target = Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).exists():
                shutil.copyfile(ROOT / name, target)
        env = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        subprocess.run([sys.executable, "-m", "django", *MAKEMESSAGES], cwd=folder, env=env, check=True)
        return DATE.sub("", Path(folder, CATALOGUE).read_text(encoding="utf-8"))


def main() -> int:
    if missing := [tool for tool in ("xgettext", "msgmerge") if not shutil.which(tool)]:
        print(
            f"{' and '.join(missing)} is missing: install gettext (Debian: apt-get install gettext).",
            file=sys.stderr,
        )
        return 2
    new = refreshed()
    old = (ROOT / CATALOGUE).read_text(encoding="utf-8") if (ROOT / CATALOGUE).exists() else ""
    entries = polib.pofile(new)
    unfinished = [entry for entry in entries if entry.fuzzy or not entry.translated()]
    for entry in unfinished:
        print(f"{'fuzzy' if entry.fuzzy else 'not translated'}: {entry.msgid!r} ({entry.occurrences[0][0]})")
    if "--check" not in sys.argv:
        (ROOT / CATALOGUE).write_text(new, encoding="utf-8")
        print(f"{CATALOGUE}: {len(entries)} messages, {len(unfinished)} to translate")
        return 0
    if not unfinished and new != old:
        known, asked = ({(e.msgctxt, e.msgid) for e in polib.pofile(text)} for text in (old, new))
        for word, keys in (("not in the catalogue", asked - known), ("no longer used", known - asked)):
            print(
                *(f"{word}: {msgid!r}" for _, msgid in sorted(keys, key=str)),
                sep="\n",
                end="\n" if keys else "",
            )
        print(f"{CATALOGUE} is not what `make messages` writes: run it.")
        return 1
    return 1 if unfinished else 0


if __name__ == "__main__":
    raise SystemExit(main())
