"""Where an organization answers what the unit asked it: a link of its own, one answer with up to three files."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.actions.outside import answer_outside, can_be_answered, find_question
from contact.files.accepting import ATTACHMENT, MOST_FILES, NOT_STORED, Accepted, FileRefused, inspect
from contact.files.storing import NotStoredError
from persian.text import to_persian_digits

from .fields import TypedField
from .handling import SeeOther
from .pages import Notice
from .uploads import attachments

REJECTED: Notice = (
    _("For your safety the form must be sent once more"),
    _("Nothing you typed is lost. Choose your files once more, and allow cookies for this site, or call us."),
)


class OutsideForm(forms.Form):
    text = TypedField(
        label=_("Your answer"),
        limit=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write your answer.")},
    )
    uploads = attachments()


def show(page: Any, request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the question and the form, because mail scanners open links; POST answers, once."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    question = find_question(token)
    if question is None:
        return _page(page, request, {"asked": None}, status=404)
    if not can_be_answered(question):
        return _page(page, request, {"asked": question, "is_over": True})
    form = OutsideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        files = _files(request, form)
        if form.is_valid():
            try:
                answer_outside(question, form.cleaned_data["text"], files)
            except NotStoredError:
                form.add_error("uploads", NOT_STORED)
            else:  # whoever was slower than another answer reads that it is answered
                return SeeOther(request.path)
    return _page(page, request, {"asked": question, "form": form})


def rejected(page: Any, request: HttpRequest, token: str) -> HttpResponse:
    """Django's own check refused the CSRF token: the form again, with what was typed."""
    question = find_question(token)
    if question is None or not can_be_answered(question):
        return _page(page, request, {"asked": question, "is_over": True}, status=403)
    form = OutsideForm(initial={"text": request.POST.get("text", "")})
    return _page(page, request, {"asked": question, "form": form, "notice": REJECTED}, status=403)


def _files(request: HttpRequest, form: OutsideForm) -> list[Accepted]:
    """The files that are accepted; what is wrong with the others stands beside the field."""
    accepted, uploads = [], request.FILES.getlist("uploads")
    if len(uploads) > MOST_FILES:
        words = gettext("At most %(most)d files fit in.") % {"most": MOST_FILES}
        form.add_error("uploads", to_persian_digits(words))
    for upload in uploads[:MOST_FILES]:
        try:
            accepted.append(inspect(upload, ATTACHMENT))
        except FileRefused as problem:
            form.add_error("uploads", str(problem))
    return accepted


def _page(page: Any, request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = page.render(request, template="contact/outside.html", context_overrides=context)
    response.status_code = status
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    # The token in the address must not leave with a link. After "no-referrer" browsers post "Origin: null": refused.
    response["Referrer-Policy"] = "same-origin"
    return response
