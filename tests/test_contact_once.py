"""A message is stored once, whatever is pressed twice, and never half."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail as django_mail
from django.db import OperationalError, connection, connections
from django.test import Client

from contact import intake
from contact.models import Message, TimelineEntry, Topic, Unit
from contact.public import handling
from contact.public.tokens import FormToken
from outbox import mail as outbox_mail
from outbox.delivery import deliver_due
from outbox.models import OutgoingMail
from tests.factories import MessageFactory, contact_site
from tests.test_contact_form import TYPED


@pytest.fixture
def form(db):
    contact_site()
    Unit.objects.update(email="vahed@example.ir")
    token = FormToken(uuid.uuid4(), time.time() - 60)
    return {**TYPED, "topic": Topic.objects.first().pk, "form_token": token.dump(), "step": "send"}


def rows():
    """Messages, entries of timelines, notices to the unit. Each sender who gave an address has one confirmation, too."""
    notices = OutgoingMail.objects.filter(kind="new_message").count()
    confirmed = OutgoingMail.objects.filter(kind="receipt").count()
    assert confirmed == Message.objects.exclude(email="").count()
    return Message.objects.count(), TimelineEntry.objects.count(), notices


def code_on(client, response):
    return client.get(response["Location"]).context["sent"].tracking_code


def test_sending_again_leads_to_the_same_receipt(client, form):
    first = client.post("/contact/", form)
    second = client.post("/contact/", form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert code_on(client, first) == code_on(client, second)
    assert rows() == (1, 1, 1)


def test_an_expired_or_limited_form_still_leads_to_its_receipt(client, form, settings):
    token = FormToken.read(form["form_token"])
    assert client.post("/contact/", form).status_code == 303
    settings.CONTACT_MESSAGES_PER_HOUR = 1
    old = FormToken(token.key, time.time() - 10**6).dump()
    assert client.post("/contact/", {**form, "form_token": old}).status_code == 303
    assert rows() == (1, 1, 1)


def test_another_text_under_the_same_form_is_not_swallowed(client, form):
    client.post("/contact/", form)
    changed = {**form, "title": "پیشنهادی دیگر"}
    response = client.post("/contact/", changed)
    assert response.status_code == 200
    assert response.context["notice"]
    assert "پیشنهادی دیگر" in response.content.decode()
    assert rows() == (1, 1, 1)
    again = client.post("/contact/", {**changed, "form_token": response.context["form_token"]})
    assert again.status_code == 303
    assert rows() == (2, 2, 2)


def test_a_broken_form_under_the_same_key_is_shown_with_its_errors(client, form):
    client.post("/contact/", form)
    response = client.post("/contact/", {**form, "title": ""})
    assert list(response.context["form"].errors) == ["title"]
    assert rows() == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_make_one_message(form):
    def post(_number):
        try:
            client = Client()
            response = client.post("/contact/", form)
            return response.status_code, code_on(client, response)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(post, range(8)))
    assert len(answers) == 1
    assert answers.pop()[0] == 303
    assert rows() == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_message_is_committed_although_nobody_can_be_told(client, form, monkeypatch):
    def fail(*args, **kwargs):
        raise ConnectionError("no queue")

    monkeypatch.setattr("outbox.tasks.deliver", type("Task", (), {"enqueue": fail}))
    assert client.post("/contact/", form).status_code == 303
    assert rows() == (1, 1, 1)
    assert deliver_due() == 2  # to the unit and to the sender
    assert len(django_mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_message_and_notice_stand_or_fall_together(client, form, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("disk full")

    monkeypatch.setattr(outbox_mail.OutgoingMail.objects, "create", fail)
    response = client.post("/contact/", form)
    assert response.status_code == 503
    assert TYPED["name"] in response.content.decode()
    assert rows() == (0, 0, 0)
    monkeypatch.undo()
    assert client.post("/contact/", {**form, "form_token": response.context["form_token"]}).status_code == 303
    assert rows() == (1, 1, 1)


@pytest.fixture
def breaks(monkeypatch):
    """The connection breaks off at the first call of what is named, so many times."""

    def install(place, name, times=1):
        real, left = getattr(place, name), [times]

        def call(*args, **kwargs):
            if left[0]:
                left[0] -= 1
                raise OperationalError("server closed the connection unexpectedly")
            return real(*args, **kwargs)

        monkeypatch.setattr(place, name, call)
        monkeypatch.setattr(type(connections["default"]), "is_usable", lambda self: False)

    return install


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["before", "in the middle", "after"])
def test_a_connection_that_breaks_off_costs_the_citizen_nothing(client, form, breaks, place):
    if place == "before":
        breaks(handling, "seconds_to_wait")
    elif place == "in the middle":
        breaks(outbox_mail.OutgoingMail.objects, "create")
    else:
        breaks(handling, "to_receipt")
    assert client.post("/contact/", form).status_code == 303
    assert rows() == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_keeps_breaking_off_keeps_what_was_typed(client, form, breaks):
    breaks(outbox_mail.OutgoingMail.objects, "create", times=9)
    response = client.post("/contact/", form)
    assert response.status_code == 503
    assert TYPED["name"] in response.content.decode()
    assert rows() == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_trouble_that_is_none_of_the_connection_is_not_tried_again(client, form, breaks, monkeypatch):
    breaks(handling, "seconds_to_wait")
    monkeypatch.setattr(type(connections["default"]), "is_usable", lambda self: True)
    client.raise_request_exception = False
    assert client.post("/contact/", form).status_code == 500
    assert rows() == (0, 0, 0)


def test_a_taken_tracking_code_is_drawn_again(client, form, monkeypatch):
    taken = MessageFactory().tracking_code
    codes = iter([taken, taken, "000000000"])
    monkeypatch.setattr(intake, "make_code", lambda: next(codes))
    assert client.post("/contact/", form).status_code == 303
    assert Message.objects.filter(tracking_code="000000000").exists()


def test_without_a_free_tracking_code_nothing_typed_is_lost(client, form, monkeypatch):
    taken = MessageFactory().tracking_code
    monkeypatch.setattr(intake, "make_code", lambda: taken)
    response = client.post("/contact/", form)
    assert response.status_code == 503
    assert TYPED["title"] in response.content.decode()


def test_the_notice_carries_nothing_typed_in_its_headers(client, form):
    attack = "عنوان\nBcc: thief@example.com <script>alert(1)</script>"
    client.post("/contact/", {**form, "title": attack, "name": attack, "email": "", "answer_by": "none"})
    message, mail = Message.objects.get(), OutgoingMail.objects.get()
    assert (
        mail.subject == f"پیام تازه {message.code_display}: پیشنهاد" or message.code_display in mail.subject
    )
    assert "Bcc" not in mail.subject
    assert mail.reply_to == []
    assert "<script>" not in mail.html
    assert 'dir="rtl"' in mail.html
    assert f"/admin/desk/{message.pk}/" in mail.text
    assert message.body in mail.text


def test_without_any_address_the_message_waits_on_the_desk(client, form):
    Unit.objects.update(email="")
    assert client.post("/contact/", form).status_code == 303
    assert rows() == (1, 1, 0)


def test_the_common_address_stands_in_for_the_units_own(client, form):
    from pages.models import ContactDetails

    Unit.objects.update(email="")
    ContactDetails.objects.update(email="ravabet@example.ir")
    client.post("/contact/", form)
    assert OutgoingMail.objects.get(kind="new_message").to == ["ravabet@example.ir"]
