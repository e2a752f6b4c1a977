from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from operations.first_admin import LIFETIME, InvalidLinkError, make_link


class Command(BaseCommand):
    help = "Print a one-time link that makes the first administrator (only while there is none)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            link = make_link(settings.SITE_URL)
        except InvalidLinkError:
            raise CommandError(
                "There is an administrator already. Invite others from the admin, or reset a password with: "
                "manage.py changepassword NAME"
            ) from None
        self.stdout.write(f"Open within {LIFETIME.total_seconds() / 3600:.0f} hours, works once:\n  {link}")
