"""A redacted passage stands nowhere any more: not in copies of other cases, nor in letters, drafts, answers or the search."""

import pytest
from wagtail.models import ModelLogEntry

from contact import publishing
from contact.actions.passages import Passages
from contact.letters import mails_of
from contact.links_mail import tell_outside_link
from contact.models import DraftReply, Message, OutsideQuestion, PublicAnswer
from outbox.models import State
from tests.desk_fixtures import page_of
from tests.factories import MessageFactory
from tests.test_contact_track import enter, with_secret
from tests.test_desk_actions import do
from tests.test_desk_reply import address, send, write

pytestmark = pytest.mark.django_db
HIDDEN = "▇ پوشانده شد"
SECRET = "بیماری همسایه"


@pytest.fixture
def pair(ours):
    first = MessageFactory(topic=ours, name="سارا نمونه‌ای", email="sara@example.com")
    again = MessageFactory(topic=ours, name="کاوه نمونه‌ای", email="kaveh@example.com")
    return first, again


def redact(client, message, *passages):
    response = do(client, message, "redact", passages="\n".join(passages), reason="نام دیگری")
    assert response.status_code == 302, response.context["form"].errors
    return response


def answered_together(head, first, again, text=f"جناب {{name}}، {SECRET} پیگیری شد."):
    do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code)
    write(head, first, text=text)
    send(head, first)


@pytest.mark.parametrize("where", [0, 1])
def test_the_answer_that_went_to_merged_cases_is_redacted_in_all_of_them(head, pair, where):
    answered_together(head, *pair)
    redact(head, pair[where], SECRET)
    for case in pair:
        assert case.timeline.get(kind="reply").text.endswith(f"، {HIDDEN} پیگیری شد.")
        mail = mails_of(case).get(kind="reply")
        assert mail.state == State.QUEUED
        assert SECRET not in mail.text + mail.html
        assert HIDDEN in mail.text
        assert HIDDEN in mail.html
        assert SECRET in case.originals.get().text
        assert case.timeline.filter(kind="redacted").count() == 1
        assert SECRET not in page_of(head.get(f"/admin/desk/{case.pk}/"))
    other = pair[1 - where]
    assert other.timeline.get(kind="redacted").data["code"] == pair[where].code_display


def test_who_reopened_since_and_who_was_merged_before_have_it_no_more(head, ours, pair):
    first, again = pair
    third = MessageFactory(topic=ours)
    do(head, again, "merge", code=third.tracking_code, agreed=third.tracking_code)
    do(head, third, "merge", code=first.tracking_code, agreed=first.tracking_code)
    write(head, first, text=SECRET)
    send(head, first)
    for case in (again, third):
        head.post(f"/admin/desk/{case.pk}/", {"to": "reopened"})
    redact(head, first, SECRET)
    for case in (again, third):
        assert case.timeline.get(kind="reply").text == HIDDEN


def test_their_own_words_in_merged_cases_stay(head, pair):
    first, again = pair
    write(head, again, text=f"{SECRET} نزد شما")
    send(head, again)
    answered_together(head, first, again)
    redact(head, first, SECRET)
    own, passed = again.timeline.filter(kind="reply")
    assert own.text == f"{SECRET} نزد شما"
    assert SECRET not in passed.text


def test_who_is_merged_afterwards_gets_neither_the_passage_nor_anothers_name(head, ours, pair):
    first, again = pair
    write(head, first, text=f"جناب {{name}}، {SECRET} پیگیری شد.")
    send(head, first)
    redact(head, first, SECRET)
    do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code)
    passed = again.timeline.get(kind="reply").text
    assert "کاوه" in passed
    assert HIDDEN in passed
    assert "سارا" not in passed
    assert SECRET not in passed


def test_a_passage_over_what_was_filled_in_hides_the_answer_for_those_who_come_later(head, pair):
    first, again = pair
    write(head, first, text="{name} مدیون است.")
    send(head, first)
    redact(head, first, "سارا نمونه‌ای مدیون است")
    do(head, again, "merge", code=first.tracking_code, agreed=first.tracking_code)
    assert "مدیون" not in again.timeline.get(kind="reply").text


def test_a_part_and_the_whole_hide_it_both(head, ours):
    whole = MessageFactory(topic=ours, title="چراغ و همسایه", body=f"چراغ خاموش است. {SECRET} هم هست.")
    do(head, whole, "split", topic=ours.pk, title="همسایه", body=f"{SECRET} هم هست.")
    part = whole.split_messages.get()
    redact(head, part, SECRET)
    whole.refresh_from_db()
    assert whole.body == f"چراغ خاموش است. {HIDDEN} هم هست."
    assert part.body == f"{HIDDEN} هم هست."
    assert whole.originals.count() == part.originals.count() == 1


def test_it_is_not_found_any_more(head, ours):
    whole = MessageFactory(topic=ours, title="همسایهٔ بیمار", body=f"{SECRET} آزارم می‌دهد")
    do(head, whole, "split", topic=ours.pk, title="بخش", body=f"{SECRET} آزارم می‌دهد")
    assert Message.objects.search("بیماری").count() == 2
    redact(head, whole, SECRET)
    assert not Message.objects.search("بیماری").exists()
    assert Message.objects.search("آزارم").count() == 2


def test_answers_made_public_of_it_hide_it(head, ours, client):
    message = MessageFactory(topic=ours, status="answered", title=SECRET)
    texts = {"question": f"پرسش دربارهٔ {SECRET}", "details": f"الف {SECRET}", "answer": f"ب {SECRET}"}
    draft = publishing.draft(message, head.user, **texts)
    public = publishing.draft(message, head.user, **texts)
    publishing.approve(public, head.user)
    assert PublicAnswer.objects.search("بیماری").get_queryset().exists()
    redact(head, message, SECRET)
    for answer in (draft, public):
        answer.refresh_from_db()
        assert SECRET not in answer.question + answer.details + answer.answer
    assert SECRET not in page_of(client.get(f"/contact/answers/{public.pk}/"))
    assert not PublicAnswer.objects.search("بیماری").get_queryset().exists()
    assert not ModelLogEntry.objects.filter(label__contains=SECRET).exists()
    assert SECRET not in page_of(head.get(f"/admin/desk/{message.pk}/"))


def test_an_approval_from_an_outdated_page_brings_nothing_back(head, ours):
    message = MessageFactory(topic=ours, status="answered")
    texts = {"question": f"پرسش دربارهٔ {SECRET}", "details": "", "answer": "ب"}
    outdated = publishing.draft(message, head.user, **texts)
    redact(head, message, SECRET)
    publishing.approve(outdated, head.user)
    assert SECRET not in PublicAnswer.objects.get().question
    assert not PublicAnswer.objects.search("بیماری").get_queryset().exists()


def test_a_draft_made_of_the_case_afterwards_holds_none_of_it(head, ours):
    message = MessageFactory(
        topic=ours, body=f"من و {SECRET}", status="answered", answered_at="2026-11-20T08:00Z"
    )
    redact(head, message, SECRET)
    page = page_of(head.get(f"/admin/answers/of-case/{message.pk}/"))
    assert SECRET not in page
    assert HIDDEN in page


def test_questions_to_organizations_and_their_letters_hide_it(client, head, ours):
    message = MessageFactory(topic=ours, body=f"متن {SECRET}")
    form = {"organization": "شرکت برق", "email": "bargh@example.ir", "question": f"از {SECRET} خبر دارید؟"}
    do(head, message, "outside", shares_message=True, **form)
    mail = mails_of(message).get(kind="outside")
    redact(head, message, SECRET, "شرکت برق")
    mail.refresh_from_db()
    asked = OutsideQuestion.objects.get()
    assert (asked.question, asked.organization) == (f"از {HIDDEN} خبر دارید؟", HIDDEN)
    assert SECRET not in mail.text + mail.html
    assert "شرکت برق" not in page_of(head.get(f"/admin/desk/{message.pk}/"))
    link = tell_outside_link(str(asked.pk))
    page = page_of(client.get(link[link.index("/contact/") :]))
    assert SECRET not in page
    assert HIDDEN in page


def test_the_link_in_a_letter_outlives_a_passage_of_digits(head, ours):
    message = MessageFactory(topic=ours)
    do(head, message, "ask", text="شمارهٔ 1 را بنویسید")
    redact(head, message, "1")
    mail = mails_of(message).get(kind="question")
    (placeholder,) = mail.withheld
    assert placeholder in mail.text
    assert placeholder in mail.html
    assert f"شمارهٔ {HIDDEN} را" in mail.text
    assert 'lang="fa"' in mail.html


def test_a_draft_that_was_redacted_is_not_sent_as_it_was_before(head, officer, ours):
    message = MessageFactory(topic=ours)
    write(officer, message, text=f"پاسخ {SECRET}")
    page = officer.get(address(message))
    redact(head, message, SECRET)
    stale = {"text": f"پاسخ {SECRET}", "to_status": "answered", "seen": page.context["seen"], "do": "send"}
    assert "تغییر داده است" in page_of(officer.post(address(message), stale))
    assert DraftReply.objects.get().text == f"پاسخ {HIDDEN}"
    assert not message.timeline.filter(kind="reply").exists()


def test_its_sender_sees_the_sign_too(client, head, ours):
    message = with_secret(topic=ours, body=f"متن {SECRET}")
    redact(head, message, SECRET)
    page = page_of(enter(client, message))
    assert SECRET not in page
    assert HIDDEN in page


def test_a_passage_is_copied_from_a_page_as_it_is_shown_there(head, ours):
    """Persian digits stand where Latin ones were typed, and marks that nobody sees around what was filled in."""
    message = MessageFactory(
        topic=ours,
        name="سارا نمونه‌ای",
        body="کارت 6037-9912  و 12.5% از 0912",
        answers=[{"label": "همراه", "kind": "mobile", "value": "+989120000000"}],
    )
    write(head, message, text="جناب {name} گرامی")
    send(head, message)
    redact(head, message, "۶۰۳۷-۹۹۱۲ و", "۱۲٫۵٪", "سارا نمونه‌ای گرامی", "۰۹۱۲۰۰۰۰۰۰۰")
    assert message.body == f"کارت {HIDDEN} {HIDDEN} از 0912"
    assert message.answers[0]["value"] == HIDDEN
    assert "سارا" not in message.timeline.get(kind="reply").text
    page_of(head.get(f"/admin/desk/{message.pk}/print/"))


def test_markup_and_what_is_kept_are_not_looked_into():
    passages = Passages(["p", "<x>", "  "])
    html = '<p class="p">p &lt;x&gt; [[p]]</p>'
    assert passages.all == ["<x>", "p"]
    assert passages.without_in_markup(html, ["[[p]]"]) == f'<p class="p">{HIDDEN} {HIDDEN} [[p]]</p>'


def test_the_longest_passage_is_hidden_first():
    assert Passages(["اکبر", "اکبر نمونه"]).without("اکبر نمونه و اکبر") == f"{HIDDEN} و {HIDDEN}"
