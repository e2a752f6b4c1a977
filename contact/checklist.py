"""What the answering units still lack, for the set-up checklist of the admin."""

from collections.abc import Iterator

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from operations import checklist
from operations.checklist import SetupItem
from pages.models import ContactDetails
from persian.text import isolate

from .models import Unit

PR_HEAD = _("Head of public relations")


@checklist.register
def units(request: HttpRequest) -> Iterator[SetupItem]:
    """Units that nobody tells of new messages, and units without members."""
    common = ContactDetails.for_request(request).email
    for unit in Unit.objects.annotate(member_count=Count("members")):
        url = reverse("wagtailsnippets_contact_unit:edit", args=[unit.pk])
        yield SetupItem(
            label=_("E-mail for the messages of “%(unit)s”") % {"unit": isolate(unit.name)},
            done=bool(unit.email or common),
            who=PR_HEAD,
            url=url,
            help=_("Without it, messages wait on the desk and nobody is told by e-mail"),
        )
        yield SetupItem(
            label=_("Members of “%(unit)s”") % {"unit": isolate(unit.name)},
            done=unit.member_count > 0,
            who=PR_HEAD,
            url=url,
            help=_("Answering officers see the messages of their own units only"),
        )
