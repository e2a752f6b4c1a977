"""Who reads Persian sees Jalali dates and Persian digits; machines, and readers of other languages, see what they saw."""

import datetime
import re

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format, get_format, localize
from wagtail import blocks
from wagtail.utils.timestamps import render_timestamp

from news.models import NewsPage
from persian import cms_dates, jalali_format
from persian.cms_dates import DateComparison, shown

DAY = datetime.date(2026, 11, 23)
MOMENT = datetime.datetime(2026, 11, 23, 20, 45, tzinfo=datetime.UTC)  # in Tehran already the next day
IN_TEHRAN = "۳ آذر ۱۴۰۵، ساعت ۰۰:۱۵"
TIME = datetime.time(9, 5)


@pytest.fixture(autouse=True)
def persian():
    with timezone.override("Asia/Tehran"), translation.override("fa"):
        yield


def ago(**span: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(**span, seconds=5)


def render(source: str, **context) -> str:
    context |= {"day": DAY, "moment": MOMENT, "time": TIME}
    text = Template("{% load humanize tz wagtailadmin_tags %}" + source).render(Context(context))
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ day }}", "۲ آذر ۱۴۰۵"),
        ("{{ moment }}", IN_TEHRAN),
        ("{{ moment|date }}", "۳ آذر ۱۴۰۵"),
        ('{{ moment|date:"DATETIME_FORMAT" }}', IN_TEHRAN),
        ('{{ moment|date:"SHORT_DATETIME_FORMAT" }}', "۱۴۰۵/۰۹/۰۳ ۰۰:۱۵"),
        ('{{ day|date:"SHORT_DATE_FORMAT" }}', "۱۴۰۵/۰۹/۰۲"),
        ('{{ day|date:"l jS F Y" }}', "دوشنبه ۲ آذر ۱۴۰۵"),
        ('{{ day|date:"D d M y" }}', "دوشنبه ۰۲ آذر ۰۵"),
        ('{{ day|date:"d/m/Y" }}', "۰۲/۰۹/۱۴۰۵"),
        ('{{ day|date:"j" }} {{ day|date:"N" }} {{ day|date:"Y" }}', "۲ آذر ۱۴۰۵"),
        ('{{ day|date:"n t z L" }}', "۹ ۳۰ ۲۴۸ False"),
        ('{{ moment|utc|date:"l H:i" }}', "دوشنبه ۲۰:۴۵"),
        ('{{ moment|time:"H:i" }} {{ moment|date:"H:i" }}', "۰۰:۱۵ ۰۰:۱۵"),
        ("{{ time }} {{ time|time }}", "۰۹:۰۵ ۰۹:۰۵"),
        ('{{ time|date:"Y" }}', ""),  # as Django does where a time has no year
        ("{{ day|naturalday }}", "۲ آذر ۱۴۰۵"),
    ],
)
def test_templates_show_jalali(source, text):
    assert render(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ then|timesince }}", "۱ هفته، ۳ روز"),
        ("{{ then|naturaltime }}", "۱ هفته، ۳ روز پیش"),
        ("{{ then|timesince_simple }}", "۱ هفته پیش"),
        ("{% timesince_last_update then %}", "۱ هفته پیش"),
        (
            "{% timesince_last_update then user_display_name='زهرا <2>' %}",
            "۱ هفته پیش توسط زهرا &lt;2&gt;",
        ),
    ],
)
def test_spans_are_counted_in_persian_digits(source, text):
    assert render(source, then=ago(days=10)) == text


def test_what_was_edited_today_bears_its_hour():
    now = timezone.localtime().replace(microsecond=0)
    text = render("{% timesince_last_update now user_display_name='sara2' %}", now=now)
    assert text == f"{shown(now.time().replace(second=0))} توسط sara2"


def test_code_shows_jalali():
    local = timezone.localtime(MOMENT)
    assert date_format(local) == "۳ آذر ۱۴۰۵"
    assert localize(local) == render_timestamp(MOMENT) == shown(MOMENT) == IN_TEHRAN
    assert shown(TIME) == localize(TIME) == "۰۹:۰۵"
    assert shown(None) == ""


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("c", "2026-11-23T20:45:00+00:00"),
        ("r", "Mon, 23 Nov 2026 20:45:00 +0000"),
        ("U", "1795466700"),
        ("Y-m-d", "2026-11-23"),
        (r"Y-m-d\TH:i:sO", "2026-11-23T20:45:00+0000"),
        ("Ymd", "20261123"),
        (r"o-\WW", "2026-W48"),
    ],
)
def test_formats_for_machines_stay(letters, text):
    assert date_format(MOMENT, letters) == text


def test_other_languages_stay():
    with translation.override("en"):
        assert localize(DAY) == "Nov. 23, 2026"
        assert localize(TIME) == "9:05 a.m."
        assert render("{{ then|timesince_simple }}", then=ago(days=10)) == "1 week ago"
        assert render("{% timesince_last_update then %}", then=ago(days=10)) == "1 week ago"


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date(622, 3, 21), datetime.date.max])
def test_a_day_that_the_jalali_calendar_lacks_is_shown_as_django_does(day):
    assert re.fullmatch("[۰-۹]{1,2} .+ [۰-۹]{4}", localize(day))


def test_the_week_begins_on_saturday():
    assert get_format("FIRST_DAY_OF_WEEK") == 6


def test_installing_twice_wraps_once():
    once = jalali_format.TimeFormat.format, blocks.DateBlock.render_basic
    jalali_format.install()
    cms_dates.install()
    assert once == (jalali_format.TimeFormat.format, blocks.DateBlock.render_basic)


# --- What the CMS writes itself ---


@pytest.mark.parametrize(
    ("block", "value", "text"),
    [
        (blocks.DateBlock(), DAY, "۲ آذر ۱۴۰۵"),
        (blocks.DateTimeBlock(), MOMENT, IN_TEHRAN),
        (blocks.TimeBlock(), TIME, "۰۹:۰۵"),
        (blocks.DateBlock(required=False), None, ""),
    ],
)
def test_blocks_on_public_pages_show_jalali(block, value, text):
    assert block.render(value) == text


def test_versions_are_compared_in_jalali():
    field = NewsPage._meta.get_field("date")
    before, after = NewsPage(date=MOMENT), NewsPage(date=MOMENT + datetime.timedelta(days=1))
    difference = DateComparison(field, before, after).htmldiff()
    assert IN_TEHRAN in difference
    assert "۴ آذر ۱۴۰۵، ساعت ۰۰:۱۵" in difference
    assert DateComparison(field, before, before).htmldiff() == IN_TEHRAN
    expiry = NewsPage._meta.get_field("expire_at")
    assert "None" not in DateComparison(expiry, NewsPage(), NewsPage(expire_at=MOMENT)).htmldiff()


GREGORIAN = re.compile(r"(?:20|۲۰)[0-9۰-۹]{2}[-/ ]|[0-9]{2}:[0-9]{2}|نوامبر|دسامبر|November")
HIDDEN = re.compile(
    r"<(script|style|svg)\b.*?</\1>|<input\b[^>]*>|datetime=\"[^\"]*\"|\b(?:data-(?!w-tooltip)[\w-]+|href)=\"[^\"]*\"",
    re.DOTALL,
)


@pytest.mark.parametrize(
    "address",
    [
        "wagtailadmin_home",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:locked_pages",
        "wagtailadmin_reports:aging_pages",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:workflow_tasks",
        "wagtailadmin_explore",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:workflow_history",
        "wagtailadmin_pages:revisions_compare",
    ],
)
def test_no_screen_of_the_cms_shows_a_gregorian_date(pr_head, news_officer, address):
    item = NewsPage.objects.live().first()
    item.go_live_at = MOMENT + datetime.timedelta(days=900)
    item.expire_at = MOMENT + datetime.timedelta(days=990)
    item.locked, item.locked_at, item.locked_by = True, MOMENT, pr_head.user
    item.date = MOMENT
    item.save()
    item.save_revision(user=news_officer.user, log_action=True)
    item.get_workflow().start(item, news_officer.user)
    arguments = {
        "wagtailadmin_pages:revisions_compare": [item.pk, "earliest", "latest"],
        "wagtailadmin_explore": [item.get_parent().pk],
    }
    where = arguments.get(address, [item.pk] if "pages:" in address else [])
    response = pr_head.get(reverse(address, args=where))
    assert response.status_code == 200
    text = HIDDEN.sub("", response.content.decode())
    assert not GREGORIAN.findall(text)
    assert re.search(r"[۰-۹]{2}:[۰-۹]{2}", text)


# --- What machines read of the public site ---


def test_machines_read_gregorian_dates_on_public_pages(site, client):
    item = NewsPage.objects.live().first()
    NewsPage.objects.filter(pk=item.pk).update(date=MOMENT, last_published_at=MOMENT)
    page = client.get(item.url).content.decode()
    assert re.search(r'<time datetime="2026-11-2[34]T[^"]+">[^<]*۳ آذر ۱۴۰۵', page)
    assert "<lastmod>2026-11-24</lastmod>" in client.get("/sitemap.xml").content.decode()
    assert (
        "<pubDate>Tue, 24 Nov 2026 00:15:00 +0330</pubDate>" in client.get("/news/feed/rss/").content.decode()
    )
    assert (
        "<published>2026-11-24T00:15:00+03:30</published>" in client.get("/news/feed/atom/").content.decode()
    )
