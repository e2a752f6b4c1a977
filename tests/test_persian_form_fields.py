"""Forms take Jalali dates without JavaScript, the admin's among them, and go on taking what Django takes."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from news.models import NewsPage
from persian import form_fields

DAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def tehran():
    with timezone.override("Asia/Tehran"), translation.override("fa"):
        yield


def in_tehran(*parts: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime(*parts))


@pytest.mark.parametrize("typed", ["۱۴۰۵/۹/۲", "۲ آذر ۱۴۰۵", "1405-09-02", "2026-11-23", "11/23/2026", DAY])
def test_a_date_field_reads_both_calendars(typed):
    assert forms.DateField().clean(typed) == DAY


@pytest.mark.parametrize(
    "typed",
    [
        "۱۴۰۵/۹/۲ ۱۴:۳۰",
        "۲ آذر ۱۴۰۵، ساعت ۱۴:۳۰",
        "1405-09-02 14:30",
        "2026-11-23 14:30",
        "2026-11-23T11:00:00+00:00",
        "11/23/2026 14:30",
    ],
)
def test_a_moment_is_read_in_the_current_time_zone(typed):
    assert forms.DateTimeField().clean(typed) == in_tehran(2026, 11, 23, 14, 30)


@pytest.mark.parametrize("field", [forms.DateField, forms.DateTimeField])
@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("۱۴۰۵/۱۳/۱", "ماه ۱۳ نداریم؛ ماه را از ۱ تا ۱۲ بنویسید."),
        ("۳۰ اسفند ۱۴۰۵", "اسفند ۱۴۰۵ روز ۳۰ ندارد؛ این ماه ۲۹ روز است."),
        ("۰۵/۰۹/۰۲", "سال را چهاررقمی بنویسید، مانند ۱۴۰۵."),  # Django alone reads 9 May 2002
    ],
)
def test_the_person_is_told_why_a_date_is_refused(field, typed, reason):
    with pytest.raises(ValidationError) as refusal:
        field().clean(typed)
    assert refusal.value.messages == [reason]


@pytest.mark.parametrize("typed", ["1405-09-02T14:30+03:30", "Sep 2 1405", "فردا", "   "])
@pytest.mark.parametrize("field", [forms.DateField, forms.DateTimeField])
def test_what_no_calendar_explains_is_refused_in_the_words_of_the_field(field, typed):
    with pytest.raises(ValidationError) as refusal:
        field(error_messages={"invalid": "تاریخ جلسه روشن نیست."}).clean(typed)
    assert refusal.value.messages == ["تاریخ جلسه روشن نیست."]


@pytest.mark.parametrize("field", [forms.DateField, forms.DateTimeField])
def test_an_empty_field_stays_empty(field):
    assert field(required=False).clean("") is None


def test_the_same_day_in_the_other_calendar_is_no_change():
    assert not forms.DateField().has_changed(DAY, "۱۴۰۵/۹/۲")
    assert forms.DateField().has_changed(DAY, "۱۴۰۵/۹/۳")


def test_installing_twice_wraps_once():
    once = forms.DateField.to_python
    form_fields.install()
    assert forms.DateField.to_python is once


@pytest.mark.parametrize("name", ["go_live_at", "expire_at"])
def test_the_schedule_of_a_page_takes_a_jalali_moment(name):
    fields = NewsPage.get_edit_handler().get_form_class().base_fields
    assert fields[name].clean("۲ آذر ۱۴۰۵ ساعت ۱۴:۳۰") == in_tehran(2026, 11, 23, 14, 30)
