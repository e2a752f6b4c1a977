"""Anonymise the cases whose time of keeping is over, or only list them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from contact.clock import retention
from persian.calendar import format_jalali


class Command(BaseCommand):
    help = "Anonymise the cases whose topic's time of keeping is over; every night does so too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list them")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["dry_run"]:
            self.stdout.write(f"{retention.run()} anonymised")
            return
        cases = retention.ended().select_related("topic")
        for case in cases:
            self.stdout.write(f"{case.code_display}  {format_jalali(case.ended_at)}  {case.topic}")
        self.stdout.write(f"{len(cases)} to anonymise")
