"""Files that wait with their form: what is uploaded is kept at once, so that no error further on loses it.

The form's one-time key is what they hang on. It stands in the signed token only, so whoever lacks the form sees none of them.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.files.accepting import (
    ATTACHMENT,
    HEIC,
    KINDS,
    MOST_FILES,
    NOT_STORED,
    SCAN,
    Accepted,
    FileRefused,
    Limit,
    inspect,
)
from contact.files.names import clean_name
from contact.files.storing import NotStoredError, discard, keep
from contact.intake import sender_hash
from contact.limits import too_many
from contact.models import Message, StagedFile
from contact.models.topics import Lane
from persian.text import to_persian_digits

from .choice import number
from .fields import FilesInput, UploadField

FILES, SCANS = "files", "scan"
UPLOAD = "upload"
TOO_OFTEN = _("Many files have come from your network in the last hour. Send it a little later.")


def upload_fields(lane: Lane, *, is_letter: bool = False) -> dict[str, forms.Field]:
    """The inputs for files: attachments for all, and the scan of a letter for a municipality and for what came as one."""
    files = attachments()
    scan = UploadField(
        label=_("Scan of the letter"),
        required=False,
        help_text=_("One file of at most ۱۵ megabytes: PDF, JPEG or PNG"),
        widget=forms.FileInput(attrs=_attrs(SCAN, 1)),
    )
    return {SCANS: scan, FILES: files} if is_letter or lane == Lane.MUNICIPALITY else {FILES: files}


def attachments() -> UploadField:
    return UploadField(
        label=_("Attachments"),
        required=False,
        help_text=_("At most ۳ files of ۵ megabytes each: PDF, JPEG, PNG, WebP, DOCX, XLSX"),
        widget=FilesInput(attrs=_attrs(ATTACHMENT, MOST_FILES)),
    )


def _attrs(limit: Limit, most: int) -> dict[str, Any]:
    """What browsers offer, and the words of `file_picker.js`."""
    attrs = {
        "accept": ",".join(f".{ending}" for kind in limit.kinds for ending in KINDS[kind].endings),
        "data-most-bytes": str(limit.size),
        "data-most-files": str(most),
        "data-choose": _("Choose files") if most > 1 else _("Choose a file"),
        "data-remove": _("Remove"),
        "data-too-large": _("It is larger than what is accepted, and will not be sent."),
        "data-too-many": _("These are too many files; the last ones will not be sent."),
        "data-heic": HEIC,
    }
    return {**attrs, "multiple": ""} if most > 1 else attrs


@dataclass
class Tray:
    """The files of one form: those that wait, and what was wrong with the ones that came just now, by field."""

    key: uuid.UUID
    waiting: list[StagedFile] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, key: uuid.UUID) -> "Tray":
        """One query."""
        return cls(key, list(StagedFile.objects.filter(form_key=key)))

    def take(self, request: HttpRequest, *, is_limited: bool = True) -> None:
        """Keep what was uploaded. What is refused leaves a reason; a file that waits already is not kept twice.

        `is_limited`: no more than so many an hour from one network; who is logged in sends what is on the desk.
        """
        sender, often = sender_hash(request), max(60, MOST_FILES * settings.CONTACT_MESSAGES_PER_HOUR)
        for name, limit, most in ((SCANS, SCAN, 1), (FILES, ATTACHMENT, MOST_FILES)):
            for upload in request.FILES.getlist(name):
                called = clean_name(upload.name or "", gettext("attachment"))
                try:
                    if is_limited and too_many(UPLOAD, sender, often):
                        raise FileRefused(called, TOO_OFTEN)
                    accepted = inspect(upload, limit)
                    if any(row.sha256 == accepted.sha256 for row in self.waiting):
                        continue
                    if sum(row.is_scan == (name == SCANS) for row in self.waiting) >= most:
                        raise FileRefused(accepted.name, _too_many(most))
                    self._keep(accepted, is_scan=name == SCANS)
                except FileRefused as refusal:
                    self.errors.append((name, str(refusal)))
                except (NotStoredError, DatabaseError):
                    self.errors.append((name, str(FileRefused(called, NOT_STORED))))

    def _keep(self, accepted: Accepted, *, is_scan: bool) -> None:
        # When the database breaks off, nobody knows whether the row is there: the file stays, and is swept when it is not.
        row = StagedFile.objects.create(
            form_key=self.key,
            is_scan=is_scan,
            path=keep(accepted),
            **{name: getattr(accepted, name) for name in ("name", "content_type", "size", "sha256")},
        )
        self.waiting.append(row)

    def remove(self, pk: str) -> None:
        """Take one file out again; one of another form stays."""
        for row in [row for row in self.waiting if row.pk == number(pk)]:
            row.delete()
            discard(row.path)
            self.waiting.remove(row)

    def brings_nothing_new_to(self, message: Message) -> bool:
        """Whether all that waits is attached to the message already: the form came twice, its files too."""
        if not self.waiting:
            return True
        return {row.sha256 for row in self.waiting} <= set(
            message.attachments.values_list("sha256", flat=True)
        )

    def empty(self) -> None:
        for row in list(self.waiting):
            self.remove(str(row.pk))

    def move_to(self, key: uuid.UUID) -> None:
        """What waits belongs to another form now."""
        StagedFile.objects.filter(pk__in=[row.pk for row in self.waiting]).update(form_key=key)
        self.key = key


def _too_many(most: int) -> str:
    words = gettext("There is room for %(most)d. Remove one below, and send this one then.") % {"most": most}
    return to_persian_digits(words)
