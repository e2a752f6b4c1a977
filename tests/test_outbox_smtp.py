"""Delivery against a real socket that speaks just enough SMTP, and misbehaves on demand."""

import email
import email.policy
import socketserver
from datetime import timedelta
from threading import Thread

import pytest
from django.utils import timezone

from outbox.delivery import deliver_due
from outbox.mail import queue_mail
from outbox.models import OutgoingMail

pytestmark = pytest.mark.django_db


class Smtp(socketserver.StreamRequestHandler):
    """Answers 250 to everything, except what `server.answers` says of a command; None breaks the connection off."""

    def handle(self):
        self.say("220 mail.example.ir")
        while line := self.rfile.readline().decode().strip():
            command = line.split(":")[0].upper()
            answer = self.server.answers.get(command, "354 go on" if command == "DATA" else "250 ok")
            if answer is None:
                return
            self.say(answer)
            if command == "DATA" and answer.startswith("354"):
                self.server.received.append(self.read_data())
                after = self.server.answers.get("END", "250 queued")
                if after is None:
                    return
                self.say(after)
            if command == "QUIT":
                return

    def read_data(self):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")


@pytest.fixture
def smtp(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp) as server:
        server.daemon_threads = True
        server.answers, server.received = {}, []
        Thread(target=server.serve_forever, daemon=True).start()
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = 2
        yield server
        server.shutdown()


def queue(number=1):
    return queue_mail(
        to=[f"vahed{number}@example.ir"],
        subject="پیام تازه ۱۲۳-۴۵۶-۷۸۹: شکایت",
        text="متن پیام",
        html="<p dir='rtl'>متن پیام</p>",
        reply_to=["sara@example.com"],
        kind="test",
    )


def make_due():
    OutgoingMail.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_what_arrives_is_what_was_queued(smtp):
    mail = queue()
    queue(2)
    assert deliver_due() == 2
    arrived = smtp.received[0]
    assert arrived["Subject"].strip() == "پیام تازه ۱۲۳-۴۵۶-۷۸۹: شکایت"
    assert arrived["Message-ID"] == mail.message_id
    assert arrived["Reply-To"] == "sara@example.com"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["To"] == "vahed1@example.ir"
    assert [part.get_content_type() for part in arrived.iter_parts()] == ["text/plain", "text/html"]
    assert "متن پیام" in arrived.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("MAIL FROM", "451 busy"),
        ("MAIL FROM", None),
        ("RCPT TO", "450 greylisted"),
        ("RCPT TO", None),
        ("DATA", "421 closing"),
        ("END", "452 disk full"),
    ],
)
def test_a_passing_trouble_is_retried_and_the_mail_arrives_once(smtp, command, answer):
    mail = queue()
    smtp.answers[command] = answer
    assert deliver_due() == 0
    mail.refresh_from_db()
    assert mail.state == OutgoingMail.State.QUEUED
    assert mail.refusals == 0
    smtp.answers.clear()
    smtp.received.clear()
    make_due()
    assert deliver_due() == 1
    assert len(smtp.received) == 1


def test_a_server_that_dies_after_taking_the_mail_gets_it_twice_under_one_id(smtp):
    mail = queue()
    smtp.answers["END"] = None
    assert deliver_due() == 0
    smtp.answers.clear()
    make_due()
    assert deliver_due() == 1
    assert [arrived["Message-ID"] for arrived in smtp.received] == [mail.message_id] * 2


@pytest.mark.parametrize(
    ("command", "answer"), [("RCPT TO", "550 no such user"), ("MAIL FROM", "553 no"), ("END", "554 spam")]
)
def test_a_refusal_counts_and_the_next_mail_still_goes(smtp, command, answer):
    first = queue()
    smtp.answers[command] = answer
    assert deliver_due() == 0
    first.refresh_from_db()
    assert first.refusals == 1
    assert answer[:3] in first.last_error
    smtp.answers.clear()
    queue(2)
    assert deliver_due() == 1


def test_a_closed_port_is_tried_once_a_run(smtp, settings):
    settings.EMAIL_PORT = 9
    queue()
    queue(2)
    assert deliver_due() == 0
    assert sum(OutgoingMail.objects.values_list("attempts", flat=True)) == 1
