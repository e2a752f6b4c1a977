from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from operations.backup import BackupError, write_backup


class Command(BaseCommand):
    help = "Write a backup (database, media, private files, checksums) into DIR, which must be new or empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument("--database-only", action="store_true", help="leave media and private files out")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["dir"].absolute()
        try:
            manifest = write_backup(target, with_files=not options["database_only"])
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        total = sum(entry["size"] for entry in manifest["files"].values())
        self.stdout.write(f"Backup written: {target} ({len(manifest['files'])} files, {total / 1e6:.1f} MB)")
        self.stdout.write(
            "It holds personal data and is not encrypted. The secret key is not in it: keep that apart."
        )
