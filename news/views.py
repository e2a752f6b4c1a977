"""The short address of a news item."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from .items import NewsPage


@require_safe
def permalink(request: HttpRequest, number: str) -> HttpResponse:
    """Redirect `/n/<page id>/` to where the item stands today; what the public may not read is a 404.

    The redirect is permanent in what it says to search engines (301), but no cache keeps it: an item can be renamed.
    """
    item = get_object_or_404(NewsPage.objects.published(), pk=int(number))
    response = HttpResponsePermanentRedirect(item.get_url(request))
    response["Cache-Control"] = "no-cache"
    return response
