"""The overlay that finishes the Persian of Django, Wagtail and the other installed applications: `locale/cms/`.

Usage: python tools/overlay.py           put the overlay in step with what is installed; say what is still untranslated
       python tools/overlay.py --check   change nothing; fail when something would change or is not translated

The overlay holds what an application's own Persian lacks, and better words where it has poor ones. `LOCALE_PATHS` comes
before the catalogues of applications, so what stands here is what people read. Needs no gettext.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
OVERLAY = ROOT / "locale" / "cms" / "fa" / "LC_MESSAGES"
OURS = ROOT / "locale" / "fa" / "LC_MESSAGES" / "django.po"
DOMAINS = ("django", "djangojs")
METADATA = {
    "Language": "fa",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
Key = tuple[str | None, str]
Catalogue = dict[Key, polib.POEntry]


def read(path: Path) -> Catalogue:
    """The messages of a `.po` file by context and source, without obsolete ones; {} where there is no such file."""
    if not path.exists():
        return {}
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def folders() -> Iterator[Path]:
    """The `locale` folders that Django reads besides `LOCALE_PATHS`: its own, then those of the installed applications.

    `django.contrib.postgres` counts on every machine: it is installed where the database is PostgreSQL.
    """
    import django
    from django.apps import apps

    yield Path(django.__file__).parent / "conf" / "locale"
    yield Path(django.__file__).parent / "contrib" / "postgres" / "locale"
    for config in apps.get_app_configs():
        yield Path(config.path) / "locale"


def asked(domain: str) -> Catalogue:
    """What the installed applications can say, each message with the Persian that they themselves have for it, if any."""
    found: Catalogue = {}
    for folder in folders():
        persian = read(folder / "fa" / "LC_MESSAGES" / f"{domain}.po")
        for key, source in (read(folder / "en" / "LC_MESSAGES" / f"{domain}.po") or persian).items():
            own = persian.get(key)
            entry = polib.POEntry(msgctxt=key[0], msgid=key[1], msgid_plural=source.msgid_plural)
            if own and own.translated():
                entry.msgstr, entry.msgstr_plural = own.msgstr, own.msgstr_plural
            if key not in found or (not found[key].translated() and entry.translated()):
                found[key] = entry
    return found


def untranslated(domain: str) -> list[Key]:
    """The messages for which nobody has Persian: neither the application, nor the overlay, nor our own catalogue."""
    known = {**read(OVERLAY / f"{domain}.po"), **(read(OURS) if domain == "django" else {})}
    return [
        key
        for key, entry in asked(domain).items()
        if not (entry.translated() or (key in known and known[key].translated()))
    ]


def in_step(domain: str) -> str:
    """The text of the overlay with its translated and still asked-for entries only, in the order of their sources."""
    wanted = asked(domain)
    kept = {key: entry for key, entry in read(OVERLAY / f"{domain}.po").items() if key in wanted}
    file = polib.POFile(wrapwidth=0)
    file.metadata = METADATA
    for key in sorted(kept, key=lambda key: (key[1], key[0] or "")):
        entry = kept[key]
        if entry.translated():
            plain = polib.POEntry(msgctxt=key[0], msgid=key[1], msgid_plural=entry.msgid_plural)
            plain.msgstr, plain.msgstr_plural = entry.msgstr, entry.msgstr_plural
            plain.flags = ["python-format"] if re.search(r"%\(\w+\)[sd]", key[1]) else []
            file.append(plain)
    return f"{file}".rstrip("\n") + "\n"


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamyari_site.settings_test")
    import django

    django.setup()
    changed = unfinished = False
    for domain in DOMAINS:
        path, new = OVERLAY / f"{domain}.po", in_step(domain)
        if new != (path.read_text(encoding="utf-8") if path.exists() else ""):
            changed = True
            if "--check" not in sys.argv:
                path.write_text(new, encoding="utf-8")
        missing = untranslated(domain)
        unfinished = unfinished or bool(missing)
        total = len(asked(domain))
        print(f"{domain}: {total - len(missing)} of {total} messages have Persian words")
        for _, text in missing:
            print(f"  not translated: {text!r}")
    if changed and "--check" in sys.argv:
        print("locale/cms is not what `python tools/overlay.py` writes: run it.")
        return 1
    return 1 if unfinished and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
