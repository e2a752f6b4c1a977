"""What the unit has yet to fill in, for the set-up checklist of the admin."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from operations import checklist
from operations.checklist import SetupItem
from persian.text import isolate

from .models import ContactDetails

UNIT = _("Head of public relations")


@checklist.register
def unit_facts(request: HttpRequest) -> Iterator[SetupItem]:
    """The facts of the unit that nobody gave yet."""
    site = Site.find_for_request(request)
    if site is None:
        return
    details = ContactDetails.for_site(site)
    url = reverse("wagtailsettings:edit", args=["pages", "contactdetails", site.pk])
    facts = [
        (
            _("E-mail address of the unit"),
            details.email,
            _("Without it, messages wait on the desk and nobody is told by e-mail"),
        ),
        (_("Office hours"), details.office_hours, _("Shown on the contact page and in the footer")),
        (
            _("Social addresses"),
            details.pk and details.social_links.exists(),
            _("Links to the unit's pages on social networks"),
        ),
        (_("Telephone"), details.telephone, ""),
        (_("Address"), details.address, ""),
    ]
    for label, value, help_text in facts:
        yield SetupItem(label=label, done=bool(value), who=UNIT, url=url, help=str(help_text))


@checklist.register
def drafts_to_write(request: HttpRequest) -> Iterator[SetupItem]:
    """Pages that the first content left as drafts, with headings only."""
    drafts = Page.objects.filter(
        live=False, has_unpublished_changes=True, content_type__app_label="pages", depth=3
    )
    for page in drafts.order_by("path"):
        yield SetupItem(
            label=_("Write and publish the page “%(title)s”") % {"title": isolate(page.title)},
            done=False,
            who=UNIT,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            help="",
        )
