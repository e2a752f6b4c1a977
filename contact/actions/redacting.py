"""Redaction: passages and files are taken out of sight everywhere in the case and wherever they were copied to from it.

The originals are kept for a named few, until the case's time of keeping ends. Nothing brings them back into sight.
"""

import json
from collections import Counter
from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from contact.answers import shown
from contact.files.accepting import Accepted
from contact.files.storing import attach
from contact.letters import mails_of
from contact.models import Attachment, DraftReply, Message, PublicAnswer, TimelineEntry
from contact.placeholders import fill

from .common import CaseError, action, record
from .passages import HIDDEN, Passages
from .relatives import merged_or_split, parts_and_whole, shared_answers

FIELDS = ("title", "body", "name", "organization", "post", "close_text", "satisfaction_text")
#: What kind of answer is shown otherwise than it is kept.
_SHOWN_OTHERWISE = ("date", "mobile")


@action
def redact(
    case: Message,
    *,
    by: Any,
    reason: str,
    passages: Collection[str] = (),
    files: Collection[Attachment] = (),
    replacement: Accepted | None = None,
) -> None:
    """Hide passages and files in the case, its letters, and what other cases have of them; `replacement`: in a file's place.

    CaseError for a passage that stands nowhere, and for a file that is hidden or deleted already: nothing is hidden then.
    """
    hiding = Hiding(case, by, reason, Passages(passages))
    hiding.refuse_in_vain(files)
    hiding.hide_texts()
    hiding.hide_files(files, replacement)
    hiding.write_down()


class Hiding:
    """One redaction under way: what is hidden by whom and why, and how much of it in which case."""

    def __init__(self, case: Message, by: Any, reason: str, passages: Passages) -> None:
        self.case, self.by, self.reason, self.passages = case, by, reason, passages
        self.entries = list(case.timeline.select_for_update(of=("self",)))
        self.relatives = merged_or_split(case)
        self.cases = {case.pk: case}
        self.texts: Counter[int] = Counter()
        self.files: Counter[int] = Counter()

    def refuse_in_vain(self, files: Collection[Attachment]) -> None:
        if not self.passages.all and not files:
            raise CaseError(_("Write what is to be hidden, or choose a file."))
        texts = [getattr(row, name) for row, names in self._rows() for name in names]
        texts += [str(value) for entry in self.entries for value in _typed(entry)]
        texts += [
            words for answer in self.case.answers for words in (str(answer.get("value", "")), shown(answer))
        ]
        if missing := self.passages.missing_in(texts):
            words = _("This stands nowhere in the message or its history: %(passage)s")
            raise CaseError(words % {"passage": "، ".join(f"«{passage}»" for passage in missing)})
        readable = self.case.attachments.readable().filter(pk__in=[file.pk for file in files])
        if readable.count() != len(files):
            raise CaseError(_("One of the files is hidden or deleted already. Look at it again."))

    def _rows(self) -> list[tuple[Model, tuple[str, ...]]]:
        """What belongs to the case and holds text, with the columns; the case first, for entries are filled in with it."""
        case = self.case
        rows: list[tuple[Model, tuple[str, ...]]] = [(case, FIELDS)]
        rows += [(entry, ("text",)) for entry in self.entries]
        rows += [(draft, ("text",)) for draft in DraftReply.objects.filter(message=case)]
        rows += [(asked, ("organization", "question", "answer")) for asked in case.outside_questions.all()]
        rows += [(public, ("question", "details", "answer")) for public in case.public_answers.all()]
        rows += [(file, ("name",)) for file in case.attachments.readable()]
        return rows

    def hide_texts(self) -> None:
        if not self.passages.all:
            return
        for row, names in self._rows():
            self._hide(row, names, self.case)
        self._hide_in_answers()
        for part in parts_and_whole(self.case):
            self._hide(part, FIELDS, part)
        for entry in shared_answers(self.case, self.relatives):
            self._hide(entry, ("text",), entry.message)
        for key in self.texts:
            self._hide_in_letters(self.cases[key], self.passages)

    def _hide(self, row: Any, names: tuple[str, ...], case: Message) -> None:
        changed: dict[str, Any] = {}
        for name in names:
            text = getattr(row, name)
            left = self.passages.without(text, row._meta.get_field(name).max_length)
            if left != text:
                self._keep(case, name, text, entry=row if isinstance(row, TimelineEntry) else None)
                changed[name] = left
        if isinstance(row, TimelineEntry) and (data := self._data(row, case)) != row.data:
            changed["data"] = data
        if not changed:
            return
        if isinstance(row, DraftReply):  # whoever saw it before has not seen this
            changed["changed_at"] = timezone.now()
        for name, value in changed.items():
            setattr(row, name, value)
        row.save(update_fields=list(changed))
        if isinstance(row, Message | PublicAnswer):  # the log calls them by their titles
            of_row = ContentType.objects.get_for_model(row)
            ModelLogEntry.objects.filter(content_type=of_row, object_id=str(row.pk)).update(label=str(row))
        self.cases[case.pk] = case
        self.texts[case.pk] += len(changed.keys() & {*names})

    def _data(self, entry: TimelineEntry, case: Message) -> dict[str, Any]:
        """An answer as it was typed is filled in for others later on; where a passage shows in it only then, all of it goes."""
        data = {**entry.data, **{name: self.passages.without(text) for name, text in _typed(entry).items()}}
        if "typed" in data and self.passages.are_in(fill(data["typed"], case)):
            data["typed"] = str(HIDDEN)
        return data

    def _hide_in_answers(self) -> None:
        case, answers = self.case, []
        for answer in case.answers:
            value = str(answer.get("value", ""))
            left = self.passages.without(value)
            if answer.get("kind") in _SHOWN_OTHERWISE and self.passages.are_in(shown(answer)):
                left = str(HIDDEN)
            answers.append(answer if left == value else {**answer, "value": left})
        if answers != case.answers:
            self._keep(case, "answers", json.dumps(case.answers, ensure_ascii=False))
            case.answers = answers
            case.save(update_fields=["answers"])
            self.texts[case.pk] += 1

    def _hide_in_letters(self, case: Message, passages: Passages) -> None:
        """Waiting or sent: they only repeat what stands in the case."""
        for mail in mails_of(case).select_for_update():
            kept = list(mail.withheld)
            left = {
                "text": passages.without(mail.text, kept=kept),
                "html": passages.without_in_markup(mail.html, kept=kept),
                "subject": passages.without(mail.subject, mail._meta.get_field("subject").max_length),
            }
            if left != {name: getattr(mail, name) for name in left}:
                type(mail).objects.filter(pk=mail.pk).update(**left)

    def hide_files(self, files: Collection[Attachment], replacement: Accepted | None) -> None:
        """The same bytes are the same secret, however often they lie in these cases."""
        if not files:
            return
        copies = Attachment.objects.readable().select_for_update(of=("self",))
        copies = copies.filter(
            message__in={self.case.pk, *self.relatives}, sha256__in={file.sha256 for file in files}
        )
        for file in copies.select_related("message", "entry", "draft"):
            case = self.cases.setdefault(file.message_id, file.message)
            self.files[case.pk] += 1
            if file.draft:  # of an answer that is not sent: it goes without, once it was looked at again
                DraftReply.objects.filter(pk=file.draft_id).update(
                    changed_at=timezone.now(), submitted_at=None
                )
                file.delete()
                continue
            self._keep(case, "file", file.name, entry=file.entry, attachment=file)
            self._hide_in_letters(case, Passages([file.name]))
            file.name, file.redacted_at = str(HIDDEN), timezone.now()
            file.save(update_fields=["name", "redacted_at"])
            if replacement:
                where = {
                    name: getattr(file, name) for name in ("message", "entry", "from_staff", "is_public")
                }
                attach(replacement, created_at=file.created_at, **where)

    def _keep(self, case: Message, field: str, text: str, **more: Any) -> None:
        case.originals.create(field=field, text=text, reason=self.reason, redacted_by=self.by, **more)

    def write_down(self) -> None:
        """In the timeline of each case, which the redaction of another one may have reached."""
        for key in {self.case.pk, *self.texts, *self.files}:
            counts = {"texts": self.texts[key], "files": self.files[key]}
            where = {} if key == self.case.pk else {"case": self.case.pk, "code": self.case.code_display}
            record(self.cases[key], TimelineEntry.Kind.REDACTED, self.by, self.reason, **counts, **where)


def _typed(entry: TimelineEntry) -> dict[str, str]:
    """What people typed and an entry keeps beside its text."""
    return {
        name: entry.data[name] for name in ("typed", "organization") if isinstance(entry.data.get(name), str)
    }
