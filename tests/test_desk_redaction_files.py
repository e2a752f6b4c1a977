"""Files taken out of sight: nobody gets them any more, by no way, but those who may read originals; and that is written down."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from contact import pdf as paper
from contact.clock import retention
from contact.files import storing
from contact.files.accepting import inspect
from contact.letters import mails_of
from contact.models import Attachment, DraftReply, TimelineEntry
from contact.workflow import Status
from tests.desk_fixtures import log_in, page_of
from tests.factories import MessageFactory
from tests.sample_files import pdf, picture
from tests.test_contact_track import enter, with_secret
from tests.test_desk_actions import do
from tests.test_desk_reply import send, write

pytestmark = pytest.mark.django_db
HIDDEN = "▇ پوشانده شد"
NAME = "شکایت از آقای اکبری.pdf"


def attach(message, content=b"", name=NAME, **where):
    if "entry" not in where:
        where["entry"] = message.timeline.create(kind="received", to_status="received")
    return storing.attach(inspect(SimpleUploadedFile(name, content or pdf())), message=message, **where)


@pytest.fixture
def message(ours):
    return MessageFactory(topic=ours)


@pytest.fixture
def file(message):
    return attach(message)


def redact(client, message, *files, **more):
    data = {"files": [file.pk for file in files], "reason": "نام دیگری"}
    return do(client, message, "redact", **{**data, **more})


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_redacted_file_is_out_of_sight_on_the_desk(head, officer, message, file):
    address = f"/admin/desk/{message.pk}/"
    before = officer.get(f"{address}files/{file.pk}/")
    assert body_of(before) == pdf()
    assert redact(head, message, file).status_code == 302
    for reader in (officer, head):
        for end in ("", "print/", "redact/"):
            if (reader, end) == (officer, "redact/"):
                continue
            page = page_of(reader.get(address + end))
            assert "اکبری" not in page
            assert f"files/{file.pk}/" not in page
        assert HIDDEN in page_of(reader.get(address))
        assert HIDDEN in page_of(reader.get(f"{address}print/"))
        assert reader.get(f"{address}files/{file.pk}/").status_code == 404
        assert reader.head(f"{address}files/{file.pk}/").status_code == 404
    entry = message.timeline.get(kind="redacted")
    assert (entry.author, entry.text) == (head.user, "نام دیگری")
    assert (entry.data["texts"], entry.data["files"]) == (0, 1)
    assert "پوشانده‌شده: ۰ متن و ۱ فایل" in page_of(officer.get(address))
    file.refresh_from_db()
    assert storing.open_stored(file.path).read() == pdf()


@pytest.mark.skipif(not paper.is_available(), reason="no Pango on this machine")
def test_on_paper_a_sign_stands_in_its_place(head, message, file, monkeypatch):
    redact(head, message, file)
    drawn = []
    monkeypatch.setattr(paper, "render", lambda html, sheet: drawn.append(html) or b"%PDF-")
    assert head.get(f"/admin/desk/{message.pk}/pdf/").status_code == 200
    assert HIDDEN in drawn[0]
    assert "اکبری" not in drawn[0]


def test_its_sender_sees_that_it_is_hidden_and_gets_it_no_more(client, head, ours):
    message = with_secret(topic=ours)
    file = attach(message)
    enter(client, message)
    address = f"/contact/track/file/{file.pk}/"
    assert body_of(client.get(address)) == pdf()
    redact(head, message, file)
    page = page_of(client.get("/contact/track/case/"))
    assert HIDDEN in page
    assert "اکبری" not in page
    assert address not in page
    for response in (client.get(address), client.head(address), client.get(address, HTTP_RANGE="bytes=0-9")):
        assert response.status_code == 404


def test_the_same_file_is_hidden_wherever_it_lies_in_the_case(head, message, file):
    again = attach(message, name="همان.pdf", entry=message.timeline.create(kind="added"))
    other = attach(message, content=picture(), name="عکس.jpg", entry=again.entry)
    redact(head, message, file)
    again.refresh_from_db()
    other.refresh_from_db()
    assert again.redacted_at
    assert again.name == HIDDEN
    assert other.redacted_at is None
    assert message.timeline.get(kind="redacted").data["files"] == 2


def test_an_answer_that_is_not_sent_goes_without_it(head, officer, message, file):
    write(officer, message, uploads=SimpleUploadedFile("پیوست.pdf", pdf()))
    seen = officer.get(f"/admin/desk/{message.pk}/reply/").context["seen"]
    redact(head, message, file)
    assert not DraftReply.objects.get().attachments.exists()
    form = {"text": DraftReply.objects.get().text, "to_status": "answered", "seen": seen, "do": "send"}
    assert "تغییر داده است" in page_of(officer.post(f"/admin/desk/{message.pk}/reply/", form))
    assert send(officer, message).status_code == 302
    assert not message.timeline.get(kind="reply").attachments.exists()


def test_letters_do_not_name_it_any_more(head, officer, message, file):
    write(officer, message, uploads=SimpleUploadedFile(NAME, pdf(b"%2")))
    send(officer, message)
    mail = mails_of(message).get(kind="reply")
    assert "اکبری" in mail.text
    answered = message.timeline.get(kind="reply").attachments.get()
    redact(head, message, answered)
    mail.refresh_from_db()
    assert "اکبری" not in mail.text + mail.html
    assert HIDDEN in mail.text
    assert HIDDEN in mail.html


# Merged and split


def test_copies_in_merged_cases_are_hidden_too(head, ours):
    first, again = MessageFactory(topic=ours), MessageFactory(topic=ours)
    do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code)
    write(head, first, uploads=SimpleUploadedFile(NAME, pdf()))
    send(head, first)
    mine, theirs = first.attachments.get(), again.attachments.get()
    assert mine.path != theirs.path
    redact(head, first, mine)
    theirs.refresh_from_db()
    assert theirs.redacted_at
    assert theirs.name == HIDDEN
    assert head.get(f"/admin/desk/{again.pk}/files/{theirs.pk}/").status_code == 404
    assert "اکبری" not in "".join(mails_of(again).values_list("text", flat=True))
    page = page_of(head.get(f"/admin/desk/{again.pk}/"))
    assert "اکبری" not in page
    entry = again.timeline.get(kind="redacted")
    assert (entry.data["files"], entry.data["case"]) == (1, first.pk)
    assert first.code_display in page


def test_a_copy_of_who_reopened_since_is_hidden_too(head, ours):
    first, again = MessageFactory(topic=ours), MessageFactory(topic=ours)
    do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code)
    write(head, first, uploads=SimpleUploadedFile(NAME, pdf()))
    send(head, first)
    head.post(f"/admin/desk/{again.pk}/", {"to": "reopened"})
    redact(head, again, again.attachments.get())
    assert first.attachments.get().redacted_at


def test_a_hidden_file_is_not_passed_on_afterwards(head, ours):
    first, again = MessageFactory(topic=ours), MessageFactory(topic=ours)
    write(head, first, uploads=SimpleUploadedFile(NAME, pdf()))
    send(head, first)
    redact(head, first, first.attachments.get())
    do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code)
    assert again.timeline.filter(kind="reply").exists()
    assert not again.attachments.exists()
    assert "اکبری" not in mails_of(again).get(kind="reply").text


def test_the_same_file_in_a_part_that_was_split_off(head, ours, message, file):
    do(head, message, "split", topic=ours.pk, title="بخش دوم", body="متن بخش دوم")
    part = message.split_messages.get()
    copy = attach(part, entry=part.timeline.create(kind="added"))
    stranger = attach(MessageFactory(topic=ours))
    redact(head, message, file)
    copy.refresh_from_db()
    stranger.refresh_from_db()
    assert copy.redacted_at
    assert stranger.redacted_at is None


# In its place


def test_a_version_without_what_is_hidden_stands_in_its_place(client, head, ours):
    message = with_secret(topic=ours)
    file = attach(message)
    redact(head, message, file, replacement=SimpleUploadedFile("بدون نام.pdf", pdf(b"%other")))
    new = message.attachments.get(redacted_at=None)
    assert (new.name, new.entry, new.is_public) == ("بدون نام.pdf", file.entry, True)
    enter(client, message)
    assert "بدون نام.pdf" in page_of(client.get("/contact/track/case/"))
    assert body_of(client.get(f"/contact/track/file/{new.pk}/")) == pdf(b"%other")


@pytest.mark.parametrize(
    ("name", "content"), [("x.exe", b"MZ"), ("x.pdf", b"%PDF-1.4 damaged"), ("x.pdf", b"")]
)
def test_what_stands_in_its_place_is_checked_as_all_files(head, message, file, name, content):
    response = redact(head, message, file, replacement=SimpleUploadedFile(name, content))
    assert response.context["form"].errors["replacement"]
    file.refresh_from_db()
    assert file.redacted_at is None
    assert message.attachments.count() == 1


def test_one_version_stands_in_place_of_one_file(head, message, file):
    other = attach(message, content=picture(), name="عکس.jpg")
    for files in ((), (file, other)):
        response = redact(
            head, message, *files, passages="سلام", replacement=SimpleUploadedFile("بدون.pdf", pdf(b"%3"))
        )
        assert response.context["form"].errors["replacement"]
    assert not message.originals.exists()


def test_a_full_disk_hides_nothing_and_says_so(head, message, file, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storing, "_write", full)
    response = redact(head, message, file, replacement=SimpleUploadedFile("بدون.pdf", pdf(b"%3")))
    assert "ذخیره نشد" in page_of(response)
    file.refresh_from_db()
    assert file.redacted_at is None


# Who may, and how often


def test_who_may_not_redact_hides_nothing(officer, theirs, message, file):
    form = {"files": [file.pk], "reason": "آزمون"}
    assert officer.post(f"/admin/desk/{message.pk}/redact/", form).status_code == 302
    stranger = log_in("کارشناس پاسخ‌گویی", unit=theirs.unit, permissions=["contact.redact_message"])
    assert stranger.post(f"/admin/desk/{message.pk}/redact/", form).status_code == 404
    file.refresh_from_db()
    assert file.redacted_at is None


def test_a_file_of_another_case_is_not_hidden_from_here(head, ours, message, file):
    other = attach(MessageFactory(topic=ours), content=picture(), name="عکس.jpg")
    response = head.post(f"/admin/desk/{message.pk}/redact/", {"files": [other.pk], "reason": "آزمون"})
    assert response.context["form"].errors["files"]
    other.refresh_from_db()
    assert other.redacted_at is None


def test_what_is_hidden_already_cannot_be_hidden_again_and_a_double_click_hides_once(head, message, file):
    form = {"files": [file.pk], "reason": "آزمون", "key": "k" * 32}
    for _click in range(2):
        assert head.post(f"/admin/desk/{message.pk}/redact/", form).status_code == 302
    again = head.post(f"/admin/desk/{message.pk}/redact/", {**form, "key": "l" * 32})
    assert again.status_code == 200
    assert message.originals.count() == 1
    assert message.timeline.filter(kind="redacted").count() == 1


def test_a_second_redaction_hides_more(head, message, file):
    redact(head, message, passages="سلام")
    redact(head, message, file)
    assert message.originals.count() == 2
    assert message.timeline.filter(kind="redacted").count() == 2


def test_something_must_be_named(head, message, file):
    assert "بنویسید" in str(redact(head, message).context["form"].errors)


def test_a_passage_in_the_name_of_a_file_is_hidden_and_the_file_stays(head, officer, message, file):
    redact(head, message, passages="آقای اکبری")
    file.refresh_from_db()
    assert file.name == f"شکایت از {HIDDEN}.pdf"
    response = officer.get(f"/admin/desk/{message.pk}/files/{file.pk}/")
    assert body_of(response) == pdf()
    assert "%D8%A7%DA%A9%D8%A8%D8%B1%DB%8C" not in response["Content-Disposition"]


# The original


def test_the_original_is_for_a_named_few(head, officer, theirs, message, file):
    redact(head, message, file)
    original = message.originals.get()
    address = f"/admin/desk/{message.pk}/originals/{original.pk}/"
    assert NAME in page_of(head.get(f"/admin/desk/{message.pk}/originals/"))
    response = head.get(address)
    assert body_of(response) == pdf()
    for name, part in {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
        "Content-Disposition": "attachment",
    }.items():
        assert part in response[name]
    assert officer.get(address).status_code == 302
    named = log_in("کارشناس پاسخ‌گویی", unit=theirs.unit, permissions=["contact.view_original"])
    assert named.get(address).status_code == 404


def test_an_original_has_no_address_in_another_case(head, ours, message, file):
    redact(head, message, file, passages="سلام")
    other = MessageFactory(topic=ours)
    text = message.originals.get(attachment=None)
    of_file = message.originals.exclude(attachment=None).get()
    for case, original in ((other, of_file), (message, text)):
        assert head.get(f"/admin/desk/{case.pk}/originals/{original.pk}/").status_code == 404
    assert not other.timeline.exists()


def test_reading_originals_is_written_down_once_a_day(head, officer, message, file, caplog):
    redact(head, message, file)
    address = f"/admin/desk/{message.pk}/originals/"
    caplog.set_level("INFO", logger="contact.actions.originals")
    head.get(address)
    response = head.get(address)
    assert "no-store" in response["Cache-Control"]
    read = message.timeline.filter(kind="original_read")
    assert read.get().author == head.user
    assert len([record for record in caplog.records if f"case {message.pk}" in record.getMessage()]) == 2
    assert "اکبری" not in caplog.text
    original = message.originals.get()
    for _time in range(2):
        head.get(f"{address}{original.pk}/")
    assert [entry.data["original"] for entry in read] == [0, original.pk]
    read.update(at=timezone.now() - timedelta(days=1))
    head.get(address)
    assert read.count() == 3
    other = log_in("مسئول روابط عمومی")
    other.get(address)
    assert read.count() == 4
    assert "یک فایل پوشانده‌شده" in page_of(officer.get(f"/admin/desk/{message.pk}/"))


def test_the_sender_does_not_see_that_an_original_was_read(client, head, ours):
    message = with_secret(topic=ours)
    file = attach(message)
    redact(head, message, file)
    head.get(f"/admin/desk/{message.pk}/originals/")
    enter(client, message)
    assert "خواندن اصل" not in page_of(client.get("/contact/track/case/"))
    assert TimelineEntry.Kind.ORIGINAL_READ not in TimelineEntry.PUBLIC


def test_who_was_refused_has_read_nothing(officer, head, message, file):
    redact(head, message, file)
    officer.get(f"/admin/desk/{message.pk}/originals/")
    head.get(f"/admin/desk/{message.pk}/originals/999999/")
    assert not message.timeline.filter(kind="original_read").exists()


# The end of keeping


def test_at_the_end_of_keeping_originals_go_too(
    head, ours, message, file, django_capture_on_commit_callbacks
):
    redact(head, message, file)
    ours.retention_months = 3
    ours.save()
    message.status, message.closed_at = Status.CLOSED, timezone.now() - timedelta(days=200)
    message.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.run() == 1
    assert not message.originals.exists()
    assert Attachment.objects.get().name == ""
    with pytest.raises(FileNotFoundError):
        storing.open_stored(file.path)


def test_reading_an_original_prolongs_no_keeping(head, ours, message, file):
    redact(head, message, file)
    ours.retention_months = 3
    ours.save()
    long_ago = timezone.now() - timedelta(days=200)
    message.status = Status.ANSWERED
    message.save()
    message.timeline.update(at=long_ago)
    head.get(f"/admin/desk/{message.pk}/originals/")
    assert list(retention.ended()) == [message]


def test_the_sweep_leaves_what_is_redacted(head, message, file, monkeypatch):
    redact(head, message, file)
    monkeypatch.setattr(storing, "KEPT_WITHOUT_ROW", timedelta(days=-1))
    storing.sweep()
    assert storing.open_stored(file.path).read() == pdf()
