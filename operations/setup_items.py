"""The lines of the set-up checklist that the machinery itself can answer."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import checklist
from .checklist import SetupItem

RECENT = timedelta(days=2)


def machinery(request: HttpRequest) -> Iterator[SetupItem]:
    """Mail server, encrypted address, recent backup: all settled by whoever keeps the server."""
    from .backup import latest_age

    keeper = _("System keeper")
    yield SetupItem(
        label=_("A mail server is configured"),
        done=settings.EMAIL_CONFIGURED,
        who=keeper,
        help=_("Without it e-mails wait. Set EMAIL_URL on the server."),
    )
    yield SetupItem(
        label=_("The site has an encrypted address (HTTPS)"),
        done=settings.SITE_URL.startswith("https://"),
        who=keeper,
        help=_("Set SITE_URL on the server to the public address of the site."),
    )
    age = latest_age()
    yield SetupItem(
        label=_("A backup was made in the last two days"),
        done=age is not None and age <= RECENT,
        who=keeper,
        help=_("Set BACKUP_NIGHTLY on the server, or run the backup command every night."),
    )


def register_own() -> None:
    """Called when the app is ready."""
    checklist.register(machinery)
