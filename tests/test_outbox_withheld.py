"""Secrets are written into an e-mail when it is sent, and stand in no row."""

import pytest
from django.core import mail as django_mail

from outbox import withheld
from outbox.delivery import deliver_due
from outbox.mail import queue_mail
from outbox.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(monkeypatch):
    told = {"7": "۱۲۳۴ & بیشتر"}
    monkeypatch.setitem(withheld._sources, "test", told.get)
    return told


def queue(key="7"):
    return queue_mail(
        to=["sara@example.com"],
        subject="پیام شما ثبت شد",
        text="رمز پیگیری: [[secret]]",
        html="<p>رمز پیگیری: [[secret]]</p>",
        kind="test",
        withheld={"[[secret]]": ("test", key)},
    )


def test_the_secret_is_in_the_mail_and_in_no_row(source):
    row = queue()
    assert deliver_due() == 1
    (sent,) = django_mail.outbox
    assert sent.body == "رمز پیگیری: ۱۲۳۴ & بیشتر"
    assert sent.alternatives[0][0] == "<p>رمز پیگیری: ۱۲۳۴ &amp; بیشتر</p>"
    row.refresh_from_db()
    assert row.state == OutgoingMail.State.SENT
    assert "۱۲۳۴" not in row.text + row.html + str(row.withheld)


def test_a_mail_whose_secret_is_no_more_is_not_sent_and_says_why(source):
    row = queue(key="8")
    assert deliver_due() == 0
    assert not django_mail.outbox
    row.refresh_from_db()
    assert row.refusals == 1
    assert "nothing for" in row.last_error
