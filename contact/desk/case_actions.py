"""The small pages on which something is done to a case: one class for each action, all alike."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from contact.actions import joining, outside, redacting, replies, routing
from contact.actions.common import CaseError
from contact.files.storing import NotStoredError
from contact.models import Message
from contact.workflow import OPEN, MoveError, Status

from . import case_forms as forms
from .case_base import CHANGE, MOVED_ON, CaseForm, OfCase

MANAGE = "contact.manage_cases"


class ActionView(OfCase):
    """GET shows the form, POST does it. What was typed stays when it is refused."""

    template_name = "contact/desk/action.html"
    name = ""
    icon = "edit"
    right = CHANGE
    form_class: type[CaseForm]
    words: str | Promise = ""
    button: str | Promise = _("Save")
    done: str | Promise = _("Saved.")

    @classmethod
    def is_offered(cls, case: Message) -> bool:
        """Whether the case is such that this can be done."""
        return True

    def act(self, data: dict[str, Any], **common: Any) -> None:
        """Do it with what the form holds; `common` is the key and the person."""
        raise NotImplementedError

    def form(self, data: Any = None) -> CaseForm:
        return self.form_class(data, case=self.object, user=self.request.user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.is_done():
            return self.back()
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form)
        data = form.cleaned_data
        try:
            self.act(data, by=request.user, key=data.pop("key"))
        except CaseError as problem:
            form.add_error(None, str(problem))
            return self.show(form)
        except MoveError:
            form.add_error(None, MOVED_ON)
            return self.show(form)
        messages.success(request, self.done)
        return self.back()

    def show(self, form: CaseForm, **more: Any) -> HttpResponse:
        if form.is_bound:
            reasons = " ".join(str(words) for errors in form.errors.values() for words in errors)
            messages.error(self.request, _("Not saved: %(reasons)s") % {"reasons": reasons})
        context = {"form": form, "words": self.words, "button": self.button, "name": self.name, **more}
        return self.render_to_response(self.get_context_data(**context))


class AskView(ActionView):
    name, icon, title = "ask", "help", _("Ask the sender")
    form_class = forms.AskForm
    words = _(
        "The status becomes “waiting for the sender”. By e-mail a link leads to the place for the answer."
    )
    button, done = _("Send the question"), _("The question was sent.")

    @classmethod
    def is_offered(cls, case: Message) -> bool:
        return case.status == Status.WAITING or Status.WAITING in case.moves

    def act(self, data: dict[str, Any], **common: Any) -> None:
        replies.ask_sender(self.object, **data, **common)


class CallView(ActionView):
    name, icon, title = "call", "comment", _("Answered by telephone")
    form_class = forms.CallForm

    @classmethod
    def is_offered(cls, case: Message) -> bool:
        return case.status not in (Status.SPAM, Status.CLOSED)

    def act(self, data: dict[str, Any], **common: Any) -> None:
        replies.record_call(self.object, **data, **common)


class AssignView(ActionView):
    name, icon, title = "assign", "user", _("Assign")
    form_class = forms.AssignForm
    words = _("Those who may see this message are offered.")

    def act(self, data: dict[str, Any], **common: Any) -> None:
        routing.assign(self.object, **data, **common)


class RerouteView(ActionView):
    name, icon, title = "reroute", "redirect", _("Hand to another unit")
    form_class = forms.RerouteForm
    button = _("Hand over")

    def act(self, data: dict[str, Any], **common: Any) -> None:
        recompute = data.pop("deadline") == "anew"
        routing.reroute(self.object, recompute=recompute, **data, **common)


class DeadlineView(ActionView):
    name, icon, title, right = "deadline", "calendar", _("Change the deadline"), MANAGE
    form_class = forms.DeadlineForm

    @classmethod
    def is_offered(cls, case: Message) -> bool:
        return case.status in OPEN

    def act(self, data: dict[str, Any], **common: Any) -> None:
        routing.set_deadline(self.object, **data, **common)


class RegisterView(ActionView):
    name, icon, title = "register", "clipboard-list", _("Registration by the secretariat")
    form_class = forms.RegisterForm

    def act(self, data: dict[str, Any], **common: Any) -> None:
        routing.register(self.object, **data, **common)


class CloseView(ActionView):
    name, icon, title = "close", "check", _("Close the message")
    form_class = forms.CloseForm
    button, done = _("Close the message"), _("The message was closed.")

    @classmethod
    def is_offered(cls, case: Message) -> bool:
        return Status.CLOSED in case.moves

    def act(self, data: dict[str, Any], **common: Any) -> None:
        routing.close(self.object, **data, **common)


class HoldView(ActionView):
    name, icon, title, right = "hold", "lock", _("Keep by order"), MANAGE
    form_class = forms.HoldForm
    words = _("What is kept by order is not deleted when its time is up. The same page ends it.")

    def form(self, data: Any = None) -> CaseForm:
        self.button = _("Keep no longer") if self.object.legal_hold else _("Keep by order")
        return super().form(data)

    def act(self, data: dict[str, Any], **common: Any) -> None:
        routing.hold(self.object, on=not self.object.legal_hold, **data, **common)


class OutsideView(ActionView):
    name, icon, title = "outside", "globe", _("Ask another organization")
    form_class = forms.OutsideForm
    words = _(
        "It gets a link by e-mail that holds for thirty days and takes one answer, which comes back here."
    )
    button, done = _("Send the question"), _("The question was sent.")

    def act(self, data: dict[str, Any], **common: Any) -> None:
        outside.ask_outside(self.object, **data, **common)


class WithdrawView(ActionView):
    """Takes a question to an organization back; a button of the case page leads here."""

    name, title = "withdraw", _("Take the question back")
    form_class = CaseForm
    words = _("The link that the organization has opens nothing from then on.")
    button, done = _("Take the question back"), _("The question was taken back.")

    @classmethod
    def is_offered(cls, case: Message) -> bool:
        return False

    def get(self, request: HttpRequest, pk: int, question: int) -> HttpResponse:  # type: ignore[override]
        return super().get(request, pk)

    def post(self, request: HttpRequest, pk: int, question: int) -> HttpResponse:  # type: ignore[override]
        return super().post(request, pk)

    def act(self, data: dict[str, Any], **common: Any) -> None:
        outside.withdraw_outside(self.object, question=self.kwargs["question"], **common)


class MergeView(ActionView):
    name, icon, title, right = "merge", "link", _("Merge with another message"), MANAGE
    form_class = forms.MergeForm
    button, done = _("Show the other message"), _("The messages were merged.")

    @classmethod
    def is_offered(cls, case: Message) -> bool:
        return Status.CLOSED in case.moves

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.form(request.POST)
        if self.is_done() or not form.is_valid() or form.is_agreed:  # type: ignore[attr-defined]
            return super().post(request, pk)
        other = form.cleaned_data["code"]
        self.words = _(
            "Look at the other message: merging tells its sender at once and cannot be taken back."
        )
        self.button = _("Merge with this message")
        again = {"code": other.code_display, "agreed": other.tracking_code, "key": form.cleaned_data["key"]}
        return self.show(self.form_class(case=self.object, user=request.user, initial=again), other=other)

    def act(self, data: dict[str, Any], **common: Any) -> None:
        joining.merge(self.object, into=data["code"], **common)


class SplitView(ActionView):
    name, icon, title, right = "split", "cut", _("Split off a part"), MANAGE
    form_class = forms.SplitForm
    words = _(
        "The part becomes a message of its own with codes of its own; the sender is told them by e-mail."
    )
    button, done = _("Split off"), _("The part is a message of its own now.")

    @classmethod
    def is_offered(cls, case: Message) -> bool:
        return case.status != Status.SPAM

    def act(self, data: dict[str, Any], **common: Any) -> None:
        joining.split(self.object, **data, **common)


class RedactView(ActionView):
    name, icon, title, right = "redact", "no-view", _("Redact"), "contact.redact_message"
    form_class = forms.RedactForm
    words = _(
        "What is hidden here goes out of sight for everybody, in letters and in messages merged with or split from this one "
        "too, and nobody can bring it back. The original is kept for those who may read originals."
    )
    button, done = _("Hide"), _("It is hidden.")

    def form(self, data: Any = None) -> CaseForm:
        files = None if data is None else self.request.FILES
        return forms.RedactForm(data, files, case=self.object, user=self.request.user)

    def act(self, data: dict[str, Any], **common: Any) -> None:
        try:
            redacting.redact(self.object, **data, **common)
        except NotStoredError as problem:
            raise CaseError(str(problem)) from problem


#: In the order in which the case offers them.
ACTIONS: tuple[type[ActionView], ...] = (
    AskView,
    CallView,
    AssignView,
    RerouteView,
    OutsideView,
    RegisterView,
    DeadlineView,
    MergeView,
    SplitView,
    RedactView,
    HoldView,
    CloseView,
)
