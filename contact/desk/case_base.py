"""What every page of one case asks first: may the reader see the case, and may they do this with it."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from contact.models import Message

from .listing import DESK

MOVED_ON = _("The message has another status by now, so this was not possible. Look at it again.")
CHANGE = "contact.change_message"


class OfCase(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """A page of one case: 404 for who may not see it, a refusal for who may not do this (`right`) with it."""

    model = Message
    permission_required = "view"
    index_url_name = ""
    right = ""
    title: str | Promise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Else the parent refuses, whether there is such a message or not.
        if self.user_has_permission("view"):
            related = Message.objects.select_related(
                "topic", "unit", "about_page", "assignee", "locked_by", "municipality"
            )
            self.object = get_object_or_404(related.visible_to(request.user), pk=kwargs["pk"])
            if self.right and not self.may(self.right):
                messages.error(request, _("You may read this message, not do this with it."))
                return redirect(self.case_address)
        return super().dispatch(request, *args, **kwargs)

    def may(self, right: str) -> bool:
        return self.request.user.has_perm(right)

    @property
    def case_address(self) -> str:
        return reverse("desk:case", args=[self.object.pk])

    def is_done(self) -> bool:
        """Whether this very form was sent already: the second click of two finds all done."""
        key = self.request.POST.get("key", "")[:40]
        return key.isalnum() and self.object.timeline.filter(data__key=key).exists()

    def back(self) -> HttpResponse:
        """To the case, or to the desk when the reader does not see it any more."""
        seen = Message.objects.visible_to(self.request.user).filter(pk=self.object.pk).exists()
        return redirect(self.case_address if seen else reverse(self.index_url_name))

    def get_page_title(self) -> str:
        return str(self.title) or self.object.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        case = {"url": self.case_address if self.title else "", "label": self.object.title}
        last = [{"url": "", "label": str(self.title)}] if self.title else []
        return [*self.breadcrumbs_items, {"url": reverse(self.index_url_name), "label": DESK}, case, *last]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "case": self.object}


class CaseForm(forms.Form):
    """A form of an action. `case` and `user` say what may be chosen; `key` makes a double click one action."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, *args: Any, case: Message, user: Any, **kwargs: Any) -> None:
        self.case, self.user = case, user
        kwargs["initial"] = {"key": uuid.uuid4().hex, **self.now(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.set_up()

    def now(self) -> dict[str, Any]:
        """What the fields hold at first."""
        return {}

    def set_up(self) -> None:
        """Give the fields their choices."""
