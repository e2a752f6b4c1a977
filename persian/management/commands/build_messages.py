"""Build the `.mo` files that Django reads from the `.po` files of a site, without a system gettext."""

import os
import tempfile
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


def is_stale(po: Path, mo: Path) -> bool:
    """A `.mo` is stale when it is missing or older than its `.po`; an image's layers may round both to one second."""
    return not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns


def build(po: Path, mo: Path) -> int:
    """Compile `po` into `mo`; return the number of messages. A reader sees the old file or the new one, never half.

    Raises `OSError` for a broken `.po`, a read-only folder or a full disk.
    """
    catalogue = polib.pofile(str(po), check_for_duplicates=True)
    descriptor, draft = tempfile.mkstemp(dir=mo.parent, prefix=f".{mo.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(catalogue.to_binary())
        Path(draft).chmod(0o644)
        Path(draft).replace(mo)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return len(catalogue.translated_entries())


class Command(BaseCommand):
    help = "Build the .mo files under LOCALE_PATHS from the .po files that changed. Needs no gettext."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="build every file, changed or not")

    def handle(self, *args, force: bool = False, verbosity: int = 1, **options):
        for folder in map(Path, settings.LOCALE_PATHS):
            for po in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                mo = po.with_suffix(".mo")
                if not force and not is_stale(po, mo):
                    continue
                try:
                    count = build(po, mo)
                except (OSError, ValueError) as error:
                    raise CommandError(f"{po}: {error}") from error
                if verbosity:
                    self.stdout.write(f"{po.relative_to(folder)}: {count} messages")
