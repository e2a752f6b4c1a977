"""The desk's list: who sees which messages, and how they are found."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from contact.models import Message
from contact.workflow import Status
from tests.desk_fixtures import log_in, page_of, titles
from tests.factories import MessageFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_an_officer_sees_the_messages_of_their_own_unit_only(officer, ours, theirs):
    mine = MessageFactory(topic=ours, title="پیام برای ما")
    other = MessageFactory(topic=theirs, title="پیام برای دیگران")
    assert titles(officer.get("/admin/desk/")) == ["پیام برای ما"]
    assert titles(officer.get("/admin/desk/results/")) == ["پیام برای ما"]
    assert titles(officer.get("/admin/desk/?q=دیگران")) == []
    assert titles(officer.get(f"/admin/desk/?unit={theirs.unit.pk}")) == ["پیام برای ما"]  # no such choice
    assert officer.get(f"/admin/desk/{mine.pk}/").status_code == 200
    assert officer.get(f"/admin/desk/{other.pk}/").status_code == 404
    assert officer.post(f"/admin/desk/{other.pk}/", {"to": "closed", "note": "x"}).status_code == 404
    assert "پیام برای دیگران" not in page_of(officer.get("/admin/"))
    assert other.timeline.count() == 0


def test_the_head_sees_every_message(head, ours, theirs):
    MessageFactory(topic=ours)
    other = MessageFactory(topic=theirs)
    assert len(titles(head.get("/admin/desk/"))) == 2
    assert head.get(f"/admin/desk/{other.pk}/").status_code == 200


@pytest.mark.parametrize("group", ["کارشناس خبر", "مدیر سامانه"])
def test_others_do_not_see_the_desk(small_site, ours, group):
    message = MessageFactory(topic=ours)
    client = log_in(group, unit=ours.unit)
    for address in ("/admin/desk/", "/admin/desk/results/", f"/admin/desk/{message.pk}/", "/admin/desk/999/"):
        assert client.get(address).status_code == 302
        assert client.post(address).status_code in (302, 405)
    assert message.title not in page_of(client.get("/admin/"))
    assert '"/admin/desk/"' not in page_of(client.get("/admin/"))


def test_strangers_are_asked_to_log_in(client, small_site, ours):
    message = MessageFactory(topic=ours)
    response = client.get(f"/admin/desk/{message.pk}/")
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_nothing_is_added_edited_or_deleted(head, ours):
    message = MessageFactory(topic=ours)
    for address in ("new/", f"edit/{message.pk}/", f"delete/{message.pk}/", f"history/{message.pk}/"):
        assert head.get(f"/admin/desk/{address}").status_code == 404
    bulk = head.post(f"/admin/bulk/contact/message/delete/?id={message.pk}")
    assert bulk.status_code in (302, 404)
    assert Message.objects.filter(pk=message.pk).exists()


def test_the_list_shows_what_matters(officer, ours):
    message = MessageFactory(
        topic=ours, title="پرسشی از برنامهٔ ۱۴", created_at=timezone.now() - timedelta(days=1)
    )
    page = page_of(officer.get("/admin/desk/"))
    for words in (message.title, message.code_display, message.topic.title, message.unit.name):
        assert words in page
    assert re.search(r'<time datetime="\d{4}-', page)


@pytest.mark.parametrize(
    "query",
    [
        "نیمکت",
        "نيمكت",
        "میدان آزمون",
        "پیاده رو",
        "پیاده‌رو",
        "۰۹۱۲۱۱۱",
        "0912 1112233",
        "+98 912 111 2233",
        "کاوه",
        "kaveh@EXAMPLE",
        "شماره ۱۴",
    ],
)
def test_search_finds_whatever_keyboard_was_used(officer, ours, query):
    MessageFactory(topic=ours, title="پرسشی دیگر", name="کسی", mobile="", email="")
    MessageFactory(
        topic=ours,
        title="نیمکت در پیاده‌رو",
        body="در میدان آزمون، شمارهٔ 14",
        name="کاوه نمونه‌ای",
        mobile="+989121112233",
        email="kaveh@example.com",
    )
    assert titles(officer.get("/admin/desk/", {"q": query})) == ["نیمکت در پیاده‌رو"]


def test_search_finds_other_forms_the_words_as_typed_first(officer, ours):
    MessageFactory(topic=ours, title="خرابی نیمکت‌ها در پارک")
    MessageFactory(topic=ours, title="سپاس", body="نیمکت پارک خوب است.")
    MessageFactory(topic=ours, title="نیمکت پارک", created_at=timezone.now() - timedelta(days=9))
    in_order = ["نیمکت پارک", "سپاس", "خرابی نیمکت‌ها در پارک"]
    assert titles(officer.get("/admin/desk/", {"q": "نیمکت پارک"})) == in_order
    by_age = titles(officer.get("/admin/desk/", {"q": "نیمکت پارک", "ordering": "created_at"}))
    assert by_age[0] == "نیمکت پارک"
    assert sorted(by_age) == sorted(in_order)


def test_search_finds_while_typing(officer, ours):
    MessageFactory(topic=ours, title="نیمکت پارک")
    assert titles(officer.get("/admin/desk/results/", {"q": "نیمک"})) == ["نیمکت پارک"]
    assert titles(officer.get("/admin/desk/results/", {"q": "پارک نیم"})) == ["نیمکت پارک"]
    assert titles(officer.get("/admin/desk/results/", {"q": "یمکت"})) == []


def test_search_and_filters_hold_together(officer, ours, theirs):
    MessageFactory(topic=ours, title="نیمکت یک", kind="complaint")
    MessageFactory(topic=ours, title="نیمکت دو", kind="question")
    MessageFactory(topic=theirs, title="نیمکت سه", kind="complaint")
    assert titles(officer.get("/admin/desk/", {"q": "نیمکت", "kind": "complaint"})) == ["نیمکت یک"]
    assert titles(officer.get("/admin/desk/", {"q": "نیمکت", "status": "closed"})) == []


def test_search_by_tracking_code(officer, ours):
    MessageFactory(topic=ours, mobile="")
    message = MessageFactory(topic=ours, mobile="")
    spaced = message.code_display.replace("-", " ")
    for typed in (message.code_display, message.tracking_code, spaced):
        assert titles(officer.get("/admin/desk/", {"q": typed})) == [message.title]
    for begun in (message.code_display[:7], message.tracking_code[:5], message.code_display[:3]):
        assert message.title in titles(officer.get("/admin/desk/", {"q": begun}))


@pytest.mark.filterwarnings("error::django.core.paginator.UnorderedObjectListWarning")
def test_what_a_code_finds_is_in_order(officer, ours):
    message = MessageFactory(topic=ours)
    assert Message.objects.search(message.code_display).ordered
    for asked in ({}, {"status": "received"}, {"ordering": "title"}):
        assert titles(officer.get("/admin/desk/", {"q": message.code_display, **asked})) == [message.title]


def test_filters(officer, ours):
    MessageFactory(topic=ours, title="شکایت", kind="complaint")
    MessageFactory(topic=ours, title="بسته", status="closed", created_at=timezone.now() - timedelta(days=40))
    assert titles(officer.get("/admin/desk/?kind=complaint")) == ["شکایت"]
    assert titles(officer.get("/admin/desk/?status=closed")) == ["بسته"]
    assert len(titles(officer.get(f"/admin/desk/?topic={ours.pk}"))) == 2
    since = (timezone.localdate() - timedelta(days=5)).isoformat()
    assert titles(officer.get(f"/admin/desk/?created_at_from={since}")) == ["شکایت"]


@pytest.mark.parametrize(
    "query",
    [
        "p=abc",
        "p=-1",
        "p=999",
        "page=abc",
        "ordering=x",
        "ordering=-created_at",
        "status=x&topic=abc",
        "q=%22%27",
        "q=%25",
    ],
)
def test_nonsense_in_the_address_is_no_error(officer, ours, query):
    MessageFactory(topic=ours)
    assert officer.get(f"/admin/desk/?{query}").status_code == 200
    assert officer.get(f"/admin/desk/results/?{query}").status_code == 200


def test_the_list_asks_as_much_for_fifty_as_for_five(officer, ours, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(address):
        officer.get(address)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            officer.get(address)
        return len(captured)

    for _number in range(5):
        message = MessageFactory(topic=ours)
    few = queries("/admin/desk/"), queries(f"/admin/desk/{message.pk}/")
    for _number in range(45):
        MessageFactory(topic=TopicFactory(unit=ours.unit))
        message.timeline.create(kind="note", text="یادداشت", author=officer.user)
    many = queries("/admin/desk/"), queries(f"/admin/desk/{message.pk}/")
    assert few == many
    with django_assert_max_num_queries(20):
        officer.get("/admin/desk/")


def test_the_menu_counts_the_new_ones(officer, ours):
    MessageFactory(topic=ours)
    MessageFactory(topic=ours, status=Status.CLOSED)
    assert r"(\u06f1)" in page_of(officer.get("/admin/"))  # the menu is JSON
