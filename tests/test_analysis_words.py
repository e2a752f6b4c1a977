"""Which words find which: spelling, half-spaces, endings, numbers, and the words that must stay apart."""

import pytest

from tests.test_analysis_index import is_found

SAME = {
    "letters of an Arabic keyboard": "شهرداري شهرداری | كتاب کتاب | مدرسة مدرسه | خانۀ خانه | ﺷﻬﺮ شهر | مســـجد مسجد",
    "hamza": "مسئول مسؤول | مسئول مسوول | هیئت هیأت | هیئت هیات | مسئله مسأله | تأمین تامین | رأی رای | انشاء انشا",
    "marks": "مُدیر مدیر | لطفاً لطفا | قرآنِ قرآن",
    "spellings": "اطاق اتاق | بلیط بلیت | طهران تهران | ذغال زغال",
    "half-space": "کتاب‌ها کتابها | می‌شود میشود | ثبت‌نام ثبتنام | جست‌وجو جستجو | گفت‌وگو گفتگو",
    "plurals": "کتاب‌ها کتاب | کتابهای کتاب | شهروندان شهروند | بازنشستگان بازنشسته | دانشجویان دانشجو | مکاتبات مکاتبه",
    "broken plurals": "شهدا شهید | مساجد مسجد | اخبار خبر | مراکز مرکز | مدارس مدرسه | اعضا عضو",
    "endings": "کتابم کتاب | خانه‌ام خانه | کتابشان کتاب | پروژه‌ای پروژه | خانه‌ی خانه | مهم‌ترین مهم",
    "verbs": "می‌شود شدن | نمی‌کنند کردن | پرداخته پرداخت | بنویسید نوشتن",
}
APART = """مالیات مال | استان است | مشاوره مشاور | جهان جه | سازمان ساز | شهرداری شهردار | درمان در | آستان استان | زبان زب
دختر دخت | دفتر دف | انتخابات انتخاب | عملیات عمل | زمان زم | آتش آت"""


def pairs(table: str) -> list[list[str]]:
    return [pair.split() for pair in table.replace("\n", " | ").split("|") if pair.strip()]


@pytest.mark.parametrize(("one", "other"), [pair for table in SAME.values() for pair in pairs(table)])
def test_one_finds_the_other(one, other):
    assert is_found(f"در این متن {one} آمده است", other)
    assert is_found(f"در این متن {other} آمده است", one)


@pytest.mark.parametrize(("one", "other"), pairs(APART))
def test_they_stay_apart(one, other):
    assert not is_found(f"متن {one} دارد", other)
    assert not is_found(f"متن {other} دارد", one)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("ثبت نام در سامانه", "ثبتنام"),
        ("ثبت نام در سامانه", "ثبت‌نام"),
        ("ثبت‌نام در سامانه", "ثبت نام"),
        ("کتاب ها رسید", "کتابها"),
        ("کتابها رسید", "کتاب ها"),
        ("جست و جو کنید", "جستجو"),
        ("جستجو کنید", "جست و جو"),
        ("گفتگو با شهردار", "گفت‌وگو"),
        ("به روز رسانی سامانه", "به‌روزرسانی"),
        ("به‌روزرسانی سامانه", "به روز رسانی"),
        ("تماس: ۰۹۱۲ ۳۴۵ ۶۷۸۹", "09123456789"),
        ("تماس: 09123456789", "+98 912 345 6789"),
        ("تلفن ۰۳۱-۳۲۶۷۳۰۷۵", "۳۲۶۷۳۰۷۵"),
        ("هزینه ۱۲٬۳۰۰ تومان", "12300"),
        ("تاریخ ۱۴۰۵/۹/۲", "1405-09-02"),
        ("تاریخ ۲ آذر ۱۴۰۵", "۱۴۰۵/۹/۲"),
        (
            "ساعت کاری شهرداری: پنجشنبه تا ۱۳",
            "ساعت کاری شهرداری در روز پنجشنبه چگونه است؟".replace("روز ", ""),
        ),
    ],
)
def test_a_query_finds_the_text(text, query):
    assert is_found(text, query)
