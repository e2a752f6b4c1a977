"""The outbox: an e-mail leaves once, however often the server, the queue or a worker fails on the way."""

import os
import smtplib
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from outbox import delivery, handed_over, tasks
from outbox.delivery import deliver_due, fitness, lease_next
from outbox.mail import queue_mail
from outbox.models import OutgoingMail

State = OutgoingMail.State


def queue(**more):
    return queue_mail(
        **{
            "to": ["vahed@example.ir"],
            "subject": "پیام تازه",
            "text": "متن ساده",
            "html": "<p>متن</p>",
            "kind": "test",
            **more,
        }
    )


def later(mail, **delta):
    """Let time pass for one mail."""
    OutgoingMail.objects.filter(pk=mail.pk).update(
        next_try_at=timezone.now() - timedelta(**delta or {"seconds": 1})
    )


@pytest.fixture
def server(monkeypatch):
    """A mail server that fails with `server.error`, or takes the mail into `django_mail.outbox`."""

    class Server:
        error: Exception | None = None

    def send_messages(self, messages):
        if Server.error:
            raise Server.error
        return accept(self, messages)

    accept = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return Server


@pytest.mark.django_db
def test_a_mail_is_sent_once_with_both_parts_and_its_own_id(server):
    mail = queue(reply_to=["sara@example.com"])
    assert deliver_due() == 1
    assert deliver_due() == 0
    (sent,) = django_mail.outbox
    assert sent.extra_headers["Message-ID"] == mail.message_id
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.reply_to == ["sara@example.com"]
    assert sent.body == "متن ساده"
    assert sent.alternatives[0][0] == "<p>متن</p>"
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (State.SENT, 1, "")
    assert mail.sent_at


@pytest.mark.django_db
def test_without_a_server_mails_wait_untouched(settings):
    settings.EMAIL_CONFIGURED = False
    mail = queue()
    assert deliver_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.QUEUED, 0)
    assert fitness()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("refused"),
        TimeoutError("slow"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPAuthenticationError(535, b"bad password"),
        smtplib.SMTPDataError(451, b"try later"),
        smtplib.SMTPRecipientsRefused({"vahed@example.ir": (450, b"greylisted")}),
    ],
)
def test_trouble_of_the_server_costs_time_only(server, error):
    mail = queue()
    server.error = error
    for attempt in range(1, 12):
        assert deliver_due() == 0
        mail.refresh_from_db()
        assert (mail.state, mail.attempts) == (State.QUEUED, attempt)
        assert mail.next_try_at - timezone.now() <= timedelta(minutes=4)
        assert type(error).__name__ in mail.last_error
        assert deliver_due() == 0, "not before its time"
        later(mail)
    server.error = None
    assert deliver_due() == 1
    mail.refresh_from_db()
    assert mail.state == State.SENT
    assert [message.extra_headers["Message-ID"] for message in django_mail.outbox] == [mail.message_id]


@pytest.mark.django_db
def test_a_dead_server_is_asked_once_a_run(server):
    first, second = queue(), queue()
    server.error = ConnectionRefusedError()
    deliver_due()
    assert set(OutgoingMail.objects.values_list("pk", "attempts")) == {(first.pk, 1), (second.pk, 0)}


@pytest.mark.django_db
def test_a_refused_mail_is_given_up_and_holds_nobody_up(server, monkeypatch):
    bad, good = queue(to=["nobody@example.ir"]), queue()
    refusal = smtplib.SMTPRecipientsRefused({"nobody@example.ir": (550, b"no such user")})

    def send_messages(self, messages):
        if messages[0].to == ["nobody@example.ir"]:
            raise refusal
        return accept(self, messages)

    accept = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    assert deliver_due() == 1
    for _round in delivery.REFUSED_BACK_OFF:
        later(bad)
        deliver_due()
    bad.refresh_from_db()
    assert (bad.state, bad.refusals) == (State.DEAD, len(delivery.REFUSED_BACK_OFF) + 1)
    assert "550" in bad.last_error
    good.refresh_from_db()
    assert good.state == State.SENT
    assert fitness() == (True, "0 waiting, 1 given up")


@pytest.mark.django_db
def test_a_mail_that_cannot_be_put_together_is_a_refusal(server):
    mail = queue()
    OutgoingMail.objects.filter(pk=mail.pk).update(subject="a\nBcc: thief@example.com")
    assert deliver_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.refusals) == (State.QUEUED, 1)
    assert "Error: Header values" in mail.last_error


@pytest.mark.django_db
def test_nothing_typed_becomes_a_header():
    mail = queue(
        subject="عنوان\r\nBcc: thief@example.com\u2028x",
        to=["vahed@example.ir", "vahed@example.ir", "a@b.ir\nBcc: c@d.ir", ""],
        reply_to=["سارا <sara@example.com>", "sara@example.com\r\nX: y", "sara@example.com"],
    )
    assert mail.subject == "عنوان Bcc: thief@example.com x"
    assert mail.to == ["vahed@example.ir"]
    assert mail.reply_to == ["sara@example.com"]


@pytest.mark.django_db
def test_a_mail_to_nobody_is_kept_and_seen():
    mail = queue(to=["نشانی نیست"])
    assert mail.state == State.DEAD
    assert deliver_due() == 0


@pytest.mark.django_db
def test_a_worker_killed_before_sending_delays_the_mail_by_its_lease(server):
    mail = queue()
    assert lease_next() == mail  # and here it dies
    assert deliver_due() == 0
    OutgoingMail.objects.filter(pk=mail.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert deliver_due() == 1
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db
def test_a_worker_killed_after_the_server_took_the_mail_makes_no_second_one(server, monkeypatch):
    class Killed(BaseException):
        pass

    def die(row):
        raise Killed

    mail = queue()
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_sent", die)
        with pytest.raises(Killed):
            deliver_due()
    mail.refresh_from_db()
    assert mail.state == State.QUEUED
    OutgoingMail.objects.filter(pk=mail.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert deliver_due() == 0
    mail.refresh_from_db()
    assert mail.state == State.SENT
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db
def test_marks_of_what_was_taken_go_again(server, settings, monkeypatch):
    folder = Path(settings.SPOOL_DIR) / "handed-over"
    queue()
    assert deliver_due() == 1
    assert list(folder.iterdir()) == []
    handed_over.note(queue())
    handed_over.sweep()
    (mark,) = folder.iterdir()
    os.utime(mark, (0, 0))
    handed_over.sweep()
    assert list(folder.iterdir()) == []


@pytest.mark.django_db
def test_a_mark_that_its_worker_forgets_meanwhile_is_no_trouble(monkeypatch):
    mail = queue()
    handed_over.note(mail)
    listed = Path.glob

    def forgotten_then(self, pattern):
        marks = list(listed(self, pattern))
        handed_over.forget(mail)
        return marks

    monkeypatch.setattr(Path, "glob", forgotten_then)
    handed_over.sweep()


@pytest.mark.django_db
def test_a_full_disk_costs_the_mark_and_nothing_else(server, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handed_over.Path, "touch", fail)
    monkeypatch.setattr(handed_over.Path, "unlink", fail)
    queue()
    assert deliver_due() == 1
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db
def test_a_late_failure_does_not_overwrite_what_another_worker_did(server):
    mail = queue()
    held = lease_next()
    OutgoingMail.objects.filter(pk=mail.pk).update(state=State.SENT, leased_until=None)
    delivery._try_again(held, "too late", 1)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (State.SENT, "")


@pytest.mark.django_db
def test_mail_that_nobody_tries_is_unfit(settings):
    later(queue(), hours=1)
    assert fitness() == (False, "1 waiting, 0 given up")
    settings.EMAIL_CONFIGURED = False
    assert fitness()[0]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_the_same_mail():
    for _number in range(6):
        queue()
    start, sent = Barrier(4), []

    def work():
        try:
            start.wait()
            sent.append(deliver_due())
        finally:
            connection.close()

    threads = [Thread(target=work) for _worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 6
    ids = [message.extra_headers["Message-ID"] for message in django_mail.outbox]
    assert len(ids) == len(set(ids)) == 6


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_woken_after_the_commit_only(monkeypatch):
    woken = []
    monkeypatch.setattr(type(tasks.deliver), "enqueue", lambda task: woken.append(task))
    with transaction.atomic():
        queue()
        assert woken == []
    assert len(woken) == 1


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_fails_harms_nobody(monkeypatch, caplog):
    def fail(task):
        raise RuntimeError("the queue is away")

    monkeypatch.setattr(type(tasks.deliver), "enqueue", fail)
    with transaction.atomic():
        queue()
    assert "scheduler will deliver" in caplog.text
    assert OutgoingMail.objects.due().count() == 1
    assert tasks.deliver.call() == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_of_a_failed_transaction_does_not_exist():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
