"""What staff do to a case beside answering: assign, hand on, ask, register, close, keep, lock; and what refuses them."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from contact import by_sender
from contact.letters import mails_of
from contact.models import Message, OneTimeLink
from contact.workflow import Status
from outbox.models import OutgoingMail
from persian.calendar import format_jalali_short
from persian.working_days.loading import working_days_from
from tests.desk_fixtures import log_in, page_of, titles
from tests.factories import MessageFactory, UserFactory

pytestmark = pytest.mark.django_db


def do(client, message, action, **data):
    """Send the form of an action's page as it stands, with these fields filled in."""
    address = f"/admin/desk/{message.pk}/{action}/"
    form = client.get(address).context["form"]
    now = {name: form[name].value() for name in form.fields}
    posted = {name: value for name, value in {**now, **data}.items() if value not in (None, False)}
    response = client.post(address, posted)
    message.refresh_from_db()
    return response


def kinds(message):
    return [entry.kind for entry in message.timeline.all()]


# What the sender thought of the answer


def test_the_case_says_why_its_sender_is_not_satisfied_on_screen_and_on_paper(officer, ours):
    message = MessageFactory(topic=ours, status=Status.ANSWERED)
    by_sender.rate(
        message, key=uuid.uuid4(), satisfied=False, reasons=["unsolved", "late"], text="چراغ هنوز خاموش است"
    )
    for address in (f"/admin/desk/{message.pk}/", f"/admin/desk/{message.pk}/print/"):
        page = page_of(officer.get(address))
        assert "راضی نیست: مشکل من حل نشده است، پاسخ دیر رسید" in page
        assert "چراغ هنوز خاموش است" in page
    by_sender.rate(message, key=uuid.uuid4(), satisfied=False)
    assert "راضی نیست." in page_of(officer.get(f"/admin/desk/{message.pk}/"))
    by_sender.rate(message, key=uuid.uuid4(), satisfied=True)
    assert "از پاسخ راضی است." in page_of(officer.get(f"/admin/desk/{message.pk}/"))
    message.timeline.update(text="", data={})  # as anonymising leaves it
    assert "راضی نیست" not in page_of(officer.get(f"/admin/desk/{message.pk}/"))


# Assigning and handing on


def test_a_case_is_assigned_to_who_may_see_it_and_they_are_told(officer, head, ours, theirs):
    message = MessageFactory(topic=ours)
    colleague = log_in("کارشناس پاسخ‌گویی", unit=ours.unit).user
    stranger = log_in("کارشناس پاسخ‌گویی", unit=theirs.unit).user
    offered = set(officer.get(f"/admin/desk/{message.pk}/assign/").context["form"].fields["to"].queryset)
    assert offered == {officer.user, colleague, head.user}
    assert do(officer, message, "assign", to=stranger.pk).context["form"].errors["to"]
    assert do(officer, message, "assign", to=colleague.pk, text="لطفاً پاسخ دهید").status_code == 302
    assert message.assignee == colleague
    entry = message.timeline.get()
    assert (entry.kind, entry.author, entry.data["name"]) == ("assigned", officer.user, "مریم اصفهانی")
    assert entry.public_text == ""
    mail = mails_of(message).get()
    assert mail.to == [colleague.email]
    assert "لطفاً پاسخ دهید" in mail.text
    do(officer, message, "assign", to="")
    assert message.assignee is None


def test_who_deals_with_a_case_says_so_by_one_button(officer, ours):
    message = MessageFactory(topic=ours)
    address = f"/admin/desk/{message.pk}/"
    key = officer.get(address).context["form"]["key"].value()
    for _click in range(2):
        officer.post(address, {"take_on": "1", "key": key})
    message.refresh_from_db()
    assert (message.assignee, message.status) == (officer.user, Status.IN_PROGRESS)
    assert kinds(message) == ["assigned", "move"]
    assert 'name="take_on"' not in page_of(officer.get(address))
    assert not OutgoingMail.objects.exists()
    colleague = log_in("کارشناس پاسخ‌گویی", unit=ours.unit)
    refused = colleague.post(address, {"take_on": "1"}, follow=True)
    assert "همکار دیگری" in page_of(refused)
    message.refresh_from_db()
    assert message.assignee == officer.user


def test_a_reader_takes_nothing_on(ours):
    message = MessageFactory(topic=ours)
    reader = log_in(unit=ours.unit, permissions=["wagtailadmin.access_admin", "contact.view_message"])
    assert 'name="take_on"' not in page_of(reader.get(f"/admin/desk/{message.pk}/"))
    reader.post(f"/admin/desk/{message.pk}/", {"take_on": "1"})
    message.refresh_from_db()
    assert message.assignee is None


def test_a_confidential_case_is_assigned_to_its_readers(head, ours):
    ours.is_confidential = True
    ours.save()
    reader = log_in("کارشناس پاسخ‌گویی").user
    log_in("کارشناس پاسخ‌گویی", unit=ours.unit)
    ours.readers.add(reader)
    message = MessageFactory(topic=ours)
    offered = set(head.get(f"/admin/desk/{message.pk}/assign/").context["form"].fields["to"].queryset)
    assert offered == {reader, head.user}
    do(head, message, "assign", to=reader.pk, text="محرمانه است")
    mail = mails_of(message).get()
    assert "محرمانه است" not in mail.text
    assert message.title not in mail.text
    assert message.title not in mail.html


def test_a_double_click_assigns_once(officer, ours):
    message = MessageFactory(topic=ours)
    for _click in range(2):
        data = {"to": officer.user.pk, "key": "k" * 32}
        assert officer.post(f"/admin/desk/{message.pk}/assign/", data).status_code == 302
    assert kinds(message) == ["assigned"]


@pytest.mark.parametrize("anew", [True, False])
def test_a_case_is_handed_to_another_unit(officer, ours, theirs, anew):
    theirs.deadline_days = 7
    theirs.save()
    theirs.unit.email = "digaran@example.ir"
    theirs.unit.save()
    promised = timezone.localdate() + timedelta(days=2)
    message = MessageFactory(topic=ours, deadline=promised, assignee=officer.user)
    response = do(
        officer, message, "reroute", topic=theirs.pk, deadline="anew" if anew else "keep", text="برای شماست"
    )
    assert response["Location"] == "/admin/desk/"  # they do not see it any more
    assert (message.topic, message.unit, message.assignee) == (theirs, theirs.unit, None)
    assert mails_of(message).filter(to=["digaran@example.ir"]).count() == 1
    if anew:
        assert message.deadline == working_days_from(message.created_at, 7).date
        assert kinds(message) == ["routed", "deadline"]
        assert mails_of(message).filter(to=["sara@example.com"]).count() == 1
    else:
        assert message.deadline == promised
        assert kinds(message) == ["routed"]


def test_the_timeline_says_what_became_of_the_deadline(head, ours, theirs):
    message = MessageFactory(topic=ours)
    do(head, message, "reroute", topic=theirs.pk)
    page = page_of(head.get(f"/admin/desk/{message.pk}/"))
    assert "واحد دیگر" in page
    assert "مهلت پاسخ همان ماند" in page
    assert do(head, message, "reroute", topic=theirs.pk).context["form"].errors


# Deadlines


def working_day(after=5):
    return working_days_from(timezone.now(), after).date


def test_another_deadline_with_its_reason_is_told_to_the_sender(head, ours):
    message = MessageFactory(topic=ours)
    day = working_day()
    do(head, message, "deadline", day=format_jalali_short(day), reason="بررسی زمان بیشتری می‌خواهد")
    assert (message.deadline, message.deadline_is_set) == (day, True)
    assert message.timeline.get().public_text == "بررسی زمان بیشتری می‌خواهد"
    assert "بررسی زمان بیشتری می‌خواهد" in mails_of(message).get().text


@pytest.mark.parametrize("day", ["yesterday", "friday", "", "فردا"])
def test_a_deadline_that_cannot_be_keeps_what_was_typed(head, ours, day):
    message = MessageFactory(topic=ours)
    today = timezone.localdate()
    friday = today + timedelta(days=(4 - today.weekday()) % 7 + 7)
    days = {"yesterday": str(today - timedelta(days=1)), "friday": str(friday)}
    response = do(head, message, "deadline", day=days.get(day, day), reason="دلیل نوشته‌شده")
    assert "دلیل نوشته‌شده" in page_of(response)
    assert message.deadline is None


@pytest.mark.parametrize("action", ["deadline", "merge", "split", "hold", "redact"])
def test_an_officer_does_not_do_what_is_the_managers(officer, ours, action):
    message = MessageFactory(topic=ours)
    address = f"/admin/desk/{message.pk}/{action}/"
    for response in (officer.get(address), officer.post(address, {"reason": "x", "day": "1405/12/01"})):
        assert response["Location"] == f"/admin/desk/{message.pk}/"
    assert message.timeline.count() == 0
    assert f'"{address}"' not in page_of(officer.get(f"/admin/desk/{message.pk}/"))


def test_a_reader_does_nothing(ours):
    message = MessageFactory(topic=ours)
    reader = log_in(unit=ours.unit, permissions=["wagtailadmin.access_admin", "contact.view_message"])
    page = reader.get(f"/admin/desk/{message.pk}/")
    assert page.context["actions"] == []
    for action in ("reply", "ask", "call", "assign", "reroute", "outside", "register", "close", "lock"):
        reader.post(f"/admin/desk/{message.pk}/{action}/", {"text": "x", "to_status": "answered"})
    message.refresh_from_db()
    assert (message.status, message.timeline.count(), message.locked_by) == (Status.RECEIVED, 0, None)


# Asking the sender


def test_the_sender_is_asked_by_a_link_that_the_row_does_not_hold(officer, ours):
    message = MessageFactory(topic=ours)
    do(officer, message, "ask", text="نشانی دقیق کجاست؟")
    assert message.status == Status.WAITING
    assert message.waiting_since
    assert kinds(message) == ["question", "move"]
    link = message.links.get()
    assert link.purpose == OneTimeLink.Purpose.ANSWER
    mail = mails_of(message).get()
    assert mail.kind == "question"
    assert f"[[link-{link.pk}]]" in mail.text
    assert f"[[link-{link.pk}]]" in mail.html
    assert mail.withheld == {f"[[link-{link.pk}]]": ["contact.link", str(link.pk)]}
    do(officer, message, "ask", text="و ساعت آن؟")
    assert message.links.filter(expires_at__gt=timezone.now()).count() == 1
    officer.post(f"/admin/desk/{message.pk}/", {"to": "in_progress"})
    message.refresh_from_db()
    assert message.waiting_since is None


# Registration


def test_the_number_of_the_secretariat_is_found(officer, ours):
    message = MessageFactory(topic=ours)
    MessageFactory(topic=ours)
    do(officer, message, "register", number="۱۴۰۵/۸۸۱۲", day="۱۴۰۵/۹/۲")
    assert str(message.registration_date) == "2026-11-23"
    assert titles(officer.get("/admin/desk/", {"q": "۸۸۱۲"})) == [message.title]
    assert "۸۸۱۲" in page_of(officer.get(f"/admin/desk/{message.pk}/"))


# Closing


def test_what_is_open_is_closed_with_a_reason_only(officer, ours):
    message = MessageFactory(topic=ours)
    page = officer.get(f"/admin/desk/{message.pk}/")
    assert "closed" not in [status.value for status in page.context["moves"]]
    officer.post(f"/admin/desk/{message.pk}/", {"to": "closed"})
    message.refresh_from_db()
    assert message.status == Status.RECEIVED
    assert do(officer, message, "close", text="").context["form"].errors["text"]
    do(officer, message, "close", text="فرستنده پیام را پس گرفت")
    assert (message.status, message.close_text) == (Status.CLOSED, "فرستنده پیام را پس گرفت")
    assert message.closed_at
    assert message.answered_at is None
    assert "فرستنده پیام را پس گرفت" in mails_of(message).get().text


def test_an_answered_message_is_closed_by_one_button_and_opened_again(officer, ours):
    message = MessageFactory(topic=ours, status="answered", answered_at=timezone.now())
    officer.post(f"/admin/desk/{message.pk}/", {"to": "closed"})
    message.refresh_from_db()
    assert message.closed_at
    officer.post(f"/admin/desk/{message.pk}/", {"to": "reopened"})
    message.refresh_from_db()
    assert (message.status, message.closed_at, message.close_text) == (Status.REOPENED, None, "")


def test_a_request_by_the_law_is_closed_with_one_of_its_reasons(officer, ours):
    ours.is_information_request = True
    ours.save()
    message = MessageFactory(topic=ours, status="answered")
    officer.post(f"/admin/desk/{message.pk}/", {"to": "closed"})
    message.refresh_from_db()
    assert message.status == Status.ANSWERED
    errors = do(officer, message, "close", text="").context["form"].errors
    assert set(errors) == {"reason", "text"}
    do(officer, message, "close", reason="refused", text="بند یکم مادهٔ ۱۳")
    assert (message.status, message.close_reason) == (Status.CLOSED, "refused")
    assert "بند یکم مادهٔ ۱۳" in mails_of(message).get().text


# The status buttons


def test_no_button_says_answered_without_an_answer(officer, ours):
    message = MessageFactory(topic=ours)
    response = officer.post(f"/admin/desk/{message.pk}/", {"to": "answered", "note": "متن یادداشت"})
    assert "متن یادداشت" in page_of(response)
    message.refresh_from_db()
    assert message.status == Status.RECEIVED


def test_a_double_click_on_a_button_is_one_move(officer, ours):
    message = MessageFactory(topic=ours)
    for _click in range(2):
        answer = officer.post(f"/admin/desk/{message.pk}/", {"to": "in_progress", "key": "k" * 32})
        assert answer.status_code == 302
    for _click in range(2):
        officer.post(f"/admin/desk/{message.pk}/", {"note": "یادداشت", "key": "n" * 32})
    assert kinds(message) == ["move", "note"]


# Kept by order, locked, anonymised


def test_a_case_is_kept_by_order_and_no_longer(head, ours):
    message = MessageFactory(topic=ours)
    do(head, message, "hold", reason="درخواست بازرسی")
    assert message.legal_hold
    do(head, message, "hold", reason="پایان بازرسی")
    assert not message.legal_hold
    assert [entry.data["on"] for entry in message.timeline.all()] == [True, False]


def test_a_lock_ends_by_itself(officer, ours):
    message = MessageFactory(topic=ours)
    other = UserFactory()
    Message.objects.filter(pk=message.pk).update(
        locked_by=other, locked_until=timezone.now() + timedelta(minutes=5)
    )
    assert officer.get(f"/admin/desk/{message.pk}/").context["answering"] == other
    Message.objects.filter(pk=message.pk).update(locked_until=timezone.now() - timedelta(seconds=1))
    assert officer.get(f"/admin/desk/{message.pk}/").context["answering"] is None
    officer.post(f"/admin/desk/{message.pk}/lock/")
    message.refresh_from_db()
    assert message.locked_by == officer.user
    officer.post(f"/admin/desk/{message.pk}/lock/", {"do": "stop"})
    message.refresh_from_db()
    assert message.locked_by is None


def test_an_anonymised_case_is_history(officer, ours):
    message = MessageFactory(topic=ours, status="closed", anonymised_at=timezone.now())
    page = officer.get(f"/admin/desk/{message.pk}/")
    assert page.context["actions"] == []
    assert not page.context["may_answer"]
    officer.post(f"/admin/desk/{message.pk}/", {"note": "یادداشت"})
    officer.post(f"/admin/desk/{message.pk}/register/", {"number": "1"})
    message.refresh_from_db()
    assert (message.timeline.count(), message.registration_number) == (0, "")


# The page


def test_public_and_internal_entries_stand_apart_in_words(officer, ours):
    message = MessageFactory(topic=ours)
    message.timeline.create(kind="note", text="یادداشت همکار", author=officer.user)
    message.timeline.create(kind="reply", text="پاسخ به شما", author=officer.user)
    page = page_of(officer.get(f"/admin/desk/{message.pk}/"))
    note, reply = page.split('<li class="case-entry')[1:3]
    assert "داخلی" in note
    assert "فرستنده می‌بیند" not in note
    assert "فرستنده می‌بیند" in reply
    assert reply.startswith(" case-entry--public")


def test_a_mail_that_was_given_up_is_shown(officer, ours):
    message = MessageFactory(topic=ours)
    do(officer, message, "ask", text="کجا؟")
    OutgoingMail.objects.update(state="dead", last_error="550 no such user")
    page = page_of(officer.get(f"/admin/desk/{message.pk}/"))
    assert "نرسیده است" in page
    assert "550 no such user" in page or "۵۵۰" in page


def test_a_long_timeline_costs_no_more_queries(officer, ours, django_assert_max_num_queries):
    message = MessageFactory(topic=ours)
    address = f"/admin/desk/{message.pk}/"
    officer.get(address)
    with django_assert_max_num_queries(40) as short:
        officer.get(address)
    for number in range(60):
        entry = message.timeline.create(kind="reply", text="پاسخ", author=officer.user)
        message.attachments.create(entry=entry, name=f"{number}.pdf", path=f"cases/aa/{number}", size=1)
    with django_assert_max_num_queries(len(short)):
        officer.get(address)
    print(len(short))
