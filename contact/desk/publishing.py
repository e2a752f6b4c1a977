"""«Publish this answer»: the draft of a public answer, made of a case, with everything that was taken out marked."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contact import publishing
from contact.masking import Part, mask, masked
from contact.models import Message, PublicAnswer
from contact.public.forms import TypedField
from pages.models import ContactDetails

from .listing import DESK


def kept_of(request: HttpRequest) -> list[str]:
    """The unit's own telephones and address: these may be read by everybody."""
    details = ContactDetails.for_request(request)
    numbers = (details.telephone, details.fax)
    return [
        *(f"{details.area_code}{number}" for number in numbers if number),
        *filter(None, numbers),
        details.email,
    ]


class AnswerForm(forms.Form):
    """The three texts of a public answer, as long as its columns."""

    question = TypedField(label=_("Question"), limit=300)
    details = TypedField(
        label=_("More of the question"), limit=8000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    answer = TypedField(label=_("Answer"), limit=8000, widget=forms.Textarea(attrs={"rows": 8}))


class PublishView(WagtailAdminTemplateMixin, View):
    """Of a case that the reader may see. What is taken out is proposed; a person looks it over, another approves it."""

    template_name = "contact/desk/publish.html"
    page_title = _("Publish this answer")
    header_icon = "globe"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (
            request.user.has_perm("contact.add_publicanswer")
            and request.user.has_perm("contact.view_message")
        ):
            raise PermissionDenied
        cases = Message.objects.select_related("topic", "municipality").visible_to(request.user)
        self.case = get_object_or_404(cases, pk=kwargs["pk"])
        if not self.case.may_be_published:
            messages.error(
                request, _("Only an answered case of a topic that is not confidential can be published.")
            )
            return redirect("desk:case", self.case.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk:index"), "label": DESK},
            {"url": reverse("desk:case", args=[self.case.pk]), "label": self.case.title},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        parts = publishing.proposal(self.case, kept_of(request))
        form = AnswerForm(initial={name: masked(found) for name, found in parts.items()})
        return self._page(form, parts)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self._page(form, publishing.proposal(self.case, kept_of(request)))
        answer = publishing.draft(self.case, request.user, **form.cleaned_data)
        messages.success(request, _("The draft is kept. It is public once it is approved."))
        return redirect(PublicAnswer.snippet_viewset.get_url_name("inspect"), answer.pk)

    def _page(self, form: AnswerForm, parts: dict[str, list[Part]]) -> HttpResponse:
        fields = [(form[name], found) for name, found in parts.items()]
        return self.render_to_response(self.get_context_data(case=self.case, form=form, fields=fields))


def doubtful(answer: PublicAnswer, request: HttpRequest) -> list[tuple[str, list[Part]]]:
    """The texts of an answer by label, what still looks like somebody's name or number told apart."""
    names = [answer.message.name] if answer.message else []
    return [
        (str(field.label), mask(getattr(answer, name), names=names, keep=kept_of(request)))
        for name, field in AnswerForm.base_fields.items()
    ]
