"""Serves public files where no web server stands in front: renditions of images, nothing else.

Documents go through Wagtail's own view, which asks who may read them; originals of images are not public,
because they can carry what was cut away or a camera's position.
"""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from django.views.static import was_modified_since

PUBLIC_FOLDERS = ("images",)
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
#: Wagtail gives a changed image new file names, so a rendition never changes under its name.
CACHE_CONTROL = f"public, max-age={60 * 60 * 24 * 365}, immutable"


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """A public file below MEDIA_ROOT, or 404."""
    found = locate(path)
    if found is None:
        raise Http404
    status = found.stat()
    response: HttpResponseBase
    if was_modified_since(request.META.get("HTTP_IF_MODIFIED_SINCE"), status.st_mtime):
        response = FileResponse(found.open("rb"), content_type=CONTENT_TYPES[found.suffix.lower()])
    else:
        response = HttpResponseNotModified()
    response.headers["Last-Modified"] = http_date(status.st_mtime)
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def locate(path: str) -> Path | None:
    """The real file behind a path below /media/, or None when there is no such public file.

    Links are followed before the folder is compared, so neither `..` nor a symbolic link leads out of it.
    """
    root = Path(settings.MEDIA_ROOT)
    try:
        found = (root / path).resolve(strict=True)
        public = any(found.is_relative_to((root / folder).resolve()) for folder in PUBLIC_FOLDERS)
        return found if public and found.is_file() and found.suffix.lower() in CONTENT_TYPES else None
    except (OSError, ValueError):  # no such file, a name that is too long, a NUL byte
        return None
