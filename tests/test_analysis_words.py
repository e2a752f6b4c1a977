"""Which words find which: spelling, half-spaces, endings, numbers, and the words that must stay apart."""

from pathlib import Path

import pytest

from persian.analysis import query_terms
from tests.test_analysis_index import is_found

DATA = Path(__file__).parent / "analysis"


def pairs(name: str) -> list[list[str]]:
    """The pairs of a table in `tests/analysis/`; «~» stands for a space inside a phrase."""
    lines = (
        line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    )
    return [
        [word.replace("~", " ") for word in pair.split()]
        for line in lines
        for pair in line.split("|")
        if pair.strip()
    ]


@pytest.mark.parametrize(("one", "other"), pairs("same.txt"))
def test_one_finds_the_other(one, other):
    assert is_found(f"در این متن {one} آمده است", other)
    assert is_found(f"در این متن {other} آمده است", one)


@pytest.mark.parametrize(("one", "other"), pairs("apart.txt"))
def test_they_stay_apart(one, other):
    assert not is_found(f"متن {one} دارد", other)
    assert not is_found(f"متن {other} دارد", one)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("تماس: ۰۹۱۲ ۳۴۵ ۶۷۸۹", "09123456789"),
        ("تماس: 09123456789", "+98 912 345 6789"),
        ("تماس: 00989123456789", "۰۹۱۲ ۳۴۵ ۶۷ ۸۹"),
        ("تلفن ۰۳۱-۳۲۶۷۳۰۷۵", "۳۲۶۷۳۰۷۵"),
        ("تلفن ۳۲۶۷ ۳۰۷۵", "32673075"),
        ("تلفن (۰۳۱) ۳۲۶۷۳۰۷۵", "03132673075"),
        ("تلفن ۳۲۶۷۳۰۷۵", "۰۳۱ ۳۲۶۷۳۰۷۵"),
        ("تلفن +98 31 3267 3075", "031-32673075"),
        ("هزینه ۱۲٬۳۰۰ تومان", "12300"),
        ("هزینه 12300 تومان", "۱۲٬۳۰۰ تومان"),
        ("هزینه ۱,۲۵۰,۰۰۰ ریال", "1250000"),
        ("تاریخ ۱۴۰۵/۹/۲", "1405-09-02"),
        ("تاریخ ۲ آذر ۱۴۰۵", "۱۴۰۵/۹/۲"),
        ("تاریخ ۱۴۰۵/۰۹/۰۲", "۲ آذر ۱۴۰۵"),
        ("تاریخ ۸ ابان ۱۴۰۵", "۱۴۰۵/۸/۸"),
        ("تاریخ ۵ امرداد ۱۴۰۵", "۱۴۰۵/۵/۵"),
        ("تاریخ ۰۲/۰۹/۱۴۰۵", "۱۴۰۵.۹.۲"),
        ("نشست در ۲۰ آبان برگزار می‌شود", "بیستم آبان"),
        ("نشست بیست و یکم آبان‌ماه", "۲۱ آبان"),
        ("تا ۱۴۰۵/۸/۲۰ فرصت هست", "بیستم آبان ماه"),
        ("سی‌ام مهر ۱۴۰۵", "30 مهر"),
        ("۳۰ مهر", "سی ام مهر"),
        ("بیست و نه اسفند، روز ملی شدن صنعت نفت", "۲۹ اسفند"),
        ("کد رهگیری ۲۹۴-۵۱۸-۰۸۱", "294518081"),
        ("نامهٔ شمارهٔ ۱۲/۳۴۵۶", "12 3456"),
        ("کمیسیون مادهٔ ۱۰۰", "کمیسیون ماده صد"),
        ("ساعت کار شهرداری در پنجشنبه‌ها تا ۱۳ است", "ساعت کاری شهرداری در روز پنجشنبه چگونه است؟"),
        ("ثبت شکایت از راه سامانه", "چگونه می‌توانم شکایت ثبت کنم؟"),
        ("پرداخت عوارض نوسازی", "پرداخت کردن عوارض"),
        ("با توجه به این که پروانهٔ او باطل شده است", "اینکه پروانه"),
        ("نامه‌های نوشته‌شده برای شهرداری", "نامه نوشته شده"),
        ("این کار دو مرحله را در بر می‌گیرد", "دربرمی‌گیرد"),
        ("بچه‌ها می‌گن پارک محله رو ببندین", "می‌گویند پارک را ببندید"),
        ("مدارک لازم برای دریافت پروانهٔ ساختمانی", "برای گرفتن پروانه ساختمانی چه مدارکی لازم است"),
    ],
)
def test_a_query_finds_the_text(text, query):
    assert is_found(text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("نشست در ۲۱ آبان برگزار می‌شود", "بیستم آبان"),
        ("بیست نفر در مهر نام نوشتند", "بیستم مهر"),
        ("هزینه ۱۲٬۳۰۰ تومان", "300"),
        ("تاریخ ۱۴۰۵/۹/۲ و ۱۴۰۴/۱۰/۳", "۱۴۰۵/۱۰/۳"),
        ("نام خود را در دفتر ثبت کنید", "ثبت‌نام"),
        ("آتش در نشانی زیر", "آتش نشانی"),
        ("شهر بدون شهردار", "شهرداری"),
        ("کار گران است", "کارگران"),
        ("ما در شهر هستیم", "مادر"),
        ("در گذشتهٔ این شهر", "درگذشته"),
        ("سر باز کردن چاه", "سرباز"),
        ("تلفن ۰۳۱۳۲۶۷۳۰۷۵", "۳۲۶۷۳۰۷۶"),
    ],
)
def test_a_query_leaves_the_text_alone(text, query):
    assert not is_found(text, query)


def test_a_half_space_is_no_other_spelling_but_another_letter_is_exact():
    assert is_found("کتاب‌ها", "كتاب ها", exact=True)
    assert is_found("ثبت نام", "ثبتنام", exact=True)
    assert not is_found("کتاب‌ها", "کتاب", exact=True)


def test_words_that_say_nothing_are_left_out_when_others_remain():
    assert [term.text for term in query_terms("ساعت کاری شهرداری در روز پنجشنبه")] == [
        "ساعت",
        "کاری",
        "شهرداری",
        "پنجشنبه",
    ]
    assert [term.text for term in query_terms("از آن")] == ["از", "آن"]
