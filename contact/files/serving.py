"""Handing a stored file out: always as an attachment, never shown by the browser as a page of ours, never cached.

Whoever calls this has asked already whether the visitor may have the file.
"""

import logging

from django.http import FileResponse, Http404
from django.utils.cache import add_never_cache_headers

from contact.models.attachments import StoredFile

from .accepting import KINDS
from .storing import open_stored

logger = logging.getLogger(__name__)

_KNOWN = {kind.content_type for kind in KINDS.values()}


def respond(stored: StoredFile, *, original_name: str = "") -> FileResponse:
    """The file as an answer; Http404 when it was deleted, is missing, or was taken out of sight.

    `original_name`: what the last was called, for those who may read originals.
    """
    is_hidden = getattr(stored, "redacted_at", None) and not original_name
    if is_hidden or getattr(stored, "deleted_at", None):
        raise Http404
    try:
        file = open_stored(stored.path)
    except OSError as problem:
        logger.error("the file of %s %s cannot be read: %s", stored._meta.label, stored.pk, problem)
        raise Http404 from problem
    content_type = stored.content_type if stored.content_type in _KNOWN else "application/octet-stream"
    response = FileResponse(
        file, as_attachment=True, filename=original_name or stored.name, content_type=content_type
    )
    add_never_cache_headers(response)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
