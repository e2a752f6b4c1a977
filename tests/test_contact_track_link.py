"""The link in the letter with a question: it shows the question and nothing else, and takes one answer."""

import re
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from contact.actions.replies import ask_sender
from contact.links import make_token
from contact.models import Message, OneTimeLink, StagedFile, Unit
from contact.workflow import Status, move
from outbox.delivery import deliver_due
from outbox.models import OutgoingMail
from tests.factories import TopicFactory, UserFactory, contact_site
from tests.sample_files import picture, upload
from tests.test_contact_form import hidden_in, text_of
from tests.test_contact_track import with_secret

pytestmark = pytest.mark.django_db
THANKS = "پاسخ شما به واحد رسیده است"
OVER = "با این پیوند دیگر نمی‌توان پاسخ داد"


@pytest.fixture
def officer(db):
    return UserFactory()


@pytest.fixture
def case(db, officer):
    contact_site()
    Unit.objects.update(email="vahed@example.ir")
    case = with_secret(
        title="چراغ خیابان", topic=TopicFactory(unit=Unit.objects.get()), status=Status.IN_PROGRESS
    )
    ask_sender(case, by=officer, text="نام خیابان چیست؟")
    case.refresh_from_db()
    return case


@pytest.fixture
def link(case):
    """The path of the link as it stands in the letter."""
    deliver_due()
    found = re.findall(r"https?://[^/]+(/contact/track/answer/\S+)", django_mail.outbox[-1].body)
    return found[0]


def form_at(client, link):
    hidden = hidden_in(text_of(client.get(link)))
    return {name: hidden[name] for name in ("act", "form_token")}


def test_the_letter_has_the_link_and_the_outbox_has_not(case, link):
    row = OutgoingMail.objects.get(kind="question")
    assert link.rstrip("/").rpartition("/")[2] not in row.text + row.html
    assert "نام خیابان چیست؟" in row.text


def test_opening_it_shows_the_question_and_changes_nothing(client, case, link):
    for _scanner in range(2):
        response = client.get(link)
        page = text_of(response)
        assert "نام خیابان چیست؟" in page
        for hidden in (case.title, case.body, case.name, case.code_display, case.tracking_code):
            assert hidden not in page
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"
    case.refresh_from_db()
    assert case.status == Status.WAITING
    assert OneTimeLink.objects.get().used_at is None


def test_an_answer_with_a_file_comes_into_the_case_once(client, case, link):
    form = form_at(client, link)
    response = client.post(
        link, {**form, "text": "خیابان بهار", "files": upload("عکس.jpg", picture())}, follow=True
    )
    assert THANKS in text_of(response)
    case.refresh_from_db()
    assert case.status == Status.IN_PROGRESS
    entry = case.timeline.get(kind="added")
    assert entry.text == "خیابان بهار"
    assert entry.attachments.get().name == "عکس.jpg"
    assert not StagedFile.objects.exists()
    mail = OutgoingMail.objects.get(kind="from_sender")
    assert mail.to == ["vahed@example.ir"]
    assert mail.reply_to == [case.email]
    again = text_of(client.post(link, {**form, "text": "خیابان بهار"}))
    assert THANKS in again
    assert "خیابان بهار" not in again
    assert THANKS in text_of(client.get(link))
    assert case.timeline.filter(kind="added").count() == 1


def test_a_second_answer_by_a_used_link_is_not_taken_and_not_lost(client, case, link):
    form = form_at(client, link)
    client.post(link, {**form, "text": "خیابان بهار"})
    page = text_of(client.post(link, {**form, "text": "نه، خیابان پاییز"}))
    assert "نه، خیابان پاییز" in page
    assert "فرستاده نشده است" in page
    assert case.timeline.filter(kind="added").count() == 1


def test_a_link_ends_with_its_time_with_a_newer_one_and_with_the_waiting(client, case, officer, link):
    form = form_at(client, link)
    ask_sender(case, by=officer, text="از کدام تیر؟")
    assert OVER in text_of(client.post(link, {**form, "text": "خیابان بهار"})), "a newer one was sent"
    newer = OneTimeLink.objects.first()
    path = f"/contact/track/answer/{make_token('answer', newer)}/"
    assert "از کدام تیر؟" in text_of(client.get(path))
    move(case, Status.IN_PROGRESS, officer)
    assert OVER in text_of(client.get(path))
    Message.objects.update(status=Status.WAITING)
    assert "از کدام تیر؟" in text_of(client.get(path))
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert OVER in text_of(client.post(path, {**form, "text": "تیر دوم"}))
    assert not case.timeline.filter(kind="added").exists()


@pytest.mark.parametrize(
    "token", ["x", "0-abc", "1-", "9" * 19 + "-a", "1-AAAAAAAAAAAAAAAAAAAAAAAA", "%D8%A7-1"]
)
def test_a_made_up_link_opens_nothing(client, case, token):
    for response in (
        client.get(f"/contact/track/answer/{token}/"),
        client.post(f"/contact/track/answer/{token}/"),
    ):
        assert response.status_code == 200
        assert OVER in text_of(response)
        assert "نام خیابان" not in text_of(response)


def test_a_link_for_a_lost_code_answers_nothing(client, case):
    lost = case.links.create(purpose="recover", expires_at=timezone.now() + timedelta(days=1))
    for purpose in ("recover", "answer"):
        assert OVER in text_of(client.get(f"/contact/track/answer/{make_token(purpose, lost)}/"))


def test_nothing_typed_is_lost_when_something_is_wrong(client, visitor, case, link):
    form = form_at(client, link)
    page = text_of(client.post(link, {**form, "text": "", "files": upload("برنامه.exe", b"MZ")}))
    assert "برنامه.exe" in page
    assert "پاسخ خود را بنویسید" in page
    page = text_of(client.post(link, {**form, "text": "ب" * 4100, "files": upload("عکس.jpg", picture())}))
    assert "ب" * 4100 in page
    waiting = StagedFile.objects.get()
    page = text_of(client.post(link, {**form, "text": "خیابان", "remove": waiting.pk}))
    assert "خیابان" in page
    assert "عکس.jpg" not in page
    refused = visitor.post(link, {**form, "text": "خیابان بهار"})
    assert refused.status_code == 403
    assert "خیابان بهار" in text_of(refused)
    case.refresh_from_db()
    assert case.status == Status.WAITING
    assert client.get(link).status_code == 200
    assert client.put(link).status_code == 405


def test_answered_on_the_page_of_the_message_the_link_says_so(client, case, link):
    from tests.test_contact_track import CASE, enter
    from tests.test_contact_track_case import form_of

    form = form_of(text_of(enter(client, case)), "answer")
    client.post(CASE, {**form, "text": "خیابان بهار"})
    assert OVER in text_of(client.get(link))


def test_what_arrived_already_is_not_shown_as_lost(client, case, link):
    """Browsers end lines otherwise than we keep them."""
    form = {**form_at(client, link), "text": "کوچهٔ نهم\r\nپلاک ۲"}
    client.post(link, form)
    assert "کوچهٔ نهم" not in text_of(client.post(link, form))
    assert "کوچهٔ دهم" in text_of(client.post(link, {**form, "text": "کوچهٔ دهم"}))
