"""The pages of the form: choosing lane and topic, filling in, looking it over. One address; each posts to it."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from wagtail.models import Page

from contact.answers import shown_answers
from contact.deadlines import promised
from contact.models.topics import Lane

from .challenge import Challenge
from .choice import Choice, number
from .forms import TRAP, MessageForm
from .suggesting import suggested_answers
from .tokens import FormToken
from .uploads import Tray

Notice = tuple[str | Promise, str | Promise]

#: What a page carries along unseen beside the fields of its form: answers to a topic that is not chosen just now.
_QUESTION = re.compile(r"q_[0-9]{1,18}")
_MOST_QUESTIONS = 60


@dataclass
class Filling:
    """A form being filled in: the page it stands on, the request, and what it holds so far."""

    page: Any
    request: HttpRequest
    form: MessageForm
    token: FormToken
    tray: Tray
    challenge: Challenge | None = None

    @property
    def choice(self) -> Choice:
        return self.form.choice

    def show(self, notice: Notice | None = None, status: int = 200) -> HttpResponse:
        """The page that comes next: what still must be chosen, what must be mended, or all of it to be looked over."""
        if self.choice.topic is None or self.choice.is_elsewhere:
            return self.show_choice(notice, status)
        if self.form.is_bound and self.form.is_valid():
            return self.show_review(notice, status)
        return self.show_fields(notice, status)

    def show_choice(self, notice: Notice | None = None, status: int = 200) -> HttpResponse:
        part = "elsewhere" if self.choice.is_elsewhere else "choose"
        return self._render(part, {"lanes": Lane, "lane": self.choice.lane}, notice, status)

    def show_fields(self, notice: Notice | None = None, status: int = 200) -> HttpResponse:
        return self._render("fill", self.form.parts(), notice, status)

    def show_review(self, notice: Notice | None = None, status: int = 200) -> HttpResponse:
        data = self.form.message_data()
        due = promised(data["topic"], timezone.now())
        more = {"data": data, "shown": self._shown(data), "due": due}
        suggested = suggested_answers(data["title"], data["body"], data["topic"])
        return self._render("review", {**more, "suggested": suggested}, notice, status)

    def _shown(self, data: dict[str, Any]) -> dict[str, Any]:
        kinds = dict(self.form.fields["kind"].choices)  # type: ignore[attr-defined]
        organization = self.form.lane_fields.get("organization")
        ways = dict(self.form.fields["answer_by"].choices)  # type: ignore[attr-defined]
        return {
            "kind": kinds[data["kind"]],
            "answer_by": ways[data["answer_by"]],
            "answers": shown_answers(data["answers"]),
            "organization": data["municipality"] or data["organization"],
            "organization_label": organization.label if organization else "",
        }

    def _place(self, part: str) -> str:
        """The address at which this form, or the choice of its lane, is found without a post."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        topic = self.choice.topic.pk if self.choice.topic and part != "choose" else ""
        query = {"lane": self.choice.lane.value, "topic": topic, "about": number(asked.get("about")) or ""}
        known = urlencode({name: value for name, value in query.items() if value})
        return f"{self.page.get_url(self.request)}?{known}"

    def _carried(self) -> list[tuple[str, str]]:
        """What was typed so far, to be posted again unseen."""
        posted = self.request.POST
        names = [name for name in self.form.fields if name not in ("topic", "files", "scan")]
        names += [name for name in posted if _QUESTION.fullmatch(name) and name not in names][
            :_MOST_QUESTIONS
        ]
        return [(name, posted[name]) for name in (*names, TRAP) if posted.get(name)]

    def _render(self, part: str, more: dict[str, Any], notice: Notice | None, status: int) -> HttpResponse:
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        context = {
            "part": f"contact/form/{part}.html",
            "stage": part,
            "choice": self.choice,
            "form": self.form,
            "form_token": self.token.dump(),
            "trap": TRAP,
            "challenge": self.challenge,
            "notice": notice,
            "about_page": about(asked.get("about")),
            "carried": self._carried() if self.request.method == "POST" else [],
            "files": self.tray.waiting,
            "place": self._place(part),
            "is_first": part == "choose" and not self.form.is_bound,
            **more,
        }
        response = self.page.render(self.request, context_overrides=context)
        response.status_code = status
        add_never_cache_headers(response)
        return response


def about(text: str | None) -> Page | None:
    """The public page that the visitor came from to write."""
    pk = number(text)
    return Page.objects.live().public().filter(pk=pk, depth__gt=1).first() if pk is not None else None
