"""What managers do for many cases at once: deadlines after a new holiday, and the cases of a colleague who leaves."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from contact.actions.routing import assign
from contact.clock import recount
from contact.models import Absence, Message, TimelineEntry
from contact.workflow import Status
from outbox.models import OutgoingMail
from persian.working_days.loading import working_days_from
from persian.working_days.models import Closure
from tests.desk_fixtures import log_in, page_of
from tests.factories import MessageFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime.date(2026, 11, 23)  # ۲ آذر ۱۴۰۵
TUESDAY = MONDAY + datetime.timedelta(1)
RECEIVED = timezone.make_aware(datetime.datetime(2026, 11, 22, 9, 0))
DEADLINES, HANDOVER = "desk-upkeep:deadlines", "desk-upkeep:handover"


def promised(topic, **values):
    due = working_days_from(RECEIVED, 2)
    return MessageFactory(
        topic=topic, created_at=RECEIVED, deadline=due.date, deadline_days=due.count, **values
    )


def close_the_office():
    return Closure.objects.create(first_day=TUESDAY, reason="آلودگی هوا")


def agreed(client):
    changes = client.get(reverse(DEADLINES)).context["changes"]
    return [f"{change.case.pk}:{change.after.isoformat()}" for change in changes]


# --- Deadlines ---


def test_a_closure_moves_open_promises_after_a_look(head, ours):
    case = promised(ours)
    assert case.deadline == TUESDAY
    assert "با تقویم روزهای کاری می‌خوانند" in page_of(head.get(reverse(DEADLINES)))
    close_the_office()
    page = page_of(head.get(reverse(DEADLINES)))
    assert "۳ آذر ۱۴۰۵" in page and "۴ آذر ۱۴۰۵" in page and "آلودگی هوا" in page
    case.refresh_from_db()
    assert case.deadline == TUESDAY  # a look changes nothing
    answer = head.post(reverse(DEADLINES), {"change": agreed(head)}, follow=True)
    assert "مهلت ۱ پیام تغییر کرد" in page_of(answer)
    case.refresh_from_db()
    assert case.deadline == TUESDAY + datetime.timedelta(1)
    entry = case.timeline.get(kind=TimelineEntry.Kind.DEADLINE)
    assert entry.author == head.user
    assert entry.data == {"before": "2026-11-24", "after": "2026-11-25"}
    assert "آلودگی هوا" in entry.public_text
    letter = OutgoingMail.objects.get(kind="new_deadline")
    assert letter.to == ["sara@example.com"]
    assert "۴ آذر ۱۴۰۵" in letter.text and "آلودگی هوا" in letter.text
    assert case.title not in letter.text  # the address may be somebody else's


def test_a_change_lets_the_reminder_come_again(head, ours):
    case = promised(ours, reminded_at=timezone.now(), escalated_at=timezone.now())
    close_the_office()
    head.post(reverse(DEADLINES), {"change": agreed(head)})
    case.refresh_from_db()
    assert (case.reminded_at, case.escalated_at) == (None, None)


def test_what_a_person_set_what_is_answered_and_what_was_never_promised_stays(ours):
    promised(ours, deadline_is_set=True)
    promised(ours, status=Status.ANSWERED)
    MessageFactory(topic=ours, created_at=RECEIVED)
    waiting = promised(ours, status=Status.WAITING)
    close_the_office()
    assert [change.case for change in recount.changes()] == [waiting]
    assert recount.waiting() == 1


def test_only_what_was_looked_at_and_still_holds_is_changed(head, ours):
    _first, second, third = (promised(ours) for _n in range(3))
    closure = close_the_office()
    seen = agreed(head)
    answer = head.post(reverse(DEADLINES), {"change": [seen[0], "سلام", "x:y"]}, follow=True)
    assert "مهلت ۱ پیام تغییر کرد" in page_of(answer)
    second.refresh_from_db()
    assert second.deadline == TUESDAY
    closure.last_day = TUESDAY + datetime.timedelta(1)
    closure.save()  # since the page was made, one more day is off
    assert "برخی مهلت‌ها تغییر نکرد" in page_of(
        head.post(reverse(DEADLINES), {"change": seen[1:]}, follow=True)
    )
    third.refresh_from_db()
    assert third.deadline == TUESDAY


def test_a_promise_that_came_in_after_an_early_closing_counts_by_its_hour(ours):
    case = promised(ours)
    Closure.objects.create(
        first_day=RECEIVED.date(), effect="early", closes_at=datetime.time(8, 30), reason="گرما"
    )
    [change] = recount.changes()
    assert (change.case, change.after) == (case, TUESDAY + datetime.timedelta(1))


def test_looking_takes_the_same_few_queries_for_many_cases(ours, django_assert_max_num_queries):
    for _n in range(25):
        promised(ours)
    close_the_office()
    with django_assert_max_num_queries(5):
        assert len(recount.changes()) == 25
    with django_assert_max_num_queries(5):
        assert recount.waiting() == 25


def test_the_checklist_says_so_while_changes_wait(head, ours):
    promised(ours)
    address = reverse("setup_checklist")

    def waits():
        return [str(item.label) for item in head.get(address).context["items"] if not item.done]

    assert "محاسبهٔ دوبارهٔ مهلت‌ها" not in waits()
    close_the_office()
    assert "محاسبهٔ دوبارهٔ مهلت‌ها" in waits()


# --- Handing over ---


def test_a_leavers_open_cases_go_to_a_colleague_after_a_look(head, ours, officer):
    leaver = UserFactory(is_active=False, first_name="رضا", last_name="رفته‌زاده")
    mine = MessageFactory.create_batch(2, topic=ours, assignee=leaver)
    done = MessageFactory(topic=ours, assignee=leaver, status=Status.CLOSED)
    page = page_of(head.get(reverse(HANDOVER)))
    assert "رضا رفته‌زاده (۲، همکار پیشین)" in page
    people = {"giver": leaver.pk, "taker": officer.user.pk}
    plan = head.get(reverse(HANDOVER), people).context["plan"]
    assert set(plan.given) == set(mine)
    data = people | {"case": [case.pk for case in plan.given]}
    assert "۲ پیام واگذار شد" in page_of(head.post(reverse(HANDOVER), data, follow=True))
    assert set(Message.objects.filter(assignee=officer.user)) == set(mine)
    done.refresh_from_db()
    assert done.assignee == leaver
    entry = mine[0].timeline.get(kind=TimelineEntry.Kind.ASSIGNED)
    assert (entry.author, entry.data["to"], entry.data["from"]) == (head.user, officer.user.pk, leaver.pk)
    letter = OutgoingMail.objects.get(kind="handed_over")
    assert letter.to == [officer.user.email]
    assert all(case.code_display in letter.text for case in mine)


def test_a_second_click_hands_nothing_over_and_writes_no_second_letter(head, ours, officer):
    leaver = UserFactory()
    case = MessageFactory(topic=ours, assignee=leaver)
    data = {"giver": leaver.pk, "taker": officer.user.pk, "case": [case.pk]}
    head.post(reverse(HANDOVER), data)
    head.post(reverse(HANDOVER), data)
    assert OutgoingMail.objects.filter(kind="handed_over").count() == 1
    assert case.timeline.count() == 1


def test_confidential_cases_go_only_to_whoever_is_named(head, ours, officer):
    leaver = UserFactory()
    secret = TopicFactory(unit=ours.unit, is_confidential=True)
    kept = MessageFactory(topic=secret, assignee=leaver)
    data = {"giver": leaver.pk, "taker": officer.user.pk}
    plan = head.get(reverse(HANDOVER), data).context["plan"]
    assert (plan.given, plan.kept) == ([], [kept])
    head.post(reverse(HANDOVER), data | {"case": [kept.pk]})
    kept.refresh_from_db()
    assert kept.assignee == leaver
    secret.readers.add(officer.user)
    head.post(reverse(HANDOVER), data | {"case": [kept.pk]})
    kept.refresh_from_db()
    assert kept.assignee == officer.user


def test_cases_may_go_back_to_their_units(head, ours):
    leaver = UserFactory()
    case = MessageFactory(topic=ours, assignee=leaver)
    data = {"giver": leaver.pk, "taker": "", "case": [case.pk]}
    assert head.get(reverse(HANDOVER), data).context["plan"].given == [case]
    head.post(reverse(HANDOVER), data)
    case.refresh_from_db()
    assert case.assignee is None


def test_the_same_person_cannot_take_and_only_those_who_read_messages_are_offered(head, ours, officer):
    MessageFactory(topic=ours, assignee=officer.user)
    stranger = UserFactory()
    for taker in (officer.user, stranger):
        data = {"giver": officer.user.pk, "taker": taker.pk}
        response = head.post(reverse(HANDOVER), data)
        assert "taker" in response.context["form"].errors


def test_closing_an_account_offers_to_hand_its_cases_over(ours, officer):
    boss = log_in()
    boss.user.is_superuser = True
    boss.user.save()
    MessageFactory(topic=ours, assignee=officer.user)
    user = officer.user
    data = {"username": user.username, "email": user.email, "first_name": "مریم", "last_name": "اصفهانی"}
    answer = boss.post(reverse("wagtailusers_users:edit", args=[user.pk]), data, follow=True)
    user.refresh_from_db()
    assert not user.is_active
    page = page_of(answer)
    assert "۱ پیام باز هنوز با این همکار است" in page
    assert f"{reverse(HANDOVER)}?giver={user.pk}" in page


def test_during_leave_the_stand_in_hears_what_is_assigned(head, ours, officer):
    other, today = UserFactory(email="janeshin@example.ir"), timezone.localdate()
    Absence.objects.create(user=officer.user, stand_in=other, first_day=today, last_day=today)
    case = MessageFactory(topic=ours)
    assign(case, by=head.user, to=officer.user)
    assert OutgoingMail.objects.get(kind="desk_news").to == [officer.user.email, "janeshin@example.ir"]


# --- Who may ---


@pytest.mark.parametrize("name", ["index", "deadlines", "handover", "retention"])
def test_only_managers_keep_up(name, head, officer):
    address = reverse(f"desk-upkeep:{name}")
    assert page_of(head.get(address))
    assert officer.get(address).status_code == 302
    half = log_in("کارشناس پاسخ‌گویی", permissions=["contact.manage_cases"])  # not the cases of all units
    assert half.get(address).status_code == 302
    assert officer.post(address).status_code == 302
