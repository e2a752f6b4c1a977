"""Topics as the head of public relations keeps them, what the checklist asks about them, and those of the first content."""

import re

import pytest

from contact.models import Topic
from operations import checklist
from tests.desk_fixtures import page_of
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_the_texts_of_a_topic_grow_with_what_is_typed(head, ours):
    page = page_of(head.get(f"/admin/snippets/contact/topic/edit/{ours.pk}/"))
    for name in ("guidance", "who_sees", "elsewhere_text"):
        (area,) = [tag for tag in re.findall("<textarea[^>]*>", page) if f'name="{name}"' in tag]
        assert "w-autosize" in area


def test_the_list_of_topics_tells_their_deadlines(head, ours):
    ours.deadline_days = 12
    ours.save()
    assert "۱۲" in page_of(head.get("/admin/snippets/contact/topic/"))


def test_the_checklist_asks_for_deadlines_keeping_and_municipalities(head, ours):
    def to_do():
        page = head.get("/admin/setup/")
        return {str(item.label) for item in checklist.items(page.wsgi_request) if not item.done}

    wanted = {"مهلت پاسخ موضوع‌ها", "زمان نگهداری پیام‌های هر موضوع", "فهرست شهرداری‌های عضو"}
    assert wanted <= to_do()
    Topic.objects.update(deadline_days=5, retention_months=24)
    MunicipalityFactory()
    assert not wanted & to_do()


def test_the_checklist_asks_whether_the_law_binds_the_unit(head, ours):
    question = "آیا واحد مشمول آیین‌نامهٔ دسترسی آزاد به اطلاعات است؟"

    def state():
        page = head.get("/admin/setup/")
        return [item.done for item in checklist.items(page.wsgi_request) if str(item.label) == question]

    assert state() == []
    ours.is_information_request, ours.is_active = True, False
    ours.save()
    assert state() == [False]
    ours.is_active = True
    ours.save()
    assert state() == [True]


def test_the_first_content_brings_topics_that_need_a_name(site):
    meeting, chief = (Topic.objects.get(title=title) for title in ("درخواست ملاقات", "ارتباط با مدیرعامل"))
    for topic in (meeting, chief):
        assert topic.is_active
        assert not topic.allows_anonymous
        assert topic.deadline_days is None, "no promise is invented"
    assert [question.label for question in meeting.questions.all()] == ["ملاقات با", "زمان پیشنهادی شما"]
    assert Topic.objects.active().last().title == "سایر"


def test_information_requests_are_off_and_point_to_the_national_system(site, client):
    topic = Topic.objects.get(is_information_request=True)
    assert not topic.is_active
    assert topic.deadline_days == 10
    assert topic.title not in client.get("/contact/").content.decode()
    Topic.objects.filter(pk=topic.pk).update(is_active=True)
    page = client.get(f"/contact/?topic={topic.pk}").content.decode()
    assert "foia.iran.gov.ir" in page
    assert "۱۰ روز کاری" in page


def test_the_topics_of_the_first_content_come_once(site):
    from hamyari_site.initial_content import load

    Topic.objects.filter(title="درخواست ملاقات").delete()
    assert load() == []
    assert not Topic.objects.filter(title="درخواست ملاقات").exists()
