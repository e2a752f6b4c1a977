"""The desk opens on what must be done today; its blocks, filters and columns, and what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contact.actions import replies
from contact.models import Absence
from contact.models.casework import SavedFilter
from tests.desk_fixtures import log_in, page_of, titles
from tests.factories import MessageFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db


def day(number):
    return timezone.localdate() + timedelta(days=number)


@pytest.fixture
def desk_of_cases(officer, ours, theirs):
    """One case for each thing that may be the matter."""
    colleague = log_in("کارشناس پاسخ‌گویی", unit=ours.unit).user
    colleague.first_name, colleague.last_name = "نرگس", "کریمی"
    colleague.save()
    for title, values in {
        "تازه رسیده": {"status": "received", "deadline": day(9)},
        "دوباره باز": {"status": "reopened"},
        "کار من": {"status": "in_progress", "assignee": officer.user, "deadline": day(4)},
        "کار همکار": {"status": "in_progress", "assignee": colleague, "deadline": day(5)},
        "منتظر فرستنده": {"status": "waiting", "deadline": day(-8)},
        "مهلت امروز": {"status": "in_progress", "assignee": colleague, "deadline": day(0)},
        "گذشته": {"status": "in_progress", "assignee": colleague, "deadline": day(-2)},
        "مختومه و گذشته": {"status": "closed", "assignee": officer.user, "deadline": day(-3)},
    }.items():
        MessageFactory(topic=ours, title=title, **values)
    MessageFactory(topic=theirs, title="گذشتهٔ دیگران", deadline=day(-5))
    return colleague


BLOCKS = {
    "": ["گذشته", "مهلت امروز", "کار من", "تازه رسیده", "دوباره باز"],
    "new": ["تازه رسیده", "دوباره باز"],
    "mine": ["کار من"],
    "waiting": ["منتظر فرستنده"],
    "due_today": ["مهلت امروز"],
    "overdue": ["گذشته"],
}


@pytest.mark.parametrize("block", BLOCKS)
def test_each_block_holds_its_cases_the_most_urgent_first(officer, desk_of_cases, block):
    assert titles(officer.get("/admin/desk/", {"block": block} if block else {})) == BLOCKS[block]


def test_the_tabs_count_what_their_lists_hold(officer, desk_of_cases):
    tabs = officer.get("/admin/desk/").context["tabs"]
    assert [tab["count"] for tab in tabs] == [5, 2, 1, 1, 1, 1, 8]
    assert [tab["count"] for tab in tabs] == [len(titles(officer.get(tab["url"]))) for tab in tabs]
    assert [tab["is_current"] for tab in tabs] == [True] + 6 * [False]
    everything = officer.get("/admin/desk/?block=all")
    assert len(titles(everything)) == 8
    assert [tab["is_current"] for tab in everything.context["tabs"]] == 6 * [False] + [True]


def test_whoever_is_of_no_unit_is_told_so(officer, small_site):
    stranger = log_in("کارشناس پاسخ‌گویی")
    assert "عضو هیچ واحد پاسخ‌گویی نیستید" in page_of(stranger.get("/admin/"))
    assert "عضو هیچ واحد پاسخ‌گویی نیستید" not in page_of(officer.get("/admin/"))


def test_answers_that_wait_for_approval_are_a_list_of_their_own(officer, head, ours):
    waiting = MessageFactory(topic=ours, title="پاسخش نوشته شده", status="in_progress")
    unfinished = MessageFactory(topic=ours, title="پیش‌نویس دارد", status="in_progress")
    assert "to_approve" not in page_of(head.get("/admin/"))
    replies.save_draft(unfinished, by=officer.user, text="نیمه‌کاره")
    draft = replies.save_draft(waiting, by=officer.user, text="پاسخ")
    replies.submit_draft(waiting, by=officer.user, seen=replies.version(draft))
    assert 'href="/admin/desk/?block=to_approve"' in page_of(head.get("/admin/"))
    assert titles(head.get("/admin/desk/?block=to_approve")) == ["پاسخش نوشته شده"]
    tab = next(tab for tab in head.get("/admin/desk/").context["tabs"] if "to_approve" in tab["url"])
    assert tab["count"] == 1


def test_the_first_page_of_the_admin_shows_the_same_counts(officer, desk_of_cases):
    page = page_of(officer.get("/admin/"))
    for tab in officer.get("/admin/desk/").context["tabs"]:
        assert f'href="{tab["url"]}"' in page
    assert "همهٔ پرونده‌ها" in page


def test_a_stand_in_finds_the_cases_of_whoever_is_away_among_their_own(officer, desk_of_cases):
    Absence.objects.create(user=desk_of_cases, stand_in=officer.user, first_day=day(-1), last_day=day(1))
    assert titles(officer.get("/admin/desk/?block=mine")) == ["گذشته", "مهلت امروز", "کار من", "کار همکار"]


def test_a_search_looks_through_all_cases_not_those_of_today_only(officer, desk_of_cases):
    assert titles(officer.get("/admin/desk/", {"q": "مختومه"})) == ["مختومه و گذشته"]
    assert titles(officer.get("/admin/desk/", {"q": "مختومه", "block": "new"})) == []


def test_an_empty_desk_says_so(officer):
    words = "اکنون پیامی در این فهرست نیست"
    assert words in page_of(officer.get("/admin/desk/"))
    assert words not in page_of(officer.get("/admin/desk/?q=چراغ"))


def test_filters_that_go_together(officer, ours, desk_of_cases):
    case = MessageFactory(
        topic=ours,
        title="نامهٔ شهرداری",
        lane="municipality",
        channel="letter",
        kind="request",
        deadline=day(20),
    )
    for query in (
        "lane=municipality",
        "channel=letter",
        "kind=request&kind=complaint",
        "channel=letter&q=نامه",
    ):
        assert titles(officer.get(f"/admin/desk/?{query}")) == [case.title]
    assert titles(officer.get("/admin/desk/?status=closed&status=waiting&ordering=title")) == [
        "مختومه و گذشته", "منتظر فرستنده",
    ]  # fmt: skip
    assert titles(officer.get(f"/admin/desk/?assignee={desk_of_cases.pk}&status=in_progress&ordering=title")) == [
        "کار همکار", "گذشته", "مهلت امروز",
    ]  # fmt: skip
    assert "کار من" not in titles(officer.get("/admin/desk/?assignee=none"))


def test_ranges_of_days_are_asked_for_in_jalali(officer, ours):
    MessageFactory(topic=ours, title="پیش از آن", deadline="2026-11-22")
    MessageFactory(topic=ours, title="در آن", deadline="2026-11-23")
    MessageFactory(topic=ours, title="پس از آن", deadline="2026-11-25")
    asked = {"deadline_from": "۱۴۰۵/۹/۲", "deadline_to": "1405-09-03"}
    assert titles(officer.get("/admin/desk/", asked)) == ["در آن"]


@pytest.mark.parametrize("column", ["title", "status", "topic__title", "unit__name", "assignee__last_name",
                                    "deadline", "created_at"])  # fmt: skip
def test_every_column_sorts_both_ways_and_loses_nobody(officer, desk_of_cases, column):
    up = titles(officer.get(f"/admin/desk/?block=all&ordering={column}"))
    down = titles(officer.get(f"/admin/desk/?block=all&ordering=-{column}"))
    assert sorted(up) == sorted(down)
    assert len(up) == 8


def test_names_of_few_sort_as_in_a_dictionary_both_ways(head, theirs):
    people = [UserFactory(last_name=name, first_name="ن") for name in ("پارسا", "بهاری", "گلی")]
    topics = [TopicFactory(title=title, unit=theirs.unit) for title in ("گاز", "پارک", "آب")]
    for person, topic in zip(people, topics, strict=True):
        MessageFactory(topic=topic, assignee=person, title=f"{topic.title} {person.last_name}")
    MessageFactory(topic=TopicFactory(title="تاکسی"), title="بی مسئول", assignee=None)
    by_topic = ["آب گلی", "پارک بهاری", "بی مسئول", "گاز پارسا"]
    by_person = ["پارک بهاری", "گاز پارسا", "آب گلی", "بی مسئول"]
    assert titles(head.get("/admin/desk/?block=all&ordering=topic__title")) == by_topic
    assert titles(head.get("/admin/desk/?block=all&ordering=-topic__title")) == by_topic[::-1]
    assert titles(head.get("/admin/desk/?block=all&ordering=assignee__last_name")) == by_person
    down = titles(head.get("/admin/desk/?block=all&ordering=-assignee__last_name"))
    assert down == [*by_person[2::-1], "بی مسئول"]


def test_cases_without_a_deadline_come_last_both_ways(officer, desk_of_cases):
    for order in ("deadline", "-deadline"):
        assert titles(officer.get(f"/admin/desk/?block=all&ordering={order}"))[-1] == "دوباره باز"


def test_people_are_offered_by_name_and_only_those_of_the_own_units(officer, head, desk_of_cases):
    stranger = log_in("کارشناس پاسخ‌گویی").user
    stranger.last_name = "بیگانه"
    stranger.save()
    assert "نرگس کریمی" in page_of(officer.get("/admin/desk/?block=new"))
    assert "بیگانه" not in page_of(officer.get("/admin/desk/?block=new"))
    assert "بیگانه" in page_of(head.get("/admin/desk/?block=new"))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "block=all",
        "block=overdue&p=2",
        "status=in_progress&ordering=title",
        "unit={unit}",
        "assignee={user}",
        "deadline_from=2026-01-01&deadline_to=2036-01-01",
        "kind=question&ordering=-deadline",
        "q=برنامه",
        "q=برنا",
        "q=ناپیدا",
        "q={code}",
        "q=برنامه&ordering=assignee__last_name&status=in_progress",
    ],
)
def test_the_list_asks_twelve_times_however_many_cases_there_are(officer, ours, query):
    code = MessageFactory(
        topic=ours, title="نخستین", created_at=timezone.now() - timedelta(days=1)
    ).tracking_code
    for number in range(3):
        SavedFilter.objects.create(user=officer.user, name=f"فهرست {number}", query="kind=question")
    asked_for = query.format(unit=ours.unit.pk, user=officer.user.pk, code=code)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            page_of(officer.get(f"/admin/desk/?{asked_for}"))
        return len(captured)

    def add(count):
        for _number in range(count):
            MessageFactory(
                topic=TopicFactory(unit=ours.unit),
                assignee=UserFactory(),
                deadline=day(-1),
                status="in_progress",
            )

    add(3)
    asked()  # the names of the unit are remembered
    few = asked()
    add(60)
    assert asked() == few <= 12


def test_beginnings_are_looked_for_only_where_no_whole_word_is_found(officer, ours):
    MessageFactory(topic=ours, title="نیمکت", kind="complaint")
    MessageFactory(topic=ours, title="نیمکتی", kind="question")
    found = officer.get("/admin/desk/", {"q": "نیمکت"})
    assert titles(found)[0] == "نیمکت"
    assert found.context["items_count"] == len(titles(found))
    begun = officer.get("/admin/desk/", {"q": "نیم"})
    assert sorted(titles(begun)) == ["نیمکت", "نیمکتی"]
    assert begun.context["items_count"] == 2
