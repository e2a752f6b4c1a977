"""Persian text as people type it: letters of an Arabic keyboard, three families of digits, controls that deceive."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import timezone

from persian.calendar import format_jalali
from persian.text import clean, fold, to_ascii_digits, to_persian_digits


def test_letters_of_an_arabic_keyboard_become_persian():
    assert clean("شهرداري نيكان") == "شهرداری نیکان"


def test_half_space_is_spelling_and_stays():
    assert clean("شهرداری‌های استان") == "شهرداری‌های استان"


@pytest.mark.parametrize("control", ["\u202e", "\u2067", "\u200f", "\x00", "\x1b", "\ufeff"])
def test_controls_that_could_deceive_are_dropped(control):
    assert clean(f"مریم{control}اصفهانی") == "مریماصفهانی"


def test_lines_stay_apart_whatever_the_machine_that_typed_them():
    assert clean("سلام\r\nخسته نباشید\rممنون") == "سلام\nخسته نباشید\nممنون"


@pytest.mark.parametrize("typed", ["۰۹۱۳", "٠٩١٣", "0913"])
def test_all_three_families_of_digits_are_one_number(typed):
    assert to_ascii_digits(typed) == "0913"
    assert to_persian_digits(typed) == "۰۹۱۳"


def test_folding_twice_changes_nothing_more():
    text = "كتـــاب‌هاي ١٤٠٥"
    assert fold(text) == "کتاب‌های 1405"
    assert fold(fold(text)) == fold(text)


def test_a_code_in_plain_text_keeps_its_groups_in_order():
    text = Template("{% load persian %}کد رهگیری: {{ code|ltr }}").render(Context({"code": "۲۹۴-۵۱۸-۰۸۱"}))
    assert text == "کد رهگیری: \u2066۲۹۴-۵۱۸-۰۸۱\u2069"


def test_a_date_is_shown_in_the_jalali_calendar():
    assert format_jalali(datetime.date(2026, 11, 23)) == "۲ آذر ۱۴۰۵"


def test_the_last_day_of_a_leap_year():
    assert format_jalali(datetime.date(2025, 3, 20)) == "۳۰ اسفند ۱۴۰۳"


def test_a_moment_is_shown_in_the_time_of_isfahan():
    moment = datetime.datetime(2026, 11, 22, 21, 15, tzinfo=datetime.UTC)
    with timezone.override("Asia/Tehran"):
        assert format_jalali(moment, with_time=True) == "۲ آذر ۱۴۰۵، ساعت ۰۰:۴۵"


def test_people_read_jalali_and_machines_read_iso():
    html = Template("{% load persian %}{% jalali_time day %}").render(
        Context({"day": datetime.date(2026, 11, 23)})
    )
    assert html == '<time datetime="2026-11-23">۲ آذر ۱۴۰۵</time>'


def test_a_time_element_is_of_the_day_that_it_shows_and_of_whole_seconds():
    moment = datetime.datetime(2026, 11, 22, 21, 15, 7, 561949, tzinfo=datetime.UTC)
    with timezone.override("Asia/Tehran"):
        html = Template("{% load persian %}{% jalali_time moment %}").render(Context({"moment": moment}))
    assert html == '<time datetime="2026-11-23T00:45:07+03:30">۲ آذر ۱۴۰۵</time>'


def test_no_date_shows_nothing():
    template = Template("{% load persian %}{% jalali_time day %}{{ day|jdate }}{{ day|jdatetime }}")
    assert template.render(Context({"day": None})) == ""


def test_digits_filter():
    assert Template("{% load persian %}{{ 340|digits }}").render(Context()) == "۳۴۰"
