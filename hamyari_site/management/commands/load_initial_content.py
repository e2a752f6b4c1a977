"""`manage.py load_initial_content`: the unit's first pages, facts and news."""

from django.core.management.base import BaseCommand

from hamyari_site.initial_content import load


class Command(BaseCommand):
    help = "Puts the site's first content in. Idempotent; never overwrites what an editor changed or removed."

    def handle(self, *args: object, **options: object) -> None:
        loaded = load()
        if loaded:
            self.stdout.write(f"Put in: {', '.join(loaded)}.")
        else:
            self.stdout.write("Nothing to put in: the first content is already there.")
