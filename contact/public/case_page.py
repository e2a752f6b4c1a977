"""The page of one case, and what its sender does there: kept when it is refused, done once when it is sent twice."""

import logging
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contact import by_sender
from contact.answers import shown_answers
from contact.by_sender import Act, Refused, finished_at, possible
from contact.intake import sender_hash
from contact.limits import too_many
from contact.models import Message, TimelineEntry

from .case_forms import WITH_FILES, CaseToken, form_for
from .handling import SeeOther
from .pages import Notice
from .story import Story, story_of
from .uploads import Tray

logger = logging.getLogger(__name__)

#: Forms that one sender may send in an hour.
ACTS_AN_HOUR = 40

CHANGED: Notice = (
    _("What you sent earlier has arrived already"),
    _("What stands below differs from it. If you want to send it as well, press the button."),
)
OTHER_CASE: Notice = (
    _("Nothing has been sent"),
    _("You wrote this on the page of another message of yours. This page is that of the message below."),
)
TOO_MANY: Notice = (
    _("Very much has come from your network in the last hour"),
    _("What you typed stands below. Send it a little later, or call us."),
)
FAILED: Notice = (
    _("It could not be saved just now"),
    _("What you typed stands below. Please press the button again in a moment."),
)

#: What the page says once something was done.
DONE: dict[Act, str | Promise] = {
    Act.ADD: _("What you added has reached the unit."),
    Act.ANSWER: _("Your answer has reached the unit; it goes on with your message."),
    Act.RATE: _("Thank you: your opinion has been written down. You can change it for some days."),
    Act.REOPEN: _("Your message is open again; the unit looks at it once more."),
}


@dataclass
class CasePage:
    """The page at `address` of a case that this visitor may see."""

    page: Any
    request: HttpRequest
    case: Message
    address: str

    def show(self) -> HttpResponse:
        return self._render()

    def act(self) -> HttpResponse:
        """Do what was posted: a redirect to this page, or the page with the form and what is wrong with it."""
        token = CaseToken.read(self.request.POST.get("form_token", ""))
        act = self._asked()
        if act is None:
            return SeeOther(self.address)
        if token is None or token.code != self.case.tracking_code:
            return self.show_typed(OTHER_CASE if token else None)
        tray = self._tray(act, token)
        if "remove" in self.request.POST and not tray.errors:
            return self._render(act, form_for(act, initial=self._typed()), token, tray)
        form = form_for(act, self.request.POST, has_files=bool(tray.waiting))
        for field, words in tray.errors:
            form.add_error(field if field in form.fields else None, words)
        if not form.is_valid():
            return self._render(act, form, token, tray)
        if too_many("act", sender_hash(self.request), ACTS_AN_HOUR):
            return self._render(act, form, token, tray, TOO_MANY, status=429)
        return self._do(act, form, token, tray)

    def show_typed(self, notice: Notice | None = None, status: int = 200) -> HttpResponse:
        """What was typed elsewhere or before, to be sent from here, its files with it."""
        act = self._asked()
        if act is None:
            return self._render(notice=notice, status=status)
        old, new = CaseToken.read(self.request.POST.get("form_token", "")), CaseToken.new(self.case)
        tray = self._tray(act, old or new)
        tray.move_to(new.key)
        return self._render(act, form_for(act, initial=self._typed()), new, tray, notice, status)

    def _do(self, act: Act, form: forms.Form, token: CaseToken, tray: Tray) -> HttpResponse:
        data = {name: value for name, value in form.cleaned_data.items() if name != "files"}
        if "satisfied" in data:
            data["satisfied"] = data["satisfied"] == "yes"
        try:
            entry: TimelineEntry = getattr(by_sender, act)(self.case, key=token.key, **data)
        except Refused as refusal:
            self.case.refresh_from_db(fields=["status", "is_satisfied", "rated_at", "deadline"])
            return self._render(act, form, token, tray, (_("Nothing has been sent"), str(refusal)))
        except DatabaseError:
            logger.exception("what a sender did could not be saved")
            return self._render(act, form, token, tray, FAILED, status=503)
        left = Tray.of(token.key)  # when it came twice, its files are here twice
        if _differs(entry, data) or not left.brings_nothing_new_to(self.case):
            return self.show_typed(CHANGED)
        left.empty()
        return SeeOther(f"{self.address}?done={act}")

    def _asked(self) -> Act | None:
        asked = self.request.POST.get("act", "")
        return Act(asked) if asked in Act.values else None

    def _tray(self, act: Act, token: CaseToken) -> Tray:
        if act not in WITH_FILES:
            return Tray(token.key)
        tray = Tray.of(token.key)
        tray.take(self.request)
        if removed := self.request.POST.get("remove"):
            tray.remove(removed)
        return tray

    def _typed(self) -> dict[str, Any]:
        typed: dict[str, Any] = self.request.POST.dict()
        return {**typed, "reasons": self.request.POST.getlist("reasons")}

    def _render(
        self,
        act: Act | None = None,
        form: forms.Form | None = None,
        token: CaseToken | None = None,
        tray: Tray | None = None,
        notice: Notice | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The page; `form` is shown in place of a new one of its kind, also where it is not possible any more."""
        story = story_of(self.case)
        acts = possible(self.case, finished_at(self.case))
        is_possible = act in acts
        if act and not is_possible:  # what was typed stays to be copied
            acts.append(act)
        context = {
            "case": self.case,
            "story": story,
            "answers": shown_answers(self.case.answers),
            "acts": [
                {
                    "act": each,
                    "form": form if each == act else form_for(each, initial=_said(each, self.case, story)),
                    "token": (token if each == act and token else CaseToken.new(self.case)).dump(),
                    "files": tray.waiting if each == act and tray else [],
                    "is_possible": each != act or is_possible,
                    "is_open": each in (act, Act.ANSWER),
                }
                for each in acts
            ],
            "form": form,
            "notice": notice,
            "done": DONE.get(self.request.GET.get("done", "")),  # type: ignore[call-overload]
        }
        response = self.page.render(
            self.request, template="contact/track_case.html", context_overrides=context
        )
        response.status_code = status
        return response


def _said(act: Act, case: Message, story: Story) -> dict[str, Any]:
    """What the sender said about the answer before, to be changed."""
    if act != Act.RATE or case.rated_at is None:
        return {}
    ratings = [event.entry for event in story.events if event.entry.kind == TimelineEntry.Kind.RATED]
    reasons = ratings[-1].data.get("reasons", []) if ratings else []
    is_satisfied = "yes" if case.is_satisfied else "no"
    return {"satisfied": is_satisfied, "text": case.satisfaction_text, "reasons": reasons}


def _differs(entry: TimelineEntry, data: dict[str, Any]) -> bool:
    """Whether this key made an entry before that says something else."""
    said = entry.text == data.get("text", "")
    return not said or entry.data.get("satisfied") != data.get("satisfied")
