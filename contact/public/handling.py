"""What the contact page answers to a visit and to a posted form, in every good and bad case."""

import logging
from typing import Any
from urllib.parse import urlencode

from django.db import DatabaseError
from django.db import Error as DatabaseFailure
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from contact.intake import Origin, seconds_to_wait, sender_hash, store
from contact.models import Message
from contact.secrets import FIRST_VERSION
from operations.connections import renew_if_broken
from pages.models import ContactDetails

from . import challenge
from .choice import Choice
from .forms import TRAP, MessageForm, kind_asked_for
from .pages import Filling, Notice, about
from .tokens import FormToken, receipt_token
from .uploads import Tray

logger = logging.getLogger(__name__)

#: What a button of the form asks for, in `step`. Whatever else is posted asks for the review.
CHOOSE, EDIT, SEND = "choose", "edit", "send"

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
    """Lanes and topics to choose from; with `?lane=…&topic=…` the form itself."""
    form = MessageForm(choice=Choice.read(request.GET), initial=kind_asked_for(request.GET))
    token = FormToken.new()
    return Filling(page, request, form, token, Tray(token.key)).show()


def receive(page: Any, request: HttpRequest) -> HttpResponse:
    """Take a posted form: a redirect to the receipt, or the form again with everything that was typed and attached.

    When the database breaks the connection off, once more on a new one: under the form's key that makes no second message.
    """
    try:
        response = _receive(page, request)
        return response.render() if isinstance(response, TemplateResponse) else response
    except DatabaseFailure:
        if not renew_if_broken():
            raise
        logger.warning("the connection to the database broke off; the form is taken once more")
    return _receive(page, request)


def _receive(page: Any, request: HttpRequest) -> HttpResponse:
    token = FormToken.read(request.POST.get("form_token", ""))
    filling = _filling(page, request, token or FormToken.new())
    form, step = filling.form, request.POST.get("step")
    if removed := request.POST.get("remove"):
        filling.tray.remove(removed)
        step = EDIT
    if step == CHOOSE:
        return filling.show_choice()
    if step == EDIT:
        return _to_edit(filling)
    if token and (earlier := Message.objects.filter(form_key=token.key).first()):
        return _sent_before(filling, earlier)
    if not form.is_valid():
        filling.token = filling.token.renewed()
        return filling.show()
    if step != SEND:
        if filling.token.too_old:
            filling.token = filling.token.renewed()
        return filling.show()
    return _send(filling, token)


def rejected(page: Any, request: HttpRequest) -> HttpResponse:
    """Django's own check refused the form's CSRF token: show it again with what was typed and a token that is good."""
    token = FormToken.read(request.POST.get("form_token", "")) or FormToken.new()
    return _filling(page, request, token.renewed()).show(REJECTED, status=403)


def _filling(page: Any, request: HttpRequest, token: FormToken) -> Filling:
    """What was posted, its files kept first of all."""
    form = MessageForm(request.POST, choice=Choice.read(request.POST))
    tray = Tray.of(token.key)
    tray.take(request)
    for field, words in tray.errors:
        form.add_error(field if field in form.fields else None, words)
    return Filling(page, request, form, token, tray)


def _to_edit(filling: Filling) -> HttpResponse:
    """Back to the fields, without a word about what is not filled in yet, except about files that came just now."""
    if filling.choice.topic is None or filling.choice.is_elsewhere:
        return filling.show_choice()
    if not filling.tray.errors:
        filling.form = MessageForm(choice=filling.choice, initial=filling.request.POST.dict())
    return filling.show_fields()


def _sent_before(filling: Filling, earlier: Message) -> HttpResponse:
    """This form made a message already: the same one leads to its receipt, another text becomes another form."""
    form, tray = filling.form, filling.tray
    valid = form.is_valid()
    if valid and form.says_the_same_as(earlier) and tray.brings_nothing_new_to(earlier):
        tray.empty()
        return to_receipt(filling.page, filling.request, earlier)
    filling.token = FormToken.new().renewed()
    tray.move_to(filling.token.key)
    return filling.show(CHANGED if valid else None)


def _send(filling: Filling, token: FormToken | None) -> HttpResponse:
    """Store the message, unless something stands against it."""
    request = filling.request
    sender = sender_hash(request)
    filling.token = filling.token.renewed()
    if token is None or token.too_old:
        return filling.show(EXPIRED)
    filling.challenge = challenge.demand(request, token, sender)
    if filling.challenge:
        return filling.show(challenge.NOTICE)
    if wait := seconds_to_wait(sender):
        response = filling.show(TOO_MANY, status=429)
        response["Retry-After"] = str(wait)
        return response
    origin = Origin(
        key=token.key,
        sender_hash=sender,
        is_spam=bool(request.POST.get(TRAP)),
        about_page=about(request.POST.get("about")),
    )
    for _try in range(2):
        try:
            message = store(filling.form.message_data(), origin, ContactDetails.for_request(request))
        except DatabaseError:
            logger.exception("a message could not be saved")
            if not renew_if_broken():
                break
        else:
            return to_receipt(filling.page, request, message)
    return filling.show(FAILED, status=503)


def to_receipt(page: Any, request: HttpRequest, message: Message, *, anew: bool = False) -> HttpResponse:
    """Lead to the receipt of the secret that the form gave; `anew`: of the one that takes the place of a lost one."""
    version = message.secret_version if anew else FIRST_VERSION  # an old form, posted again, shows no other
    query = {"r": receipt_token(message.tracking_code, version), **({"anew": "1"} if anew else {})}
    response = SeeOther(f"{page.get_url(request)}{page.reverse_subpage('sent')}?{urlencode(query)}")
    add_never_cache_headers(response)
    return response
