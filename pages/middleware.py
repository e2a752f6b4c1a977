"""What every public request passes: addresses that no database accepts, and errors that arrive without a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .errors import error_page

GetResponse = Callable[[HttpRequest], HttpResponse]

# Django and Wagtail answer these with an empty or an English body.
BARE_STATUSES = {405, 413, 429}


class ErrorPageMiddleware:
    """Gives a designed page to a bare 405, 413 or 429 answer, and keeps its headers (`Allow`, `Retry-After`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in BARE_STATUSES or response.streaming or response.content:
            return response
        if request.method == "HEAD" or request.path.startswith("/admin/"):
            return response
        page = error_page(request, response.status_code)
        for name, value in response.items():
            if name not in ("Content-Type", "Content-Length"):
                page[name] = value
        page.cookies = response.cookies
        return page


class CleanAddressMiddleware:
    """Keeps NUL away from the views: both databases refuse it with an error. In a path it is nobody's address."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            return error_page(request, 404)
        if "%00" in request.META.get("QUERY_STRING", ""):
            # A search for NUL is a search for nothing: drop it and go on.
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return self.get_response(request)
