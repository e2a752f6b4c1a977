"""A question to an organization outside: its link, its one answer, and how it ends."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contact.letters import mails_of
from contact.links import make_token
from contact.links_mail import OUTSIDE
from contact.models import OutsideQuestion
from outbox.withheld import NothingToTellError, fill
from tests.desk_fixtures import page_of
from tests.factories import MessageFactory
from tests.sample_files import pdf
from tests.test_desk_actions import do

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(officer, ours):
    ours.unit.email = "vahed@example.ir"
    ours.unit.save()
    message = MessageFactory(topic=ours, body="متن شهروند")
    do(
        officer,
        message,
        "outside",
        organization="شرکت برق",
        email="bargh@example.ir",
        question="چراغ با شماست؟",
    )
    return OutsideQuestion.objects.get()


def link(asked):
    return f"/contact/outside/{make_token(OUTSIDE, asked)}/"


def test_the_link_is_in_the_letter_only_when_it_is_sent(asked):
    mail = mails_of(asked.message).get(kind="outside")
    assert mail.to == ["bargh@example.ir"]
    token = make_token(OUTSIDE, asked)
    assert token not in mail.text + mail.html
    text, html = fill(mail)
    assert link(asked) in text
    assert link(asked) in html


def test_the_organization_answers_once(client, officer, asked):
    page = page_of(client.get(link(asked)))
    assert "چراغ با شماست؟" in page
    assert "متن شهروند" not in page
    assert asked.message.name not in page
    upload = SimpleUploadedFile("گزارش.pdf", pdf())
    response = client.post(link(asked), {"text": "بله، امشب روشن می‌شود", "uploads": upload})
    assert response.status_code == 303
    again = client.post(link(asked), {"text": "پاسخ دوم"})
    assert "پاسخ رسید" in page_of(again)
    entry = asked.message.timeline.get(kind="outside_answer")
    assert (entry.text, entry.public_text) == ("بله، امشب روشن می‌شود", "")
    file = entry.attachments.get()
    assert (file.is_public, file.from_staff) == (False, False)
    assert mails_of(asked.message).filter(to=["vahed@example.ir"], kind="desk_news").count() == 1
    case = page_of(officer.get(f"/admin/desk/{asked.message_id}/"))
    for words in ("بله، امشب روشن می‌شود", "گزارش.pdf", "شرکت برق"):
        assert words in case


def test_files_are_chosen_as_in_the_form_of_citizens(client, asked):
    page = page_of(client.get(link(asked)))
    assert 'data-choose="انتخاب فایل‌ها"' in page
    assert "file_picker" in page


def test_a_bad_file_costs_no_text(client, asked):
    response = client.post(link(asked), {"text": "پاسخ ما", "uploads": SimpleUploadedFile("x.exe", b"MZ")})
    assert "پاسخ ما" in page_of(response)
    assert "x.exe" in page_of(response)
    assert client.post(link(asked), {"text": " "}).context["form"].errors["text"]
    assert not asked.message.timeline.filter(kind="outside_answer").exists()


def test_the_message_is_shown_where_the_unit_says_so(client, asked):
    asked.shares_message = True
    asked.save()
    assert "متن شهروند" in page_of(client.get(link(asked)))


def test_the_page_is_kept_by_nobody(client, asked):
    response = client.get(link(asked))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("token", ["1-abc", "x", "999999-" + "a" * 24])
def test_a_wrong_link_opens_nothing(client, asked, token):
    response = client.get(f"/contact/outside/{token}/")
    assert response.status_code == 404
    assert "چراغ با شماست؟" not in response.content.decode()


def test_a_question_taken_back_opens_nothing(client, officer, asked):
    address = f"/admin/desk/{asked.message_id}/withdraw/{asked.pk}/"
    assert officer.get(address).status_code == 200
    officer.post(address)
    for response in (client.get(link(asked)), client.post(link(asked), {"text": "دیر"})):
        assert "پس گرفته شده" in page_of(response)
    asked.refresh_from_db()
    assert asked.answer == ""
    with pytest.raises(NothingToTellError):
        fill(mails_of(asked.message).get(kind="outside"))


def test_after_thirty_days_it_is_over(client, asked):
    OutsideQuestion.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "چراغ با شماست؟" not in page_of(client.get(link(asked)))
