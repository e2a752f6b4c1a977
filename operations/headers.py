"""Security headers of every response: a strict content policy for the public, a wider one for the admin."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

REPORT_PATH = "/csp-report/"

PUBLIC_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

# Wagtail's admin still has inline scripts (its date pickers and inline panels) and inline styles (Draftail),
# frames its own previews, and shows images as blobs before they are uploaded. Never another host, never eval.
ADMIN_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",
    "frame-ancestors": "'self'",
}

# A page as the editor previews it: as strict as in public, but framed by the admin.
PREVIEW_POLICY = {**PUBLIC_POLICY, "frame-ancestors": "'self'"}

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)


def render(policy: dict[str, str], reports: bool = True) -> str:
    """A policy as the value of a Content-Security-Policy header, with the address for reports at its end.

    Browsers that know `report-to` ignore `report-uri`; the older ones of our baseline know only the latter.
    """
    parts = [f"{directive} {sources}" for directive, sources in policy.items()]
    if reports:
        parts += [f"report-uri {REPORT_PATH}", "report-to csp"]
    return "; ".join(parts)


class SecurityHeadersMiddleware:
    """Adds what a view has not set itself. Stands first, so that error pages and static files get it too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.public = render(PUBLIC_POLICY)
        self.admin = render(ADMIN_POLICY)
        self.preview = render(PREVIEW_POLICY)
        self._admin_prefix: str | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        in_admin = request.path.startswith(self.admin_prefix)
        policy = self.admin if in_admin else self.public
        if in_admin and response.headers.get("Content-Security-Policy") == self.public:
            # A preview: the page's own answer, which came through here as a public one, in a frame of the admin.
            response.headers["Content-Security-Policy"] = self.preview
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Reporting-Endpoints", f'csp="{REPORT_PATH}"')
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response

    @property
    def admin_prefix(self) -> str:
        """Where the admin stands, asked late: there are no URLs yet when middleware is made."""
        if self._admin_prefix is None:
            try:
                self._admin_prefix = reverse("wagtailadmin_home")
            except NoReverseMatch:
                self._admin_prefix = "/admin/"
        return self._admin_prefix
