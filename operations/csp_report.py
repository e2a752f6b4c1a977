"""Takes browsers' reports of what the content policy stopped: one log line each, nothing stored."""

import json
import logging
import re
import time
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

logger = logging.getLogger("hamyari.csp")

MAX_BODY = 16 * 1024  # bytes
MAX_LINES_PER_MINUTE = 10  # in one process: anyone can post here, and a full log disk would be an outage

_lock = Lock()
_window = {"began": 0.0, "written": 0, "dropped": 0}


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """204 for a report of at most 16 kB, readable or not; 413 for a larger one, not read to its end."""
    body = request.read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        return HttpResponse(
            "too large\n", status=413, content_type="text/plain"
        )  # a page would be wasted here
    if _may_write():
        logger.warning("content policy: %s", summarize(body))
    return HttpResponse(status=204)


def summarize(body: bytes) -> str:
    """One line on a report in either format (`application/csp-report`, `application/reports+json`)."""
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        return "unreadable report"
    if isinstance(data, list):
        data = data[0] if data else {}
    if isinstance(data, dict):
        data = data.get("csp-report") or data.get("body") or data
    if not isinstance(data, dict):
        return "unreadable report"
    directive = (
        data.get("effective-directive") or data.get("effectiveDirective") or data.get("violated-directive")
    )
    blocked = data.get("blocked-uri") or data.get("blockedURL")
    document = data.get("document-uri") or data.get("documentURL")
    return f"{_clean(directive)} stopped {_address(blocked)} on {_address(document)}"


def _address(value: object) -> str:
    """An address without its query and fragment, which can hold what a person typed."""
    try:
        parts = urlsplit(str(value or ""))
    except ValueError:
        return "?"
    return _clean(
        f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.netloc else parts.path or parts.scheme
    )


def _clean(value: object) -> str:
    return re.sub(r"[^!-~]", "?", str(value or ""))[:200] or "?"


def _may_write() -> bool:
    with _lock:
        now = time.monotonic()
        if now - _window["began"] >= 60:
            if _window["dropped"]:
                logger.warning("content policy: %d more reports in the last minute", _window["dropped"])
            _window.update(began=now, written=0, dropped=0)
        if _window["written"] >= MAX_LINES_PER_MINUTE:
            _window["dropped"] += 1
            return False
        _window["written"] += 1
        return True
