"""The monthly report for management: what it counts, who may see it, on a screen, on paper and as a workbook."""

import datetime
import re
from io import BytesIO
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from contact import pdf
from contact.models import Message
from contact.periods import Month
from contact.reports.counting import report
from contact.reports.showing import compared, shown
from contact.workflow import Status
from persian.numbers import number
from tests.desk_fixtures import log_in, page_of
from tests.factories import MessageFactory, TopicFactory
from tests.pdf_reading import Pdf

pytestmark = pytest.mark.django_db

needs_pango = pytest.mark.skipif(not pdf.is_available(), reason="no Pango on this machine")

ABAN, MEHR = Month(1405 * 12 + 7), Month(1405 * 12 + 6)
TODAY = datetime.date(2026, 11, 25)  # ۴ آذر ۱۴۰۵


def at(month, day, hour=10):
    """A moment of ۱۴۰۵ by the Gregorian calendar that the rows keep."""
    return timezone.make_aware(datetime.datetime(2026, month, day, hour))


@pytest.fixture
def month_of_work(ours, theirs):
    """Of آبان (23 October to 21 November): answered in time, answered late, overdue, not ours; and one of مهر."""
    saturday = datetime.date(2026, 10, 31)
    MessageFactory(
        topic=ours, created_at=at(10, 24), answered_at=at(10, 26), closed_at=at(10, 27), deadline=saturday,
        status=Status.CLOSED, rated_at=at(10, 28), is_satisfied=True,
    )  # fmt: skip
    MessageFactory(
        topic=ours, created_at=at(10, 24), answered_at=at(11, 7), deadline=saturday, status=Status.ANSWERED,
        rated_at=at(11, 8), is_satisfied=False,
    )  # fmt: skip
    MessageFactory(topic=theirs, created_at=at(10, 25), deadline=saturday, kind="complaint", lane="media")
    MessageFactory(topic=ours, created_at=at(10, 25), deadline=saturday, status=Status.NOT_OURS)
    MessageFactory(topic=ours, created_at=at(10, 10), answered_at=at(10, 12), status=Status.ANSWERED)
    MessageFactory(topic=ours, created_at=at(10, 25), status=Status.SPAM)
    MessageFactory(topic=ours, created_at=at(10, 25), is_demo=True)


def test_a_month_is_a_jalali_one():
    assert Month.of(TODAY).label == "آذر ۱۴۰۵"
    assert ABAN.first == datetime.date(2026, 10, 23)
    assert (ABAN.key, ABAN.before, Month(1405 * 12).before.label) == ("1405-08", MEHR, "اسفند ۱۴۰۴")
    assert Month.parse("1405-08") == ABAN
    for text in ("", "1405", "1405-13", "۱۴۰۵-۰۸", "99999-1", "1405-00", "1405--1"):
        assert Month.parse(text) is None


def test_what_happened_in_the_month_is_counted_beside_the_month_before(month_of_work):
    counted = report(ABAN, TODAY)
    now, before = counted.now, counted.before
    assert (now.received, now.answered, now.closed) == (4, 2, 1)
    assert (now.due, now.on_time, now.overdue, now.on_time_share) == (3, 1, 2, 33)
    assert (now.rated, now.satisfied_share) == (2, 50)
    assert (before.received, before.answered, before.due) == (1, 1, 0)
    assert sorted(now.days) == [2, 10] and now.median_days == 6  # Thursdays and Fridays do not count
    by = {str(group.heading): dict(group.rows) for group in counted.groups}
    assert by["به تفکیک موضوع"]["موضوع ما"].received == 3
    assert by["به تفکیک واحد پاسخ‌گو"]["واحد دیگر"].overdue == 1
    assert by["به تفکیک نوع پیام"]["شکایت"].received == 1
    assert by["به تفکیک نویسندهٔ پیام"]["رسانه"].received == 1
    assert "قدردانی" not in by["به تفکیک نوع پیام"]


def test_a_deadline_that_is_still_to_come_counts_once_it_is_kept(ours):
    later = datetime.date(2026, 12, 1)
    MessageFactory(topic=ours, created_at=at(11, 24), deadline=later)
    azar = ABAN.after
    assert report(azar, TODAY).now.due == 0
    Message.objects.update(answered_at=at(11, 25), status=Status.ANSWERED)
    assert (report(azar, TODAY).now.due, report(azar, TODAY).now.on_time) == (1, 1)


def test_differences_have_their_sign_and_nothing_is_a_dash(month_of_work):
    lines = {
        str(label): (new, old, change)
        for label, new, old, change in compared(report(ABAN, TODAY).now, report(ABAN, TODAY).before)
    }
    assert lines["ثبت‌شده"] == ("۴", "۱", "+۳")
    assert lines["پاسخ در مهلت"] == ("۳۳٪", "—", "—")
    assert shown(2.5) == "۲٫۵"


def test_more_messages_take_no_more_queries(ours, django_assert_max_num_queries):
    MessageFactory.create_batch(40, topic=ours, created_at=at(10, 24), answered_at=at(10, 26))
    with django_assert_max_num_queries(7):
        assert report(ABAN, TODAY).now.answered == 40


def test_the_screen_shows_the_last_month_that_is_over_and_any_other_that_is_chosen(head, month_of_work):
    first = head.get(reverse("desk_report"))
    page = page_of(first)
    assert first.context["month"] == Month.of(timezone.localdate()).before
    assert (
        "موضوع ما" in page and "chart__lying" in page and "style=" not in page.partition("report-choice")[2]
    )
    other = head.get(reverse("desk_report"), {"month": MEHR.key})
    assert other.context["month"] == MEHR
    assert head.get(reverse("desk_report"), {"month": "1390-01"}).context["month"] != Month(1390 * 12)


def test_a_site_without_messages_has_an_empty_report(head):
    assert "در این ماه رویدادی نبوده است" in page_of(head.get(reverse("desk_report")))


def test_the_sheet_for_print_stands_for_itself(head, month_of_work):
    response = head.get(reverse("desk_report_print"), {"month": ABAN.key})
    page = page_of(response)
    assert "گزارش ماهانهٔ میز پاسخ‌گویی، آبان ۱۴۰۵" in page
    assert "sidebar" not in page
    assert "no-store" in response["Cache-Control"]


@needs_pango
def test_one_click_makes_a_pdf_with_the_figures_of_the_month_and_charts(head, month_of_work):
    page = page_of(head.get(reverse("desk_report"), {"month": ABAN.key}))
    first = re.search(r'<a class="button" href="([^"]+)">', page)[1]
    assert first == f"{reverse('desk_report_pdf')}?month=1405-08"
    response = head.get(first)
    assert response["Content-Type"] == "application/pdf"
    assert unquote(response["Content-Disposition"]) == (
        "attachment; filename*=utf-8''گزارش ماهانهٔ میز پاسخ‌گویی، آبان ۱۴۰۵.pdf"
    )
    assert "no-store" in response["Cache-Control"]
    made = Pdf(response.content)
    lines = made.words.split("\n")
    assert "گزارش ماهانهٔ میز پاسخگویی، آبان ۱۴۰۵" in lines
    registered = lines.index("ثبتشده")
    assert lines[registered : registered + 4] == ["ثبتشده", "۴", "۱", "+۳"]
    assert "۳۳٪" in lines
    assert f"صفحهٔ ۱ از {number(made.pages)}" in lines
    drawn = head.get(reverse("desk_report_print"), {"month": ABAN.key}).context["groups"]
    assert made.boxes("#1d4a86") == sum(len(group["chart"].bars) for group in drawn) > 4
    assert made.fonts and all(name.startswith("Vazirmatn-") for name in made.fonts)


@needs_pango
def test_a_month_without_anything_and_one_with_very_many_topics_are_pdf_too(head, small_site):
    response = head.get(reverse("desk_report_pdf"))
    assert "در این ماه رویدادی نبوده است." in Pdf(response.content).words
    for topic in range(60):
        MessageFactory(topic=TopicFactory(title=f"موضوع {topic}"), created_at=at(10, 24))
    made = Pdf(head.get(reverse("desk_report_pdf"), {"month": ABAN.key}).content)
    assert "موضوع ۵۹" in made.words and made.pages > 4


def test_without_pango_the_report_says_so_and_the_rest_works(head, small_site, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    page = page_of(head.get(reverse("desk_report")))
    assert "Pango" in page and reverse("desk_report_pdf") not in page
    response = head.get(reverse("desk_report_pdf"), follow=True)
    assert "Pango" in str(next(iter(response.context["messages"])))


def test_the_workbook_runs_from_right_to_left_and_no_name_is_a_formula(head, month_of_work):
    evil = TopicFactory(title="=1+1")
    MessageFactory(topic=evil, created_at=at(10, 24))
    response = head.get(reverse("desk_report_xlsx"), {"month": ABAN.key})
    assert unquote(response["Content-Disposition"]).endswith("گزارش ماهانهٔ میز پاسخ‌گویی، آبان ۱۴۰۵.xlsx")
    book = load_workbook(BytesIO(response.content))
    assert book.sheetnames[:2] == ["خلاصه", "به تفکیک موضوع"]
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    summary = [[cell.value for cell in row] for row in book["خلاصه"].rows]
    assert summary[0] == ["شاخص", "آبان ۱۴۰۵", "مهر ۱۴۰۵"]
    assert summary[1] == ["ثبت‌شده", 5, 1]
    cells = [row[0] for row in book["به تفکیک موضوع"].rows]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=1+1" in [cell.value for cell in cells]


@pytest.mark.parametrize("name", ["desk_report", "desk_report_print", "desk_report_pdf", "desk_report_xlsx"])
def test_only_those_who_may_see_reports_do(name, client, officer, small_site, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "render", lambda html, sheet: b"%PDF-")
    assert client.get(reverse(name)).status_code == 302
    assert officer.get(reverse(name)).status_code == 302
    reader = log_in(permissions=["wagtailadmin.access_admin", "contact.view_reports"])
    assert reader.get(reverse(name)).status_code == 200
