"""What tells who wrote a message goes before its answer is made public: numbers by their own rules, names by what is known."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact import codes
from contact.masking import Kind, is_card, is_national_id, is_sheba, mask, masked
from persian.national_id import check_digit
from persian.text import ARABIC_DIGITS, ASCII_DIGITS, PERSIAN_DIGITS

FAMILIES = (ASCII_DIGITS, PERSIAN_DIGITS, ARABIC_DIGITS)
GAPS = ("", " ", "-", "\u200c", " - ", ".", "–", "\u200f")


def public(text, **known):
    return masked(mask(text, **known))


def kinds(text, **known):
    return [part.kind for part in mask(text, **known) if part.kind]


def digits(count):
    return st.text(alphabet=ASCII_DIGITS, min_size=count, max_size=count)


def luhn(first):
    return next(first + last for last in ASCII_DIGITS if is_card(first + last))


def sheba(account):
    return f"{98 - int(f'{account}182700') % 97:02d}{account}"


@st.composite
def written(draw, numbers, group=4):
    """A number in any family of digits, its groups divided by anything that people divide them with."""
    number = draw(numbers)
    gap = draw(st.sampled_from(GAPS))
    family = draw(st.sampled_from(FAMILIES))
    parts = [number[start : start + group] for start in range(0, len(number), group)]
    return gap.join(parts).translate(str.maketrans(ASCII_DIGITS, family))


NUMBERS = {
    Kind.NATIONAL_ID: written(digits(9).map(lambda nine: nine + check_digit(nine)).filter(is_national_id), 3),
    Kind.CARD: written(digits(14).map(lambda rest: luhn("6" + rest))),
    Kind.SECRET: written(digits(16)),
    Kind.SHEBA: written(digits(22).map(sheba)).map(lambda number: f"IR{number}"),
    Kind.MOBILE: written(digits(9).map(lambda rest: f"09{rest}"), 4),
    Kind.LANDLINE: written(digits(7).map(lambda rest: f"0313{rest}"), 3),
    Kind.CODE: written(digits(8).map(lambda eight: eight + codes.check_digit(eight)), 3),
}


@pytest.mark.parametrize("kind", NUMBERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_digit_of_a_personal_number_stays_however_it_is_written(kind, data):
    number = data.draw(NUMBERS[kind])
    text = f"سلام. شمارهٔ من {number} است، پاسخ دهید."
    assert not any(char.isdigit() for char in public(text))
    assert public(text).startswith("سلام. ")
    assert public(text).endswith(" است، پاسخ دهید.")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=string.ascii_letters + "ابپتسشعفقکگلمنوهیآ۰۱۲۳۴۵۶۷۸۹ \n-.‌@:،؟", max_size=200))
def test_nothing_but_what_is_taken_out_changes_and_doing_it_twice_changes_nothing(text):
    parts = mask(text, names=["مریم کریمی"])
    assert "".join(part.text for part in parts) == text
    once = masked(parts)
    assert masked(mask(once, names=["مریم کریمی"])) == once


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("کد ملی من ۱۲۳۴۵۶۷۸۹۹ است", Kind.NATIONAL_ID),  # mistyped, but named
        ("شمارهٔ ملی: ۰۰۸۴۵۷۵۹۴۸", Kind.NATIONAL_ID),
        ("کد پستی ۸۱۶۵۴-۷۸۹۳۲", Kind.POSTAL),
        ("شماره شناسنامه ۵۲۱", Kind.NUMBER),
        ("شماره حساب ۰۱۰۲۳۴۵۶۷۸۰۰۳", Kind.NUMBER),
        ("شبا: 12 0570 0000 0000 0000 1234 56", Kind.SHEBA),
        ("رمز پیگیری ۱۲۳۴-۵۶۷۸-۹۰۱۲-۳۴۵۶", Kind.SECRET),
        ("تلفن منزل ۳۲۶۷۳۰۷۵", Kind.LANDLINE),
        ("۰۳۱/۳۲۶۷۳۰۷۵", Kind.LANDLINE),
        ("+۹۸ ۳۱ ۳۲۶۷ ۳۰۷۵", Kind.LANDLINE),
        ("00989131234567", Kind.MOBILE),
        ("۹۱۳۱۲۳۴۵۶۷", Kind.MOBILE),
        ("(۰۹۱۳) ۱۲۳-۴۵-۶۷", Kind.MOBILE),
        ("m.karimi+sh@example.co.ir", Kind.EMAIL),
        ("پلاک ۱۲ ب ۳۴۵ ایران ۶۷", Kind.PLATE),
        ("پلاک ۱۲الف۳۴۵-۱۳", Kind.PLATE),
        ("ایران ۶۷ - ۳۴۵ ب ۱۲", Kind.PLATE),
    ],
)
def test_ways_in_which_people_write_numbers(text, kind):
    assert kinds(text) == [kind]
    assert not set(public(text)) & set(PERSIAN_DIGITS + ASCII_DIGITS)


@pytest.mark.parametrize(
    "text",
    [
        "از ساعت ۸:۳۰ تا ۱۴ روز ۱۴۰۵/۰۹/۰۲ بیایید.",
        "ماده ۱۲ قانون شهرداری‌ها مصوب ۱۳۳۴/۰۴/۱۱ با ۳ بند",
        "مبلغ ۱۲٬۵۰۰٬۰۰۰ ریال و ۲۵ درصد آن",
        "در سال ۱۴۰۴، ۳۴۵ تن شرکت کردند.",
        "آقای مدیر محترم، خانم مسئول پاسخ نداد.",
        "به دکتر مراجعه کردم و به نام خدا آغاز شد.",
        "جناب آقای شهردار محترم",
    ],
)
def test_what_tells_nobody_stays(text):
    assert public(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("من مریم کریمی هستم.", "من [نام] هستم."),
        ("مريم كريمي، شهرک نگین", "[نام]، شهرک نگین"),
        ("کریمی‌ام و پیش‌تر نوشته بودم.", "[نام]‌ام و پیش‌تر نوشته بودم."),
        ("مَریَم‌کریمی", "[نام]"),
        ("مریمکریمی", "[نام]"),
        ("گل مریم کاشته شود.", "گل مریم کاشته شود."),
        ("کریمیان خیابان دیگری است.", "کریمیان خیابان دیگری است."),
    ],
)
def test_the_senders_own_name_goes_however_it_is_spelled(text, shown):
    assert public(text, names=["مریم کریمی"]) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("آقای رضایی گفت فردا بیایید.", "آقای [نام] گفت فردا بیایید."),
        ("با جناب آقای مهندس علی رضایی‌نژاد تماس گرفتم.", "با جناب آقای مهندس [نام] تماس گرفتم."),
        ("سرکار خانم دکتر احمدی، سلام", "سرکار خانم دکتر [نام]، سلام"),
        ("آقایان رضایی و احمدی آمدند.", "آقایان [نام] و [نام] آمدند."),
        ("این‌جانب سارا نصیری فرزند حسن ساکن خیابان فردوسی", "این‌جانب [نام] فرزند [نام] ساکن خیابان فردوسی"),
        ("نام و نام خانوادگی: سارا نصیری", "نام و نام خانوادگی: [نام]"),
    ],
)
def test_whoever_stands_after_a_title_goes_too(text, shown):
    assert public(text) == shown


def test_an_organization_goes_as_a_whole_only():
    text = "شهرداری نمونه‌شهر می‌پرسد: هر شهر نمونه چگونه برگزیده می‌شود؟"
    assert public(text, organizations=["شهرداری نمونه‌شهر"]) == (
        "[نام] می‌پرسد: هر شهر نمونه چگونه برگزیده می‌شود؟"
    )


def test_the_units_own_telephone_and_address_may_stay():
    text = "با ۰۳۱-۳۲۶۷۳۰۷۵ یا pr@example.ir تماس بگیرید، نه با ۰۳۱۳۲۶۷۳۰۷۶."
    assert public(text, keep=["+983132673075", "PR@example.ir"]) == (
        "با ۰۳۱-۳۲۶۷۳۰۷۵ یا pr@example.ir تماس بگیرید، نه با [شمارهٔ تلفن]."
    )


def test_check_digits_of_known_numbers():
    assert is_national_id("0084575948")
    assert not is_national_id("0084575949")
    assert is_card("4111111111111111")  # the well-known example of Luhn
    assert not is_card("4111111111111112")
    assert is_sheba("062960000000100324200001")  # IR06 2960 0000 0010 0324 2000 01, the registry's example
    assert not is_sheba("062960000000100324200002")


def test_a_long_text_without_a_break_is_read_at_once():
    assert public("الف" * 2600) == "الف" * 2600
    assert public("a.b" * 2600) == "a.b" * 2600
