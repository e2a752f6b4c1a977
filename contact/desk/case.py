"""The page of one case: what was sent, what happened since, and what may be done now."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from contact import pdf
from contact.actions import routing
from contact.actions.common import CaseError, is_locked
from contact.letters import sent_of
from contact.models import DraftReply, Message, TimelineEntry
from contact.public.fields import TypedField
from contact.workflow import OPEN, MoveError, Status, move, needs_reason
from outbox.models import Outgoing

from . import timeline
from .case_actions import ACTIONS, ActionView
from .case_base import CHANGE, MOVED_ON, CaseForm, OfCase
from .case_files import VIEW_ORIGINAL
from .case_secret import SecretView
from .paper import NO_PDF

#: The newest letters about a case that its page lists.
MOST_MAILS = 10
OFFERED: tuple[type[ActionView], ...] = (*ACTIONS, SecretView)
#: These are reached by answering or by asking, not by a button alone.
BY_WRITING = (Status.WAITING, Status.ANSWERED)


class NoteForm(CaseForm):
    """A note, a move to another status, or both at once."""

    note = TypedField(
        label=_("Internal note"),
        limit=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Seen by colleagues only"),
    )
    to = forms.ChoiceField(choices=Status.choices, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not data.get("note") and not data.get("to"):
            self.add_error("note", _("Write the text of the note."))
        return data


def moves_by_button(case: Message) -> list[Status]:
    """The moves that need no words: an answer, a question or a reason for closing has its own page."""
    closing = needs_reason(case.status, case.topic.is_information_request)
    return [
        status
        for status in case.moves
        if status not in BY_WRITING and not (closing and status == Status.CLOSED)
    ]


class CaseView(OfCase):
    """One message: what was sent, what happened since, and what may be done now."""

    template_name = "contact/desk/case.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.object, self.request.user
        entries, files = timeline.shown(case)
        may_change = self.may(CHANGE) and not case.anonymised_at
        mails = sent_of(case, MOST_MAILS)
        questions = list(case.outside_questions.all())
        return {
            **super().get_context_data(**kwargs),
            "timeline": entries,
            "files": files,
            "may_change": may_change,
            "moves": moves_by_button(case),
            "actions": [
                {
                    "url": reverse(f"desk:{action.name}", args=[case.pk]),
                    "label": action.title,
                    "icon": action.icon,
                }
                for action in OFFERED
                if may_change and self.may(action.right) and action.is_offered(case)
            ],
            "may_take_on": may_change and case.assignee_id is None and case.status in OPEN,
            "may_answer": may_change and case.status not in (Status.SPAM, Status.CLOSED),
            "draft": DraftReply.objects.filter(message=case).select_related("author").first(),
            "mails": mails,
            "mail_failed": any(mail.state == Outgoing.State.DEAD for mail in mails),
            "to_call": self.is_to_be_called(entries),
            "answering": case.locked_by if is_locked(case) and case.locked_by_id != user.pk else None,
            "questions": questions,
            **self.joined(entries),
            "no_pdf": "" if pdf.is_available() else NO_PDF,
            "has_originals": self.may(VIEW_ORIGINAL) and case.originals.exists(),
        }

    def joined(self, entries: list[timeline.Shown]) -> dict[str, Any]:
        """The cases that this one was merged with or split from. Of those that the reader may not see only the codes are told."""
        case = self.object
        merged = list(case.merged_messages.only("title", "tracking_code"))
        parts = list(case.split_messages.only("title", "tracking_code"))
        keys = {other.pk for other in (case.merged_into, case.split_from, *merged, *parts) if other}
        keys |= {shown.other[0] for shown in entries if shown.other}
        seen = Message.objects.visible_to(self.request.user).filter(pk__in=keys).values_list("pk", flat=True)
        return {
            "merged_into": case.merged_into,
            "merged": merged,
            "split_from": case.split_from,
            "parts": parts,
            "seen_cases": set(seen) if keys else set(),
        }

    def is_to_be_called(self, entries: list[timeline.Shown]) -> bool:
        """Whether the answer was written and the sender, who wished to be called, was not called since."""
        if self.object.answer_by != Message.AnswerBy.TELEPHONE:
            return False
        said = [
            shown.entry.kind
            for shown in entries
            if shown.entry.kind in (TimelineEntry.Kind.REPLY, TimelineEntry.Kind.PHONE)
        ]
        return bool(said) and said[-1] == TimelineEntry.Kind.REPLY

    def form(self, data: Any = None) -> NoteForm:
        return NoteForm(data, case=self.object, user=self.request.user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.may(CHANGE):
            messages.error(request, _("You may read this message, not change it."))
            return redirect(request.path)
        if self.is_done():
            return self.back()
        if "take_on" in request.POST:
            return self.take_on()
        form = self.form(request.POST)
        if not form.is_valid():
            reasons = " ".join(str(words) for errors in form.errors.values() for words in errors)
            return self.refuse(form, _("Not saved: %(reasons)s") % {"reasons": reasons})
        note, to, key = (form.cleaned_data[name] for name in ("note", "to", "key"))
        try:
            if not to:
                routing.note(self.object, by=request.user, text=note, key=key)
                messages.success(request, _("The note was saved"))
                return redirect(request.path)
            if to in BY_WRITING and to in self.object.moves:
                return self.refuse(form, _("This status comes with an answer or a question to the sender."))
            move(self.object, to, request.user, note, key=key)
        except MoveError:
            return self.refuse(form, MOVED_ON)
        except CaseError as problem:
            return self.refuse(form, str(problem))
        status = self.object.get_status_display()
        messages.success(request, _("Status changed to “%(status)s”") % {"status": status})
        return self.back()

    def take_on(self) -> HttpResponse:
        try:
            routing.take_on(self.object, by=self.request.user, key=self.request.POST.get("key", "")[:40])
        except CaseError as problem:
            messages.error(self.request, str(problem))
        else:
            messages.success(self.request, _("The message is yours now."))
        return self.back()

    def refuse(self, form: NoteForm, words: Any) -> HttpResponse:
        messages.error(self.request, words)
        return self.render_to_response(self.get_context_data(form=form))
