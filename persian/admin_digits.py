"""Persian digits on every screen of the admin, whoever wrote the template."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .numbers import in_markup
from .reader import reads_persian

# What these show is the public page, as visitors see it.
PREVIEWS = ("preview", "view_draft", "revisions_view")


class AdminDigitsMiddleware:
    """Gives Persian digits to the admin's pages; `persian/js/digits.js` to what scripts then add, its dialogs among it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.streaming and self.is_ours(request, response):
            page = response.content.decode(response.charset)
            response.content = in_markup(page).encode(response.charset)
        return response

    def is_ours(self, request: HttpRequest, response: HttpResponse) -> bool:
        if not reads_persian() or not request.path.startswith(reverse("wagtailadmin_home")):
            return False
        match = request.resolver_match
        shows_the_site = match and any(word in (match.view_name or "") for word in PREVIEWS)
        return response.get("Content-Type", "").startswith("text/html") and not shows_the_site
