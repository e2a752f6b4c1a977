"""Public addresses of the contact page's parts, for letters and for the receipt."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings


def public_address(part: str, **query: str) -> str:
    """The absolute address of a part of the contact page, such as "track/"; on SITE_URL's own /contact/ while there is none."""
    from .page import ContactPage  # its views send letters

    page: Any = ContactPage.objects.live().first()
    base = (page and page.full_url) or f"{settings.SITE_URL}/contact/"
    return f"{base}{part}" + (f"?{urlencode(query)}" if query else "")


def path_of(part: str) -> str:
    """The same on this site, without its name: "/contact/stats/"."""
    from .page import ContactPage

    page: Any = ContactPage.objects.live().first()
    return f"{(page and page.url) or '/contact/'}{part}"
