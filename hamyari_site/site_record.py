"""Wagtail keeps the site's host and port in a row of its own; SITE_URL decides them."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site


def sync_site_record(**kwargs: Any) -> bool:
    """Bring the default site's host and port in step with SITE_URL; True when they had to change.

    Called after every `migrate`, therefore at every start, and by the first content. Usable as a signal's receiver.
    """
    address = urlsplit(settings.SITE_URL)
    wanted = {
        "hostname": address.hostname or "localhost",
        "port": address.port or (443 if address.scheme == "https" else 80),
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or all(getattr(site, name) == value for name, value in wanted.items()):
        return False
    Site.objects.filter(**{name: wanted[name] for name in ("hostname", "port")}).exclude(pk=site.pk).delete()
    for name, value in wanted.items():
        setattr(site, name, value)
    site.save()  # by save, so that Wagtail forgets the root paths that it remembers
    return True
