"""Working days as the staff keep them: the first rules, a year's holidays confirmed, closures, reminders, and who may."""

import datetime
import importlib

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import connection
from django.template import Context, Template
from django.urls import reverse
from persiantools.jdatetime import JalaliDate
from wagtail.models import ModelLogEntry

from persian.models import Closure, DayOffRule, HolidayYear
from persian.working_days import loading
from persian.working_days.loading import current, current_year, unconfirmed_years, working_days_from

pytestmark = pytest.mark.django_db

YEAR = 1405


def jalali(year: int, month: int, day: int) -> datetime.date:
    return JalaliDate(year, month, day).to_gregorian()


MONDAY = jalali(YEAR, 9, 2)
TUESDAY = MONDAY + datetime.timedelta(1)


@pytest.fixture
def today(monkeypatch):
    """Sets the day that the site thinks it is."""

    def become(day: datetime.date) -> None:
        monkeypatch.setattr(loading.timezone, "localdate", lambda *a, **k: day)

    become(MONDAY)
    return become


def address(year: int = YEAR) -> str:
    return reverse("holiday-years:year", args=[year])


def lines_of(client, year: int = YEAR) -> dict[str, str]:
    """What a browser would send of the page of a year."""
    formset = client.get(address(year)).context["formset"]
    data = {f"days-{name}": value for name, value in formset.management_form.initial.items()}
    for form in formset:
        for name in ("name", "date", "origin"):
            value = form.initial.get(name, "")
            data[form.add_prefix(name)] = value.isoformat() if hasattr(value, "isoformat") else value
    return data


# --- The first rules ---


def test_a_new_site_knows_the_weekend_and_the_holidays():
    kinds = list(DayOffRule.objects.values_list("kind", flat=True))
    assert (kinds.count("weekly"), kinds.count("solar"), kinds.count("lunar")) == (2, 11, 17)
    thursday = DayOffRule.objects.get(weekday=3)
    assert "مقدار آغازین" in thursday.note
    assert str(thursday) == "پایان هفته، هر پنجشنبه"


def test_the_first_rules_never_come_back_over_an_edit():
    DayOffRule.objects.filter(weekday=3).delete()
    migration = importlib.import_module("persian.migrations.0002_first_days_off")
    migration.put_in(apps, type("Editor", (), {"connection": connection}))
    assert not DayOffRule.objects.filter(weekday=3).exists()
    assert current().is_working_day(jalali(YEAR, 9, 5))


# --- Reckoning ---


def test_a_reckoning_takes_three_queries_however_long_it_is(django_assert_num_queries):
    HolidayYear.objects.create(year=YEAR)
    Closure.objects.create(first_day=TUESDAY, reason="آلودگی هوا")
    with django_assert_num_queries(3):
        calendar = current()
        for n in (1, 10, 500):
            calendar.add_working_days(MONDAY, n).sentence()
        calendar.working_days_between(MONDAY, MONDAY + datetime.timedelta(900))


def test_a_closure_of_today_moves_what_is_due_today():
    assert working_days_from(MONDAY, 1).date == TUESDAY
    Closure.objects.create(first_day=TUESDAY, reason="بارش برف")
    answer = working_days_from(MONDAY, 1)
    assert answer.date == TUESDAY + datetime.timedelta(1)
    assert "تعطیلی اعلامی استانداری: بارش برف" in answer.sentence()


def test_a_template_counts_too():
    words = Template(
        "{% load persian %}{% with due=day|working_days_from:2 %}{{ due.date|jdate }}{% endwith %}"
    )
    assert words.render(Context({"day": MONDAY})) == "۴ آذر ۱۴۰۵"


# --- The holidays of a year ---


def test_the_page_of_a_year_shows_proposals_and_says_that_they_are(pr_head):
    page = pr_head.get(address()).content.decode()
    assert "عاشورای حسینی" in page
    assert "۱۰ محرم ۱۴۴۸" in page
    assert "تقویم رسمی" in page
    assert "روز جمهوری اسلامی" in page
    assert not HolidayYear.objects.exists()


def test_confirming_all_records_who_and_when(pr_head):
    before = len(current().holidays(YEAR))
    answer = pr_head.post(address(), {**lines_of(pr_head), "action": "confirm"}, follow=True)
    row = HolidayYear.objects.get()
    assert (row.year, row.confirmed_by) == (YEAR, pr_head.user)
    assert row.confirmed_at is not None
    assert "تعطیلی‌های سال ۱۴۰۵ تأیید شد." in answer.content.decode()
    assert len(current().holidays(YEAR)) == before
    assert not working_days_from(MONDAY, 1).is_provisional
    assert ModelLogEntry.objects.filter(user=pr_head.user, action="wagtail.edit").count() == 1


def test_a_holiday_is_moved_another_taken_out_a_third_added(pr_head):
    data = lines_of(pr_head)
    total = int(data["days-TOTAL_FORMS"])
    moved = datetime.date.fromisoformat(data["days-0-date"]) + datetime.timedelta(1)
    gone = data["days-1-date"]
    data |= {
        "days-0-date": moved.isoformat(),
        "days-1-DELETE": "on",
        f"days-{total - 1}-name": "تعطیلی مصوب هيئت دولت",
        f"days-{total - 1}-date": MONDAY.isoformat(),
        "action": "confirm",
    }
    pr_head.post(address(), data)
    kept = {line.date: line.name for line in HolidayYear.objects.get().holidays.all()}
    assert kept[moved] == data["days-0-name"]
    assert datetime.date.fromisoformat(gone) not in kept
    assert kept[MONDAY] == "تعطیلی مصوب هیئت دولت"
    assert not current().is_working_day(MONDAY)


def test_a_change_of_a_confirmed_year_is_confirmed_again(pr_head):
    pr_head.post(address(), {**lines_of(pr_head), "action": "confirm"})
    pr_head.post(address(), {**lines_of(pr_head), "action": "save"})
    row = HolidayYear.objects.get()
    assert (row.confirmed_at, row.confirmed_by) == (None, None)
    assert working_days_from(MONDAY, 1).is_provisional


def test_what_was_changed_can_be_forgotten(pr_head):
    data = lines_of(pr_head) | {"days-0-DELETE": "on", "action": "confirm"}
    pr_head.post(address(), data)
    pr_head.post(address(), {"action": "reset"})
    assert not HolidayYear.objects.exists()
    assert lines_of(pr_head)["days-0-name"] == data["days-0-name"]


def test_a_day_of_another_year_is_refused_beside_its_field_and_nothing_is_lost(pr_head):
    data = lines_of(pr_head) | {"days-0-date": "2031-01-01", "days-1-name": "نامی دیگر", "action": "confirm"}
    page = pr_head.post(address(), data).content.decode()
    assert "این روز در سال ۱۴۰۵ نیست." in page
    assert "نامی دیگر" in page
    assert not HolidayYear.objects.exists()


def test_a_holiday_twice_on_a_day_is_refused(pr_head):
    data = lines_of(pr_head)
    data |= {"days-1-date": data["days-0-date"], "days-1-name": data["days-0-name"], "action": "save"}
    assert "دو بار آمده" in pr_head.post(address(), data).content.decode()


@pytest.mark.parametrize("year", [1389, 9999])
def test_a_year_out_of_reach_is_no_page(pr_head, year):
    assert pr_head.get(address(year)).status_code == 404


def test_the_list_of_years_has_this_one_and_the_next(pr_head, today):
    HolidayYear.objects.create(year=1403)
    page = pr_head.get(reverse("holiday-years:index")).content.decode()
    assert all(f">{year}<" in page for year in ("۱۴۰۳", "۱۴۰۵", "۱۴۰۶"))


# --- Rules and closures ---


def test_a_weekend_of_saturday_from_a_day_on(pr_head):
    reform = jalali(YEAR, 9, 7)
    data = {"kind": "weekly", "name": "پایان هفته", "weekday": "5", "holds_from": reform.isoformat()}
    pr_head.post(reverse("days-off:add"), data)
    assert not current().is_working_day(reform)
    assert current().is_working_day(reform - datetime.timedelta(7))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"kind": "weekly"}, "weekday"),
        ({"kind": "solar", "day": "5"}, "month"),
        ({"kind": "lunar", "month": "1"}, "day"),
        ({"kind": "solar", "month": "7", "day": "31"}, "day"),
        ({"kind": "weekly", "weekday": "4", "holds_from": "2026-05-02", "holds_until": "2026-05-01"}, "holds_until"),
    ],
)  # fmt: skip
def test_a_rule_without_its_day_is_refused(pr_head, data, field):
    answer = pr_head.post(reverse("days-off:add"), {"name": "تعطیل", **data})
    assert list(answer.context["form"].errors) == [field]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"effect": "early"}, "closes_at"),
        ({"effect": "closed", "last_day": "2026-11-01"}, "last_day"),
        ({"effect": "closed", "last_day": "2027-11-01"}, "last_day"),
    ],
)
def test_a_closure_that_cannot_be_is_refused(pr_head, data, field):
    common = {"first_day": MONDAY.isoformat(), "reason": "سرما", "declared_at": "2026-11-23 06:00"}
    answer = pr_head.post(reverse("closures:add"), {**common, **data})
    assert list(answer.context["form"].errors) == [field]


def test_a_closure_is_declared_in_the_admin(system_keeper):
    data = {
        "first_day": MONDAY.isoformat(),
        "reason": "آلودگي هوا",
        "effect": "early",
        "closes_at": "11:00",
        "counts": "on",
        "declared_at": "2026-11-23 09:30",
    }
    system_keeper.post(reverse("closures:add"), data)
    closure = Closure.objects.get()
    assert str(closure) == "تعطیلی زودهنگام اعلامی استانداری از ساعت ۱۱:۰۰: آلودگی هوا، ۲ آذر ۱۴۰۵"
    page = system_keeper.get(reverse("closures:index")).content.decode()
    assert "آلودگی هوا" in page
    assert "۲ آذر ۱۴۰۵" in page


def test_the_list_of_rules_shows_when_each_comes(pr_head):
    page = pr_head.get(reverse("days-off:index")).content.decode()
    assert "هر جمعه" in page
    assert "۲۲ بهمن" in page


@pytest.mark.parametrize("who", ["news_officer", "answering_officer"])
def test_others_may_not_touch_working_days(request, who):
    client = request.getfixturevalue(who)
    names = ["days-off:index", "days-off:add", "closures:index", "closures:add", "holiday-years:index"]
    for url in [*map(reverse, names), address()]:
        assert client.get(url).status_code == 302
        assert client.post(url, {"action": "confirm"}).status_code == 302
    assert not HolidayYear.objects.exists()


# --- Reminders ---


@pytest.mark.parametrize(
    ("day", "wanted"),
    [(jalali(1405, 9, 30), [1405]), (jalali(1405, 10, 1), [1405, 1406]), (jalali(1406, 1, 1), [1406])],
)
def test_the_next_year_is_asked_for_from_the_month_of_day_on(day, wanted):
    assert unconfirmed_years(day) == wanted


def test_the_checklist_and_the_system_check_remind_until_it_is_done(pr_head, today):
    def warnings():
        return [m.id for m in run_checks(databases=["default"]) if m.id == "persian.W001"]

    words = "تعطیلی‌های قمری سال ۱۴۰۵"
    assert words in pr_head.get("/admin/setup/").content.decode()
    assert warnings() == ["persian.W001"]
    pr_head.post(address(), {**lines_of(pr_head), "action": "confirm"})
    assert current_year() == YEAR
    items = pr_head.get("/admin/setup/").context["items"]
    assert [item.done for item in items if words in str(item.label)] == [True]
    assert warnings() == []
    today(jalali(1405, 10, 1))
    assert warnings() == ["persian.W001"]
    assert "تعطیلی‌های قمری سال ۱۴۰۶" in pr_head.get("/admin/setup/").content.decode()
