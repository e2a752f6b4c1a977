"""The figures that everybody sees: what is counted, what is not, how long answers took, and that no small number shows."""

import datetime
import itertools
import re

import pytest
from django.utils import timezone
from persiantools.jdatetime import JalaliDate

from contact import figures
from contact.charts import Columns, Point, Rows, Series, nice
from contact.figures import WorkingDayCount, count, total
from contact.models import Message
from contact.periods import last_months, last_quarter
from persian.working_days.loading import current
from persian.working_days.models import Closure
from tests.desk_fixtures import page_of
from tests.factories import MessageFactory, TopicFactory

pytestmark = pytest.mark.django_db

TODAY = JalaliDate(1405, 9, 4).to_gregorian()


@pytest.fixture(autouse=True)
def today(monkeypatch, small_site):
    monkeypatch.setattr(timezone, "localdate", lambda *args, **kwargs: TODAY)


def moment(year, month, day, hour=10):
    naive = datetime.datetime.combine(JalaliDate(year, month, day).to_gregorian(), datetime.time(hour))
    return timezone.make_aware(naive)


def messages(number, topic, at, **more):
    """As many messages that came in then; `days` later they were answered."""
    days = more.pop("days", None)
    answered = {} if days is None else {"answered_at": at + datetime.timedelta(days), "status": "answered"}
    return [MessageFactory(topic=topic, created_at=at, **{**answered, **more}) for _number in range(number)]


def counted(topic=None):
    found = count(last_months(TODAY), TODAY)
    return total(sums for (_place, key), sums in found.items() if topic is None or key == topic.pk)


def test_months_and_quarters_of_the_jalali_year():
    months = last_months(TODAY)
    assert [month.label for month in months][::11] == ["دی ۱۴۰۴", "آذر ۱۴۰۵"]
    assert (months[-1].first, months[-1].end) == (
        JalaliDate(1405, 9, 1).to_gregorian(),
        JalaliDate(1405, 10, 1).to_gregorian(),
    )
    assert all(one.end == other.first for one, other in itertools.pairwise(months))
    quarter = last_quarter(TODAY)
    assert (quarter.label, quarter.first) == ("تابستان ۱۴۰۵", JalaliDate(1405, 4, 1).to_gregorian())
    assert quarter.end == JalaliDate(1405, 7, 1).to_gregorian()
    assert last_quarter(JalaliDate(1405, 1, 1).to_gregorian()).label == "زمستان ۱۴۰۴"


def test_a_message_counts_in_the_month_in_which_it_came_in(ours):
    messages(2, ours, moment(1405, 8, 30, 23))
    messages(1, ours, moment(1405, 9, 1, 0))
    messages(4, ours, moment(1404, 9, 30, 23))  # a year and more ago
    found = {place: sums.received for (place, _topic), sums in count(last_months(TODAY), TODAY).items()}
    assert found == {10: 2, 11: 1}


def test_spam_demo_and_confidential_messages_are_not_counted(ours):
    at = moment(1405, 8, 1)
    messages(1, ours, at)
    messages(1, ours, at, status="spam")
    messages(1, ours, at, is_demo=True)
    messages(1, TopicFactory(is_confidential=True), at)
    assert counted().received == 1


def test_in_time_is_what_was_answered_by_its_deadline_and_what_is_overdue_is_late(ours):
    at = moment(1405, 8, 2)
    due = (at + datetime.timedelta(5)).date()
    messages(1, ours, at, days=5, deadline=due)
    messages(1, ours, at, days=6, deadline=due)
    messages(1, ours, at, days=1)  # nothing was promised
    messages(1, ours, at, deadline=due)  # overdue
    messages(1, ours, at, deadline=due, status="waiting")  # waits for its sender
    messages(1, ours, at, deadline=TODAY)  # still in time
    sums = counted()
    assert (sums.received, sums.answered, sums.due, sums.on_time) == (6, 3, 3, 1)


def test_days_to_the_answer_are_working_days(ours):
    calendar = current()
    received = moment(1405, 8, 5)
    messages(1, ours, received, days=9)
    Closure.objects.create(
        first_day=(received + datetime.timedelta(3)).date(),
        last_day=(received + datetime.timedelta(4)).date(),
        reason="آلودگی هوا",
    )
    before = calendar.working_days_between(received, (received + datetime.timedelta(9)).date()).count
    after = current().working_days_between(received, (received + datetime.timedelta(9)).date()).count
    assert counted().days == [after]
    assert after < before < 9


def test_working_days_between_many_pairs_are_those_of_the_calendar():
    calendar = current()
    days = WorkingDayCount(calendar)
    first = moment(1404, 12, 20, 13)
    for start in (40, 3, 17, 0, 60):  # in no order
        for length in (0, 1, 2, 9, 30):
            received = first + datetime.timedelta(start)
            until = received + datetime.timedelta(length)
            assert days.between(received, until) == calendar.working_days_between(received, until).count
    assert days.between(first, first - datetime.timedelta(2)) == 0


def test_the_page_shows_the_figures_of_all(client, ours):
    at = moment(1405, 7, 5)
    messages(8, ours, at, days=2, deadline=(at + datetime.timedelta(3)).date(), is_satisfied=True)
    messages(2, ours, at, days=20, deadline=(at + datetime.timedelta(3)).date(), is_satisfied=False)
    page = page_of(client.get("/contact/stats/"))
    keys = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page))
    assert keys["پیام‌های رسیده"] == "۱۰"
    assert keys["پیام‌های پاسخ‌گرفته"] == "۱۰"
    assert keys["پاسخ در مهلت"] == "۸۰٪"
    assert keys["رضایت از پاسخ"] == "۸۰٪"
    assert "موضوع ما" in page


def test_small_numbers_show_nowhere(client, ours, theirs):
    messages(3, ours, moment(1405, 7, 5), days=1, is_satisfied=True)
    messages(30, theirs, moment(1405, 6, 5), days=1)
    messages(20, theirs, moment(1405, 5, 5), days=1)
    context = client.get("/contact/stats/").context
    months = {line.label: line.received.text for line in context["by_month"]}
    assert months["مهر ۱۴۰۵"] == "کمتر از ۵"
    assert months["مرداد ۱۴۰۵"] == "پنهان"  # else the sum would tell
    assert months["شهریور ۱۴۰۵"] == "۳۰"
    topics = {line.label: line for line in context["by_topic"]}
    assert topics["موضوع ما"].received.text == "کمتر از ۵"
    assert topics["موضوع ما"].satisfied.text == "—"
    assert topics["موضوع آنان"].received.text == "پنهان"
    assert context["total"].received.text == "۵۳"
    assert not re.search(r">\s*[۳3]\s*<", page_of(client.get("/contact/stats/")).partition("key-figures")[2])


def test_confidential_topics_have_no_line(client, ours):
    ours.is_confidential = True
    ours.save()
    messages(12, ours, moment(1405, 7, 5))
    response = client.get("/contact/stats/")
    assert ours.title not in page_of(response)
    assert response.context["total"].received.text == "۰"


def test_requests_for_information_are_told_by_how_they_ended_once_the_topic_is_offered(client, small_site):
    topic = TopicFactory(title="درخواست اطلاعات", is_information_request=True, is_active=False)
    at = moment(1405, 7, 5)
    messages(9, topic, at, days=3, status="closed", close_reason="given")
    messages(6, topic, at, days=3, status="closed", close_reason="refused")
    assert client.get("/contact/stats/").context["reasons"] == []
    topic.is_active = True
    topic.save()
    reasons = dict(client.get("/contact/stats/").context["reasons"])
    assert reasons["اطلاعات داده شد"] == "۹"
    assert sorted(reasons.values()) == ["۰", "۰", "۰", "۰", "۶", "۹"]


def test_the_page_asks_the_database_as_often_with_many_messages_as_with_few(
    client, ours, django_assert_max_num_queries
):
    messages(1, ours, moment(1405, 7, 5), days=2)
    client.get("/contact/stats/")
    row = Message.objects.get()
    Message.objects.bulk_create(
        Message(
            topic=ours,
            unit=ours.unit,
            kind=row.kind,
            title="پرسش",
            body="متن",
            answer_by="none",
            tracking_code=f"{number:09d}",
            created_at=row.created_at + datetime.timedelta(hours=number % 900),
            answered_at=row.answered_at + datetime.timedelta(hours=number % 900),
        )
        for number in range(2000)
    )
    with django_assert_max_num_queries(22):
        response = client.get("/contact/stats/")
    assert response.context["total"].received.text == "۲٬۰۰۱"


def test_counting_takes_five_queries(ours, django_assert_num_queries):
    messages(3, ours, moment(1405, 7, 5), days=2)
    with django_assert_num_queries(5):
        figures.count(last_months(TODAY), TODAY)


def test_the_page_may_be_cached_and_takes_no_posts(client, small_site):
    response = client.get("/contact/stats/")
    assert response["Cache-Control"] == "max-age=600"
    assert "csrfmiddlewaretoken" not in page_of(response)
    assert client.post("/contact/stats/").status_code == 405


def test_a_site_without_messages_says_so(client, small_site):
    assert "هنوز چیزی برای کشیدن نیست" in page_of(client.get("/contact/stats/"))


def test_every_chart_has_a_title_a_description_and_a_table_and_no_style(client, ours):
    for month in range(1, 9):
        messages(6, ours, moment(1405, month, 5), days=month, deadline=TODAY)
    page = page_of(client.get("/contact/stats/"))
    drawings = re.findall(r"<svg class=\"chart__drawing.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 3
    for drawing in drawings:
        assert 'role="img"' in drawing
        assert "<title" in drawing
        assert "<desc" in drawing
        assert "style=" not in drawing
    assert page.count('<details class="chart__numbers">') == 4


def test_bars_that_lie_have_their_words_and_numbers_as_text(client, ours):
    messages(12, ours, moment(1405, 3, 5))
    bars = re.search(
        r'<ul class="chart__bars" aria-label="پیام‌های رسیده به تفکیک موضوع">.*?</ul>',
        page_of(client.get("/contact/stats/")),
        re.DOTALL,
    )[0]
    assert "موضوع ما" in bars and 'width="85.0%"' in bars and "۱۲" in bars
    assert "style=" not in bars


# --- Geometry ---


def chart(values, **more):
    points = [Point(value, str(value)) for value in values]
    return Columns("c", "نمودار", "شرح", ["یک", "دو", "سه"], [Series("رسیده", points)], **more)


def test_time_runs_from_right_to_left():
    first, second, third = (mark.x for mark in chart([5, 6, 7]).marks)
    assert first > second > third


def test_bars_stand_on_the_axis_and_the_highest_stays_inside():
    marks = list(chart([0, 6, 8]).marks)
    assert {round(mark.y + mark.height, 1) for mark in marks} == {254.0}
    assert marks[0].height == 0
    assert min(mark.y for mark in marks) >= 14


def test_what_is_not_shown_is_a_gap_in_the_line():
    drawn = chart([5, None, 7], is_line=True)
    assert list(drawn.strokes) == []
    assert len(list(drawn.marks)) == 2
    assert [gap.text for gap in drawn.gaps] == ["∗"]


def test_a_bar_that_is_not_shown_has_its_sign_in_its_own_place():
    hidden = Series("پاسخ‌داده‌شده", [Point(None, "کمتر از ۵")] * 3)
    drawn = Columns("c", "", "", ["یک", "دو", "سه"], [Series("رسیده", [Point(6, "۶")] * 3), hidden])
    for bar, gap in zip(drawn.marks, drawn.gaps, strict=True):
        assert gap.x < bar.x


def test_bars_of_topics_are_as_long_as_their_numbers_say():
    rows = Rows("t", "موضوع‌ها", "شرح", ["الف", "ب"], [Series("رسیده", [Point(10, "۱۰"), Point(5, "۵")])])
    assert [(bar.label, bar.text, bar.length) for bar in rows.bars] == [("الف", "۱۰", 85), ("ب", "۵", 42.5)]


def test_a_bar_of_nothing_and_one_that_is_not_shown_have_no_length():
    points = [Point(0, "۰"), Point(None, "کمتر از ۵")]
    assert [bar.length for bar in Rows("t", "", "", ["الف", "ب"], [Series("رسیده", points)]).bars] == [0, 0]


@pytest.mark.parametrize(
    ("value", "end"), [(0, 4), (4, 4), (5, 8), (9, 20), (75, 80), (90, 200), (1999, 2000)]
)
def test_an_axis_ends_at_a_number_that_is_easily_divided(value, end):
    assert nice(value) == end
