from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    """A citizen's message from form to answer."""

    name = "contact"
    verbose_name = _("Messages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from outbox import given_up, withheld
        from pages.blocks import live
        from pages.search import sources
        from pages.settings import ContactDetails

        # The checklist registers what the answering units still lack.
        from . import checklist, jobs, letters, links_mail  # noqa: F401

        withheld.register(letters.SOURCE, letters.tell_secret)
        withheld.register(links_mail.OUTSIDE_SOURCE, links_mail.tell_outside_link)
        given_up.register(letters.CASE, letters.note_failure)
        jobs.register_own()
        withheld.register(letters.LINK_SOURCE, letters.tell_link)

        from . import service_level
        from .public import answers

        sources.register(answers.find)
        live.register(
            "service_level",
            live.Source(
                _("Promised and measured times of answering"),
                "contact/service_level.html",
                service_level.context,
            ),
        )

        post_save.connect(index_facts, sender=ContactDetails, dispatch_uid="index_facts")


def index_facts(sender: Any, created: bool, **kwargs: Any) -> None:
    """Somebody changed the unit's addresses: the search finds the contact page by the new ones."""
    if created:  # the empty row that the first visit makes
        return
    from wagtail.search.index import insert_or_update_object

    from .page import ContactPage

    for page in ContactPage.objects.all():
        insert_or_update_object(page)
