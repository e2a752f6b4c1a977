"""What the answering units and their topics still lack, for the set-up checklist of the admin."""

from collections.abc import Iterator

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from operations import checklist
from operations.checklist import SetupItem
from pages.models import ContactDetails
from persian.text import isolate

from . import handover
from .clock import recount
from .models import Municipality, Topic, Unit

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


@checklist.register
def topics(request: HttpRequest) -> Iterator[SetupItem]:
    """What is promised on the topics and how long their messages are kept: empty until the unit decides."""
    asked = Topic.objects.active().filter(is_elsewhere=False)
    for label, help_text, empty in (
        (
            _("Deadlines of the topics"),
            _("While a topic has none, no date is promised to those who write on it"),
            asked.filter(deadline_days=None),
        ),
        (
            _("How long the messages of the topics are kept"),
            _("While a topic has no time, names and texts are kept without end"),
            asked.filter(retention_months=None),
        ),
    ):
        first = empty.first()
        yield SetupItem(
            label=label,
            done=first is None,
            who=PR_HEAD,
            url=reverse("wagtailsnippets_contact_topic:edit", args=[first.pk])
            if first
            else reverse("wagtailsnippets_contact_topic:list"),
            help=help_text,
        )
    yield SetupItem(
        label=_("The list of member municipalities"),
        done=Municipality.objects.filter(is_active=True).exists(),
        who=PR_HEAD,
        url=reverse("wagtailsnippets_contact_municipality:list"),
        help=_("While it is empty, municipalities type their name"),
    )


@checklist.register
def information_requests(request: HttpRequest) -> Iterator[SetupItem]:
    """Whether the access-to-information by-law binds the unit is for it to say; deleting the topic says no."""
    for topic in Topic.objects.filter(is_information_request=True):
        yield SetupItem(
            label=_("Does the access-to-information by-law bind the unit?"),
            done=topic.is_active,
            who=PR_HEAD,
            url=reverse("wagtailsnippets_contact_topic:edit", args=[topic.pk]),
            help=_("If it does, offer the topic “%(topic)s” in the form; if it does not, delete the topic")
            % {"topic": isolate(topic.title)},
        )


@checklist.register
def upkeep(request: HttpRequest) -> Iterator[SetupItem]:
    """Open cases that nobody looks after, and promises that a new holiday moved."""
    yield SetupItem(
        label=_("Open messages with colleagues who have left"),
        done=not handover.of_those_who_left().exists(),
        who=PR_HEAD,
        url=reverse("desk-upkeep:handover"),
        help=_("Hand them over to somebody who answers"),
    )
    yield SetupItem(
        label=_("Deadlines to count anew"),
        done=not recount.waiting(),
        who=PR_HEAD,
        url=reverse("desk-upkeep:deadlines"),
        help=_("The calendar of working days has changed; look at the new dates and confirm them"),
    )
