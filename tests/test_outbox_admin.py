"""The keeper tries the mail settings, and sees what left and what did not."""

import smtplib
import ssl

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend

from outbox import trial
from outbox.mail import queue_mail
from tests.desk_fixtures import log_in, page_of

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/mail-test/"
LIST = "/admin/outgoing-mail/"


@pytest.fixture
def keeper(db):
    return log_in("مدیر سامانه")


def press(client):
    response = client.post(ADDRESS)
    page_of(response)
    return response.context["ok"], str(response.context["words"]), response.context["detail"]


def test_the_button_sends_to_whoever_presses_it(keeper):
    assert ADDRESS in page_of(keeper.get("/admin/"))
    page_of(keeper.get(ADDRESS))
    assert django_mail.outbox == []
    ok, _words, detail = press(keeper)
    assert ok
    assert detail == ""
    (sent,) = django_mail.outbox
    assert sent.to == [keeper.user.email]
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), 0),
        (smtplib.SMTPSenderRefused(550, b"no", "x"), 1),
        (smtplib.SMTPRecipientsRefused({"x": (550, b"no")}), 2),
        (smtplib.SMTPDataError(554, b"no"), 3),
        (smtplib.SMTPNotSupportedError("no"), 4),
        (ssl.SSLError("no"), 5),
        (ConnectionRefusedError("no"), 6),
        (TimeoutError("no"), 7),
        (smtplib.SMTPServerDisconnected("no"), 8),
        (OSError("no such host"), 9),
    ],
)
def test_each_failure_is_named(keeper, monkeypatch, error, outcome):
    def fail(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    ok, words, detail = press(keeper)
    assert not ok
    assert words == str(trial.OUTCOMES[outcome][1])
    assert type(error).__name__ in detail


def test_a_failure_that_nobody_thought_of_is_named_too(keeper, monkeypatch):
    def fail(self, messages):
        raise ValueError("<b>odd</b>")

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    assert "<b>odd" not in page_of(keeper.post(ADDRESS))


def test_a_dead_port_really_refuses(keeper, settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    ok, _words, detail = press(keeper)
    assert not ok
    assert "ConnectionRefusedError" in detail


def test_without_a_server_or_an_address_nothing_is_sent(keeper, settings):
    keeper.user.email = ""
    keeper.user.save()
    assert press(keeper)[0] is False
    settings.EMAIL_CONFIGURED = False
    assert press(keeper)[0] is False
    assert django_mail.outbox == []


def test_e_mails_that_go_to_no_server_are_told_so(keeper, settings):
    settings.EMAIL_HOST = settings.EMAIL_PORT = None
    page = page_of(keeper.get(ADDRESS))
    assert "None:None" not in page
    assert "رایانامه‌ها در فایل یا پایانهٔ فرمان نوشته می‌شوند" in page


@pytest.mark.parametrize("group", ["کارشناس خبر", "کارشناس پاسخ‌گویی"])
def test_others_may_not(db, group):
    client = log_in(group)
    assert client.get(ADDRESS).status_code == 302
    assert client.post(ADDRESS).status_code == 302
    assert client.get(LIST).status_code == 302
    assert client.get(LIST + "results/").status_code == 302
    assert django_mail.outbox == []


@pytest.mark.parametrize("group", ["مدیر سامانه", "مسئول روابط عمومی"])
def test_the_list_shows_states_and_no_text(db, group):
    client = log_in(group)
    queue_mail(to=["vahed@example.ir"], subject="پیام تازه", text="متن محرمانه", kind="test")
    queue_mail(to=[], subject="بی‌نشانی", text="متن محرمانه", kind="test")
    for address in (LIST, LIST + "?q=پیام", LIST + "?state=queued"):
        page = page_of(client.get(address))
        assert "vahed@example.ir" in page
        assert "متن محرمانه" not in page
    assert "No valid recipient" in page_of(client.get(LIST + "results/"))
    assert client.get(LIST + "new/").status_code == 404
    assert client.get(LIST + "edit/1/").status_code == 404
