"""On the admin's first page: what was given up and nobody has seen to, of every way out."""

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from .models import OutgoingMail, OutgoingSms


class GivenUpPanel(Component):
    name = "given_up"
    order = 60
    template_name = "outbox/home_panel.html"

    def __init__(self, given_up: list[tuple[str, str]]) -> None:
        self.given_up = given_up

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"given_up": self.given_up}


def given_up() -> list[tuple[str, str]]:
    """Words and the address of its list, for each way out that has something."""
    mails, texts = OutgoingMail.objects.given_up().count(), OutgoingSms.objects.given_up().count()
    ways = (
        (mails, "outgoing-mail", ngettext("%(count)s e-mail given up", "%(count)s e-mails given up", mails)),
        (
            texts,
            "outgoing-sms",
            ngettext("%(count)s text message given up", "%(count)s text messages given up", texts),
        ),
    )
    return [
        (words % {"count": count}, f"{reverse(f'{name}:index')}?state=dead")
        for count, name, words in ways
        if count
    ]
