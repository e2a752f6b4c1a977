"""What is done to many cases of the list at once: what is possible is done, what is not is named; spam is taken back."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone
from django.utils.html import escape

from contact.desk.many import MOST, UNDO, UNDO_SECONDS
from contact.letters import mails_of
from contact.models import Message
from contact.workflow import Status
from tests.desk_fixtures import log_in, page_of, titles
from tests.factories import MessageFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(ours):
    user = log_in("کارشناس پاسخ‌گویی", unit=ours.unit).user
    user.first_name, user.last_name, user.email = "نرگس", "کریمی", "karimi@example.ir"
    user.save()
    return user


def choose(client, do, *cases, **data):
    """Post the list's form with these chosen; follow to the page that comes."""
    page = page_of(client.get("/admin/desk/?block=all"))
    form = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("key", "back", "shown")}
    posted = {**form, "do": do, "case": [case.pk for case in cases], **data}
    return client.post("/admin/desk/bulk/", posted, follow=True)


def agree(client, asked, **data):
    """Send the page that asks for words, filled in."""
    form = asked.context["form"]
    cases = [case.pk for case in asked.context["cases"]]
    now = {
        "key": form["key"].value(),
        "do": asked.context["do"],
        "back": asked.context["back"],
        "agreed": "1",
    }
    return client.post("/admin/desk/bulk/", {**now, "case": cases, **data}, follow=True)


def said(response):
    return " ".join(
        re.sub(r"<[^>]+>", " ", page_of(response).split('class="messages"')[1].split("<template")[0]).split()
    )


def now(case):
    case.refresh_from_db()
    return case


# Assigning


def test_chosen_cases_go_to_a_colleague_with_a_note(officer, ours, colleague):
    first, second, other = (MessageFactory(topic=ours, title=f"نیمکت {word}") for word in ("یک", "دو", "سه"))
    asked = choose(officer, "assign", first, second)
    page = page_of(asked)
    assert "نیمکت یک" in page
    assert "نیمکت دو" in page
    assert "نیمکت سه" not in page
    assert "نرگس کریمی" in page
    done = agree(officer, asked, to=colleague.pk, text="لطفاً امروز")
    assert "۲ پیام ارجاع شد" in said(done)
    assert [now(case).assignee for case in (first, second, other)] == [colleague, colleague, None]
    entry = first.timeline.get()
    assert (entry.kind, entry.author, entry.text) == ("assigned", officer.user, "لطفاً امروز")
    assert mails_of(second).get().to == ["karimi@example.ir"]


def test_cases_go_back_to_their_unit_only_when_that_was_chosen(officer, ours, colleague):
    case = MessageFactory(topic=ours, assignee=colleague)
    again = agree(officer, choose(officer, "assign", case), to="", text="متن یادداشت من")
    assert "متن یادداشت من" in page_of(again)
    assert now(case).assignee == colleague
    agree(officer, choose(officer, "assign", case), to="none")
    assert now(case).assignee is None


def test_what_cannot_be_assigned_is_named_and_the_rest_is_done(head, ours, theirs, colleague):
    good = MessageFactory(topic=ours, title="شدنی")
    foreign = MessageFactory(topic=theirs, title="برای واحد دیگر")
    secret = MessageFactory(topic=TopicFactory(unit=ours.unit, is_confidential=True), title="محرمانه")
    with_them = MessageFactory(topic=ours, title="نزد همین همکار", assignee=colleague)
    gone = MessageFactory(topic=ours, title="بی‌نام‌شده", status="closed", anonymised_at=timezone.now())
    locked = MessageFactory(
        topic=ours,
        title="در دست پاسخ",
        locked_by=colleague,
        locked_until=timezone.now() + timedelta(minutes=5),
    )
    cases = (good, foreign, secret, with_them, gone, locked)
    words = said(agree(head, choose(head, "assign", *cases), to=colleague.pk))
    assert "۱ پیام ارجاع شد" in words
    for case in cases[1:]:
        assert case.title in words
        assert case.timeline.count() == 0
    assert "این همکار اجازهٔ دیدن پیام را ندارد" in words
    assert "نرگس کریمی" in words
    assert "شدنی" not in words
    assert now(good).assignee == colleague


def test_what_the_reader_does_not_see_is_neither_done_nor_told(officer, ours, theirs):
    mine, foreign = MessageFactory(topic=ours), MessageFactory(topic=theirs, title="راز دیگران")
    answer = choose(officer, "spam", mine, foreign)
    assert "راز دیگران" not in page_of(answer)
    assert "۱ پیام که شما نمی‌بینید" in said(answer)
    assert (now(mine).status, now(foreign).status) == (Status.SPAM, Status.RECEIVED)


# Closing


def test_open_cases_are_closed_with_words_to_their_senders(officer, ours):
    first, second = MessageFactory(topic=ours), MessageFactory(topic=ours)
    asked = choose(officer, "close", first, second)
    again = agree(officer, asked, text="")
    assert again.context["form"].errors["text"]
    assert first.timeline.count() == 0
    assert "۲ پیام مختومه شد" in said(agree(officer, again, text="چراغ معبر تعمیر شد"))
    assert {now(case).status for case in (first, second)} == {Status.CLOSED}
    assert "چراغ معبر تعمیر شد" in mails_of(first).get().text


def test_answered_cases_need_no_words(officer, ours):
    case = MessageFactory(topic=ours, status="answered")
    agree(officer, choose(officer, "close", case), text="")
    assert now(case).status == Status.CLOSED


def test_requests_by_the_law_and_closed_cases_are_refused_by_name(officer, ours):
    law = TopicFactory(unit=ours.unit, is_information_request=True)
    request, closed = (
        MessageFactory(topic=law, title="سند بودجه"),
        MessageFactory(topic=ours, status="spam", title="هرز"),
    )
    case = MessageFactory(topic=ours)
    words = said(agree(officer, choose(officer, "close", request, closed, case), text="تکراری بود"))
    assert "سند بودجه" in words
    assert "در وضعیت «هرزنامه»" in words
    assert [now(one).status for one in (request, closed, case)] == ["received", "spam", "closed"]
    assert mails_of(request).count() == 0


# Spam


def undo_form(response):
    page = page_of(response)
    return {
        name: re.search(f'name="{name}" value="([^"]*)"', page.split("desk-undo")[1])[1]
        for name in ("token", "back")
    }


def test_spam_is_marked_at_once_and_taken_back_by_a_button(officer, ours):
    first = MessageFactory(topic=ours)
    second = MessageFactory(topic=ours, status="in_progress")
    marked = choose(officer, "spam", first, second)
    assert "۲ پیام هرزنامه شد" in said(marked)
    assert {now(case).status for case in (first, second)} == {Status.SPAM}
    back = officer.post("/admin/desk/undo/", undo_form(marked), follow=True)
    assert "۲ پیام به جای خود بازگشت" in said(back)
    assert (now(first).status, now(second).status) == (Status.RECEIVED, Status.IN_PROGRESS)
    entries = [(entry.to_status, entry.author) for entry in second.timeline.all()]
    assert entries == [("spam", officer.user), ("in_progress", officer.user)]
    assert mails_of(first).count() == 0
    officer.post("/admin/desk/undo/", undo_form(marked), follow=True)
    assert second.timeline.count() == 2


def test_a_status_without_the_move_is_named(officer, ours):
    case = MessageFactory(topic=ours, status="answered", title="پاسخ گرفته")
    words = said(choose(officer, "spam", case))
    assert "پاسخ گرفته" in words
    assert "در وضعیت «پاسخ‌داده‌شده»" in words
    assert "بازگرداندن" not in words


def test_spam_that_was_moved_since_stays_where_it_is(officer, ours):
    case = MessageFactory(topic=ours, title="دوباره هرز")
    form = undo_form(choose(officer, "spam", case))
    for to in ("received", "spam"):
        officer.post(f"/admin/desk/{case.pk}/", {"to": to})
    assert "دوباره هرز" in said(officer.post("/admin/desk/undo/", form, follow=True))
    assert now(case).status == Status.SPAM


def test_only_who_marked_it_takes_it_back_and_not_for_ever(officer, head, ours, monkeypatch):
    case = MessageFactory(topic=ours)
    form = undo_form(choose(officer, "spam", case))
    for token in (form["token"], form["token"][:-2], "", signing.dumps({"moves": [1]}, salt=UNDO)):
        head.post("/admin/desk/undo/", {"token": token})
    later = signing.time.time() + UNDO_SECONDS + 1
    with monkeypatch.context() as clock:
        clock.setattr(signing.time, "time", lambda: later)
        assert "نیم ساعت" in said(officer.post("/admin/desk/undo/", form, follow=True))
    assert now(case).status == Status.SPAM
    ours.unit.members.clear()
    officer.post("/admin/desk/undo/", form)
    assert now(case).status == Status.SPAM


# What holds for all of it


def test_a_form_sent_twice_is_done_once(officer, ours, colleague):
    case = MessageFactory(topic=ours)
    asked = choose(officer, "assign", case)
    for _click in range(2):
        assert "۱ پیام ارجاع شد" in said(agree(officer, asked, to=colleague.pk))
    assert (case.timeline.count(), mails_of(case).count()) == (1, 1)
    data = {"do": "spam", "case": case.pk, "key": "k" * 32}
    for _click in range(2):
        assert "desk-undo" in page_of(officer.post("/admin/desk/bulk/", data, follow=True))
    assert case.timeline.count() == 2


def test_the_box_in_the_head_chooses_the_whole_page_without_scripts(officer, ours):
    cases = [MessageFactory(topic=ours) for _number in range(3)]
    choose(officer, "spam", all="1")
    assert {now(case).status for case in cases} == {Status.SPAM}


def test_the_way_back_is_the_list_as_it_was_and_nowhere_else(officer, ours):
    case = MessageFactory(topic=ours, kind="complaint")
    page = page_of(officer.get("/admin/desk/?kind=complaint&ordering=-deadline&p=1&x=y"))
    assert f'name="back" value="{escape("kind=complaint&ordering=-deadline&p=1")}"' in page
    for back, address in (
        ("kind=complaint&ordering=-deadline", "/admin/desk/?kind=complaint&ordering=-deadline"),
        ("https://evil.example/", "/admin/desk/"),
        ("//evil.example/?next=//evil.example", "/admin/desk/"),
    ):
        data = {"do": "spam", "case": case.pk, "key": "a", "back": back}
        assert officer.post("/admin/desk/bulk/", data)["Location"] == address


@pytest.mark.parametrize("data", [{}, {"do": "spam"}, {"do": "burn", "case": "1"}, {"do": "assign", "case": ["x", "۱"]},
                                  {"do": "close", "all": "1", "shown": "0,,"}, {"do": "spam", "case": "9" * 30}])  # fmt: skip
def test_what_makes_no_sense_leads_back(officer, ours, data):
    case = MessageFactory(topic=ours)
    assert "ابتدا" in said(officer.post("/admin/desk/bulk/", {**data, "key": "k"}, follow=True))
    assert officer.get("/admin/desk/bulk/")["Location"] == "/admin/desk/"
    assert case.timeline.count() == 0


def test_no_more_than_a_page_at_once(officer, ours):
    data = {"do": "spam", "key": "k", "case": [str(number) for number in range(1, MOST + 2)]}
    assert "۱۰۰" in said(officer.post("/admin/desk/bulk/", data, follow=True))


def test_a_reader_has_no_boxes_and_does_nothing(ours):
    case = MessageFactory(topic=ours, title="تنها برای خواندن")
    reader = log_in(unit=ours.unit, permissions=["wagtailadmin.access_admin", "contact.view_message"])
    page = page_of(reader.get("/admin/desk/"))
    assert case.title in page
    assert "desk-choice" not in page
    for address in ("bulk", "undo"):
        reader.post(f"/admin/desk/{address}/", {"do": "spam", "case": case.pk, "key": "k"})
    assert now(case).status == Status.RECEIVED
    assert titles(reader.get("/admin/desk/")) == [case.title]


def test_a_page_of_cases_asks_as_often_as_one_case(officer, ours, colleague, django_assert_max_num_queries):
    """The page that asks for words; what is done then asks for each."""
    cases = [MessageFactory(topic=TopicFactory(unit=ours.unit)) for _number in range(25)]
    with django_assert_max_num_queries(30) as few:
        choose(officer, "assign", cases[0])
    with django_assert_max_num_queries(len(few)):
        choose(officer, "assign", *cases)
    assert Message.objects.count() == 25
