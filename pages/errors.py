"""Designed pages for what goes wrong. Those under 500 use the site's frame; the 500 page needs nothing, not even a database."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from wagtail.models import Page

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def error_page(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    """Return the designed page of an HTTP status, in plain form when the database is the trouble."""
    try:
        body = render_to_string(template or f"errors/{status}.html", {"status": status}, request=request)
    except DatabaseError:
        body = render_to_string("errors/500.html")
    response = HttpResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token was refused. Before that counts whether there is such a page, and whether it takes forms."""
    match = request.resolver_match
    if match and match.url_name == "wagtail_serve":
        route = Page.route_for_request(request, match.args[0])
        if route is None:
            return error_page(request, 404)
        if refusal := route.page.check_request_method(request):
            return refusal
    return error_page(request, 403, "errors/403_csrf.html")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("errors/500.html"), status=500)
