"""The receipt: both codes, why the deadline is when it is, a QR code, and the confirming e-mail that holds no secret."""

import datetime
import re

import pytest
from django.core import mail as django_mail
from django.core import signing
from django.utils import timezone

from contact.actions.secret import give_secret
from contact.models import Message, Topic, Unit
from contact.public.qr import QUIET_ZONE, qr_path
from contact.secrets import format_secret, opens, parse_secret, secret_of
from outbox.delivery import deliver_due
from outbox.models import OutgoingMail, OutgoingSms
from persian.calendar import format_jalali
from persian.working_days.models import Closure
from tests.factories import UserFactory, contact_site
from tests.test_contact_form import TYPED, text_of, token

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    return contact_site()


@pytest.fixture
def send(client, site):
    def post(**changes):
        form = {**TYPED, "topic": Topic.objects.first().pk, "form_token": token(), "step": "send", **changes}
        return client.post("/contact/", form)

    return post


def receipt(client, response):
    return client.get(response["Location"])


def test_the_receipt_shows_both_codes_and_shows_them_again(client, send):
    response = send()
    page = text_of(receipt(client, response))
    message = Message.objects.get()
    secret = secret_of(message)
    assert message.code_display in page
    assert format_secret(secret) in page
    assert opens(message, parse_secret(format_secret(secret)))
    assert format_secret(secret) in text_of(receipt(client, response))
    assert "هرگز رمز پیگیری را نمی‌پرسند" in page


def test_the_secret_is_stored_nowhere_in_the_clear(client, send):
    send()
    message = Message.objects.get()
    secret = secret_of(message)
    stored = [str(value) for value in Message.objects.values().get().values()]
    mails = [f"{mail.subject} {mail.text} {mail.html} {mail.withheld}" for mail in OutgoingMail.objects.all()]
    assert not [text for text in stored + mails if secret in text or format_secret(secret) in text]


def test_a_secret_of_a_lost_key_is_not_shown_but_a_way_on(client, send, settings):
    response = send()
    page = receipt(client, response)
    Message.objects.update(secret_hash="0" * 64)
    page = text_of(receipt(client, response))
    assert Message.objects.get().code_display in page
    assert "/contact/lost/" in page
    assert "code-box--secret" not in page


def test_an_earlier_receipt_does_not_show_a_secret_that_was_given_anew(client, send):
    """A receipt stays in the history of a browser that others use too; whoever loses a secret there asks for another."""
    response = send()
    give_secret(Message.objects.get(), by=UserFactory())
    message = Message.objects.get()
    page = text_of(receipt(client, response))
    assert format_secret(secret_of(message)) not in page
    assert message.code_display not in page
    assert "این رسید دیگر نشان داده نمی‌شود" in page
    assert "/contact/lost/" in page


def test_the_same_form_sent_again_does_not_show_a_secret_that_was_given_anew(client, send):
    key = token()
    send(form_token=key)
    give_secret(Message.objects.get(), by=UserFactory())
    message = Message.objects.get()
    again = send(form_token=key)
    assert again.status_code == 303
    assert format_secret(secret_of(message)) not in text_of(receipt(client, again))


def test_a_receipt_of_before_or_of_an_anonymised_message_is_outdated(client, send):
    response = send()
    message = Message.objects.get()
    for odd in (message.tracking_code, [message.tracking_code], [message.tracking_code, "x"], {"v": 1}, 7):
        address = f"/contact/sent/?r={signing.dumps(odd, salt='contact.receipt')}"
        assert message.code_display not in text_of(client.get(address))
    Message.objects.update(anonymised_at=timezone.now())
    assert message.code_display not in text_of(receipt(client, response))


def test_the_receipt_says_why_the_answer_is_due_then(client, send):
    Topic.objects.update(deadline_days=4)
    tomorrow = timezone.localdate() + datetime.timedelta(1)
    Closure.objects.create(first_day=tomorrow, last_day=tomorrow, reason="برف سنگین")
    response = receipt(client, send())
    due = response.context["due"]
    assert due.date == Message.objects.get().deadline
    assert due.sentence() in text_of(response)
    for day in due.skipped:
        assert str(day) in due.sentence() or day.reasons
    assert "برف سنگین" in text_of(response)


def test_a_deadline_that_was_moved_is_shown_without_the_old_reason(client, send):
    Topic.objects.update(deadline_days=4)
    response = send()
    moved = timezone.localdate() + datetime.timedelta(60)
    Message.objects.update(deadline=moved, deadline_is_set=True)
    page = receipt(client, response)
    assert page.context["due"] is None
    assert moved.isoformat() in text_of(page)


def test_the_receipt_names_topic_unit_and_moment(client, send):
    page = text_of(receipt(client, send()))
    message = Message.objects.get()
    assert message.topic.title in page
    assert message.unit.name in page
    assert format_jalali(message.created_at, with_time=True) in page


# --- The QR code ---


def modules(size, path):
    """The dark modules of a path, row by row."""
    grid = [[0] * size for _row in range(size)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\d+z", path):
        for column in range(int(x), int(x) + int(width)):
            grid[int(y)][column] = 1
    return grid


def test_the_path_draws_the_very_code():
    import segno

    text = "https://www.example.ir/contact/track/?code=123456789"
    size, path = qr_path(text)
    code = segno.make(text, error="m", micro=False)
    assert modules(size, path) == [list(row) for row in code.matrix_iter(border=QUIET_ZONE)]
    assert size == code.symbol_size()[0]


def test_the_receipts_code_leads_to_the_following_up_and_holds_no_secret(client, send):
    response = receipt(client, send())
    message = Message.objects.get()
    address = response.context["track_address"]
    assert address.endswith(f"/contact/track/?code={message.tracking_code}")
    assert secret_of(message) not in address
    assert response.context["qr_path"] == qr_path(address)[1]
    page = text_of(response)
    assert "<svg viewBox=" in page
    assert "style=" not in page.partition("<main")[2]


# --- The confirming e-mail ---


def confirmation():
    return OutgoingMail.objects.get(kind="receipt")


def test_whoever_gave_an_address_gets_the_codes_there(client, send):
    Topic.objects.update(deadline_days=4)
    send()
    message, mail = Message.objects.get(), confirmation()
    assert mail.to == [TYPED["email"]]
    assert mail.reply_to == []
    assert message.code_display in mail.text
    assert "/contact/track/" in mail.text
    assert mail.reference == f"case:{message.pk}"
    assert f"/admin/desk/{message.pk}" not in mail.text + mail.html
    deliver_due()
    (sent,) = [mail for mail in django_mail.outbox if mail.to == [TYPED["email"]]]
    secret = format_secret(secret_of(message))
    assert secret in sent.body
    assert secret in sent.alternatives[0][0]
    assert "[[" not in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_nothing_typed_goes_to_an_address_that_nobody_confirmed(send):
    send(title="خرید ارزان", body="همین حالا بخرید", name="فروشندهٔ خوب")
    mail = confirmation()
    for typed in ("خرید", "بخرید", "فروشنده"):
        assert typed not in mail.subject + mail.text + mail.html


def test_no_address_and_no_spam_gets_a_letter(send):
    send(email="", answer_by="none")
    send(website="http://spam.example", form_token=token())
    assert not OutgoingMail.objects.filter(kind="receipt").exists()


def test_a_mobile_gets_the_code_and_no_secret_where_a_gateway_is_named(send, settings):
    assert send().status_code == 303
    assert not OutgoingSms.objects.exists()
    settings.SMS_URL = "console:"
    assert send(form_token=token()).status_code == 303
    text, message = OutgoingSms.objects.get(), Message.objects.latest("pk")
    assert text.to == message.mobile
    assert message.code_display in text.text
    assert format_secret(secret_of(message)) not in text.text
    assert text.reference == f"case:{message.pk}"
    assert send(form_token=token(), mobile="").status_code == 303
    assert OutgoingSms.objects.count() == 1


def test_a_refresh_sends_no_second_letter(client, send):
    key = token()
    response = send(form_token=key)
    receipt(client, response)
    send(form_token=key)
    assert OutgoingMail.objects.filter(kind="receipt").count() == 1


# --- The notice to the unit ---


@pytest.fixture
def _told(site):
    Unit.objects.update(email="vahed@example.ir")


@pytest.mark.usefixtures("_told")
def test_the_notice_tells_who_writes_for_whom(send):
    send(lane="media", organization="روزنامهٔ آزمون", post="خبرنگار")
    mail = OutgoingMail.objects.get(kind="new_message")
    for words in ("رسانه", "روزنامهٔ آزمون", "خبرنگار"):
        assert words in mail.text
        assert words in mail.html


@pytest.mark.usefixtures("_told")
def test_a_confidential_message_stands_on_the_desk_only(send):
    """The mailbox of a unit is read by all of it, a confidential topic by those who are named."""
    Topic.objects.update(is_confidential=True)
    send(lane="media", organization="روزنامهٔ آزمون")
    mail = OutgoingMail.objects.get(kind="new_message")
    message = Message.objects.get()
    everything = f"{mail.subject} {mail.text} {mail.html} {mail.reply_to}"
    for hidden in (message.title, "نیمکت", message.name, message.email, "0000000", "روزنامهٔ آزمون"):
        assert hidden not in everything
    assert message.code_display in mail.text
    assert f"/admin/desk/{message.pk}/" in mail.text
