"""The forms of what may be done with a case, each on a small page of its own."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from contact.actions.routing import may_have
from contact.codes import parse_code
from contact.files.accepting import ATTACHMENT, FileRefused, inspect
from contact.models import Attachment, Message, Topic, Unit
from contact.models.cases import BODY_LENGTH
from contact.public.fields import AddressField, TypedField, UploadField
from contact.workflow import OPEN, CloseReason
from persian.calendar import format_jalali_short
from persian.text import isolate

from .case_base import CaseForm
from .people_forms import display_name

REQUIRED = {"required": _("This is needed.")}


def long_text(
    label: Promise, help_text: str | Promise = "", limit: int = 4000, rows: int = 5, **kwargs: Any
) -> TypedField:
    area = forms.Textarea(attrs={"rows": rows})
    return TypedField(
        label=label, help_text=help_text, limit=limit, widget=area, error_messages=REQUIRED, **kwargs
    )


SENDER_READS = _("The sender reads it")
COLLEAGUES_READ = _("Seen by colleagues only")


class AskForm(CaseForm):
    text = long_text(_("What is missing"), SENDER_READS)


class CallForm(CaseForm):
    text = long_text(_("What was said"), _("The sender reads it on the page of the message too"))
    is_answer = forms.BooleanField(label=_("The message is answered by it"), required=False, initial=True)


class AssignForm(CaseForm):
    to: Any = forms.ModelChoiceField(
        label=_("Assignee"), queryset=None, required=False, empty_label=_("Nobody; the unit has it")
    )
    text = long_text(_("Note for the colleague"), COLLEAGUES_READ, rows=3, required=False)

    def now(self) -> dict[str, Any]:
        return {"to": self.case.assignee_id}

    def set_up(self) -> None:
        field: Any = self.fields["to"]
        field.queryset = may_have(self.case.topic, self.case.unit)
        field.label_from_instance = display_name


class RerouteForm(CaseForm):
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.select_related("unit"))
    unit = forms.ModelChoiceField(
        label=_("Answering unit"),
        queryset=Unit.objects.all(),
        required=False,
        empty_label=_("The unit of the topic"),
    )
    deadline = forms.ChoiceField(
        label=_("Deadline"),
        choices=[
            ("keep", _("Stays as it is")),
            ("anew", _("Is counted anew from the day of arrival, by the promise of the topic")),
        ],
        initial="keep",
        widget=forms.RadioSelect,
    )
    text = long_text(_("Note for the unit"), COLLEAGUES_READ, rows=3, required=False)

    def now(self) -> dict[str, Any]:
        return {"topic": self.case.topic_id}


class DeadlineForm(CaseForm):
    day = forms.DateField(label=_("New deadline"), widget=AdminDateInput, error_messages=REQUIRED)
    reason = long_text(_("Reason"), SENDER_READS, limit=1000, rows=3)

    def now(self) -> dict[str, Any]:
        return {"day": self.case.deadline}


class RegisterForm(CaseForm):
    number = TypedField(
        label=Message._meta.get_field("registration_number").verbose_name,
        limit=50,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    day = forms.DateField(
        label=Message._meta.get_field("registration_date").verbose_name,
        required=False,
        widget=AdminDateInput,
    )

    def now(self) -> dict[str, Any]:
        return {"number": self.case.registration_number, "day": self.case.registration_date}


class CloseForm(CaseForm):
    reason = forms.ChoiceField(label=_("Reason for closing"), error_messages=REQUIRED)
    text = long_text(_("Explanation"), SENDER_READS)

    def set_up(self) -> None:
        by_law = self.case.topic.is_information_request
        if by_law:
            field: Any = self.fields["reason"]
            field.choices = [("", "—"), *CloseReason.choices]
        else:
            del self.fields["reason"]
        self.fields["text"].required = by_law or self.case.status in OPEN


class HoldForm(CaseForm):
    reason = long_text(_("Reason"), COLLEAGUES_READ, limit=1000, rows=3)


class OutsideForm(CaseForm):
    organization = TypedField(label=_("Name of the organization"), limit=150, error_messages=REQUIRED)
    email = AddressField(label=_("E-mail"), error_messages=REQUIRED)
    question = long_text(_("Question"), _("The organization reads it"))
    shares_message = forms.BooleanField(
        label=_("Show the text of the message"),
        required=False,
        help_text=_("Without the sender's name and contacts; look whether the text itself names somebody"),
    )


class MergeForm(CaseForm):
    """Sent twice: first to see the other message, then, with its code in `agreed`, to merge with it."""

    agreed = forms.CharField(required=False, widget=forms.HiddenInput)
    code = TypedField(
        label=_("Tracking code of the other message"),
        limit=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric"}),
        help_text=_("This message is closed, and its sender gets the answer of the other one too"),
        error_messages=REQUIRED,
    )

    def clean_code(self) -> Message:
        code = parse_code(self.cleaned_data["code"])
        found = Message.objects.visible_to(self.user).filter(tracking_code=code or "").first()
        if found is None:
            raise forms.ValidationError(_("You have no message with this code."))
        return found

    @property
    def is_agreed(self) -> bool:
        return bool(self.cleaned_data["agreed"] == self.cleaned_data["code"].tracking_code)


class SplitForm(CaseForm):
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.active().filter(is_elsewhere=False), error_messages=REQUIRED
    )
    title = TypedField(label=_("Title of the part"), limit=150, error_messages=REQUIRED)
    body = long_text(
        _("Text of the part"),
        _("What the sender wrote on this matter; take out what belongs to the others"),
        limit=BODY_LENGTH,
        rows=10,
    )

    def now(self) -> dict[str, Any]:
        return {"topic": self.case.topic_id, "title": self.case.title, "body": self.case.body}


def _called(file: Attachment) -> str:
    names = {"name": isolate(file.name), "day": format_jalali_short(file.created_at)}
    return gettext("File %(name)s, of %(day)s") % names


class RedactForm(CaseForm):
    passages = long_text(
        _("What is to be hidden"),
        _("One passage on each line, as it is written; it is hidden wherever it stands in this message"),
        required=False,
    )
    files: Any = forms.ModelMultipleChoiceField(
        label=_("Files to be hidden"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Their names too, which may name somebody; the same file is hidden wherever it lies in this message"
        ),
    )
    replacement = UploadField(
        label=_("In place of the file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in ATTACHMENT.kinds)}),
        help_text=_("If you have a version of it in which nothing has to be hidden"),
    )
    reason = TypedField(label=_("Reason"), limit=300, error_messages=REQUIRED)

    def set_up(self) -> None:
        field: Any = self.fields["files"]
        field.queryset = self.case.attachments.readable().filter(draft=None)
        field.label_from_instance = _called
        if not field.queryset.exists():
            del self.fields["files"], self.fields["replacement"]

    def clean_passages(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["passages"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        upload = self.files.get(self.add_prefix("replacement"))
        if upload is None or "files" not in self.fields:
            data.pop("replacement", None)
            return data
        if len(data.get("files", ())) != 1:
            self.add_error("replacement", _("This stands in place of one file; choose that one above."))
        try:
            data["replacement"] = inspect(upload)
        except FileRefused as problem:
            self.add_error("replacement", str(problem))
        if self.errors:
            self.add_error("replacement", _("Choose this file once more; browsers do not keep it."))
        return data
