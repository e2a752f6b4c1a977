"""Addresses outside the tree: what crawlers, browsers and researchers look for.

They only read, so they need no CSRF check; without it a wrong method is told that it is wrong.
"""

import datetime

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Site

from .models import ContactDetails


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
