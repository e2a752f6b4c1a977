"""Jalali dates as people type them, and as pages show them."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from persian import dates
from persian.calendar import WEEKDAYS, format_jalali, format_jalali_short, since, weekday_name
from persian.dates import parse_date, parse_datetime
from persian.text import to_ascii_digits

DAY = datetime.date(2026, 11, 23)
NOON = datetime.datetime(2026, 11, 23, 14, 30)


@pytest.mark.parametrize(
    "typed",
    [
        "۱۴۰۵/۹/۲",
        "۱۴۰۵/۰۹/۰۲",
        "١٤٠٥/٩/٢",
        "1405-09-02",
        "1405.9.2",
        "۱۴۰۵٫۹٫۲",
        " ۱۴۰۵ / ۹ / ۲ ",
        "۱۴۰۵–۹–۲",
        "۲/۹/۱۴۰۵",
        "۲ آذر ۱۴۰۵",
        "٢ آذر ١٤٠٥",
        "۰۲ آذر ۱۴۰۵",
        "۲ اذر ۱۴۰۵",
        "۲آذر۱۴۰۵",
        "۲ آذرماه ۱۴۰۵",
        "۲ آذر‌ماه، ۱۴۰۵",
        "دوشنبه ۲ آذر ۱۴۰۵",
        "دو شنبه، ۲ آذر ۱۴۰۵",
        "\u200f۱۴۰۵/۹/۲",
        "2026-11-23",
        "۲۰۲۶/۱۱/۲۳",
    ],
)
def test_a_day_is_read_however_it_is_typed(typed):
    assert parse_date(typed) == DAY
    assert parse_datetime(typed) == datetime.datetime(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "day"), [("۱ دي ۱۴۰۵", (2026, 12, 22)), ("۵ ارديبهشت ۱۴۰۵", (2026, 4, 25))]
)
def test_letters_of_an_arabic_keyboard_name_the_same_months(typed, day):
    assert parse_date(typed) == datetime.date(*day)


@pytest.mark.parametrize(
    "typed",
    [
        "۱۴۰۵/۹/۲ ۱۴:۳۰",
        "۱۴۰۵/۹/۲ ساعت ۱۴:۳۰",
        "۱۴۰۵/۹/۲، ساعت ۱۴:۳۰",
        "۲ آذر ۱۴۰۵، ساعت ١٤:٣٠",
        "دوشنبه ۲ آذر ۱۴۰۵ ساعت ۱۴:۳۰:۰۰",
        "1405-09-02T14:30",
        "2026-11-23 14:30",
        "2026-11-23T14:30:00.000",
    ],
)
def test_a_time_may_follow_the_day(typed):
    assert parse_datetime(typed) == NOON


def test_a_date_has_no_time():
    with pytest.raises(dates.UnreadableError):
        parse_date("۱۴۰۵/۹/۲ ۱۴:۳۰")


@pytest.mark.parametrize(
    ("typed", "error", "message"),
    [
        ("۱۴۰۵/۱۳/۱", dates.BadMonthError, "ماه ۱۳ نداریم؛ ماه را از ۱ تا ۱۲ بنویسید."),
        ("2026-00-23", dates.BadMonthError, "ماه ۰ نداریم؛ ماه را از ۱ تا ۱۲ بنویسید."),
        ("۳۰ اسفند ۱۴۰۵", dates.BadDayError, "اسفند ۱۴۰۵ روز ۳۰ ندارد؛ این ماه ۲۹ روز است."),
        ("۱۴۰۵/۷/۳۱", dates.BadDayError, "مهر ۱۴۰۵ روز ۳۱ ندارد؛ این ماه ۳۰ روز است."),
        ("2026-02-29", dates.BadDayError, "فوریه ۲۰۲۶ روز ۲۹ ندارد؛ این ماه ۲۸ روز است."),
        ("۱۴۰۵/۹/۰", dates.BadDayError, "آذر ۱۴۰۵ روز ۰ ندارد؛ این ماه ۳۰ روز است."),
        ("جمعه ۲ آذر ۱۴۰۵", dates.BadDayError, "آن روز دوشنبه است."),
        ("۰۵/۰۹/۰۲", dates.BadYearError, "سال را چهاررقمی بنویسید، مانند ۱۴۰۵."),
        ("۲ آذر ۰۵", dates.BadYearError, "سال را چهاررقمی بنویسید، مانند ۱۴۰۵."),
        ("۱۴۰۵/۹/۲ ۲۵:۳۰", dates.BadTimeError, "چنین ساعتی نداریم؛ ساعت را از ۰۰:۰۰ تا ۲۳:۵۹ بنویسید."),
        ("۱۴۰۵/۹/۲ ۲۴:۰۰", dates.BadTimeError, "چنین ساعتی نداریم؛ ساعت را از ۰۰:۰۰ تا ۲۳:۵۹ بنویسید."),
        ("فردا", dates.UnreadableError, "تاریخ را مانند ۱۴۰۵/۹/۲ بنویسید."),
        ("", dates.UnreadableError, "تاریخ را مانند ۱۴۰۵/۹/۲ بنویسید."),
        ("۲ آذر ۲۰۲۶", dates.UnreadableError, "تاریخ را مانند ۱۴۰۵/۹/۲ بنویسید."),
        ("11/12/2026", dates.UnreadableError, "تاریخ را مانند ۱۴۰۵/۹/۲ بنویسید."),
        ("۱۴۰۵/۹/۲۱۴:۳۰", dates.UnreadableError, "تاریخ را مانند ۱۴۰۵/۹/۲ بنویسید."),
        ("۱۴۰۵/۹/۲ " * 10_000, dates.UnreadableError, "تاریخ را مانند ۱۴۰۵/۹/۲ بنویسید."),
    ],
)
def test_a_day_that_is_none_is_refused_with_the_reason(typed, error, message):
    with translation.override("fa"), pytest.raises(error) as refusal:
        parse_datetime(typed)
    assert isinstance(refusal.value, ValueError)
    assert str(refusal.value) == message


def test_the_last_day_of_a_leap_year_exists():
    assert parse_date("۳۰ اسفند ۱۴۰۳") == datetime.date(2025, 3, 20)


def days_of(first: int, last: int) -> list[datetime.date]:
    """Every day of the Jalali years `first` to `last`."""
    start, end = JalaliDate(first, 1, 1).to_gregorian(), JalaliDate(last + 1, 1, 1).to_gregorian()
    return [start + datetime.timedelta(days=n) for n in range((end - start).days)]


def test_every_day_of_the_years_around_us_reads_back_as_it_is_shown():
    days = days_of(1399, 1409)
    assert len(days) == 11 * 365 + 3  # 1399, 1403 and 1408 are leap years
    for day in days:
        assert parse_date(format_jalali(day)) == day
        assert parse_date(format_jalali_short(day)) == day
        assert parse_date(to_ascii_digits(format_jalali_short(day)).replace("/", "-")) == day
        assert parse_date(f"{weekday_name(day)} {format_jalali(day)}") == day
        assert parse_date(day.isoformat()) == day


@given(st.datetimes(min_value=datetime.datetime(1822, 1, 1), max_value=datetime.datetime(2300, 1, 1)))
def test_any_minute_reads_back_as_it_is_shown(moment):
    moment = moment.replace(second=0, microsecond=0)
    assert parse_datetime(format_jalali(moment, with_time=True)) == moment
    assert parse_datetime(moment.isoformat()) == moment


@given(st.text(alphabet="۰۱۲۹0149/-. :آذرساعتT،\u200c\x00٢", max_size=24) | st.text(max_size=24))
def test_whatever_is_typed_is_a_date_or_a_reason(typed):
    """Any other exception than a refusal with words in it fails."""
    try:
        outcome = parse_datetime(typed)
    except dates.DateError as refusal:
        outcome = str(refusal)
    assert outcome


def test_the_week_begins_on_saturday():
    saturday = datetime.date(2026, 11, 21)
    week = [weekday_name(saturday + datetime.timedelta(days=n)) for n in range(7)]
    assert week == list(WEEKDAYS) == ["شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه"]


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        ({"seconds": 0}, "لحظاتی پیش"),
        ({"seconds": 59}, "لحظاتی پیش"),
        ({"minutes": 5, "seconds": 59}, "۵ دقیقه پیش"),
        ({"hours": 23}, "۲۳ ساعت پیش"),
        ({"days": 3, "hours": 4}, "۳ روز پیش"),
        ({"days": 13}, "۱ هفته پیش"),
        ({"days": 65}, "۲ ماه پیش"),
        ({"days": 800}, "۲ سال پیش"),
        ({"seconds": -5}, "لحظاتی دیگر"),
        ({"days": -3}, "۳ روز دیگر"),
    ],
)
def test_time_gone_by_is_told_in_its_largest_unit(ago, words):
    now = timezone.now()
    assert since(now - datetime.timedelta(**ago), now) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [(21, "۲ روز پیش"), (22, "دیروز"), (23, "امروز"), (24, "فردا"), (25, "۲ روز دیگر")],
)
def test_plain_dates_are_told_in_days(day, words):
    now = timezone.make_aware(NOON)
    assert since(datetime.date(2026, 11, day), now) == words


def test_templates_show_short_dates_weekdays_and_time_gone_by():
    page = Template(
        "{% load persian %}{{ day|jweekday }} {{ day|jshort }}، {{ then|since }}{{ none|jshort }}{{ none|since }}"
    )
    then = timezone.now() - datetime.timedelta(days=3, minutes=1)
    assert page.render(Context({"day": DAY, "then": then, "none": None})) == "دوشنبه ۱۴۰۵/۰۹/۰۲، ۳ روز پیش"


def test_a_moment_late_in_utc_belongs_to_the_next_day_in_tehran():
    moment = datetime.datetime(2026, 11, 22, 21, 0, tzinfo=datetime.UTC)
    with timezone.override("Asia/Tehran"):
        assert format_jalali_short(moment) == "۱۴۰۵/۰۹/۰۲"
        assert weekday_name(moment) == "دوشنبه"


BROWSER_DAYS = """([start, count]) => {
    const calendar = new Intl.DateTimeFormat("en-u-ca-persian", {
        timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric"});
    return Array.from({length: count}, (_, n) => {
        const parts = calendar.formatToParts(start + n * 86400000);
        return ["year", "month", "day"].map((name) => parts.find((part) => part.type === name).value).join("-");
    });
}"""


@pytest.mark.browser
def test_the_browser_agrees_on_every_day_of_two_centuries(chromium):
    days = days_of(1300, 1500)
    start = datetime.datetime.combine(days[0], datetime.time(), datetime.UTC).timestamp() * 1000
    page = chromium.new_page()
    try:
        shown = page.evaluate(BROWSER_DAYS, [start, len(days)])
    finally:
        page.close()
    ours = [f"{day.year}-{day.month}-{day.day}" for day in map(JalaliDate, days)]
    differing = [(a, b) for a, b in zip(ours, shown, strict=True) if a != b]
    assert len(days) > 73_400
    assert not differing, f"{len(differing)} days differ, the first: {differing[:3]}"
