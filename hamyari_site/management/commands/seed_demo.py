"""`manage.py seed_demo --news N --feedback M --seed S`: invented data, to try the site at its real size."""

import random
import sys
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contact import demo as contact_demo
from news import demo as news_demo
from news.models import NewsIndexPage

BAR = 30


class Command(BaseCommand):
    help = (
        "Fills the site with invented news and messages, each marked as demo data. The same seed gives the same data. "
        "Never run it on a site that citizens use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--news", type=int, default=0, metavar="N", help="how many news items")
        parser.add_argument(
            "--feedback", type=int, default=0, metavar="M", help="how many messages of citizens"
        )
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="same seed, same data (default 1)"
        )
        parser.add_argument("--clear", action="store_true", help="remove the demo data that is there, first")

    def handle(
        self, *args: object, news: int, feedback: int, seed: int, clear: bool, **options: object
    ) -> None:
        if news < 0 or feedback < 0:
            raise CommandError("A number of things to make cannot be negative.")
        if not NewsIndexPage.objects.exists():
            raise CommandError("The site has no content yet. Run `manage.py load_initial_content` first.")
        if clear:
            self._run("Removing news", news_demo.demo_news().count(), news_demo.clear)
            self.stdout.write(f"Removing messages: {contact_demo.clear():,} done.")
        elif news and news_demo.demo_news().exists():
            raise CommandError("There is demo news already. Add --clear to replace it.")
        if news:
            # Each part has its own numbers, so that more news does not change the messages.
            rng = random.Random(f"{seed} news")  # noqa: S311 - must be the same for the same seed
            self._run("Making news", news, lambda progress: news_demo.seed(news, rng, progress))
        if feedback:
            made = contact_demo.seed(feedback, random.Random(f"{seed} feedback"))  # noqa: S311
            self.stdout.write(f"Making messages: {made:,} done, {feedback - made:,} were there already.")

    def _run(self, label: str, total: int, work: Callable[[Callable[[int], None]], int]) -> None:
        """Run `work` with a callable that draws a bar on a terminal, and a line every tenth elsewhere."""
        tenth = 0

        def progress(done: int) -> None:
            nonlocal tenth
            share = done / total if total else 1
            if sys.stderr.isatty():
                full = int(BAR * share)
                self.stderr.write(
                    f"\r{label} [{'#' * full}{'.' * (BAR - full)}] {done:,}/{total:,}", ending=""
                )
            elif int(share * 10) > tenth:
                tenth = int(share * 10)
                self.stderr.write(f"{label}: {done:,}/{total:,}")

        done = work(progress)
        if sys.stderr.isatty():
            self.stderr.write("")
        self.stdout.write(f"{label}: {done:,} done.")
