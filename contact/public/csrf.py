"""Django's check of the CSRF token stays in force everywhere. Only its refusal is answered better on the contact page."""

from django.http import HttpRequest, HttpResponse
from wagtail.models import Site

from contact.page import ContactPage
from pages.errors import csrf_failure

from . import answering, handling, outside, tracking


def failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: a citizen whose token has expired gets the form back with all that was typed, not an error page."""
    page = ContactPage.objects.live().first()
    if page is None or request.method != "POST":
        return csrf_failure(request, reason)
    address = page.get_url(request, Site.find_for_request(request))
    answer = {
        address: handling.rejected,
        f"{address}track/": tracking.rejected,
        f"{address}track/case/": tracking.rejected,
    }.get(request.path)
    for place, rejected in (("track/answer/", answering.rejected), ("outside/", outside.rejected)):
        if request.path.startswith(address + place):
            token = request.path.removeprefix(address + place).strip("/")
            return rejected(page, request, token).render()  # type: ignore[attr-defined]
    return answer(page, request).render() if answer else csrf_failure(request, reason)  # type: ignore[attr-defined]
