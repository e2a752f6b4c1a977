"""Answering on the desk: a draft, the exact e-mail, approval, sending; canned replies and their placeholders."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contact.letters import mails_of
from contact.models import CannedReply, DraftReply, Message
from contact.workflow import Status
from outbox.models import OutgoingMail
from tests.desk_fixtures import log_in, page_of
from tests.factories import MessageFactory
from tests.sample_files import pdf

pytestmark = pytest.mark.django_db

ANSWER = "سلام. نشست بعدی یکشنبه، نهم آذر است."


def address(message, end="reply/"):
    return f"/admin/desk/{message.pk}/{end}"


def write(client, message, text=ANSWER, to="answered", **more):
    return client.post(address(message), {"text": text, "to_status": to, "do": "preview", **more})


def send(client, message, **more):
    """Press the button of the page as it stands."""
    page = client.get(address(message))
    form, context = page.context["form"], page.context
    data = {name: form[name].value() or "" for name in ("text", "to_status", "key")}
    if "close_reason" in form.fields:
        data["close_reason"] = form["close_reason"].value() or ""
    return client.post(address(message), {**data, "seen": context["seen"], "do": "send", **more})


def test_what_is_sent_is_the_mail_that_was_shown(officer, ours):
    message = MessageFactory(topic=ours)
    assert write(officer, message).status_code == 302
    assert message.timeline.count() == 0
    shown = officer.get(address(message)).context["mail"]
    frame = page_of(officer.get(address(message, "reply/preview/")))
    assert send(officer, message).status_code == 302
    mail = mails_of(message).get()
    assert (mail.kind, mail.to, mail.subject) == ("reply", ["sara@example.com"], shown["subject"])
    assert mail.text == shown["text"]
    assert mail.html == shown["html"] == frame
    assert ANSWER in mail.text
    assert 'dir="rtl"' in mail.html
    message.refresh_from_db()
    assert message.status == Status.ANSWERED
    assert message.answered_at is not None
    assert [entry.kind for entry in message.timeline.all()] == ["reply", "move"]
    assert message.timeline.first().public_text == ANSWER
    assert not DraftReply.objects.exists()


def test_a_text_that_was_not_looked_at_is_shown_before_it_goes(officer, ours):
    message = MessageFactory(topic=ours)
    response = officer.post(address(message), {"text": ANSWER, "to_status": "answered", "do": "send"})
    assert response.status_code == 302
    assert not OutgoingMail.objects.exists()
    send(officer, message, text="متنی دیگر")
    assert not OutgoingMail.objects.exists()
    assert DraftReply.objects.get().text == "متنی دیگر"
    send(officer, message)
    assert OutgoingMail.objects.count() == 1


def test_a_double_click_sends_one_answer(officer, ours):
    message = MessageFactory(topic=ours)
    write(officer, message, to="closed")
    page = officer.get(address(message))
    click = {
        "text": ANSWER,
        "to_status": "closed",
        "seen": page.context["seen"],
        "do": "send",
        "key": "a" * 32,
    }
    for _time in range(2):
        assert officer.post(address(message), click).status_code == 302
    assert mails_of(message).count() == 1
    assert message.timeline.filter(kind="reply").count() == 1
    message.refresh_from_db()
    assert (message.status, message.close_text) == (Status.CLOSED, ANSWER)
    assert message.answered_at


def test_what_was_typed_is_kept_when_it_is_refused(officer, ours):
    message = MessageFactory(topic=ours)
    response = write(officer, message, to="spam")
    assert ANSWER in page_of(response)
    assert response.context["form"].errors
    assert not DraftReply.objects.exists()
    assert write(officer, message, text=" ").context["form"].errors["text"]


def test_an_attachment_goes_with_the_answer_and_a_bad_one_costs_no_text(officer, ours):
    message = MessageFactory(topic=ours)
    good = SimpleUploadedFile("برنامه.pdf", pdf())
    bad = SimpleUploadedFile("x.exe", b"MZ")
    response = officer.post(
        address(message),
        {"text": ANSWER, "to_status": "answered", "do": "preview", "uploads": [good, bad]},
        follow=True,
    )
    assert any("x.exe" in str(words) for words in response.context["messages"])
    file = message.attachments.get()
    assert (file.is_public, file.from_staff) == (False, True)
    assert ANSWER in page_of(response)
    send(officer, message)
    file.refresh_from_db()
    assert file.is_public
    assert file.entry.kind == "reply"
    assert "برنامه.pdf" in mails_of(message).get().text
    answer = officer.get(address(message, f"files/{file.pk}/"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == pdf()


def test_whoever_may_not_see_the_case_gets_no_file(officer, ours, theirs):
    message = MessageFactory(topic=ours)
    officer.post(
        address(message),
        {"text": ANSWER, "to_status": "answered", "uploads": SimpleUploadedFile("a.pdf", pdf())},
    )
    file = message.attachments.get()
    stranger = log_in("کارشناس پاسخ‌گویی", unit=theirs.unit)
    for end in (f"files/{file.pk}/", "reply/", "reply/preview/", "lock/", "close/", "originals/"):
        assert stranger.get(address(message, end)).status_code == 404
        assert stranger.post(address(message, end)).status_code in (404, 405)
    other = MessageFactory(topic=ours)
    assert officer.get(address(other, f"files/{file.pk}/")).status_code == 404


@pytest.mark.parametrize(("by", "words"), [("telephone", "تلفنی"), ("none", "صفحهٔ پیام")])
def test_without_a_wish_for_mail_none_goes(officer, ours, by, words):
    message = MessageFactory(topic=ours, answer_by=by)
    write(officer, message)
    assert words in page_of(officer.get(address(message)))
    send(officer, message)
    assert not OutgoingMail.objects.exists()
    asked_to_call = officer.get(address(message, "")).context["to_call"]
    assert asked_to_call == (by == "telephone")
    officer.post(address(message, "call/"), {"text": "پاسخ تلفنی گفته شد", "is_answer": "on"})
    assert not officer.get(address(message, "")).context["to_call"]
    assert message.timeline.filter(kind="phone").get().public_text == "پاسخ تلفنی گفته شد"


def test_a_call_answers_a_message(officer, ours):
    message = MessageFactory(topic=ours, answer_by="telephone")
    officer.post(address(message, "call/"), {"text": "پاسخ داده شد", "is_answer": "on"})
    message.refresh_from_db()
    assert message.status == Status.ANSWERED
    assert message.answered_at


# Canned replies


def test_canned_replies_of_the_topic_and_status_are_offered_and_put_in(officer, ours, theirs):
    message = MessageFactory(topic=ours)
    wanted = CannedReply.objects.create(title="همه‌جا", text="جناب {name}، پیام {code} رسید.")
    CannedReply.objects.create(title="همین موضوع", text="الف", topic=ours, status="received")
    CannedReply.objects.create(title="موضوع دیگر", text="ب", topic=theirs)
    CannedReply.objects.create(title="وضعیت دیگر", text="پ", status="closed")
    offered = officer.get(address(message)).context["canned"]
    assert [reply.title for reply in offered] == ["همه‌جا", "همین موضوع"]
    typed = {"text": "آغاز", "to_status": "closed", "canned": wanted.pk, "do": "insert"}
    form = officer.post(address(message), typed).context["form"]
    assert form["text"].value() == "آغاز\n\nجناب {name}، پیام {code} رسید."
    assert form["to_status"].value() == "closed"
    write(officer, message, text=form["text"].value())
    shown = officer.get(address(message)).context["mail"]["text"]
    assert "سارا نمونه‌ای" in shown
    assert message.code_display in shown
    assert "{" not in shown


def test_files_chosen_before_a_canned_reply_is_put_in_are_asked_for_again(officer, ours):
    message = MessageFactory(topic=ours)
    upload = SimpleUploadedFile("نقشه.pdf", pdf())
    page = page_of(officer.post(address(message), {"text": "آغاز", "do": "insert", "uploads": upload}))
    assert "فایل‌ها را دوباره انتخاب کنید" in page


def test_what_the_sender_typed_is_not_filled_in_again(officer, ours):
    message = MessageFactory(topic=ours, name="{code}")
    write(officer, message, text="سلام {name} {unit} {نامعلوم}")
    send(officer, message)
    text = message.timeline.get(kind="reply").text
    assert "{code}" in text
    assert "واحد ما" in text
    assert "{نامعلوم}" in text


def test_unknown_placeholders_are_refused_when_a_canned_reply_is_saved(head, small_site):
    form = {"title": "سپاس", "text": "سلام {nam} و {code}", "topic": "", "status": ""}
    page = page_of(head.get("/admin/snippets/contact/cannedreply/add/"))
    assert (
        '<code dir="ltr">{name}</code> نام فرستنده' in page
    )  # what is filled in is said before anything is refused
    response = head.post("/admin/snippets/contact/cannedreply/add/", form)
    assert "nam" in str(response.context["form"].errors["text"])
    response = head.post("/admin/snippets/contact/cannedreply/add/", {**form, "text": "سلام {name} { code }"})
    assert response.status_code == 302


def test_a_slip_in_a_placeholder_is_named_beside_the_preview(officer, ours):
    message = MessageFactory(topic=ours)
    write(officer, message, text="سلام {nam}")
    page = page_of(officer.get(address(message)))
    assert re.search(r"چیزی به نام \W*nam\W* شناخته نیست", page)


# Approval


@pytest.fixture
def strict(ours):
    ours.needs_approval = True
    ours.save()
    return ours


def test_an_answer_that_needs_approval_goes_after_it(officer, head, strict):
    message = MessageFactory(topic=strict)
    write(officer, message)
    page = officer.get(address(message))
    assert not page.context["may_send"]
    send(officer, message)
    assert not mails_of(message).filter(kind="reply").exists()
    send(officer, message, do="submit")
    assert message.timeline.get(kind="draft").author == officer.user
    assert mails_of(message).get().to == [head.user.email]
    send(officer, message)
    assert not mails_of(message).filter(kind="reply").exists()
    assert "تأیید و ارسال" in page_of(head.get(address(message)))
    send(head, message)
    assert mails_of(message).filter(kind="reply").count() == 1
    entry = message.timeline.get(kind="reply")
    assert entry.author == head.user
    assert entry.data["written_by"] == officer.user.get_full_name()


def test_an_answer_comes_back_with_a_note(officer, head, strict):
    message = MessageFactory(topic=strict)
    write(officer, message)
    send(officer, message, do="submit")
    assert "note" not in send(head, message, do="give_back", note="").context["form"].errors
    assert DraftReply.objects.get().submitted_at
    refused = send(head, message, do="give_back", note="تاریخ را بنویسید", seen="پیش از این")
    assert "تاریخ را بنویسید" in page_of(refused)
    send(head, message, do="give_back", note="تاریخ را بنویسید")
    assert DraftReply.objects.get().submitted_at is None
    assert mails_of(message).first().to == [officer.user.email]
    assert "تاریخ را بنویسید" in page_of(officer.get(address(message, "")))
    assert "تاریخ را بنویسید" in page_of(officer.get(address(message)))
    assert Message.objects.get().locked_by is None
    entry = message.timeline.last()
    assert (entry.kind, entry.public_text) == ("draft", "")
    send(officer, message, do="submit")
    assert officer.get(address(message)).context["returned"] is None


def test_nobody_approves_what_they_wrote_while_somebody_else_could(ours, strict, head):
    message = MessageFactory(topic=strict)
    approver = log_in("کارشناس پاسخ‌گویی", unit=strict.unit, permissions=["contact.approve_reply"])
    write(approver, message)
    send(approver, message)
    assert not OutgoingMail.objects.filter(kind="reply").exists()
    head.post(address(message, "lock/"), {"do": "take_over"})
    write(head, message, text="پاسخ مسئول")
    send(head, message)
    assert not OutgoingMail.objects.filter(kind="reply").exists()
    send(head, message, do="submit")
    send(approver, message)
    assert OutgoingMail.objects.filter(kind="reply").count() == 1


def test_who_is_alone_approves_what_they_wrote_and_that_is_written_down(strict, head):
    message = MessageFactory(topic=strict)
    write(head, message)
    send(head, message)
    assert OutgoingMail.objects.filter(kind="reply").count() == 1
    assert "کس دیگری نبود" in page_of(head.get(address(message, "")))


def test_an_officer_gives_no_draft_back(officer, head, strict):
    message = MessageFactory(topic=strict)
    write(head, message)
    send(head, message, do="submit")
    send(officer, message, do="give_back", note="من نمی‌پسندم")
    assert DraftReply.objects.get().submitted_at


# Information requests


def test_an_information_request_is_closed_with_a_reason_of_the_law(officer, ours):
    ours.is_information_request = True
    ours.save()
    message = MessageFactory(topic=ours)
    assert write(officer, message, to="closed").context["form"].errors["close_reason"]
    write(officer, message, to="closed", close_reason="refused")
    send(officer, message)
    message.refresh_from_db()
    assert (message.close_reason, message.close_text) == ("refused", ANSWER)


# «Somebody is answering»


def test_a_colleague_who_is_answering_is_left_alone_until_taken_over(officer, ours):
    message = MessageFactory(topic=ours)
    colleague = log_in("کارشناس پاسخ‌گویی", unit=ours.unit)
    write(colleague, message, text="پیش‌نویس همکار")
    response = write(officer, message, text="متن من")
    assert "متن من" in page_of(response)
    assert colleague.user.get_full_name() in str(next(iter(response.context["messages"])))
    assert DraftReply.objects.get().text == "پیش‌نویس همکار"
    assert officer.post(address(message, "lock/"), HTTP_ACCEPT="application/json").status_code == 409
    taken = officer.post(address(message), {"text": "متن من", "to_status": "answered", "do": "take_over"})
    assert "متن من" in page_of(taken)
    assert write(officer, message, text="متن من").status_code == 302
    assert Message.objects.get().locked_by == officer.user
    assert officer.post(address(message, "lock/"), HTTP_ACCEPT="application/json").json() == {"locked": True}
    send(officer, message)
    assert Message.objects.get().locked_by is None


def test_an_outdated_draft_is_not_sent(officer, ours):
    message = MessageFactory(topic=ours)
    write(officer, message)
    old = officer.get(address(message)).context["seen"]
    write(officer, message)
    send(officer, message, seen=old)
    assert not OutgoingMail.objects.exists()
    assert re.search(r"دوباره نگاه کنید", page_of(send(officer, message, seen=old)))


def test_a_draft_is_thrown_away(officer, ours):
    message = MessageFactory(topic=ours)
    write(officer, message)
    send(officer, message, do="discard")
    assert not DraftReply.objects.exists()
    assert message.timeline.get().text == ANSWER
    page = page_of(officer.get(address(message, "")))
    assert "حذف شد." in page
    assert ANSWER in page


def test_the_words_of_a_colleague_are_kept_when_others_take_their_place(officer, ours):
    message = MessageFactory(topic=ours)
    colleague = log_in("کارشناس پاسخ‌گویی", unit=ours.unit)
    write(colleague, message, text="پیش‌نویس همکار")
    write(colleague, message, text="پیش‌نویس بهتر همکار")
    Message.objects.update(locked_until=None)  # the colleague went home
    write(officer, message, text="متن من")  # from a page that was opened before the colleague wrote
    write(officer, message, text="متن بهتر من")
    assert DraftReply.objects.get().text == "متن بهتر من"
    kept = message.timeline.get()
    assert (kept.text, kept.data["written_by"]) == ("پیش‌نویس بهتر همکار", colleague.user.get_full_name())
    page = page_of(officer.get(address(message, "")))
    assert "نوشتهٔ دیگری جای آن را گرفت" in page
