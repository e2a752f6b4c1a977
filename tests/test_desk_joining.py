"""Merging duplicates and splitting a message: everybody gets the answer, and nobody reads what is another's."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contact.letters import mails_of
from contact.models import Message
from contact.secrets import secret_of
from contact.workflow import Status
from outbox.withheld import fill
from tests.desk_fixtures import page_of
from tests.factories import MessageFactory, TopicFactory
from tests.sample_files import pdf
from tests.test_desk_actions import do
from tests.test_desk_reply import send, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(ours):
    first = MessageFactory(topic=ours, title="چراغ خاموش", name="سارا نمونه‌ای", email="sara@example.com")
    again = MessageFactory(topic=ours, title="چراغ کوچه", name="کاوه نمونه‌ای", email="kaveh@example.com")
    return first, again


def test_everybody_gets_the_answer_with_their_own_name(head, pair):
    first, again = pair
    typed = first.code_display.replace("-", " ")
    assert do(head, again, "merge", code=typed, agreed=first.tracking_code).status_code == 302
    assert (again.status, again.merged_into) == (Status.CLOSED, first)
    assert again.closed_at
    upload = SimpleUploadedFile("نقشه.pdf", pdf())
    write(head, first, text="جناب {name}، چراغ {code} روشن شد.", uploads=upload)
    send(head, first)
    to_sara, to_kaveh = (mails_of(case).filter(kind="reply").get() for case in pair)
    assert (to_sara.to, to_kaveh.to) == (["sara@example.com"], ["kaveh@example.com"])
    assert "کاوه" in to_kaveh.text
    assert again.code_display in to_kaveh.text
    for foreign in ("سارا", first.code_display):
        assert foreign not in to_kaveh.text
        assert foreign not in to_kaveh.html
    entry = again.timeline.get(kind="reply")
    assert entry.public_text.startswith("جناب")
    assert "کاوه" in entry.public_text
    file = entry.attachments.get()
    assert (file.name, file.is_public, file.message) == ("نقشه.pdf", True, again)
    assert file.path != first.attachments.get().path
    again.refresh_from_db()
    assert (again.status, again.merged_into) == (Status.CLOSED, first)
    assert again.answered_at


def test_the_other_message_is_looked_at_before_anything_happens(head, pair):
    first, again = pair
    shown = do(head, again, "merge", code=first.tracking_code)
    assert again.status == Status.RECEIVED
    assert not mails_of(again)
    words = page_of(shown)
    assert "چراغ خاموش" in words
    assert first.body in words
    assert shown.context["form"]["agreed"].value() == first.tracking_code
    other_code = MessageFactory(topic=first.topic).tracking_code
    do(head, again, "merge", code=other_code, agreed=first.tracking_code)
    assert again.status == Status.RECEIVED


def test_each_of_the_two_leads_to_the_other(head, pair):
    first, again = pair
    do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code)
    assert f"/admin/desk/{first.pk}/" in page_of(head.get(f"/admin/desk/{again.pk}/"))
    assert f"/admin/desk/{again.pk}/" in page_of(head.get(f"/admin/desk/{first.pk}/"))
    assert mails_of(again).get(kind="news").to == ["kaveh@example.com"]


def test_merged_into_an_answered_message_the_answer_comes_at_once(head, pair):
    first, again = pair
    write(head, first, text="سلام {name}، پاسخ این است.")
    send(head, first)
    do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code)
    assert "کاوه" in mails_of(again).get(kind="reply").text


def test_what_was_merged_before_goes_along(head, ours, pair):
    first, again = pair
    third = MessageFactory(topic=ours)
    do(head, again, "merge", code=third.tracking_code, agreed=third.tracking_code)
    do(head, third, "merge", code=first.tracking_code, agreed=first.tracking_code)
    again.refresh_from_db()
    assert again.merged_into == first


def test_what_cannot_be_merged(head, ours, pair):
    first, again = pair
    spam = MessageFactory(topic=ours, status="spam")
    for code in (again.tracking_code, spam.tracking_code, "123", "000000000"):
        assert do(head, again, "merge", code=code, agreed=code).context["form"].errors
        assert again.status == Status.RECEIVED
    do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code)
    assert (
        do(head, first, "merge", code=again.tracking_code, agreed=again.tracking_code).context["form"].errors
    )


def test_who_reopens_stands_alone_again(head, pair):
    first, again = pair
    do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code)
    head.post(f"/admin/desk/{again.pk}/", {"to": "reopened"})
    again.refresh_from_db()
    assert again.merged_into is None


def test_a_request_by_the_law_is_merged_too(head, ours, pair):
    ours.is_information_request = True
    ours.save()
    first, again = pair
    assert do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code).status_code == 302
    assert (again.status, again.close_reason) == (Status.CLOSED, "")


def test_a_part_has_codes_of_its_own_that_its_sender_is_told(head, ours):
    other = TopicFactory(unit=ours.unit, deadline_days=5)
    whole = MessageFactory(topic=ours, title="چراغ و آسفالت", created_at=timezone.now())
    for _click in range(2):
        form = {"topic": other.pk, "title": "آسفالت", "body": "آسفالت کنده است.", "key": "k" * 32}
        assert head.post(f"/admin/desk/{whole.pk}/split/", form).status_code == 302
    part = Message.objects.get(split_from=whole)
    assert (part.title, part.topic, part.name, part.email) == ("آسفالت", other, whole.name, whole.email)
    assert part.created_at == whole.created_at
    assert part.deadline
    assert part.tracking_code != whole.tracking_code
    mail = mails_of(whole).get(kind="news")
    secret = secret_of(part)
    assert secret is not None
    assert secret not in mail.text
    assert part.code_display in mail.text
    text, html = fill(mail)
    assert "[[secret]]" not in text + html
    assert f"/admin/desk/{part.pk}/" in page_of(head.get(f"/admin/desk/{whole.pk}/"))
    assert f"/admin/desk/{whole.pk}/" in page_of(head.get(f"/admin/desk/{part.pk}/"))


def test_the_title_of_a_joined_message_is_for_those_who_may_see_it(head, officer, ours, theirs):
    into = MessageFactory(topic=ours)
    hidden = TopicFactory(unit=ours.unit, is_confidential=True)
    others = [
        MessageFactory(topic=hidden, title="شکایت از همکار", merged_into=into, status="closed"),
        MessageFactory(topic=theirs, title="بخش دیگر", split_from=into),
    ]
    into.split_from = MessageFactory(topic=hidden, title="پیام محرمانه")
    into.save()
    titles = [*(other.title for other in others), into.split_from.title]
    page, whole = (page_of(client.get(f"/admin/desk/{into.pk}/")) for client in (officer, head))
    assert not [title for title in titles if title in page]
    assert all(title in whole for title in titles)
    assert others[0].code_display in page
    assert f"/admin/desk/{others[0].pk}/" not in page
