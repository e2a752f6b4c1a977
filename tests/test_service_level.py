"""The service-level page: what was promised on each topic beside what was measured in the last quarter; editors' words stay."""

import datetime

import pytest
from django.utils import timezone
from persiantools.jdatetime import JalaliDate

from contact import service_level
from contact.models import Topic
from hamyari_site.initial_content import loader
from hamyari_site.models import LoadedContent
from pages.models import StandardPage
from tests.desk_fixtures import page_of
from tests.factories import MessageFactory, TopicFactory

pytestmark = pytest.mark.django_db
TODAY = JalaliDate(1405, 9, 4).to_gregorian()


@pytest.fixture
def autumn(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: TODAY)


def received(number, topic, days):
    at = timezone.make_aware(
        datetime.datetime.combine(JalaliDate(1405, 5, 3).to_gregorian(), datetime.time(9))
    )
    for _number in range(number):
        MessageFactory(
            topic=topic,
            created_at=at,
            answered_at=at + datetime.timedelta(days),
            deadline=(at + datetime.timedelta(10)).date(),
            status="answered",
        )


def test_what_was_promised_stands_beside_what_was_measured(small_site, autumn):
    quick = TopicFactory(title="این سایت", deadline_days=3)
    received(8, quick, 1)
    received(2, quick, 30)
    secret = TopicFactory(title="محرمانه", is_confidential=True)
    shown = service_level.context()
    assert shown["quarter"].label == "تابستان ۱۴۰۵"
    lines = {promise.topic: promise for promise in shown["promises"]}
    assert lines["این سایت"].days == 3
    assert lines["این سایت"].measured.received.text == "۱۰"
    assert lines["این سایت"].measured.days.text == "۱"
    assert lines["این سایت"].measured.on_time.text == "۸۰٪"
    assert lines["همکاری"].days is None
    assert secret.title not in lines


def test_small_numbers_are_not_shown_here_either(small_site, autumn):
    received(3, TopicFactory(title="این سایت"), 1)
    lines = {promise.topic: promise for promise in service_level.context()["promises"]}
    assert lines["این سایت"].measured.received.text == "کمتر از ۵"
    assert lines["این سایت"].measured.on_time.text == "—"


def test_the_page_of_the_first_content_holds_the_table(client, site):
    Topic.objects.filter(title="سایر").update(deadline_days=10)
    page = page_of(client.get("/service-level/"))
    assert "راه پیام شما" in page
    assert "وعده‌ها و سنجیده‌ها" in page
    assert "۱۰ روز کاری" in page


def test_a_site_of_before_gets_the_table_once_under_the_words_of_its_editors(client, site):
    page = StandardPage.objects.get(slug="service-level")
    page.body = [("paragraph", "<p>ما در سه روز پاسخ می‌دهیم.</p>")]
    page.save_revision().publish()
    LoadedContent.objects.filter(key="service-level-measured").delete()
    assert loader.load() == ["service-level-measured"]
    shown = page_of(client.get("/service-level/"))
    assert "ما در سه روز پاسخ می‌دهیم." in shown
    assert "وعده‌ها و سنجیده‌ها" in shown
    page.refresh_from_db()
    page.body = [("paragraph", "<p>بی جدول</p>")]
    page.save_revision().publish()
    assert loader.load() == []
    assert "وعده‌ها و سنجیده‌ها" not in page_of(client.get("/service-level/"))


def test_a_page_that_somebody_is_changing_stays_as_it_is(site):
    page = StandardPage.objects.get(slug="service-level")
    page.body = [("paragraph", "<p>پیش‌نویس</p>")]
    page.save_revision()
    LoadedContent.objects.filter(key="service-level-measured").delete()
    loader.load()
    assert page.get_latest_revision_as_object().body[0].value.source == "<p>پیش‌نویس</p>"


def test_a_block_whose_source_is_gone_shows_nothing():
    from pages.blocks.live import LiveBlock

    block = LiveBlock()
    assert block.render(block.to_python({"source": "gone"})) == ""
