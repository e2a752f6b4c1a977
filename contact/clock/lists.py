"""E-mails to colleagues that list cases. They name codes, topics and dates, never what a citizen typed: they leave the site,
go to whole units, and outlive the keeping of the cases."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise

from contact.models import Message
from outbox.mail import queue_mail
from outbox.models import OutgoingMail

#: Longer lists say how many more there are.
SHOWN = 50


@dataclass(frozen=True)
class CaseList:
    """Cases below a heading. They need `topic` and `unit` at hand."""

    heading: str | Promise
    cases: list[Message] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[Message, str]]:
        """The first of them, each with its address on the desk."""
        return [
            (case, settings.SITE_URL + reverse("desk:case", args=[case.pk])) for case in self.cases[:SHOWN]
        ]

    @property
    def more(self) -> int:
        return max(0, len(self.cases) - SHOWN)


def queue_list(
    kind: str, *, to: Iterable[str], subject: str, heading: str, lists: Iterable[CaseList], reference: str
) -> OutgoingMail:
    """Queue an e-mail of the lists that are not empty, in the caller's transaction."""
    shown = {
        "heading": heading,
        "lists": [one for one in lists if one.cases],
        "desk": settings.SITE_URL + reverse("desk:index"),
    }
    return queue_mail(
        kind=kind,
        to=to,
        subject=subject,
        text=render_to_string("emails/case_lists.txt", shown),
        html=render_to_string("emails/case_lists.html", shown),
        reference=reference,
    )
