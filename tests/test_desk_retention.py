"""The end of keeping: names, texts and files go when the topic's months are over; the figures stay."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from contact.clock import retention
from contact.files import storing
from contact.files.accepting import Accepted
from contact.letters import queue_letter
from contact.models import (
    Attachment,
    DraftReply,
    Message,
    OneTimeLink,
    Original,
    OutsideQuestion,
    PublicAnswer,
)
from contact.secrets import hash_secret
from contact.workflow import Status
from outbox.models import OutgoingMail
from tests.desk_fixtures import page_of
from tests.factories import MessageFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 25)  # ۴ آذر ۱۴۰۵
#: The very day: ۴ شهریور ۱۴۰۵, three months ago.
CLOSED = timezone.make_aware(datetime.datetime(2026, 8, 26, 18, 0))


@pytest.fixture
def topic(ours):
    ours.retention_months = 3
    ours.save()
    return ours


@pytest.fixture
def case(topic):
    return MessageFactory(
        topic=topic,
        status=Status.CLOSED,
        created_at=CLOSED - datetime.timedelta(9),
        closed_at=CLOSED,
        answered_at=CLOSED,
        title="شکایت از همسایه‌ام آقای همسایه‌پور",
        lane="municipality",
        municipality=MunicipalityFactory(),
        post="شهردار",
        letter_number="۱۲/۳۴",
        answers=[{"label": "نشانی", "kind": "text", "value": "خیابان نمونه"}],
        registration_number="۹۸۷",
        close_text="به آقای همسایه‌پور گفته شد",
        is_satisfied=True,
        satisfaction_text="سپاس از خانم کارشناس",
        secret_hash=hash_secret("abcd"),
        sender_hash="f" * 64,
    )


def test_months_are_jalali_ones():
    assert retention.months_before(TODAY, 3) == datetime.date(2026, 8, 26)
    assert retention.months_before(datetime.date(2026, 9, 22), 7) == datetime.date(
        2026, 2, 19
    )  # ۳۱ شهریور → ۳۰ بهمن
    assert retention.months_before(datetime.date(2027, 3, 20), 12) == datetime.date(2026, 3, 20)  # ۲۹ اسفند


def test_a_case_ends_on_the_day_that_its_topic_says(case, topic):
    assert list(retention.ended(TODAY - datetime.timedelta(1))) == []
    assert list(retention.ended(TODAY)) == [case]
    topic.retention_months = None
    topic.save()
    assert list(retention.ended(TODAY)) == []


@pytest.mark.parametrize(
    "values",
    [{"legal_hold": True}, {"status": Status.REOPENED}, {"status": Status.WAITING, "closed_at": None}],
)
def test_what_is_kept_by_order_or_open_again_stays(case, values):
    Message.objects.filter(pk=case.pk).update(**values)
    assert retention.run(TODAY) == 0
    assert retention.anonymise(case.pk, TODAY) == 0
    case.refresh_from_db()
    assert case.name == "سارا نمونه‌ای"


def test_what_was_answered_and_never_closed_counts_from_what_last_happened(case):
    Message.objects.filter(pk=case.pk).update(status=Status.ANSWERED, closed_at=None)
    case.timeline.create(kind="note", at=CLOSED + datetime.timedelta(2))
    assert list(retention.ended(TODAY)) == []
    assert list(retention.ended(TODAY + datetime.timedelta(2))) == [case]


def test_nothing_is_left_that_a_person_could_be_known_by_and_figures_stay(
    case, django_capture_on_commit_callbacks
):
    path = storing.keep(
        Accepted(name="کارت ملی.pdf", content=b"%PDF", content_type="application/pdf", size=4, sha256="0")
    )
    kept = {"name": "کارت ملی.pdf", "path": path, "content_type": "application/pdf", "size": 4, "sha256": "0"}
    Attachment.objects.create(message=case, **kept)
    case.timeline.create(kind="note", text="با آقای همسایه‌پور صحبت شد", data={"name": "همسایه‌پور"})
    Original.objects.create(message=case, field="body", text="همسایه‌پور", reason="نام")
    OutsideQuestion.objects.create(
        message=case, organization="شرکت آب", email="ab@example.ir", question="همسایه‌پور؟", expires_at=CLOSED
    )
    DraftReply.objects.create(message=case, text="آقای همسایه‌پور")
    OneTimeLink.objects.create(message=case, purpose="recover", expires_at=CLOSED)
    draft = PublicAnswer.objects.create(question="همسایه؟", answer="بله", topic=case.topic, message=case)
    public = PublicAnswer.objects.create(
        question="همسایه؟", answer="بله", topic=case.topic, message=case, approved_at=CLOSED
    )
    queue_letter("receipt", case, to=[case.email], subject="پیام شما ثبت شد", context={"placeholder": "x"})
    key, code = case.form_key, case.tracking_code
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.run(TODAY) == 1
    case = Message.objects.get(pk=case.pk)
    assert not (Path(settings.PRIVATE_ROOT) / path).exists()
    left = case.attachments.get()
    assert (left.name, left.size, left.deleted_at is not None) == ("", 4, True)
    for related in (case.originals, case.outside_questions, case.links, OutgoingMail.objects):
        assert related.count() == 0
    assert not DraftReply.objects.exists()
    assert set(case.timeline.values_list("text", flat=True)) == {""}
    assert list(PublicAnswer.objects.values_list("pk", "message")) == [(public.pk, None)] != [draft.pk]
    everything = " ".join(str(value) for value in Message.objects.filter(pk=case.pk).values()[0].values())
    for word in ("همسایه", "سارا", "example", "989", "شهردار", "۱۲/۳۴", "نمونه", "۹۸۷", "سپاس", "ffff"):
        assert word not in everything
    assert (case.title, case.secret_hash, case.municipality, case.answers) == ("پیام بی‌نام‌شده", "", None, [])
    assert case.form_key != key
    assert (case.kind, case.lane, case.is_satisfied, case.tracking_code) == (
        "question",
        "municipality",
        True,
        code,
    )
    assert (case.closed_at, case.answered_at) == (CLOSED, CLOSED)
    assert case.timeline.last().kind == "anonymised"


def test_it_is_found_by_no_word_of_it_any_more(case):
    case.save()
    assert case in Message.objects.search("همسایه‌پور")
    retention.run(TODAY)
    assert not Message.objects.search("همسایه‌پور").exists()


def test_a_second_night_does_nothing(case):
    assert (retention.run(TODAY), retention.run(TODAY)) == (1, 0)
    assert case.timeline.filter(kind="anonymised").count() == 1


def test_a_file_that_could_not_be_deleted_then_is_swept_later(case, monkeypatch):
    path = storing.keep(
        Accepted(name="a.pdf", content=b"%PDF", content_type="application/pdf", size=4, sha256="0")
    )
    Attachment.objects.create(
        message=case,
        path=path,
        name="a.pdf",
        content_type="application/pdf",
        size=4,
        sha256="0",
        deleted_at=CLOSED,
    )
    monkeypatch.setattr(storing.time, "time", lambda: CLOSED.timestamp() + 10**9)
    storing.sweep()
    assert not (Path(settings.PRIVATE_ROOT) / path).exists()


def test_the_next_night_is_shown_beforehand_and_listed_by_a_command(case, head):
    words = StringIO()
    call_command("anonymise_cases", "--dry-run", stdout=words)
    assert case.code_display in words.getvalue() and "1 to anonymise" in words.getvalue()
    page = page_of(head.get(reverse("desk-upkeep:retention")))
    assert "شب آینده (۱)" in page and case.code_display in page
    call_command("anonymise_cases", stdout=words)
    assert "1 anonymised" in words.getvalue()
    page = page_of(head.get(reverse("desk-upkeep:retention")))
    assert "شب آینده (۰)" in page and "پیام بی‌نام‌شده" in page
