"""The page where an answer is written, seen as the e-mail that it will be, approved and sent.

There is one form. What is sent is what was seen: when the text is not the one of the preview, the preview comes first.
"""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin import messages

from contact.actions import locks, replies
from contact.actions.common import OUTDATED, CaseError, is_locked
from contact.actions.sending import SAMPLE_LINK, reply_context, reply_subject, wants_mail
from contact.files.accepting import ATTACHMENT, FileRefused, inspect
from contact.files.storing import NotStoredError
from contact.models import CannedReply, DraftReply, Message, TimelineEntry
from contact.models.cases import BODY_LENGTH
from contact.placeholders import complaint, fill, legend
from contact.public.fields import FilesInput, UploadField
from contact.workflow import CloseReason, MoveError, Status

from .case_base import CHANGE, MOVED_ON, CaseForm, OfCase
from .case_forms import REQUIRED, long_text


class ReplyForm(CaseForm):
    text = long_text(_("Text of the answer"), limit=BODY_LENGTH, rows=12)
    to_status = forms.ChoiceField(
        label=_("Status after it"), widget=forms.RadioSelect, error_messages=REQUIRED
    )
    close_reason = forms.ChoiceField(label=_("Reason for closing"), required=False)
    uploads = UploadField(
        label=_("Attachments"),
        required=False,
        widget=FilesInput(
            attrs={"multiple": "", "accept": ",".join(f".{kind}" for kind in ATTACHMENT.kinds)}
        ),
        help_text=_("At most ۳ files of ۵ megabytes each; the sender finds them on the page of the message"),
    )

    def set_up(self) -> None:
        fields: Any = self.fields
        fields["to_status"].choices = [
            (status.value, status.label) for status in replies.next_statuses(self.case)
        ]
        fields["close_reason"].choices = [("", "—"), *CloseReason.choices]
        if not self.case.topic.is_information_request:
            del self.fields["close_reason"]

    def now(self) -> dict[str, Any]:
        offered = replies.next_statuses(self.case)
        return {"to_status": offered[0].value if offered else ""}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (
            "close_reason" in self.fields
            and data.get("to_status") == Status.CLOSED
            and not data["close_reason"]
        ):
            self.add_error("close_reason", _("Choose the reason for closing."))
        return data


def preview(case: Message, draft: DraftReply, files: list[str]) -> dict[str, str]:
    """Subject, HTML and plain text of the letter that the sender would get, exactly as `letters` makes it."""
    link = SAMPLE_LINK if draft.to_status == Status.WAITING else ""
    template = "question" if link else "reply"
    context = {"message": case, **reply_context(case, fill(draft.text, case), files, link)}
    return {
        "subject": reply_subject(case, link),
        "text": render_to_string(f"emails/{template}.txt", context),
        "html": render_to_string(f"emails/{template}.html", context),
    }


class ReplyView(OfCase):
    template_name = "contact/desk/reply.html"
    title = _("Answer")
    right = CHANGE

    @cached_property
    def draft(self) -> DraftReply | None:
        return DraftReply.objects.filter(message=self.object).select_related("author").first()

    @property
    def version(self) -> str:
        return replies.version(self.draft) if self.draft else ""

    @property
    def files(self) -> list[Any]:
        return list(self.draft.attachments.all()) if self.draft else []

    def form(self, data: Any = None, **initial: Any) -> ReplyForm:
        if self.draft and not initial:
            names = ("text", "to_status", "close_reason")
            initial = {name: getattr(self.draft, name) for name in names}
        return ReplyForm(data, case=self.object, user=self.request.user, initial=initial)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        step = request.POST.get("do", "preview")
        if self.is_done():
            return self.back()
        if step == "insert":
            return self.insert()
        try:
            if step in ("take_over", "discard", "give_back"):
                return getattr(self, step)()
            return self.keep(step)
        except CaseError as problem:
            return self.refuse(str(problem))
        except MoveError:
            return self.refuse(str(MOVED_ON))

    def insert(self) -> HttpResponse:
        """The words of a canned reply come after what is typed already; nothing is saved yet."""
        posted = self.request.POST
        choice = posted.get("canned", "")
        canned = self.canned().filter(pk=choice if choice.isascii() and choice.isdigit() else 0).first()
        typed = posted.get("text", "")
        text = "\n\n".join(part for part in (typed.rstrip(), canned.text if canned else "") if part)
        others = {name: posted[name] for name in ("to_status", "close_reason") if name in posted}
        return self.show(self.form(text=text, **others))

    def take_over(self) -> HttpResponse:
        locks.start_answering(self.object, by=self.request.user, take_over=True)
        self.object.refresh_from_db()
        posted = {name: self.request.POST.get(name, "") for name in ("text", "to_status", "close_reason")}
        return self.show(self.form(**posted))

    def discard(self) -> HttpResponse:
        replies.discard_draft(self.object, by=self.request.user, seen=self.request.POST.get("seen", ""))
        messages.success(self.request, _("The draft was thrown away."))
        return redirect(self.case_address)

    def give_back(self) -> HttpResponse:
        note = self.request.POST.get("note", "").strip()[:4000]
        if not note:
            raise CaseError(_("Write what should become better."))
        if not self.may("contact.approve_reply"):
            raise CaseError(_("You may read this message, not do this with it."))
        replies.return_draft(self.object, by=self.request.user, note=note, **self.seen())
        messages.success(self.request, _("The draft went back with your note."))
        return redirect(self.case_address)

    def seen(self) -> dict[str, str]:
        return {"seen": self.request.POST.get("seen", ""), "key": self.request.POST.get("key", "")[:40]}

    def keep(self, step: str) -> HttpResponse:
        """Save what is in the form; then send it or hand it over, when it is what the preview showed."""
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.show(form, status=200)
        if step in ("send", "submit") and self.shows(form):
            act, words = {
                "send": (replies.send_reply, _("The answer was sent.")),
                "submit": (replies.submit_draft, _("The answer waits for approval.")),
            }[step]
            act(self.object, by=self.request.user, **self.seen())
            messages.success(self.request, words)
            return self.back()
        if (
            self.draft
            and step in ("send", "submit")
            and self.request.POST.get("seen", "") not in ("", self.version)
        ):
            raise CaseError(OUTDATED)  # kept as it is here, what a redaction hid meanwhile would come back
        files, refused = self.accepted()
        data = {name: form.cleaned_data[name] for name in ("text", "to_status")}
        drop = [int(pk) for pk in self.request.POST.getlist("drop") if pk.isascii() and pk.isdigit()]
        reason = form.cleaned_data.get("close_reason", "")
        replies.save_draft(
            self.object, by=self.request.user, close_reason=reason, files=files, drop=drop, **data
        )
        for refusal in refused:
            messages.error(self.request, refusal)
        if slip := complaint(data["text"]):
            messages.warning(self.request, slip)
        if step != "preview":
            messages.warning(self.request, _("This is what will be sent. Look at it, then send it."))
        return redirect(f"{self.request.path}#mail-section")

    def shows(self, form: ReplyForm) -> bool:
        """Whether the form holds what the preview showed."""
        draft = self.draft
        if draft is None:  # sent a moment ago by the first of two clicks: the action knows the key
            return bool(self.request.POST.get("seen"))
        same = all(
            form.cleaned_data.get(name, "") == getattr(draft, name)
            for name in ("text", "to_status", "close_reason")
        )
        return same and not self.request.FILES and not self.request.POST.getlist("drop")

    def accepted(self) -> tuple[list[Any], list[str]]:
        files, refused = [], []
        for upload in self.request.FILES.getlist("uploads"):
            try:
                files.append(inspect(upload, ATTACHMENT))
            except (FileRefused, NotStoredError) as problem:
                refused.append(str(problem))
        return files, refused

    def refuse(self, words: str) -> HttpResponse:
        messages.error(self.request, words)
        self.__dict__.pop("draft", None)
        self.object.refresh_from_db()
        posted = {name: self.request.POST.get(name, "") for name in ("text", "to_status", "close_reason")}
        return self.show(self.form(**posted))

    def returned(self) -> TimelineEntry | None:
        """The note with which the draft came back, while it waits for its author."""
        if self.draft is None or self.draft.submitted_at:
            return None
        last = self.object.timeline.filter(kind=TimelineEntry.Kind.DRAFT).last()
        return last if last and last.data.get("step") == "returned" else None

    def canned(self) -> Any:
        case = self.object
        fits = Q(topic=None) | Q(topic=case.topic_id)
        return CannedReply.objects.filter(fits, Q(status="") | Q(status=case.status))

    def show(self, form: ReplyForm, status: int = 200) -> HttpResponse:
        case, user, draft = self.object, self.request.user, self.draft
        other = case.locked_by if is_locked(case) and case.locked_by_id != user.pk else None
        files = self.files
        may_send = replies.may_send(case, draft.author_id if draft else user.pk, user)
        context = {
            "form": form,
            "draft": draft,
            "seen": self.version,
            "files": files,
            "mail": preview(case, draft, [file.name for file in files]) if draft else None,
            "goes_by_mail": wants_mail(case),
            "may_send": may_send,
            "may_return": bool(draft and draft.submitted_at and self.may("contact.approve_reply")),
            "canned": self.canned(),
            "placeholders": legend(),
            "answering": other,
            "note": self.request.POST.get("note", ""),
            "returned": self.returned(),
            "merged_count": case.merged_messages.count(),
        }
        if self.request.FILES:  # no page can hold them; only a saved draft does
            messages.warning(self.request, _("Choose the files again: they are kept from the preview on."))
        if form.is_bound and form.errors:
            reasons = " ".join(str(words) for errors in form.errors.values() for words in errors)
            messages.error(self.request, _("Not saved: %(reasons)s") % {"reasons": reasons})
        return self.render_to_response(self.get_context_data(**context), status=status)


@method_decorator(xframe_options_sameorigin, name="dispatch")
class ReplyPreview(OfCase):
    """The HTML of the letter in a frame of the page: its own styles, no script, no address of anybody else."""

    right = CHANGE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = DraftReply.objects.filter(message=self.object).first()
        if draft is None:
            raise Http404
        response = HttpResponse(
            preview(self.object, draft, [file.name for file in draft.attachments.all()])["html"]
        )
        policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
        response["Content-Security-Policy"] = policy
        return response
