"""Addresses outside the tree: search, and what crawlers, browsers and researchers look for.

They only read, so they need no CSRF check; without it a wrong method is told that it is wrong.
"""

import datetime

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from persian.text import clean, clean_query

from .models import ContactDetails

RESULTS_PER_PAGE = 10


@csrf_exempt
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search over all public pages. Any text is a query: what the database could take for syntax is dropped first."""
    typed = request.GET.get("q", "")
    query = clean_query(typed)
    site = Site.find_for_request(request)
    if query and site:
        pages = Page.objects.live().public().descendant_of(site.root_page, inclusive=True)
        found = pages.search(query)
    else:
        found = Page.objects.none()
    results = Paginator(found, RESULTS_PER_PAGE).get_page(request.GET.get("page"))
    results.object_list = _specific(results.object_list)
    context = {
        "query": " ".join(clean(typed[:200]).split()) if query else "",
        "typed": bool(typed.strip()),
        "results": results,
        "total": results.paginator.count,
    }
    return TemplateResponse(request, "pages/search.html", context)


def _specific(pages) -> list[Page]:
    """The pages as their own types, in the order found, at one query for each type."""
    found = list(pages)
    specific = {page.pk: page for page in Page.objects.filter(pk__in=[page.pk for page in found]).specific()}
    return [specific[page.pk] for page in found if page.pk in specific]


@csrf_exempt
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@csrf_exempt
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(staticfiles_storage.url("img/favicon.ico"))


@csrf_exempt
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a weakness. The contact page always exists; an e-mail address only when the unit gave one."""
    site = Site.find_for_request(request)
    email = ContactDetails.for_site(site).email if site else ""
    expires = (timezone.now() + datetime.timedelta(days=180)).replace(microsecond=0)
    lines = [f"Contact: {settings.SITE_URL}/contact/"]
    if email:
        lines.append(f"Contact: mailto:{email}")
    lines += [
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: fa, en",
        f"Canonical: {request.build_absolute_uri()}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
