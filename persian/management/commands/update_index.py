"""Wagtail's `update_index`, with `--if-stale`."""

from typing import Any

from django.core.management.base import CommandParser
from wagtail.search.management.commands.update_index import Command as WagtailCommand

from persian.search import state


class Command(WagtailCommand):
    help = "Builds the search index anew from all that is searched."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--if-stale", action="store_true", help="Only when another version of the software made the index"
        )

    def handle(self, *, if_stale: bool = False, **options: Any) -> None:
        if if_stale and not state.is_stale():
            if options["verbosity"]:
                self.stdout.write("The search index is of this version")
            return
        super().handle(**options)
