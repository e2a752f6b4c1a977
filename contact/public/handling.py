"""What the contact page answers: the form, its posting in every good and bad case, and the receipt."""

import logging
from typing import Any
from urllib.parse import urlencode

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from contact.intake import Origin, seconds_to_wait, sender_hash, store
from contact.models import Message, Topic
from pages.models import ContactDetails

from .forms import TRAP, MessageForm, asked_for, number
from .tokens import FormToken, read_receipt, receipt_token

logger = logging.getLogger(__name__)

Notice = tuple[Promise, Promise]

EXPIRED: Notice = (
    _("The form had been open for too long"),
    _("Nothing you typed is lost. Look it over and press “Send the message” once more."),
)
REJECTED: Notice = (
    _("For your safety the form must be sent once more"),
    _(
        "Nothing you typed is lost: press “Send the message” again. "
        "If you come back here, allow cookies for this site, or call us."
    ),
)
TOO_FAST: Notice = (
    _("Your message has not been registered yet"),
    _(
        "The form came back very fast. To keep machines out, we ask you to press “Send the message” once more. "
        "Nothing you typed is lost."
    ),
)
TOO_MANY: Notice = (
    _("Many messages have come from your network in the last hour"),
    _("What you typed stands below. Send it a little later, or call us."),
)
CHANGED: Notice = (
    _("Your earlier message has been registered already"),
    _("What stands below differs from it. If it is another message, press “Send the message”."),
)
FAILED: Notice = (
    _("The message could not be saved just now"),
    _("What you typed stands below. Please press “Send the message” again in a moment."),
)


class SeeOther(HttpResponseRedirect):
    """After a post: fetch the next page with GET, whatever the first one was."""

    status_code = 303


def show_form(page: Any, request: HttpRequest) -> HttpResponse:
    return _form_page(page, request, MessageForm(initial=asked_for(request.GET)), FormToken.new())


def receive(page: Any, request: HttpRequest) -> HttpResponse:
    """Take a posted form: a redirect to the receipt, or the form again with everything that was typed."""
    token = FormToken.read(request.POST.get("form_token", ""))
    form = MessageForm(request.POST)
    valid = form.is_valid()
    if token and (earlier := Message.objects.filter(form_key=token.key).first()):
        if valid and form.says_the_same_as(earlier):
            return _to_receipt(page, request, earlier)
        return _form_page(page, request, form, FormToken.new().renewed(), CHANGED if valid else None)
    again = (token or FormToken.new()).renewed()
    if not valid:
        return _form_page(page, request, form, again)
    if token is None or token.too_old:
        return _form_page(page, request, form, again, EXPIRED)
    if token.too_new:
        return _form_page(page, request, form, again, TOO_FAST)
    sender = sender_hash(request)
    if wait := seconds_to_wait(sender):
        response = _form_page(page, request, form, again, TOO_MANY, status=429)
        response["Retry-After"] = str(wait)
        return response
    origin = Origin(
        key=token.key,
        sender_hash=sender,
        is_spam=bool(request.POST.get(TRAP)),
        about_page=_about(request.POST.get("about")),
    )
    try:
        message = store(form.cleaned_data, origin, ContactDetails.for_request(request))
    except DatabaseError:
        logger.exception("a message could not be saved")
        return _form_page(page, request, form, again, FAILED, status=503)
    return _to_receipt(page, request, message)


def rejected(page: Any, request: HttpRequest) -> HttpResponse:
    """Django's own check refused the form's CSRF token: show it again with what was typed and a token that is good."""
    token = FormToken.read(request.POST.get("form_token", "")) or FormToken.new()
    return _form_page(page, request, MessageForm(request.POST), token.renewed(), REJECTED, status=403)


def show_receipt(page: Any, request: HttpRequest) -> HttpResponse:
    """The tracking code and what happens next; an outdated or wrong address gets a friendly page."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    code = read_receipt(request.GET.get("r", ""))
    message = Message.objects.filter(tracking_code=code).select_related("unit").first()
    response = page.render(request, template="contact/receipt.html", context_overrides={"sent": message})
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response


def _form_page(
    page: Any,
    request: HttpRequest,
    form: MessageForm,
    token: FormToken,
    notice: Notice | None = None,
    status: int = 200,
) -> HttpResponse:
    topics = list(Topic.objects.active())
    asked = request.POST if form.is_bound else request.GET
    context = {
        "form": form,
        "form_token": token.dump(),
        "trap": TRAP,
        "notice": notice,
        "has_topics": bool(topics),
        "guided_topics": [topic for topic in topics if topic.guidance],
        "about_page": _about(asked.get("about")),
    }
    response = page.render(request, context_overrides=context)
    response.status_code = status
    add_never_cache_headers(response)
    return response


def _to_receipt(page: Any, request: HttpRequest, message: Message) -> HttpResponse:
    address = page.get_url(request) + page.reverse_subpage("sent")
    response = SeeOther(f"{address}?{urlencode({'r': receipt_token(message.tracking_code)})}")
    add_never_cache_headers(response)
    return response


def _about(text: str | None) -> Page | None:
    """The public page that the visitor came from to write."""
    pk = number(text)
    return Page.objects.live().public().filter(pk=pk, depth__gt=1).first() if pk is not None else None
