"""The fault campaign is an honest judge: it sees what is lost, doubled, half or late. The campaign itself runs in .ci/run."""

import smtplib
import socket
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contact.codes import make_code
from contact.files.accepting import inspect
from contact.files.storing import keep, open_stored
from contact.models import Attachment, Message
from outbox.mail import queue_mail
from outbox.models import OutgoingMail, State
from tests.factories import MessageFactory
from tools.faults.citizen import FormReader, compose
from tools.faults.mail_server import DIES, MODES, MailServer, Taken
from tools.faults.verdict import Verdict, on_messages, on_notices

pytestmark = pytest.mark.django_db


def acknowledged(number=1):
    """A message with three files as the site should keep it: (what was written, its row)."""
    written = compose(number)
    row = MessageFactory(title=written.title, body=written.body, tracking_code=make_code())
    row.timeline.create(kind="received", to_status="received")
    for file in written.files:
        found = inspect(SimpleUploadedFile(file.name, file.content))
        Attachment.objects.create(
            message=row,
            path=keep(found),
            **{key: getattr(found, key) for key in ("name", "content_type", "size", "sha256")},
        )
    written.code = row.tracking_code
    return written, row


def judged(*written):
    verdict = Verdict()
    on_messages(list(written), verdict)
    return verdict


def test_what_was_kept_whole_is_no_fault():
    written, _row = acknowledged()
    assert len(written.files) == 3
    verdict = judged(written)
    assert verdict.faults == []
    assert verdict.figures["messages acknowledged"] == verdict.figures["messages stored"] == 1
    assert verdict.figures["files stored"] == 3


def test_a_lost_message_is_seen():
    written, row = acknowledged()
    Message.objects.filter(pk=row.pk).delete()
    assert "is lost" in judged(written).faults[0]


def test_a_message_stored_twice_is_seen():
    written, _row = acknowledged()
    acknowledged()
    assert "2 times" in judged(written).faults[0]


def test_a_missing_and_a_damaged_file_are_seen():
    written, row = acknowledged()
    row.attachments.first().delete()
    assert "2 of 3 files" in judged(written).faults[0]
    written, row = acknowledged(7)
    with open_stored(row.attachments.first().path) as file:
        path = file.name
    with open(path, "ab") as file:
        file.write(b"x")
    assert "3 of 3 files" in judged(written).faults[0]


def test_a_message_without_its_timeline_is_seen():
    written, row = acknowledged()
    row.timeline.all().delete()
    assert "timeline" in judged(written).faults[0]


def test_whoever_never_got_a_receipt_is_counted():
    assert "never acknowledged" in judged(compose(1)).faults[0]


# --- Notices ---


@pytest.fixture
def notice():
    case = MessageFactory()
    mail = queue_mail(
        to=["vahed@example.ir"],
        subject="پیام تازه",
        text="x",
        kind="new_message",
        reference=f"case:{case.pk}",
    )
    OutgoingMail.objects.update(state=State.SENT)
    return mail


def arrivals(mail, *times, mode="fine"):
    return [Taken(mail.message_id, at, mode) for at in times]


def faults_of(taken, recovered=1000.0, kills=()):
    verdict = Verdict()
    on_notices(taken, recovered, list(kills), verdict)
    return verdict.faults


def test_a_notice_that_came_once_in_time_is_no_fault(notice):
    assert faults_of(arrivals(notice, 1299)) == []


def test_a_late_a_missing_and_a_silent_notice_are_seen(notice):
    assert "301 s" in faults_of(arrivals(notice, 1301))[0]
    assert "did not arrive" in faults_of([])[0]
    OutgoingMail.objects.all().delete()
    assert "no notice" in faults_of([])[0]


def test_a_second_arrival_needs_a_reason(notice):
    assert "for no reason" in faults_of(arrivals(notice, 900, 960))[0]
    assert faults_of([*arrivals(notice, 900, mode=DIES), *arrivals(notice, 960)]) == []
    assert faults_of(arrivals(notice, 900, 960), kills=[(900.1, "task worker")]) == []
    assert faults_of(arrivals(notice, 900, 960), kills=[(900.1, "web worker")])
    assert faults_of(arrivals(notice, 900, 960), kills=[(902, "task worker")])
    assert "3 times" in faults_of([*arrivals(notice, 900, 930, mode=DIES), *arrivals(notice, 960)])[0]


# --- Its instruments ---


def test_the_form_of_the_site_is_read_as_a_browser_reads_it():
    form = FormReader(
        '<form role="search"><input name="q"></form><form method="post">'
        '<input type="hidden" name="form_token" value="a&amp;b"><textarea name="body"></textarea>'
        '<input type="file" name="files"><button name="step" value="review">x</button></form>'
    ).form
    assert form.values == {"form_token": "a&b"}
    assert form.typed == {"body"}
    assert form.files == {"files"}
    assert form.buttons == [("step", "review")]


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != "slow"])
def test_the_mail_server_fails_as_it_is_told(mode):
    server = MailServer()
    port = server.start()
    server.become(mode)
    text = "Message-ID: <1@example.ir>\r\nSubject: x\r\n\r\nx"

    def send():
        with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
            client.sendmail("no-reply@example.ir", ["vahed@example.ir"], text)

    try:
        if mode == "fine":
            send()
        else:
            with pytest.raises((OSError, smtplib.SMTPException)):
                send()
        assert [one.message_id for one in server.taken] == (
            ["<1@example.ir>"] if mode in ("fine", DIES) else []
        )
        server.become("fine")
        send()
        assert server.taken[-1].mode == "fine"
    finally:
        server.stop()


def test_a_mail_that_was_cut_in_the_middle_is_none():
    server = MailServer()
    with socket.create_connection(("127.0.0.1", server.start())) as client:
        for line in (
            b"HELO x\r\n",
            b"MAIL FROM:<a@b>\r\n",
            b"RCPT TO:<c@d>\r\n",
            b"DATA\r\n",
            b"Message-ID: <1@x>\r\n",
        ):
            client.sendall(line)
    time.sleep(0.2)
    server.stop()
    assert server.taken == []
