"""Working days: which days are off and why, and how a deadline is reckoned from them. No database."""

from datetime import date, time, timedelta
from datetime import datetime as moment
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from persiantools.jdatetime import JalaliDate

from persian import islamic
from persian.working_days.core import MOST_DAYS, NoWorkingDayError, WorkingCalendar
from persian.working_days.rules import (
    Closure,
    Effect,
    Holiday,
    Kind,
    LunarYear,
    Rule,
    RuleBook,
    bounds,
    proposals,
)
from persian.working_days.starting_values import ALL, LUNAR, SOLAR, WEEKLY

SMOG = "آلودگی هوا"


def jalali(year: int, month: int, day: int) -> date:
    return JalaliDate(year, month, day).to_gregorian()


def calendar(*closures: Closure, rules=(*WEEKLY, *SOLAR), years=None) -> WorkingCalendar:
    return WorkingCalendar(RuleBook(tuple(rules), years or {}, closures))


def closed(day: date, **more) -> Closure:
    return Closure(day, more.pop("last", day), more.pop("reason", SMOG), **more)


# 2 Azar 1405 is a Monday.
MONDAY = jalali(1405, 9, 2)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(n) for n in range(1, 7))


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (MONDAY, 0, MONDAY),
        (MONDAY, 1, TUESDAY),  # the day of receipt does not count
        (MONDAY, 2, WEDNESDAY),
        (MONDAY, 3, SATURDAY),
        (WEDNESDAY, 1, SATURDAY),
        (FRIDAY, 0, SATURDAY),  # what comes on a day off is received on the next working day
        (FRIDAY, 1, SUNDAY),
        (SATURDAY, 1, SUNDAY),
    ],
)
def test_n_working_days_from_a_day(start, n, due):
    assert calendar().add_working_days(start, n).date == due


def test_the_skipped_days_have_their_names():
    answer = calendar().add_working_days(WEDNESDAY, 1)
    assert [str(day) for day in answer.skipped] == [
        "پنجشنبه ۵ آذر ۱۴۰۵ (پنجشنبه، پایان هفته)",
        "جمعه ۶ آذر ۱۴۰۵ (جمعه، پایان هفته)",
    ]
    assert answer.sentence() == (
        "۱ روز کاری پس از چهارشنبه ۴ آذر ۱۴۰۵: شنبه ۷ آذر ۱۴۰۵. روزهای کنارگذاشته: "
        "پنجشنبه ۵ آذر ۱۴۰۵ (پنجشنبه، پایان هفته)، جمعه ۶ آذر ۱۴۰۵ (جمعه، پایان هفته)."
    )


def test_a_closure_declared_on_the_day_itself_moves_what_was_due():
    before = calendar().add_working_days(MONDAY, 1)
    after = calendar(closed(TUESDAY)).add_working_days(MONDAY, 1)
    assert (before.date, after.date) == (TUESDAY, WEDNESDAY)
    assert [(day.date, day.reasons[0].name) for day in after.skipped] == [
        (TUESDAY, "تعطیلی اعلامی استانداری: آلودگی هوا")
    ]


def test_a_closure_of_several_days_names_its_scope():
    answer = calendar(closed(MONDAY, last=WEDNESDAY, scope="شهر اصفهان")).add_working_days(MONDAY, 0)
    assert answer.date == SATURDAY
    assert answer.skipped[0].reasons[0].name == "تعطیلی اعلامی استانداری: آلودگی هوا (شهر اصفهان)"


def test_a_day_off_for_two_reasons_tells_both():
    reasons = calendar(closed(FRIDAY)).reasons(FRIDAY)
    assert [reason.kind for reason in reasons] == [Kind.WEEKLY, Kind.CLOSURE]


@pytest.mark.parametrize(
    ("hour", "received_on", "due"),
    [(time(10, 59), WEDNESDAY, SATURDAY), (time(11, 0), SATURDAY, SUNDAY), (time(18, 0), SATURDAY, SUNDAY)],
)
def test_what_comes_after_an_early_closing_is_received_on_the_next_working_day(hour, received_on, due):
    early = closed(WEDNESDAY, effect=Effect.EARLY, closes_at=time(11), reason="گرمای هوا")
    answer = calendar(early).add_working_days(moment.combine(WEDNESDAY, hour), 1)
    assert (answer.received_on, answer.date) == (received_on, due)
    assert (answer.late_for == early) == (received_on != WEDNESDAY)


def test_the_sentence_tells_of_the_early_closing():
    early = closed(WEDNESDAY, effect=Effect.EARLY, closes_at=time(11), reason="گرمای هوا")
    words = calendar(early).add_working_days(moment.combine(WEDNESDAY, time(12)), 1).sentence()
    assert "پس از تعطیلی زودهنگام اعلامی استانداری از ساعت ۱۱:۰۰: گرمای هوا رسیده" in words
    assert "رسیدهٔ شنبه ۷ آذر ۱۴۰۵ شمرده شده است" in words


def test_the_hour_of_receipt_is_that_of_the_site():
    early = closed(WEDNESDAY, effect=Effect.EARLY, closes_at=time(11))
    in_london = moment.combine(WEDNESDAY, time(7, 45), ZoneInfo("UTC"))  # 11:15 in Isfahan
    assert calendar(early).add_working_days(in_london, 0).date == SATURDAY
    just_after_midnight = moment.combine(MONDAY, time(20, 40), ZoneInfo("UTC"))
    assert calendar().add_working_days(just_after_midnight, 0).date == TUESDAY


def test_an_early_closed_day_counts_unless_it_was_declared_not_to():
    counting = closed(TUESDAY, effect=Effect.EARLY, closes_at=time(11))
    assert calendar(counting).add_working_days(MONDAY, 1).date == TUESDAY
    lost = closed(TUESDAY, effect=Effect.EARLY, closes_at=time(11), counts=False)
    assert calendar(lost).add_working_days(MONDAY, 1).date == WEDNESDAY


def test_a_day_of_remote_work_counts():
    assert calendar(closed(TUESDAY, effect=Effect.REMOTE)).is_working_day(TUESDAY)


def test_a_reform_moves_the_weekend_from_its_day_on():
    reform = SATURDAY
    rules = (
        Rule(Kind.WEEKLY, "پایان هفته", weekday=4),
        Rule(Kind.WEEKLY, "پایان هفته", weekday=3, holds_until=reform - timedelta(1)),
        Rule(Kind.WEEKLY, "پایان هفته", weekday=5, holds_from=reform),
    )
    days = calendar(rules=rules)
    assert [days.is_working_day(WEDNESDAY + timedelta(n)) for n in range(11)] == [
        *(True, False, False, False),  # the old week ends on Thursday, and Saturday is off already
        *(True, True, True, True, True),  # Sunday to the first working Thursday
        *(False, False),
    ]


def test_a_deadline_reaches_over_nowruz():
    answer = calendar().add_working_days(jalali(1404, 12, 27), 3)  # a Wednesday
    assert answer.date == jalali(1405, 1, 9)
    assert {reason.name for day in answer.skipped for reason in day.reasons if reason.kind == Kind.SOLAR} == {
        "روز ملی شدن صنعت نفت",
        "نوروز",
    }


@pytest.mark.parametrize(
    ("year", "solar"),
    [
        # Leap years have 30 Esfand, off by the same act (from 29 Esfand to 4 Farvardin).
        (1399, ["2020-03-20", "2020-03-31", "2020-04-01", "2020-06-03", "2020-06-04", "2021-02-10", "2021-03-19", "2021-03-20"]),
        (1403, ["2024-03-20", "2024-03-31", "2024-04-01", "2024-06-03", "2024-06-04", "2025-02-10", "2025-03-19", "2025-03-20"]),
        (1404, ["2025-03-21", "2025-04-01", "2025-04-02", "2025-06-04", "2025-06-05", "2026-02-11", "2026-03-20"]),
        (1405, ["2026-03-21", "2026-04-01", "2026-04-02", "2026-06-04", "2026-06-05", "2027-02-11", "2027-03-20"]),
    ],
)  # fmt: skip
def test_the_solar_holidays_of_known_years(year, solar):
    nowruz = [date.fromisoformat(solar[0]) + timedelta(n) for n in range(4)]
    expected = sorted({*nowruz, *map(date.fromisoformat, solar)})
    assert [day.date for day in calendar().holidays(year)] == expected


@pytest.mark.parametrize(
    ("ashura", "year"),
    [
        ("2019-09-10", 1398),
        ("2020-08-30", 1399),
        ("2021-08-19", 1400),
        ("2022-08-08", 1401),
        ("2023-07-28", 1402),
        ("2024-07-16", 1403),
        ("2025-07-06", 1404),
    ],
)
def test_a_proposed_lunar_day_is_at_most_one_day_from_the_official_one(ashura, year):
    proposed = [holiday.date for holiday in proposals(LUNAR, year) if holiday.name == "عاشورای حسینی"]
    assert len(proposed) == 1
    assert abs(proposed[0] - date.fromisoformat(ashura)) <= timedelta(1)


def test_a_lunar_holiday_may_come_twice_in_a_year_and_only_while_its_rule_holds():
    rule = Rule(Kind.LUNAR, "عید سعید فطر", month=10, day=1)
    times = {year: len(list(proposals((rule,), year))) for year in range(1390, 1430)}
    assert set(times.values()) == {1, 2}
    lasting = Rule(Kind.LUNAR, "نیمهٔ شعبان", month=8, day=15, holds_from=jalali(1410, 1, 1))
    assert list(proposals((lasting,), 1405)) == []


def test_the_last_day_of_a_lunar_month_is_told_by_its_own_number():
    rule = Rule(Kind.LUNAR, "شهادت امام رضا", month=2, day=30)
    assert [holiday.origin for holiday in proposals((rule,), 1405)] == ["۲۹ صفر ۱۴۴۸"]


def test_computed_lunar_days_make_a_date_provisional_until_confirmed():
    first, _last = bounds(1405)
    unkept = calendar(rules=ALL).add_working_days(first, 5)
    assert unkept.is_provisional
    assert "تعطیلی‌های قمری سال ۱۴۰۵ هنوز تأیید نشده است" in unkept.sentence()
    kept = calendar(rules=ALL, years={1405: LunarYear(True)}).add_working_days(first, 5)
    assert not kept.is_provisional


def test_a_date_in_a_year_without_data_is_provisional_though_this_year_is_confirmed():
    days = calendar(rules=ALL, years={1405: LunarYear(True)})
    assert days.add_working_days(jalali(1405, 12, 25), 2).unconfirmed_years == (1406,)


def test_the_confirmed_list_of_a_year_takes_the_place_of_the_proposals():
    own = Holiday(TUESDAY, "ولادت امام علی", "۱۳ رجب ۱۴۴۸")
    days = calendar(rules=ALL, years={1405: LunarYear(True, (own,))})
    assert [str(reason) for reason in days.reasons(TUESDAY)] == ["ولادت امام علی"]
    lunar = [day for day in days.holidays(1405) if any(r.kind == Kind.LUNAR for r in day.reasons)]
    assert [day.date for day in lunar] == [TUESDAY]


def test_a_proposed_day_says_that_it_is_one():
    days = calendar(rules=ALL)
    (holiday, *_more) = proposals(LUNAR, 1405)
    assert "(پیشنهادی؛ تأییدنشده)" in str(days.reasons(holiday.date)[-1])


@pytest.mark.parametrize("n", [-1, MOST_DAYS + 1])
def test_days_that_no_deadline_has_are_refused(n):
    with pytest.raises(ValueError, match="n is from 0"):
        calendar().add_working_days(MONDAY, n)


def test_an_end_before_the_start_is_refused():
    with pytest.raises(ValueError, match="before"):
        calendar().working_days_between(TUESDAY, MONDAY)


def test_rules_that_leave_no_working_day_are_told_and_not_walked_for_ever():
    never = tuple(Rule(Kind.WEEKLY, "تعطیل", weekday=number) for number in range(7))
    with pytest.raises(NoWorkingDayError):
        calendar(rules=never).add_working_days(MONDAY, 1)


def test_the_count_is_linear():
    """Sixteen years of working days look at each day once."""
    days = calendar(rules=ALL)
    looked_at = []
    original = days.reasons
    days.reasons = lambda day: looked_at.append(day) or original(day)
    answer = days.add_working_days(MONDAY, MOST_DAYS)
    assert len(looked_at) == len(set(looked_at)) == (answer.date - MONDAY).days + 1


# --- What holds for every calendar ---

days_of_a_century = some.dates(date(1990, 1, 1), date(2080, 1, 1))


@some.composite
def calendars(draw, near=days_of_a_century):
    anchor = draw(near)
    closures = []
    for _number in range(draw(some.integers(0, 4))):
        first = anchor + timedelta(draw(some.integers(-10, 60)))
        closures.append(
            Closure(
                first,
                first + timedelta(draw(some.integers(0, 6))),
                "برف",
                draw(some.sampled_from(Effect)),
                draw(some.times()),
                draw(some.booleans()),
            )
        )
    rules = draw(some.sampled_from([(*WEEKLY, *SOLAR), ALL, WEEKLY[:1]]))
    return anchor, WorkingCalendar(RuleBook(tuple(rules), {}, tuple(closures)))


@settings(max_examples=200, deadline=None)
@given(calendars(), some.integers(0, 60))
def test_a_deadline_is_a_working_day_and_the_count_comes_back(drawn, n):
    start, days = drawn
    answer = days.add_working_days(start, n)
    assert days.is_working_day(answer.date)
    back = days.working_days_between(start, answer.date)
    assert (back.count, back.skipped, back.received_on) == (n, answer.skipped, answer.received_on)
    assert all(not days.is_working_day(day.date) and day.reasons for day in answer.skipped)


@settings(max_examples=200, deadline=None)
@given(calendars(), some.integers(0, 40), some.timedeltas(timedelta(0), timedelta(20)), some.times())
def test_what_comes_later_or_has_more_days_is_never_due_earlier(drawn, n, later, hour):
    start, days = drawn
    early = moment.combine(start, hour)
    due = days.add_working_days(early, n).date
    assert days.add_working_days(early + later, n).date >= due
    assert days.add_working_days(early, n + 1).date > due


@given(some.integers(1300, 1500), some.integers(1, 12), some.integers(1, 30))
def test_lunar_days_follow_one_another(year, month, day):
    gregorian = islamic.to_gregorian(year, month, day)
    assert islamic.year_of(gregorian) == year
    if day < islamic.days_in_month(year, month):
        assert islamic.to_gregorian(year, month, day + 1) == gregorian + timedelta(1)
    elif month < 12:
        assert islamic.to_gregorian(year, month + 1, 1) == gregorian + timedelta(1)
    else:
        assert islamic.to_gregorian(year + 1, 1, 1) == gregorian + timedelta(1)


@pytest.mark.parametrize("wrong", [(1448, 0, 1), (1448, 13, 1), (1448, 1, 31), (0, 1, 1)])
def test_what_is_no_lunar_date_is_refused(wrong):
    with pytest.raises(ValueError, match="no lunar date"):
        islamic.to_gregorian(*wrong)
