"""What Django and the CMS send goes through the outbox like everything else."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail as django_mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail

from outbox.delivery import deliver_due
from outbox.models import OutgoingMail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _through_the_outbox(settings):
    settings.EMAIL_BACKEND = "outbox.backend.OutboxBackend"


def test_a_mail_becomes_a_row_and_then_leaves():
    assert send_mail("سلام", "متن", None, ["officer@example.ir"]) == 1
    row = OutgoingMail.objects.get()
    assert (row.kind, row.to, row.subject, row.text) == ("site", ["officer@example.ir"], "سلام", "متن")
    assert django_mail.outbox == []
    assert deliver_due() == 1
    assert django_mail.outbox[0].subject == "سلام"


def test_html_and_the_way_back_are_kept():
    message = EmailMultiAlternatives("سلام", "متن", to=["a@example.ir"], reply_to=["b@example.ir"])
    message.attach_alternative("<p>متن</p>", "text/html")
    message.send()
    row = OutgoingMail.objects.get()
    assert (row.html, row.reply_to) == ("<p>متن</p>", ["b@example.ir"])


def test_a_forgotten_password_survives_a_mail_server_that_is_down(client, settings, site):
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True
    user = UserFactory(email="officer@example.ir")
    user.set_password("پل-خواجو-۱۳")
    user.save()
    user.groups.add(Group.objects.get(name="کارشناس خبر"))
    client.post("/admin/password_reset/", {"email": "officer@example.ir"})
    row = OutgoingMail.objects.get()
    assert row.to == ["officer@example.ir"]
    assert "/admin/password_reset/confirm/" in row.text


def test_without_a_mail_server_nothing_is_kept_for_later(settings):
    settings.EMAIL_CONFIGURED = False
    assert send_mail("سلام", "متن", None, ["officer@example.ir"]) == 0
    assert not OutgoingMail.objects.exists()


def test_a_blind_copy_is_refused_loudly():
    """All recipients of a row stand in one head, where everybody reads them."""
    message = EmailMessage("سلام", "متن", to=["a@example.ir"], bcc=["b@example.ir"])
    with pytest.raises(ValueError, match="no blind copies"):
        message.send()
    assert not OutgoingMail.objects.exists()


def test_an_attachment_is_refused_loudly():
    message = EmailMessage("سلام", "متن", to=["a@example.ir"])
    message.attach("a.txt", "x")
    with pytest.raises(ValueError, match="no attachments"):
        message.send()
