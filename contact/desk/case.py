"""The page of one case: what was sent, what happened since, and what may be done now."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from contact.models import Message, TimelineEntry
from contact.public.forms import TypedField
from contact.workflow import MoveError, Status, move

from .listing import DESK


class CaseForm(forms.Form):
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


class CaseView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """One message: what was sent, what happened since, and what may be done now."""

    model = Message
    permission_required = "view"
    template_name = "contact/desk/case.html"
    index_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.user_has_permission(
            "view"
        ):  # else the parent refuses, whether there is such a message or not
            related = Message.objects.select_related("topic", "unit", "about_page")
            self.object = get_object_or_404(related.visible_to(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return self.object.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": DESK},
            {"url": "", "label": self.object.title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "case": self.object,
            "timeline": self.object.timeline.all(),
            "may_change": self.user_has_permission("change"),
        }

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=CaseForm()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.user_has_permission("change"):
            return self.handle_no_permission(request)
        form = CaseForm(request.POST)
        if not form.is_valid():
            reasons = " ".join(str(words) for errors in form.errors.values() for words in errors)
            messages.error(request, _("Not saved: %(reasons)s") % {"reasons": reasons})
            return self.render_to_response(self.get_context_data(form=form))
        note, to = form.cleaned_data["note"], form.cleaned_data["to"]
        if to:
            try:
                move(self.object, to, request.user, note)
            except MoveError:
                words = _(
                    "The message has another status by now, so this was not possible. Look at it again."
                )
                messages.error(request, words)
                return self.render_to_response(self.get_context_data(form=form))
            status = self.object.get_status_display()
            messages.success(request, _("Status changed to “%(status)s”") % {"status": status})
        else:
            self.object.timeline.create(kind=TimelineEntry.Kind.NOTE, author=request.user, text=note)
            messages.success(request, _("The note was saved"))
        return redirect(request.path)

    def handle_no_permission(self, request: HttpRequest) -> HttpResponse:
        messages.error(request, _("You may read this message, not change it."))
        return redirect(request.path)
