"""A lost code: whoever gave an e-mail address gets a letter with links there. The answer tells nobody who has written."""

import time
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from contact.intake import sender_hash
from contact.limits import too_many
from contact.recovery import find_link, send_links, use_link

from .fields import AddressField
from .handling import SeeOther, to_receipt

#: Seconds that every answer takes, far more than the letter costs: time tells nobody whether there was one.
PACE = 0.7
TRIES_AN_HOUR = 10


class LostForm(forms.Form):
    email = AddressField(
        label=_("E-mail"),
        help_text=_("The address that you gave with your message"),
        error_messages={"required": _("Write the e-mail address that you gave with your message.")},
    )


def ask(page: Any, request: HttpRequest) -> HttpResponse:
    """The page where one writes the address; after a post, the same answer for every address."""
    form = LostForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(page, request, form=form, is_asked="asked" in request.GET)
    if wait := too_many("lost", sender_hash(request), TRIES_AN_HOUR):
        response = _page(page, request, status=429, form=form, is_too_often=True)
        response["Retry-After"] = str(wait)
        return response
    began = time.monotonic()
    send_links(form.cleaned_data["email"])
    time.sleep(max(0.0, PACE - (time.monotonic() - began)))
    return SeeOther(f"{page.get_url(request)}{page.reverse_subpage('lost')}?asked=1")


def open_link(page: Any, request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button, because mail scanners open links; POST gives the new secret and shows it like a receipt."""
    if request.method == "POST":
        case = use_link(token)
        if case is not None:
            return to_receipt(page, request, case, anew=True)
    elif request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    link = find_link(token)
    return _page(page, request, template="lost_link", link=link, case=link.message if link else None)


def _page(
    page: Any, request: HttpRequest, template: str = "lost", status: int = 200, **context: Any
) -> HttpResponse:
    response = page.render(request, template=f"contact/{template}.html", context_overrides=context)
    response.status_code = status
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response
