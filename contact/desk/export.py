"""The desk's list as a spreadsheet, as it is filtered and sorted: where the cases stand, not who wrote them.

Names, telephones, e-mails and texts of citizens stay on the desk. A title is what its sender typed, so the file is for those
who may export reports, and every export stands in the log.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from contact.models import Message

from .people_forms import display_name

logger = logging.getLogger(__name__)

RIGHT = "contact.view_reports"
#: So many rows are in memory at once.
ROWS = 1000

COLUMNS: dict[str, tuple[str | Promise, Callable[[Message], Any]]] = {
    "code": (_("Tracking code"), lambda case: case.code_display),
    "title": (_("Title of the message"), lambda case: case.title),
    "status": (_("Status"), lambda case: case.get_status_display()),
    "kind": (_("Kind of message"), lambda case: case.get_kind_display()),
    "topic": (_("Topic"), lambda case: case.topic.title),
    "unit": (_("Answering unit"), lambda case: case.unit.name),
    "assignee": (_("Assignee"), lambda case: display_name(case.assignee) if case.assignee else ""),
    "lane": (_("Who writes"), lambda case: case.get_lane_display()),
    "channel": (_("Came in by"), lambda case: case.get_channel_display()),
    "received": (_("Received at"), lambda case: case.created_at),
    "deadline": (_("Deadline"), lambda case: case.deadline),
    "answered": (_("First answered at"), lambda case: case.answered_at),
    "closed": (_("Closed at"), lambda case: case.closed_at),
}


class ExportMixin:
    """For the desk's list, before the CMS's own view: its export, in one query however many cases there are."""

    list_export = list(COLUMNS)

    @cached_property
    def may_export(self: Any) -> bool:
        return bool(self.request.user.has_perm(RIGHT))

    @cached_property
    def show_export_buttons(self) -> bool:
        return self.may_export

    def get(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_export:
            return super().get(request, *args, **kwargs)  # type: ignore[misc]
        if not self.may_export:
            raise PermissionDenied
        kind = request.GET["export"]
        asked = ", ".join(sorted(self.filters.form.changed_data)) if self.filters.is_valid() else ""
        logger.info(
            "user %s exports the desk's list as %s (narrowed by: %s; search: %s)",
            request.user.pk,
            kind,
            asked or "nothing",
            "yes" if self.is_searching else "no",
        )
        return self.as_spreadsheet(self.get_queryset().iterator(chunk_size=ROWS), kind)

    def get_filename(self) -> str:
        return f"desk-{timezone.localdate()}"

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(COLUMNS[field][0])

    def to_row_dict(self, item: Message) -> dict[str, Any]:
        return {name: value(item) for name, (_label, value) in COLUMNS.items()}
