"""Files wait with their form: kept the moment they arrive, shown, removed, and attached when the message is sent."""

import os
import uuid

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import RequestFactory

from contact.files import storing
from contact.intake import sender_hash
from contact.models import Attachment, Message, StagedFile, Topic, Try
from contact.public import challenge, uploads
from contact.public.tokens import FormToken
from outbox.models import OutgoingMail
from tests.factories import contact_site
from tests.sample_files import docx, pdf, picture, upload
from tests.test_contact_form import TYPED, hidden_in, text_of, token
from tests.test_contact_limits import work_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    return contact_site()


@pytest.fixture
def key():
    return uuid.uuid4()


@pytest.fixture
def send(client, site, key):
    form = {**TYPED, "topic": Topic.objects.first().pk, "form_token": token(key=key), "step": "send"}
    return lambda **changes: client.post("/contact/", {**form, **changes})


def photo(name="عکس.jpg", seed=7):
    return upload(name, picture(seed=seed))


def on_disk():
    folder = settings.PRIVATE_ROOT / "cases"
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def names(response):
    return [file.name for file in response.context["files"]]


def test_files_become_attachments_of_the_message(client, send, site, key):
    from contact.models import Unit

    Unit.objects.update(email="vahed@example.ir")
    review = send(step="review", files=[photo(), upload("نامه.pdf", pdf())])
    assert names(review) == ["عکس.jpg", "نامه.pdf"]
    assert "عکس.jpg" in text_of(review)
    assert StagedFile.objects.count() == 2
    response = client.post("/contact/", {**hidden_in(text_of(review)), "step": "send"})
    assert response.status_code == 303
    message = Message.objects.get()
    assert [file.name for file in message.attachments.all()] == ["عکس.jpg", "نامه.pdf"]
    assert all(file.is_public and not file.from_staff for file in message.attachments.all())
    assert {file.entry for file in message.attachments.all()} == {message.timeline.get(kind="received")}
    assert not StagedFile.objects.exists()
    assert storing.open_stored(message.attachments.first().path).read() == picture()
    assert "نامه.pdf" in OutgoingMail.objects.get(kind="new_message").text


def test_files_may_come_with_the_very_message(send):
    assert send(files=photo()).status_code == 303
    assert Message.objects.get().attachments.count() == 1


def test_an_error_elsewhere_loses_no_file(client, send):
    broken = send(title="", files=photo())
    assert names(broken) == ["عکس.jpg"]
    page = text_of(broken)
    assert "عکس.jpg" in page
    again = client.post("/contact/", {**TYPED, **hidden_in(page), "step": "send"})
    assert again.status_code == 303
    assert Message.objects.get().attachments.get().name == "عکس.jpg"


@pytest.mark.parametrize("trouble", ["csrf", "old", "fast", "many", "database"])
def test_no_trouble_on_the_way_loses_a_file(visitor, client, send, key, trouble, settings, monkeypatch):
    if trouble == "csrf":
        form = {**TYPED, "topic": Topic.objects.first().pk, "form_token": token(key=key), "step": "send"}
        response = visitor.post("/contact/", {**form, "files": photo()})
    elif trouble == "old":
        response = send(form_token=token(10**6, key), files=photo())
    elif trouble == "fast":
        response = send(form_token=token(0, key), files=photo())
    elif trouble == "many":
        settings.CONTACT_MESSAGES_PER_HOUR = 0
        response = send(files=photo())
        settings.CONTACT_MESSAGES_PER_HOUR = 20
    else:

        def fail(*args, **kwargs):
            raise OperationalError("disk full")

        monkeypatch.setattr(OutgoingMail.objects, "create", fail)
        response = send(files=photo())
        monkeypatch.undo()
    assert not Message.objects.exists()
    assert names(response) == ["عکس.jpg"]
    asked = response.context["challenge"]
    proof = {challenge.SOLUTION: work_of(asked)} if asked else {}
    again = client.post("/contact/", {**hidden_in(text_of(response)), **proof, "step": "send"})
    assert again.status_code == 303
    assert Message.objects.get().attachments.get().name == "عکس.jpg"


def test_a_form_without_its_token_keeps_its_files_too(client, send):
    response = send(form_token="nonsense", files=photo())
    assert client.post("/contact/", {**hidden_in(text_of(response)), "step": "send"}).status_code == 303
    assert Message.objects.get().attachments.count() == 1


def test_a_file_is_taken_out_again(client, send):
    page = send(step="review", files=[photo(), upload("نامه.pdf", pdf())])
    first = StagedFile.objects.first()
    after = send(remove=first.pk)
    assert names(after) == ["نامه.pdf"]
    assert after.context["form"]["title"].value() == TYPED["title"]
    assert len(on_disk()) == 1
    assert not Message.objects.exists()
    assert names(page) == ["عکس.jpg", "نامه.pdf"]


def test_nobody_removes_or_sends_the_file_of_another_form(client, send):
    send(step="review", files=photo())
    theirs = StagedFile.objects.get()
    assert names(send(form_token=token(), remove=theirs.pk)) == []
    assert StagedFile.objects.get() == theirs
    assert send(form_token=token()).status_code == 303
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("pk", ["", "0", "-1", "abc", "9" * 40])
def test_nonsense_to_be_removed_is_no_error(send, pk):
    assert send(remove=pk, step="review").status_code == 200


def test_there_is_room_for_three(send):
    response = send(files=[photo(f"{n}.jpg", seed=n) for n in range(1, 5)])
    assert list(response.context["form"].errors) == ["files"]
    assert names(response) == ["1.jpg", "2.jpg", "3.jpg"]
    assert "۳" in str(response.context["form"].errors["files"])
    assert not Message.objects.exists()


def test_the_same_file_twice_waits_once(send):
    send(step="review", files=photo())
    assert names(send(step="review", files=photo("بازهم.jpg"))) == ["عکس.jpg"]
    assert len(on_disk()) == 1


def test_a_refused_file_is_named_and_the_good_ones_wait(send):
    response = send(files=[photo(), upload("برنامه.exe", b"MZ" * 50)])
    assert list(response.context["form"].errors) == ["files"]
    page = text_of(response)
    assert "برنامه" in page
    assert 'href="#id_files"' in page
    assert names(response) == ["عکس.jpg"]
    assert TYPED["title"] in page


def test_a_scan_is_for_a_municipality_and_may_be_larger(client, send):
    large = upload("letter.pdf", pdf(size=9 * uploads.ATTACHMENT.size // 5))
    response = send(lane="municipality", organization="شهرداری آزمون‌شهر", scan=large, files=photo())
    assert response.status_code == 303
    assert sorted(file.name for file in Message.objects.get().attachments.all()) == ["letter.pdf", "عکس.jpg"]


def test_a_word_document_is_no_scan(send):
    response = send(lane="municipality", organization="شهرداری آزمون‌شهر", scan=upload("a.docx", docx()))
    assert list(response.context["form"].errors) == ["scan"]
    assert not StagedFile.objects.exists()


def test_one_scan_only(send):
    common = {"lane": "municipality", "organization": "شهرداری آزمون‌شهر", "step": "review"}
    send(**common, scan=photo("یک.jpg", 1))
    response = send(**common, scan=photo("دو.jpg", 2))
    assert list(response.context["form"].errors) == ["scan"]
    assert names(response) == ["یک.jpg"]


def test_a_full_disk_is_said_and_the_text_stays(send, monkeypatch):
    def full(accepted):
        raise storing.NotStoredError(28, "No space left on device")

    monkeypatch.setattr(uploads, "keep", full)
    response = send(files=photo())
    assert list(response.context["form"].errors) == ["files"]
    assert TYPED["title"] in text_of(response)
    assert not StagedFile.objects.exists()


@pytest.mark.parametrize("written", [True, False])
def test_when_the_database_breaks_off_nobody_knows_and_the_file_stays(client, send, monkeypatch, written):
    """The row may be there although no answer came. A row without its file would be a lost file; a file alone is swept."""
    make = StagedFile.objects.create

    def break_off(**kwargs):
        if written:
            make(**kwargs)
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patch:
        patch.setattr(StagedFile.objects, "create", break_off)
        response = send(files=photo())
    assert list(response.context["form"].errors) == ["files"]
    again = client.post(
        "/contact/", {**TYPED, **hidden_in(text_of(response)), "files": photo(), "step": "send"}
    )
    assert again.status_code == 303
    attachment = Message.objects.get().attachments.get()
    assert storing.open_stored(attachment.path).read() == picture()
    for path in on_disk():
        os.utime(path, (0, 0))
    assert storing.sweep() == (0 if written else 1)
    assert len(on_disk()) == 1


def test_a_network_that_floods_the_disk_is_stopped(send):
    Try.objects.bulk_create(
        Try(what=uploads.UPLOAD, sender_hash=sender_hash(RequestFactory().get("/"))) for _upload in range(60)
    )
    response = send(files=photo())
    assert "شبکهٔ شما" in text_of(response)
    assert TYPED["title"] in text_of(response)
    assert not on_disk()


# --- Once, files included ---


def test_the_same_post_with_its_files_again_leads_to_the_same_receipt(client, send):
    first = send(files=photo())
    second = send(files=photo())
    assert (first.status_code, second.status_code) == (303, 303)
    assert Message.objects.get().attachments.count() == 1
    assert not StagedFile.objects.exists()
    assert len(on_disk()) == 1


def test_another_file_under_the_same_form_is_not_swallowed(client, send):
    send(files=photo())
    response = send(files=photo("دیگر.jpg", 9))
    assert response.context["notice"]
    assert names(response) == ["دیگر.jpg"]
    assert Message.objects.get().attachments.count() == 1
    assert client.post("/contact/", {**hidden_in(text_of(response)), "step": "send"}).status_code == 303
    assert [message.attachments.get().name for message in Message.objects.order_by("pk")] == [
        "عکس.jpg",
        "دیگر.jpg",
    ]


def test_message_and_attachments_stand_or_fall_together(send, key, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(Attachment.objects, "bulk_create", fail)
    assert send(files=photo()).status_code == 503
    assert not Message.objects.exists()
    assert StagedFile.objects.get().form_key == key
    monkeypatch.undo()
    assert send().status_code == 303
    assert Message.objects.get().attachments.count() == 1


def test_the_key_of_a_form_stands_in_its_signed_token_only(client, send, key):
    page = text_of(send(step="review", files=photo()))
    assert str(key) not in page
    assert FormToken.read(hidden_in(page)["form_token"]).key == key
    assert StagedFile.objects.get().path not in page
