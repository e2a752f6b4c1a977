"""What a citizen reads on the page of a message and does there: add, answer, rate, reopen; each once, nothing typed lost."""

import datetime
import re
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from contact import by_sender
from contact.files.accepting import inspect
from contact.files.storing import keep
from contact.models import Absence, Attachment, Message, StagedFile, Unit
from contact.public import case_page
from contact.workflow import Status, move
from outbox.delivery import deliver_due
from outbox.models import OutgoingMail
from persian.calendar import format_jalali
from persian.working_days.loading import current
from tests.factories import TopicFactory, UserFactory, contact_site
from tests.sample_files import pdf, picture, upload
from tests.test_contact_form import hidden_in, text_of
from tests.test_contact_track import CASE, TRACK, enter, with_secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    return contact_site()


@pytest.fixture
def topic(site):
    return TopicFactory(title="روشنایی", unit=Unit.objects.get(), deadline_days=10)


@pytest.fixture
def officer(db):
    return UserFactory(first_name="مریم", last_name="اصفهانی")


@pytest.fixture
def case(topic):
    Unit.objects.update(email="vahed@example.ir")
    return with_secret(title="چراغ خیابان", topic=topic, deadline=datetime.date(2027, 1, 2), deadline_days=10)


def form_of(page, act):
    """The hidden fields of one form of the page."""
    for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
        hidden = hidden_in(form)
        if hidden.get("act") == act:
            return hidden
    return None


def acts_in(page):
    return [
        hidden["act"]
        for form in re.findall(r"<form.*?</form>", page, re.DOTALL)
        if "act" in (hidden := hidden_in(form))
    ]


@pytest.fixture
def do(client, case):
    """Opens the case, fills in one of its forms and sends it."""

    def send(act, **typed):
        form = form_of(text_of(enter(client, case)), act)
        return client.post(CASE, {**form, **typed}, follow=True)

    return send


def answered(case, officer, text="چراغ تعمیر شد."):
    case.timeline.create(kind="reply", author=officer, text=text)
    move(case, Status.ANSWERED, officer)


# --- What is read ---


def test_the_page_says_where_the_message_stands_and_what_comes_next(client, case):
    page = text_of(enter(client, case))
    assert "ثبت‌شده" in page
    assert "پیام شما ثبت شده و در نوبت خواندن است." in page
    assert "واحد پاسخ‌گو آن را می‌خواند و پاسخ در همین صفحه می‌آید." in page
    assert case.body in page
    assert case.code_display in page
    assert case.unit.name in page


def test_the_deadline_is_explained(client, topic):
    due = current().add_working_days(timezone.now(), 10)
    case = with_secret(topic=topic, deadline=due.date, deadline_days=10)
    page = text_of(enter(client, case))
    assert format_jalali(due.date) in page
    assert due.sentence() in page


def test_a_late_answer_is_admitted(client, case):
    Message.objects.update(deadline=timezone.localdate() - timedelta(days=1))
    assert "این روز گذشته و پاسخ به تأخیر افتاده است" in text_of(enter(client, case))


def test_the_answer_stands_above_and_colleagues_stay_unnamed(client, case, officer):
    case.timeline.create(kind="note", author=officer, text="شهروند عصبانی است")
    move(case, Status.IN_PROGRESS, officer, "فوری رسیدگی شود")
    case.timeline.create(kind="assigned", author=officer, text="به همکار")
    answered(case, officer)
    page = text_of(enter(client, case))
    assert page.count("چراغ تعمیر شد.") == 1
    assert "پاسخ پیام شما" in page
    assert "وضعیت: در دست بررسی" in page
    for hidden in ("شهروند عصبانی است", "فوری رسیدگی شود", "به همکار", "مریم", "اصفهانی"):
        assert hidden not in page.replace("استان اصفهان", "")


def test_a_message_among_the_spam_looks_like_one_that_waits(client, case, officer):
    move(case, Status.SPAM, officer)
    page = text_of(enter(client, case))
    assert "ثبت‌شده" in page
    assert "هرزنامه" not in page
    assert acts_in(page) == []
    move(case, Status.RECEIVED, officer)
    page = text_of(enter(client, case))
    assert "هرزنامه" not in page
    assert "وضعیت:" not in page.split("آنچه تا کنون گذشته است")[1]


def test_the_reason_for_closing_is_read(client, case, officer):
    Message.objects.update(status=Status.CLOSED, close_text="به درخواست خودتان بسته شد.")
    assert "به درخواست خودتان بسته شد." in text_of(enter(client, case))


def test_what_was_typed_is_shown_as_text(client, case, officer):
    answered(case, officer, "<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text_of(enter(client, case))


@pytest.mark.parametrize(
    ("status", "acts"),
    [
        (Status.RECEIVED, ["add"]),
        (Status.IN_PROGRESS, ["add"]),
        (Status.WAITING, ["answer"]),
        (Status.ANSWERED, ["add", "rate", "reopen"]),
        (Status.CLOSED, ["rate", "reopen"]),
        (Status.REOPENED, ["add"]),
        (Status.NOT_OURS, ["reopen"]),
        (Status.SPAM, []),
    ],
)
def test_each_status_offers_what_makes_sense(client, case, status, acts):
    Message.objects.update(status=status)
    assert acts_in(text_of(enter(client, case))) == acts


def test_the_page_costs_few_queries(client, case, officer, django_assert_max_num_queries):
    for number in range(20):
        entry = case.timeline.create(kind="added", text=f"افزودهٔ {number}")
        attach(case, entry, f"عکس {number}.jpg", seed=number)
    answered(case, officer)
    enter(client, case)
    with django_assert_max_num_queries(16):
        client.get(CASE)


# --- Files ---


def attach(case, entry, name, seed=7, **values):
    accepted = inspect(upload(name, picture(seed=seed)))
    stored = {key: getattr(accepted, key) for key in ("name", "content_type", "size", "sha256")}
    return Attachment.objects.create(message=case, entry=entry, path=keep(accepted), **stored, **values)


def test_the_sender_fetches_their_files_and_those_of_the_answer(client, case, officer):
    mine = attach(case, case.timeline.get(), "عکس.jpg")
    answered(case, officer)
    theirs = attach(case, case.timeline.get(kind="reply"), "پاسخ.jpg", seed=8, from_staff=True)
    page = text_of(enter(client, case))
    for file in (mine, theirs):
        assert f'href="/contact/track/file/{file.pk}/"' in page
        response = client.get(f"/contact/track/file/{file.pk}/")
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment")
        assert "no-store" in response["Cache-Control"]


def test_nobody_fetches_what_is_not_theirs(client, case, officer):
    note = case.timeline.create(kind="note", author=officer, text="یادداشت")
    hidden = [
        attach(case, note, "داخلی.jpg", seed=1, from_staff=True),
        attach(case, None, "پیش‌نویس.jpg", seed=2, from_staff=True),
        attach(case, case.timeline.first(), "پنهان.jpg", seed=3, is_public=False),
        attach(case, case.timeline.first(), "پاک‌شده.jpg", seed=4, deleted_at=timezone.now()),
    ]
    other = with_secret()
    hidden.append(attach(other, other.timeline.get(), "دیگری.jpg", seed=5))
    page = text_of(enter(client, case))
    for file in hidden:
        assert file.name not in page
        assert client.get(f"/contact/track/file/{file.pk}/").status_code == 404
    mine = attach(case, case.timeline.first(), "عکس.jpg", seed=6)
    client.cookies.clear()
    assert client.get(f"/contact/track/file/{mine.pk}/").status_code == 404
    assert client.get("/contact/track/file/999999/").status_code == 404


# --- Adding ---


def test_a_text_and_files_are_added_and_the_unit_is_told(client, case, do):
    page = text_of(
        do(
            "add",
            text="چراغ دوم هم خاموش است.",
            files=[upload("عکس.jpg", picture()), upload("نامه.pdf", pdf())],
        )
    )
    assert "آنچه افزودید به واحد رسید." in page
    assert "چراغ دوم هم خاموش است." in page
    assert "عکس.jpg" in page
    entry = case.timeline.get(kind="added")
    assert [file.name for file in entry.attachments.all()] == ["عکس.jpg", "نامه.pdf"]
    assert not StagedFile.objects.exists()
    mail = OutgoingMail.objects.get(kind="from_sender")
    assert mail.to == ["vahed@example.ir"]
    assert mail.reply_to == [case.email]
    assert "چراغ دوم هم خاموش است." in mail.text
    assert "چراغ دوم" not in mail.subject
    assert "عکس.jpg" in mail.html
    deliver_due()
    assert django_mail.outbox[-1].reply_to == [case.email]
    case.refresh_from_db()
    assert case.status == Status.RECEIVED


def test_whoever_has_the_case_is_told_and_the_stand_in(case, do, officer):
    stand_in = UserFactory(email="janeshin@example.ir")
    today = timezone.localdate()
    Absence.objects.create(user=officer, stand_in=stand_in, first_day=today, last_day=today)
    Message.objects.update(assignee=officer)
    do("add", text="توضیح")
    mail = OutgoingMail.objects.get(kind="from_sender")
    assert mail.to == [officer.email, "janeshin@example.ir"]


def test_the_words_of_a_confidential_message_stay_on_the_desk(case, do):
    case.topic.is_confidential = True
    case.topic.save()
    do("add", text="نام مدیر را نمی‌نویسم", files=[upload("سند.pdf", pdf())])
    mail = OutgoingMail.objects.get(kind="from_sender")
    assert "نمی‌نویسم" not in mail.text + mail.html
    assert "سند.pdf" not in mail.text + mail.html
    assert mail.reply_to == []


def test_sent_twice_it_is_added_once(client, case):
    form = form_of(text_of(enter(client, case)), "add")
    for _click in range(2):
        response = client.post(CASE, {**form, "text": "توضیح", "files": upload("عکس.jpg", picture())})
        assert response.status_code == 303
    entry = case.timeline.get(kind="added")
    assert entry.attachments.count() == 1
    assert not StagedFile.objects.exists()
    assert OutgoingMail.objects.filter(kind="from_sender").count() == 1
    assert client.get(f"/contact/track/file/{entry.attachments.get().pk}/").status_code == 200


def test_another_text_with_the_same_form_is_asked_about(client, case):
    form = form_of(text_of(enter(client, case)), "add")
    client.post(CASE, {**form, "text": "نخست"})
    page = text_of(client.post(CASE, {**form, "text": "دوم"}))
    assert "آنچه پیش‌تر فرستادید رسیده است" in page
    assert "دوم" in page
    client.post(CASE, {**form_of(page, "add"), "text": "دوم"})
    assert [entry.text for entry in case.timeline.filter(kind="added")] == ["نخست", "دوم"]


def test_nothing_typed_is_lost_when_something_is_wrong(client, case):
    form = form_of(text_of(enter(client, case)), "add")
    assert "چیزی بنویسید یا فایلی برگزینید" in text_of(client.post(CASE, {**form, "text": " "}))
    long = "الف" * 1400
    page = text_of(client.post(CASE, {**form, "text": long, "files": upload("عکس.jpg", picture())}))
    assert long in page
    assert "حداکثر ۴٬۰۰۰ حرف" in page
    assert "عکس.jpg" in page
    bad = client.post(CASE, {**form, "text": "کوتاه", "files": upload("برنامه.exe", b"MZ")})
    assert "کوتاه" in text_of(bad)
    assert "برنامه.exe" in text_of(bad)
    assert not case.timeline.filter(kind="added").exists()
    client.post(CASE, {**form_of(text_of(bad), "add"), "text": "کوتاه"})
    assert case.timeline.get(kind="added").attachments.get().name == "عکس.jpg"


def test_a_file_alone_is_enough_and_can_be_taken_out_again(client, case):
    form = form_of(text_of(enter(client, case)), "add")
    page = text_of(client.post(CASE, {**form, "text": "الف" * 1400, "files": upload("عکس.jpg", picture())}))
    waiting = StagedFile.objects.get()
    page = text_of(client.post(CASE, {**form_of(page, "add"), "text": "", "remove": waiting.pk}))
    assert "عکس.jpg" not in page
    assert not StagedFile.objects.exists()
    client.post(CASE, {**form_of(page, "add"), "files": upload("نامه.pdf", pdf())})
    assert case.timeline.get(kind="added").attachments.get().name == "نامه.pdf"


def test_the_form_of_one_message_adds_nothing_to_another(client, case):
    form = form_of(text_of(enter(client, case)), "add")
    other = with_secret(title="پیام دوم")
    enter(client, other)
    page = text_of(client.post(CASE, {**form, "text": "دربارهٔ چراغ"}))
    assert "چیزی فرستاده نشد" in page
    assert "دربارهٔ چراغ" in page
    assert not Message.objects.filter(timeline__kind="added").exists()


def test_a_day_takes_so_many_additions(client, case, do, monkeypatch):
    monkeypatch.setattr(by_sender, "MOST_ADDED_A_DAY", 2)
    for number in range(2):
        do("add", text=f"افزودهٔ {number}")
    page = text_of(do("add", text="سومی"))
    assert "فردا ادامه دهید" in page
    assert "سومی" in page
    assert case.timeline.filter(kind="added").count() == 2
    case.timeline.filter(kind="added").update(at=timezone.now() - timedelta(hours=25))
    do("add", text="سومی")
    assert case.timeline.filter(kind="added").count() == 3


def test_a_network_sends_so_many_forms_an_hour(client, case, do, monkeypatch):
    monkeypatch.setattr(case_page, "ACTS_AN_HOUR", 1)
    do("add", text="یکم")
    response = do("add", text="دوم")
    assert response.status_code == 429
    assert "دوم" in text_of(response)
    assert case.timeline.filter(kind="added").count() == 1


def test_a_message_takes_so_many_files(client, case, do, monkeypatch):
    monkeypatch.setattr(by_sender, "MOST_FILES", 1)
    do("add", files=[upload("یک.jpg", picture(seed=1))])
    page = text_of(do("add", files=[upload("دو.jpg", picture(seed=2))]))
    assert "جای پیوست بیشتری ندارد" in page
    assert case.attachments.count() == 1
    assert StagedFile.objects.count() == 1


def test_what_is_not_possible_any_more_is_said_and_kept(client, case, officer):
    form = form_of(text_of(enter(client, case)), "add")
    Message.objects.update(status=Status.CLOSED)
    page = text_of(client.post(CASE, {**form, "text": "دیر رسید"}))
    assert "این کار دیگر شدنی نیست" in page
    assert "دیر رسید" in page
    assert not case.timeline.filter(kind="added").exists()


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"act": "x"},
        {"act": "add"},
        {"act": "add", "form_token": "x"},
        {"act": "rate", "form_token": "1:2:3", "satisfied": "?"},
    ],
)
def test_nonsense_does_nothing(client, case, posted):
    enter(client, case)
    assert client.post(CASE, posted).status_code in (200, 303)
    assert [entry.kind for entry in case.timeline.all()] == ["received"]


def test_a_file_in_a_field_that_is_not_there_is_no_error_of_ours(client, case):
    form = form_of(text_of(enter(client, case)), "add")
    response = client.post(CASE, {**form, "text": "توضیح", "scan": upload("برنامه.exe", b"MZ")})
    assert "برنامه.exe" in text_of(response)
    assert "توضیح" in text_of(response)


# --- Answering what the unit asked ---


@pytest.fixture
def asked(case, officer):
    """The unit asked five working days ago."""
    move(case, Status.IN_PROGRESS, officer)
    ago = timezone.now() - timedelta(days=9)
    case.timeline.create(kind="question", author=officer, text="نام خیابان چیست؟", at=ago)
    move(case, Status.WAITING, officer)
    case.timeline.filter(to_status=Status.WAITING).update(at=ago)
    Message.objects.update(waiting_since=ago, created_at=timezone.now() - timedelta(days=12))
    case.refresh_from_db()
    return case


def test_the_question_is_answered_and_the_deadline_moves_by_what_was_waited(client, asked, do):
    page = text_of(enter(client, asked))
    assert "پرسش واحد از شما" in page
    assert "نام خیابان چیست؟" in page
    calendar = current()
    waited = calendar.working_days_between(asked.waiting_since, timezone.now()).count
    assert waited > 0
    expected = calendar.add_working_days(asked.deadline, waited).date
    page = text_of(do("answer", text="خیابان بهار"))
    assert "پاسخ شما به واحد رسید" in page
    asked.refresh_from_db()
    assert asked.status == Status.IN_PROGRESS
    assert asked.waiting_since is None
    assert asked.deadline == expected
    assert calendar.add_working_days(asked.created_at, asked.deadline_days).date == expected
    changed = asked.timeline.get(kind="deadline")
    assert changed.data["after"] == expected.isoformat()
    assert "روز کاری در انتظار پاسخ شما بودیم" in page
    assert format_jalali(expected) in page
    assert asked.timeline.get(kind="added").data["answers"] is True
    assert "به پرسش شما پاسخ داده است" in OutgoingMail.objects.get(kind="from_sender").text


def test_an_answer_on_the_same_day_moves_nothing(client, asked, do):
    Message.objects.update(waiting_since=timezone.now())
    before = asked.deadline
    do("answer", text="خیابان بهار")
    asked.refresh_from_db()
    assert asked.deadline == before
    assert not asked.timeline.filter(kind="deadline").exists()


def test_a_deadline_that_a_person_set_stays_set(client, asked, do):
    Message.objects.update(deadline_is_set=True)
    do("answer", text="خیابان بهار")
    before = asked.deadline
    asked.refresh_from_db()
    assert asked.deadline > before
    assert asked.deadline_is_set
    assert asked.deadline_days == 10


def test_a_question_is_answered_once(client, asked):
    form = form_of(text_of(enter(client, asked)), "answer")
    for _click in range(2):
        assert client.post(CASE, {**form, "text": "خیابان بهار"}).status_code == 303
    assert asked.timeline.filter(kind="added").count() == 1
    assert asked.timeline.filter(kind="deadline").count() == 1


# --- Rating ---


def test_a_dissatisfied_sender_says_why_and_the_unit_is_told(client, case, officer, do):
    answered(case, officer)
    page = text_of(do("rate", satisfied="no", reasons=["unsolved", "late"], text="هنوز خاموش است"))
    assert "سپاس؛ نظر شما ثبت شد" in page
    case.refresh_from_db()
    assert case.is_satisfied is False
    assert case.satisfaction_text == "هنوز خاموش است"
    assert case.rated_at is not None
    entry = case.timeline.get(kind="rated")
    assert entry.data["reasons"] == ["unsolved", "late"]
    assert "مشکل من حل نشده است، پاسخ دیر رسید" in page
    mail = OutgoingMail.objects.get(kind="from_sender")
    assert "مشکل من حل نشده است" in mail.text
    assert "هنوز خاموش است" in mail.text


def test_a_satisfied_sender_costs_nobody_a_letter(client, case, officer, do):
    answered(case, officer)
    do("rate", satisfied="yes", reasons=["late"])
    case.refresh_from_db()
    assert case.is_satisfied is True
    assert case.timeline.get(kind="rated").data["reasons"] == []
    assert not OutgoingMail.objects.filter(kind="from_sender").exists()


def test_an_opinion_can_be_changed_for_some_days(client, case, officer, do):
    answered(case, officer)
    do("rate", satisfied="yes")
    page = text_of(enter(client, case))
    assert re.search(r'value="yes"[^>]*checked', page)
    do("rate", satisfied="no", reasons=["beside"])
    case.refresh_from_db()
    assert case.is_satisfied is False
    assert case.timeline.filter(kind="rated").count() == 2
    Message.objects.update(rated_at=timezone.now() - timedelta(days=15))
    case.timeline.filter(kind="move").update(at=timezone.now() - timedelta(days=16))
    assert "rate" not in acts_in(text_of(enter(client, case)))


def test_a_choice_is_needed(client, case, officer, do):
    answered(case, officer)
    page = text_of(do("rate", text="نمی‌دانم"))
    assert "بله یا خیر را برگزینید" in page
    assert "نمی‌دانم" in page
    case.refresh_from_db()
    assert case.rated_at is None


# --- Reopening ---


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CLOSED, Status.NOT_OURS])
def test_what_was_not_solved_is_reopened_with_a_new_deadline(client, case, do, status):
    Message.objects.update(
        status=status, closed_at=timezone.now(), deadline_is_set=True, reminded_at=timezone.now()
    )
    page = text_of(do("reopen", text="چراغ دوباره خاموش شد"))
    assert "پیام شما بازگشایی شد" in page
    assert "چراغ دوباره خاموش شد" in page
    case.refresh_from_db()
    due = current().add_working_days(timezone.now(), 10).date
    assert case.status == Status.REOPENED
    assert case.deadline == due
    assert case.closed_at is None
    assert case.reminded_at is None
    assert not case.deadline_is_set
    assert current().add_working_days(case.created_at, case.deadline_days).date == due
    assert "مهلت پاسخ از نو شمرده می‌شود" in page
    assert "بازگشایی کرده است" in OutgoingMail.objects.get(kind="from_sender").text


def test_a_deadline_that_comes_out_at_the_same_day_is_no_news(client, case, do):
    due = current().add_working_days(timezone.now(), 10).date
    Message.objects.update(status=Status.ANSWERED, deadline=due, reminded_at=timezone.now())
    do("reopen", text="چراغ دوباره خاموش شد")
    case.refresh_from_db()
    assert (case.deadline, case.reminded_at) == (due, None)
    assert not case.timeline.filter(kind="deadline").exists()


def test_thirty_days_later_it_is_too_late(client, case, officer):
    answered(case, officer)
    assert "reopen" in acts_in(text_of(enter(client, case)))
    case.timeline.filter(kind="move").update(at=timezone.now() - timedelta(days=31))
    assert "reopen" not in acts_in(text_of(enter(client, case)))


def test_it_is_said_what_is_missing(client, case, officer, do):
    answered(case, officer)
    assert "بنویسید چه چیزی هنوز حل نشده است" in text_of(do("reopen", text=""))
    case.refresh_from_db()
    assert case.status == Status.ANSWERED


def test_a_second_answer_is_rated_anew(client, case, officer, do):
    answered(case, officer)
    do("rate", satisfied="no")
    Message.objects.update(rated_at=timezone.now() - timedelta(days=20))
    case.timeline.filter(kind="move").update(at=timezone.now() - timedelta(days=21))
    assert "rate" not in acts_in(text_of(enter(client, case)))
    do("reopen", text="حل نشد")
    case.refresh_from_db()
    answered(case, officer, "این بار درست شد.")
    page = text_of(enter(client, case))
    assert "rate" in acts_in(page)
    assert "این بار درست شد." in page


def test_without_a_way_to_the_unit_the_sender_is_served_all_the_same(client, case, do):
    Unit.objects.update(email="")
    assert "آنچه افزودید به واحد رسید." in text_of(do("add", text="توضیح"))
    assert not OutgoingMail.objects.filter(kind="from_sender").exists()


def test_the_tracking_page_is_offered_from_the_form(client, site):
    assert f'href="{TRACK}"' in text_of(client.get("/contact/"))
