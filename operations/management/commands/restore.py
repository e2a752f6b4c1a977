from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from operations.restore import RestoreError, restore, verify


class Command(BaseCommand):
    help = "Check a backup and put it in place of the site's data, which is kept aside. Stop the site first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument("--force", action="store_true", help="restore although the site runs")
        parser.add_argument("--check", action="store_true", help="only check the backup, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["dir"].absolute()
        try:
            if options["check"]:
                manifest = verify(source)
                self.stdout.write(
                    f"The backup is sound: {len(manifest['files'])} files of {manifest['created']}."
                )
                return
            done = restore(source, force=options["force"])
        except RestoreError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Restored {done.files} files from {source}.")
        for path in done.kept:
            self.stdout.write(f"The previous data is kept: {path} (delete it when all is well)")
        self.stdout.write("Start the site with: make run (it migrates the database if the backup is older)")
