"""What the desk does by the clock: reminders before the deadline, letters to managers after it, a digest in the morning."""

import datetime
import uuid

import pytest
from django.utils import timezone

from contact import by_sender
from contact.clock.digest import send_digests
from contact.clock.reminders import escalate, remind
from contact.jobs import register_own
from contact.models import Absence, Message, TimelineEntry
from contact.workflow import Status
from operations import schedule
from outbox.models import OutgoingMail
from pages.models import ContactDetails
from persian.working_days.loading import current
from persian.working_days.models import Closure
from tests.factories import MessageFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db

SATURDAY = datetime.date(2026, 11, 21)  # ۳۰ آبان ۱۴۰۵
SUNDAY, MONDAY, FRIDAY = (SATURDAY + datetime.timedelta(n) for n in (1, 2, 6))
WEDNESDAY = datetime.date(2026, 11, 25)


@pytest.fixture
def unit(ours):
    ours.unit.email = "vahed@example.ir"
    ours.unit.save()
    return ours.unit


def letters(kind):
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk"))


def entries(case, kind):
    return case.timeline.filter(kind=kind).count()


# --- Reminders ---


def test_the_unit_is_reminded_one_working_day_before_the_deadline_and_once_only(ours, unit):
    case = MessageFactory(topic=ours, deadline=MONDAY)
    MessageFactory(topic=ours, deadline=MONDAY + datetime.timedelta(1))
    assert remind(SATURDAY) == 0
    assert remind(SUNDAY) == 1
    assert remind(SUNDAY) == 0
    [letter] = letters("reminder")
    assert letter.to == ["vahed@example.ir"]
    assert letter.reference == f"case:{case.pk}"
    assert case.code_display in letter.text and "۲ آذر ۱۴۰۵" in letter.text
    assert entries(case, TimelineEntry.Kind.REMINDED) == 1


def test_no_letter_by_the_clock_holds_what_a_citizen_typed(ours, unit, head):
    MessageFactory(topic=ours, deadline=MONDAY, title="همسایه‌ام آقای نمونه‌ای")
    remind(SUNDAY), send_digests(MONDAY), escalate(WEDNESDAY)
    for kind in ("reminder", "digest", "escalation"):
        [letter] = letters(kind)
        for words in ("نمونه‌ای", "sara@example.com", "سلام"):
            assert words not in letter.subject + letter.text + letter.html


def test_before_a_weekend_the_last_working_day_reminds_and_a_day_off_writes_to_nobody(ours, unit):
    MessageFactory(topic=ours, deadline=SATURDAY + datetime.timedelta(7))
    assert remind(FRIDAY) == 0
    Closure.objects.create(first_day=WEDNESDAY, reason="آلودگی هوا")
    assert remind(WEDNESDAY) == 0
    assert remind(WEDNESDAY - datetime.timedelta(1)) == 1


def test_a_reminder_missed_on_its_day_comes_on_the_day_of_the_deadline(ours, unit):
    MessageFactory(topic=ours, deadline=MONDAY)
    assert remind(MONDAY) == 1
    assert "مهلت امروز" in letters("reminder")[0].text


def test_the_assignee_is_reminded_and_during_leave_the_stand_in_as_well(ours, unit):
    colleague, other = UserFactory(email="a@example.ir"), UserFactory(email="b@example.ir")
    MessageFactory(topic=ours, deadline=MONDAY, assignee=colleague)
    Absence.objects.create(user=colleague, stand_in=other, first_day=SUNDAY, last_day=SUNDAY)
    remind(SUNDAY)
    assert letters("reminder")[0].to == ["a@example.ir", "b@example.ir"]


def test_who_left_is_not_reminded_the_unit_is(ours, unit):
    MessageFactory(topic=ours, deadline=MONDAY, assignee=UserFactory(is_active=False))
    remind(SUNDAY)
    assert letters("reminder")[0].to == ["vahed@example.ir"]


def test_a_unit_without_an_address_is_reminded_at_the_common_one_and_without_any_nothing_is_noted(ours):
    case = MessageFactory(topic=ours, deadline=MONDAY)
    assert remind(SUNDAY) == 0
    assert entries(case, TimelineEntry.Kind.REMINDED) == 0
    ContactDetails.objects.update(email="rabet@example.ir")
    assert remind(SUNDAY) == 1
    assert letters("reminder")[0].to == ["rabet@example.ir"]


@pytest.mark.parametrize("status", [Status.WAITING, Status.ANSWERED, Status.CLOSED, Status.SPAM])
def test_nobody_is_reminded_of_what_owes_no_answer(ours, unit, head, status):
    MessageFactory(topic=ours, deadline=MONDAY, status=status)
    assert (remind(SUNDAY), escalate(WEDNESDAY)) == (0, 0)


def test_examples_write_to_nobody(ours, unit, head):
    MessageFactory(topic=ours, deadline=MONDAY, is_demo=True)
    assert (remind(SUNDAY), escalate(WEDNESDAY), send_digests(MONDAY)) == (0, 0, 0)


@pytest.mark.parametrize("is_set", [False, True])
def test_of_a_deadline_that_moved_the_unit_is_reminded_anew(ours, unit, head, is_set):
    """Whoever was reminded, and asked the sender for something, is reminded of the day that holds after the answer."""
    now = timezone.now()
    case = MessageFactory(
        topic=ours,
        status=Status.WAITING,
        deadline=timezone.localdate(),
        deadline_is_set=is_set,
        waiting_since=now - datetime.timedelta(10),
        reminded_at=now - datetime.timedelta(10),
        escalated_at=now,
    )
    by_sender.answer(case, key=uuid.uuid4(), text="کوچهٔ لاله، پلاک ۴")
    case.refresh_from_db()
    assert case.deadline > timezone.localdate()
    assert remind(case.deadline) == 1
    next_day = current().add_working_days(case.deadline, 1).date
    assert escalate(next_day) == 1
    assert "تازه معوق‌شده (۱)" in letters("escalation")[0].text


# --- Escalation ---


def test_managers_hear_of_overdue_cases_once_and_again_after_a_week(ours, unit, head):
    case = MessageFactory(topic=ours, deadline=SATURDAY)
    assert escalate(SATURDAY) == 0
    assert escalate(SUNDAY) == 1
    [letter] = letters("escalation")
    assert letter.to == [head.user.email]
    assert "تازه معوق‌شده (۱)" in letter.text
    Message.objects.update(escalated_at=timezone.make_aware(datetime.datetime(2026, 11, 22, 7, 25)))
    assert [escalate(SUNDAY + datetime.timedelta(n)) for n in (1, 2, 6)] == [0, 0, 0]
    assert escalate(SUNDAY + datetime.timedelta(7)) == 1
    assert "همچنان معوق (۱)" in letters("escalation")[1].text
    assert entries(case, TimelineEntry.Kind.ESCALATED) == 2


def test_many_overdue_cases_are_one_letter_of_few_queries(ours, unit, head, django_assert_max_num_queries):
    MessageFactory.create_batch(60, topic=ours, deadline=SATURDAY)
    with django_assert_max_num_queries(14):
        assert escalate(SUNDAY) == 60
    [letter] = letters("escalation")
    assert letter.subject == "۶۰ پیام معوق است"
    assert "و ۱۰ مورد دیگر" in letter.text


def test_escalation_waits_for_a_manager_with_an_address_and_for_a_working_day(ours, unit, head):
    MessageFactory(topic=ours, deadline=SATURDAY)
    assert escalate(FRIDAY) == 0
    head.user.email = ""
    head.user.save()
    assert escalate(SUNDAY) == 0


# --- Digest ---


def test_each_unit_gets_its_own_digest_once_in_order_of_urgency(ours, unit, theirs):
    theirs.unit.email = "digar@example.ir"
    theirs.unit.save()
    names = {"overdue": SATURDAY, "today": SUNDAY, "new": MONDAY, "waiting": SATURDAY}
    cases = {name: MessageFactory(topic=ours, deadline=day) for name, day in names.items()}
    Message.objects.filter(pk=cases["waiting"].pk).update(status=Status.WAITING)
    MessageFactory(topic=ours, deadline=MONDAY, status=Status.IN_PROGRESS)
    other = MessageFactory(topic=theirs)
    assert send_digests(SUNDAY) == 2
    assert send_digests(SUNDAY) == 0
    mine, others = sorted(letters("digest"), key=lambda letter: letter.to != ["vahed@example.ir"])
    places = [mine.text.index(cases[name].code_display) for name in names]
    assert places == sorted(places)
    assert [
        mine.text.count(f"{words} (۱)") for words in ("معوق", "مهلت امروز", "تازه", "در انتظار تکمیل")
    ] == [1] * 4
    assert other.code_display not in mine.text
    assert others.to == ["digar@example.ir"]


def test_no_digest_where_there_is_nothing_or_on_a_day_off(ours, unit):
    MessageFactory(topic=ours, status=Status.ANSWERED)
    assert send_digests(SUNDAY) == 0
    MessageFactory(topic=ours)
    assert send_digests(FRIDAY) == 0


def test_a_confidential_topic_is_told_to_those_who_may_read_it_not_to_the_unit(ours, unit):
    reader = UserFactory(email="mahram@example.ir")
    secret = TopicFactory(title="گزارش تخلف", unit=unit, is_confidential=True)
    secret.readers.add(reader, UserFactory(is_active=False, email="rafte@example.ir"))
    MessageFactory(topic=secret)
    assert send_digests(SUNDAY) == 1
    assert letters("digest")[0].to == ["mahram@example.ir"]


def test_the_digest_takes_no_more_queries_for_more_cases(ours, unit, django_assert_max_num_queries):
    MessageFactory.create_batch(3, topic=ours)
    with django_assert_max_num_queries(14):
        send_digests(SUNDAY)
    MessageFactory.create_batch(30, topic=ours)
    with django_assert_max_num_queries(14):
        send_digests(MONDAY)


def test_the_jobs_are_on_the_schedule_in_the_morning(monkeypatch):
    monkeypatch.setattr(schedule, "_jobs", {})
    register_own()
    found = {job.name: job.at for job in schedule.jobs()}
    assert found["remind"] < found["escalate"] < found["send_digests"] == datetime.time(7, 30)
