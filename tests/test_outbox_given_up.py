"""What did not arrive is shown where it matters: on its case, whether it was refused at once or came back later."""

import imaplib
import io
import smtplib
from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from contact.letters import mails_of, queue_letter
from contact.models import TimelineEntry
from outbox import bounces, delivery, given_up
from outbox.delivery import deliver_due
from outbox.mail import queue_mail
from outbox.models import OutgoingMail, State
from tests.factories import MessageFactory

pytestmark = pytest.mark.django_db
FAILED = TimelineEntry.Kind.MAIL_FAILED


@pytest.fixture
def case():
    return MessageFactory()


def letter(case, to="sara@example.com"):
    return queue_letter("new_message", case, to=[to], subject="پیام تازه")


def make_due():
    OutgoingMail.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def refuse_everything(monkeypatch, code=550, words=b"5.1.1 no such user"):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused(dict.fromkeys(messages[0].to, (code, words)))

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)


def test_a_refused_mail_is_shown_on_its_case_once(case, monkeypatch):
    refuse_everything(monkeypatch)
    letter(case)
    for _try in delivery.REFUSED_BACK_OFF:
        deliver_due()
        assert not case.timeline.filter(kind=FAILED).exists()
        make_due()
    for _try in range(3):
        deliver_due()
        make_due()
    entry = case.timeline.get(kind=FAILED)
    assert "sara@example.com" in entry.text
    assert "no such user" in entry.text
    assert entry.data["kind"] == "new_message"
    assert not entry.public_text
    assert mails_of(case).get().state == State.DEAD


def test_a_mail_to_nobody_is_shown_on_its_case_at_once(case):
    letter(case, to="نشانی نیست")
    assert case.timeline.filter(kind=FAILED).count() == 1


def test_mails_about_nothing_of_ours_disturb_nobody(monkeypatch):
    for reference in ("", "invitation:1", "case:", "case:99999", "case:x"):
        queue_mail(to=[], subject="x", text="x", kind="test", reference=reference)
    assert not TimelineEntry.objects.filter(kind=FAILED).exists()


def test_trouble_with_the_news_leaves_the_mail_given_up(case, monkeypatch):
    def fail(row):
        TimelineEntry.objects.create(message=case, kind="note")
        raise RuntimeError("trouble")

    monkeypatch.setitem(given_up._listeners, "case", fail)
    letter(case, to="")
    assert mails_of(case).get().state == State.DEAD
    assert not case.timeline.filter(kind="note").exists()


def test_when_the_server_changes_its_mind_the_others_do_not_wait(case, monkeypatch):
    with monkeypatch.context() as patch:
        refuse_everything(patch, 554, b"5.7.1 your address is blocked")
        for _mail in range(3):
            letter(case)
        for _try in range(4):
            deliver_due()
            make_due()
    waits = timezone.now() + timedelta(minutes=30)
    OutgoingMail.objects.filter(pk__gt=OutgoingMail.objects.earliest("pk").pk).update(next_try_at=waits)
    assert deliver_due() == 3
    assert not case.timeline.filter(kind=FAILED).exists()


# --- What comes back later ---


def report(mail, action="failed", returned="message/rfc822", message_id=None):
    """The report of a mail server, as Postfix writes it."""
    head = f"Message-ID: {message_id or mail.message_id}\nSubject: =?utf-8?b?2b7bjNin2YU=?=\nTo: sara@example.com"
    return f"""From: MAILER-DAEMON@mail.example.ir
To: no-reply@example.ir
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.ir

Final-Recipient: rfc822; sara@example.com
Action: {action}
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 mailbox
 full

--b1
Content-Type: {returned}

{head}

متن
--b1--
""".encode()


@pytest.fixture
def sent(case):
    mail = letter(case)
    assert deliver_due() == 1
    return mail


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_came_back_is_shown_on_its_case(case, sent, returned):
    assert bounces.note(report(sent, returned=returned)) == sent
    sent.refresh_from_db()
    assert sent.state == State.DEAD
    assert "552 5.2.2 mailbox full" in case.timeline.get(kind=FAILED).text
    assert bounces.note(report(sent)) is None, "the same report again"
    assert case.timeline.filter(kind=FAILED).count() == 1


def test_what_is_no_report_about_a_mail_of_ours_changes_nothing(case, sent):
    for raw in (
        report(sent, action="delayed"),
        report(sent, message_id="<other@example.com>"),
        report(sent).replace(b"multipart/report", b"multipart/mixed"),
        report(sent).replace(b"message/delivery-status", b"text/plain"),
        report(sent)[:400],
        b"",
        b"\xff" * 1000,
        f"Subject: x\nReferences: {sent.message_id}\n\nout of office".encode(),
    ):
        assert bounces.note(raw) is None
    sent.refresh_from_db()
    assert sent.state == State.SENT


def test_a_mail_server_pipes_a_report_in(case, sent, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report(sent))))
    call_command("note_bounce")
    assert "came back" in capsys.readouterr().out
    assert case.timeline.filter(kind=FAILED).exists()


def test_the_mailbox_is_read_and_what_is_not_ours_stays(case, sent, settings, monkeypatch):
    settings.BOUNCES_URL = "imaps://no-reply%40example.ir:p%40ss@mail.example.ir/INBOX"
    calls = []

    class Box:
        def __init__(self, host, port, timeout):
            calls.append((host, port))

        def __enter__(self):
            return self

        def __exit__(self, *args):
            calls.append("closed")

        def login(self, user, password):
            calls.append((user, password))

        def select(self, name):
            calls.append(name)

        def search(self, charset, *what):
            return "OK", [b"4 9"]

        def fetch(self, number, what):
            assert what == "(BODY.PEEK[])"
            raw = report(sent) if number == "4" else report(sent, message_id="<x@y>")
            return "OK", [(b"4 (BODY[] {1}", raw), b")"]

        def store(self, number, what, flags):
            calls.append((number, flags))

    monkeypatch.setattr(imaplib, "IMAP4_SSL", Box)
    assert bounces.read_mailbox() == 1
    assert calls == [
        ("mail.example.ir", 993),
        ("no-reply@example.ir", "p@ss"),
        "INBOX",
        ("4", "\\Seen"),
        ("9", "\\Seen"),
        "closed",
    ]
    assert case.timeline.filter(kind=FAILED).exists()


def test_a_mail_that_cannot_be_read_keeps_no_other_from_being_read(case, sent, settings, monkeypatch, caplog):
    settings.BOUNCES_URL = "imaps://a:b@mail.example.ir/INBOX"
    seen, real = [], bounces.note

    class Box:
        def __init__(self, *args, **kwargs):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *args):
            pass

        def login(self, user, password):
            pass

        def select(self, name):
            pass

        def search(self, charset, *what):
            return "OK", [b"1 2"]

        def fetch(self, number, what):
            return "OK", [(b"1", b"poison" if number == "1" else report(sent))]

        def store(self, number, what, flags):
            seen.append(number)

    def note(raw):
        if raw == b"poison":
            raise LookupError("unknown encoding")
        return real(raw)

    monkeypatch.setattr(imaplib, "IMAP4_SSL", Box)
    monkeypatch.setattr(bounces, "note", note)
    assert bounces.read_mailbox() == 1
    assert seen == ["1", "2"]
    assert "cannot be read" in caplog.text
    assert case.timeline.filter(kind=FAILED).exists()
