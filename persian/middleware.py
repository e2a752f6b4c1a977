"""What a Persian site does for addresses typed on other keyboards. For `MIDDLEWARE`, before Wagtail's redirects."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, get_script_prefix, resolve
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from .addresses import fold_path

GetResponse = Callable[[HttpRequest], HttpResponse]


class FoldedAddressMiddleware:
    """Sends an address that nothing answers to the page whose address it is when folded.

    Arabic letters and digits, vowel marks, half-spaces, capitals and stray punctuation come with addresses from paper,
    messengers and other keyboards. Only a 404 is looked at, so a page that answers is never overruled; the target is
    made of folded names alone, so it is on this site, and folding it again changes nothing, so there is no loop.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        path = fold_path(request.path_info)
        if path in (request.path_info, "/") or not _is_known(request, path):
            return response  # "/": symbols alone mean no page
        query = request.META.get("QUERY_STRING", "")
        target = get_script_prefix() + path.lstrip("/") + (f"?{query}" if query else "")
        redirect = HttpResponsePermanentRedirect(target)
        redirect["Cache-Control"] = "no-cache"  # a page can be renamed
        return redirect


def _is_known(request: HttpRequest, path: str) -> bool:
    """Whether a live page of the tree, or a redirect that the CMS keeps, stands at `path`."""
    try:
        if resolve(path).url_name != "wagtail_serve":
            return False
    except Resolver404:
        return False
    request.__dict__.pop(
        "_wagtail_route_for_request", None
    )  # Wagtail's memory of the address that led nowhere
    if Page.route_for_request(request, path):
        return True
    return get_redirect(request, Redirect.normalise_path(path)) is not None
