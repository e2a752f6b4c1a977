"""The forms of what is done to many cases at once."""

import uuid
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contact.actions.routing import may_have_some
from contact.models import Message
from contact.workflow import OPEN

from .case_forms import COLLEAGUES_READ, REQUIRED, SENDER_READS, long_text
from .people_forms import display_name

NOBODY = "none"


class ManyForm(forms.Form):
    """`key` makes a form that is sent twice one action."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, data: Any = None, *, cases: Collection[Message]) -> None:
        self.cases = cases
        super().__init__(data, initial={"key": uuid.uuid4().hex})
        self.set_up()

    def set_up(self) -> None:
        """Make the fields fit the cases."""


class AssignManyForm(ManyForm):
    to: Any = forms.ChoiceField(label=_("Assignee"), error_messages=REQUIRED)
    text = long_text(_("Note for the colleague"), COLLEAGUES_READ, rows=3, required=False)

    def set_up(self) -> None:
        self.people = {str(user.pk): user for user in may_have_some(self.cases)}
        names = [(key, display_name(user)) for key, user in self.people.items()]
        self.fields["to"].choices = [("", "—"), (NOBODY, _("Nobody; the unit has it")), *names]  # type: ignore[attr-defined]

    def clean_to(self) -> Any:
        return self.people.get(self.cleaned_data["to"])


class CloseManyForm(ManyForm):
    text = long_text(_("Explanation"), SENDER_READS)

    def set_up(self) -> None:
        self.fields["text"].required = any(case.status in OPEN for case in self.cases)
