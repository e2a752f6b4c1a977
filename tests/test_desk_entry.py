"""What came by telephone, in person or by letter is entered by hand, and goes its way like any other message."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils import timezone

from contact.models import Message, StagedFile
from contact.public.questions import question_name
from contact.secrets import format_secret, secret_of
from contact.workflow import Status
from outbox.models import OutgoingMail, OutgoingSms
from persian.calendar import format_jalali_short
from tests.desk_fixtures import log_in, page_of
from tests.factories import MunicipalityFactory, TopicFactory, TopicQuestionFactory
from tests.sample_files import pdf

pytestmark = pytest.mark.django_db
ADD = "/admin/desk/add/"


def said(topic, **more):
    """What a form holds that is filled in well."""
    now = timezone.localtime()
    return {
        "channel": "telephone",
        "lane": "citizen",
        "topic": topic.pk,
        "came_on": format_jalali_short(now.date()),
        "came_at": "۰:۰۰",
        "kind": "complaint",
        "title": "چراغ خیابان خاموش است",
        "body": "از پریشب چراغ خیابان ما خاموش است.",
        "name": "سارا نمونه‌ای",
        "mobile": "۰۹۱۲۰۰۰۰۰۰۰",
        "email": "",
        "answer_by": "telephone",
        **more,
    }


def open_form(client, topic, **query):
    page = client.get(ADD, {"topic": topic.pk, **query})
    return re.search(r'name="form_token" value="([^"]+)"', page_of(page))[1]


def enter(client, topic, **more):
    form = said(topic, **more)
    token = open_form(client, topic, channel=form["channel"], lane=form["lane"])
    return client.post(ADD, {"form_token": token, **form})


def the_case():
    return Message.objects.get()


# --- From the telephone to the desk ---


def test_what_was_said_on_the_telephone_becomes_a_case(officer, ours):
    ours.deadline_days = 5
    ours.save()
    page = page_of(enter(officer, ours))
    case = the_case()
    assert (case.channel, case.entered_by, case.status) == ("telephone", officer.user, Status.RECEIVED)
    assert (case.topic, case.unit, case.mobile) == (ours, ours.unit, "+989120000000")
    assert (case.sender_hash, case.deadline_days) == ("", 5)
    entry = case.timeline.get()
    assert (entry.kind, entry.author, entry.at) == ("received", officer.user, case.created_at)
    assert case.code_display in page
    assert format_secret(secret_of(case)) in page
    assert f"/admin/desk/{case.pk}/" in page
    assert OutgoingMail.objects.filter(kind="new_message").count() <= 1


def test_the_deadline_counts_from_the_day_of_arrival(officer, ours):
    ours.deadline_days = 5
    ours.save()
    earlier = timezone.localdate() - timedelta(14)
    enter(officer, ours, came_on=format_jalali_short(earlier), came_at="۱۰:۳۰")
    case = the_case()
    came = timezone.localtime(case.created_at)
    assert (came.date(), came.hour, came.minute) == (earlier, 10, 30)
    assert earlier < case.deadline < timezone.localdate()


@pytest.mark.parametrize(("days", "words"), [(-1, "نرسیده است"), (61, "۶۰ روز")])
def test_it_came_in_neither_tomorrow_nor_long_ago(officer, ours, days, words):
    day = timezone.localdate() - timedelta(days)
    page = page_of(enter(officer, ours, came_on=format_jalali_short(day)))
    assert words in page
    assert "از پریشب چراغ خیابان ما" in page
    assert not Message.objects.exists()


def test_the_same_form_makes_one_case_and_shows_the_same_codes(officer, ours):
    form = {"form_token": open_form(officer, ours), **said(ours)}
    pages = [page_of(officer.post(ADD, form)) for _time in range(2)]
    assert all(format_secret(secret_of(the_case())) in page for page in pages)
    changed = page_of(officer.post(ADD, {**form, "title": "پیامی دیگر"}))
    assert "ثبت شده است" in changed
    assert Message.objects.count() == 1
    token = re.search(r'name="form_token" value="([^"]+)"', changed)[1]
    officer.post(ADD, {**form, "title": "پیامی دیگر", "form_token": token})
    assert Message.objects.count() == 2


def test_the_secret_is_shown_for_half_an_hour_and_never_one_given_anew(officer, ours):
    form = {"form_token": open_form(officer, ours), **said(ours)}
    officer.post(ADD, form)
    case = the_case()
    first = format_secret(secret_of(case))
    entry = case.timeline.get()
    entry.data["entered_at"] = (timezone.now() - timedelta(hours=1)).isoformat()
    entry.save()
    later = page_of(officer.post(ADD, form))
    assert case.code_display in later
    assert first not in later
    response = officer.post(ADD, form)
    assert "no-store" in response["Cache-Control"]


def test_another_persons_form_shows_nothing_of_it(officer, head, ours):
    form = {"form_token": open_form(officer, ours), **said(ours)}
    officer.post(ADD, form)
    page = page_of(head.post(ADD, form))
    assert format_secret(secret_of(the_case())) not in page


def test_whoever_may_not_see_the_case_gets_the_receipt_and_nothing_else(officer, theirs):
    page = page_of(enter(officer, theirs))
    case = the_case()
    assert format_secret(secret_of(case)) in page
    assert f"/admin/desk/{case.pk}/" not in page
    assert case.body not in page
    assert officer.get(f"/admin/desk/{case.pk}/").status_code == 404


# --- Who may, and about what ---


@pytest.mark.parametrize("group", ["کارشناس خبر", "مدیر سامانه"])
def test_who_lacks_the_right_finds_no_way(ours, group):
    staff = log_in(group)
    assert staff.get(ADD)["Location"] == "/admin/"
    assert staff.post(ADD, said(ours))["Location"] == "/admin/"
    assert not Message.objects.exists()


def test_the_desk_leads_there(officer, small_site):
    assert ADD in page_of(officer.get("/admin/desk/"))


def test_a_confidential_topic_is_for_those_who_may_read_it(officer, head, ours):
    hidden = TopicFactory(title="بازرسی", unit=ours.unit, is_confidential=True)
    assert "بازرسی" not in page_of(officer.get(ADD))
    assert "بازرسی" in page_of(head.get(ADD))
    officer.post(ADD, said(hidden))
    assert not Message.objects.exists()
    hidden.readers.add(officer.user)
    enter(officer, hidden)
    assert the_case().topic == hidden


def test_without_a_topic_it_does_not_go_on(officer, ours):
    page = page_of(officer.get(ADD, {"channel": "letter", "lane": "media", "topic": ""}))
    assert "یکی از موضوع‌های فهرست را برگزینید" in page
    assert 'value="letter" selected' in page


def test_a_topic_that_is_not_ours_is_not_entered(officer, small_site):
    elsewhere = TopicFactory(title="آب", is_elsewhere=True, elsewhere_text="شرکت آب")
    officer.post(ADD, said(elsewhere))
    assert not Message.objects.exists()


# --- What is asked ---


def test_a_letter_of_a_municipality_with_number_date_and_scan(officer, ours):
    town = MunicipalityFactory(name="شهرداری نمونه")
    page = page_of(
        enter(
            officer,
            ours,
            channel="letter",
            lane="municipality",
            municipality=town.pk,
            post="شهردار",
            letter_number="۱۲/۳۴",
            letter_date="۱۴۰۵/۸/۲۰",
            scan=SimpleUploadedFile("نامه.pdf", pdf()),
        )
    )
    case = the_case()
    assert (case.municipality, case.post, case.letter_number) == (town, "شهردار", "۱۲/۳۴")
    assert case.letter_date.isoformat() == "2026-11-11"
    assert case.attachments.get().name == "نامه.pdf"
    assert case.code_display in page


def test_a_citizens_letter_has_number_and_scan_too(officer, ours):
    enter(officer, ours, channel="letter", letter_number="۷", scan=SimpleUploadedFile("نامه.pdf", pdf()))
    assert (the_case().letter_number, the_case().attachments.count()) == ("۷", 1)


def test_the_topics_own_questions_are_asked_and_kept(officer, ours):
    question = TopicQuestionFactory(topic=ours, is_required=True)
    page = page_of(enter(officer, ours))
    assert not Message.objects.exists()
    assert "از پریشب چراغ خیابان ما" in page
    enter(officer, ours, **{question_name(question): "خیابان بهار"})
    assert the_case().answers[0]["value"] == "خیابان بهار"


def test_another_choice_keeps_what_was_typed(officer, ours, theirs):
    question = TopicQuestionFactory(topic=ours)
    typed = said(theirs, step="choose", **{question_name(question): "خیابان بهار"})
    page = page_of(officer.post(ADD, {"form_token": open_form(officer, ours), **typed}))
    assert "از پریشب چراغ خیابان ما" in page
    assert f'type="hidden" name="{question_name(question)}" value="خیابان بهار"' in page
    assert not Message.objects.exists()


def test_an_answer_by_telephone_needs_a_number(officer, ours):
    page = page_of(enter(officer, ours, mobile=""))
    assert "شمارهٔ همراه فرستنده" in page
    assert not Message.objects.exists()


def test_a_bad_file_is_named_and_the_good_one_waits(officer, ours):
    good, bad = SimpleUploadedFile("عکس.pdf", pdf()), SimpleUploadedFile("x.exe", b"MZ")
    form = {"form_token": open_form(officer, ours), **said(ours)}
    page = page_of(officer.post(ADD, {**form, "files": [good, bad]}))
    assert "x.exe" in page
    assert "عکس.pdf" in page
    assert not Message.objects.exists()
    officer.post(ADD, form)
    assert the_case().attachments.get().name == "عکس.pdf"
    assert not StagedFile.objects.exists()


def test_a_waiting_file_is_taken_out_again(officer, ours):
    form = {"form_token": open_form(officer, ours), **said(ours, title="")}
    officer.post(ADD, {**form, "files": [SimpleUploadedFile("عکس.pdf", pdf())]})
    page = page_of(officer.post(ADD, {**form, "remove": StagedFile.objects.get().pk}))
    assert "عکس.pdf" not in page
    assert "از پریشب چراغ خیابان ما" in page
    assert not StagedFile.objects.exists()


def test_nothing_typed_is_lost_when_the_database_fails(officer, ours):
    form = {"form_token": open_form(officer, ours), **said(ours)}
    with patch("contact.desk.entry.store", side_effect=DatabaseError):
        page = page_of(officer.post(ADD, form))
    assert "از پریشب چراغ خیابان ما" in page
    officer.post(ADD, form)
    assert Message.objects.count() == 1


# --- Who is told ---


def test_the_sender_and_the_unit_are_told(officer, ours, settings):
    settings.SMS_URL = "https://gateway.example.ir/"
    ours.unit.email = "vahed@example.ir"
    ours.unit.save()
    enter(officer, ours, email="sara@example.com", answer_by="email")
    kinds = set(OutgoingMail.objects.values_list("kind", flat=True))
    assert kinds == {"new_message", "receipt"}
    assert OutgoingMail.objects.get(kind="receipt").to == ["sara@example.com"]
    assert OutgoingSms.objects.count() <= 1


def test_a_call_from_entry_to_closing(client, officer, ours):
    """Told on the telephone, answered on the telephone, closed; its sender reads all of it with the codes."""
    page = page_of(enter(officer, ours))
    case = the_case()
    secret = secret_of(case)
    assert format_secret(secret) in page
    address = f"/admin/desk/{case.pk}/"
    assert "تلفن" in page_of(officer.get(address))
    officer.post(address + "reply/", {"text": "چراغ درست شد.", "to_status": "answered", "do": "preview"})
    draft = officer.get(address + "reply/").context
    officer.post(
        address + "reply/",
        {"text": "چراغ درست شد.", "to_status": "answered", "seen": draft["seen"], "do": "send"},
    )
    assert officer.get(address).context["to_call"]
    assert not OutgoingMail.objects.filter(kind="reply").exists()
    officer.post(address + "call/", {"text": "به ایشان گفته شد.", "is_answer": "on"})
    assert not officer.get(address).context["to_call"]
    officer.post(address + "close/", {"text": "پایان"})
    case.refresh_from_db()
    assert (case.status, case.answered_at is not None) == (Status.CLOSED, True)
    client.post("/contact/track/", {"code": case.tracking_code, "secret": secret})
    story = page_of(client.get("/contact/track/case/"))
    assert "چراغ درست شد." in story
    assert "به ایشان گفته شد." in story
