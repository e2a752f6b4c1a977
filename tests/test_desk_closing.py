"""Answered cases that nobody closes: after thirty quiet days the night does, and the sender may still reopen them."""

import datetime
import uuid

import pytest
from django.utils import timezone

from contact import by_sender
from contact.clock import closing
from contact.jobs import register_own
from contact.models import DraftReply, Message
from contact.workflow import Status
from operations import schedule
from outbox.models import OutgoingMail
from tests.desk_fixtures import page_of
from tests.factories import MessageFactory, UserFactory
from tests.test_contact_form import text_of
from tests.test_contact_track import enter, with_secret

pytestmark = pytest.mark.django_db
QUIET = closing.CLOSED_AFTER_DAYS + 1


def days_ago(days):
    return timezone.now() - datetime.timedelta(days)


def answered(topic, days=QUIET, make=MessageFactory, **values):
    at = days_ago(days)
    values = {
        "status": Status.ANSWERED,
        "created_at": at - datetime.timedelta(3),
        "answered_at": at,
        **values,
    }
    case = make(topic=topic, **values)
    case.timeline.create(kind="reply", at=at, text="چراغ کوچهٔ لاله تعمیر شد.")
    case.timeline.create(kind="move", at=at, from_status=Status.IN_PROGRESS, to_status=Status.ANSWERED)
    return case


def test_after_thirty_quiet_days_an_answered_case_closes_by_itself_without_a_letter(officer, ours):
    case, young = answered(ours), answered(ours, days=QUIET - 2)
    assert closing.run() == 1
    case.refresh_from_db()
    assert (case.status, case.close_reason) == (Status.CLOSED, "")
    assert timezone.now() - case.closed_at < datetime.timedelta(minutes=1)
    entry = case.timeline.last()
    assert (entry.kind, entry.author, entry.from_status, entry.to_status) == (
        "move",
        None,
        "answered",
        "closed",
    )
    assert "خودکار" in entry.text and "۳۰ روز" in entry.text
    assert entry.text in page_of(officer.get(f"/admin/desk/{case.pk}/"))
    assert not OutgoingMail.objects.exists()
    young.refresh_from_db()
    assert young.status == Status.ANSWERED
    assert closing.run() == 0, "a second night finds nothing"


def test_its_sender_reads_why_and_may_rate_and_reopen_for_thirty_days_more(client, ours):
    case = answered(ours, make=with_secret, title="چراغ کوچهٔ لاله")
    assert "خودبه‌خود مختومه می‌شود" in text_of(enter(client, case))
    case.timeline.filter(at__gt=days_ago(1)).update(at=days_ago(QUIET))
    closing.run()
    case.refresh_from_db()
    page = text_of(enter(client, case))
    assert "مختومه" in page
    assert "چیز تازه‌ای" in page
    assert "چراغ کوچهٔ لاله تعمیر شد." in page
    acts = by_sender.possible(case, by_sender.finished_at(case))
    assert {by_sender.Act.RATE, by_sender.Act.REOPEN} <= set(acts)
    by_sender.reopen(case, key=uuid.uuid4(), text="چراغ دوباره خاموش شد")
    case.refresh_from_db()
    assert (case.status, case.close_text) == (Status.REOPENED, "")


@pytest.mark.parametrize("kind", ["added", "note", "phone", "rated"])
def test_whatever_happens_to_it_counts_from_anew(ours, kind):
    case = answered(ours)
    case.timeline.create(kind=kind, at=days_ago(QUIET - 2), text="چراغ دوم هم خاموش است")
    assert closing.run() == 0


def test_that_somebody_read_an_original_is_no_news(ours):
    answered(ours).timeline.create(kind="original_read", at=days_ago(1))
    assert closing.run() == 1


def test_a_request_under_the_law_waits_for_a_persons_reason(ours):
    ours.is_information_request = True
    ours.save()
    answered(ours)
    assert closing.run() == 0


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.IN_PROGRESS, Status.WAITING, Status.NOT_OURS])
def test_only_what_was_answered_closes(ours, status):
    answered(ours, status=status)
    assert closing.run() == 0


def test_what_somebody_is_at_work_on_and_what_was_anonymised_is_left_alone(ours):
    DraftReply.objects.create(message=answered(ours), text="پیمانکار فردا دوباره می‌آید")
    answered(ours, locked_by=UserFactory(), locked_until=timezone.now() + datetime.timedelta(minutes=5))
    answered(ours, anonymised_at=timezone.now())
    assert closing.run() == 0
    answered(ours, locked_by=UserFactory(), locked_until=days_ago(1))
    assert closing.run() == 1


def test_what_comes_in_while_the_night_is_at_work_keeps_its_case_open(ours, monkeypatch):
    first, second = answered(ours, days=QUIET + 1), answered(ours)
    move = closing.move

    def slowly(*args):
        second.timeline.create(kind="added", text="چراغ دوم هم خاموش است")
        move(*args)

    monkeypatch.setattr(closing, "move", slowly)
    assert closing.run() == 1
    assert set(Message.objects.filter(status=Status.CLOSED)) == {first}


def test_a_night_that_was_cut_off_is_finished_by_the_next(ours, monkeypatch):
    cases = [answered(ours, days=QUIET + n) for n in range(4)]
    move = closing.move

    def dies(case, *args):
        if case.pk == cases[1].pk:
            raise KeyboardInterrupt
        move(case, *args)

    monkeypatch.setattr(closing, "move", dies)
    with pytest.raises(KeyboardInterrupt):
        closing.run()
    assert Message.objects.filter(status=Status.CLOSED).count() == 2
    monkeypatch.setattr(closing, "move", move)
    assert closing.run() == 2
    assert all(case.timeline.filter(to_status=Status.CLOSED).count() == 1 for case in cases)


def test_one_night_closes_no_more_than_it_may_the_longest_answered_first(ours, monkeypatch):
    monkeypatch.setattr(closing, "MOST", 2)
    cases = [answered(ours, days=QUIET + n) for n in range(3)]
    assert closing.run() == 2
    assert list(Message.objects.filter(status=Status.ANSWERED)) == [cases[0]]
    assert closing.run() == 1


def test_every_case_costs_the_same_few_queries(ours, django_assert_max_num_queries):
    for n in range(10):
        answered(ours, days=QUIET + n)
    MessageFactory.create_batch(20, topic=ours)
    with django_assert_max_num_queries(1 + 10 * 9):
        assert closing.run() == 10


def test_the_job_comes_after_the_anonymising_of_the_night(monkeypatch):
    monkeypatch.setattr(schedule, "_jobs", {})
    register_own()
    found = {job.name: job.at for job in schedule.jobs()}
    assert found["anonymise_cases"] < found["close_answered_cases"] < found["remind"]
