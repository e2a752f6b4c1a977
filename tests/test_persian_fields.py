"""Fields for what people of Iran are asked for take any keyboard's digits and any usual form, and say why they refuse."""

import decimal
import importlib
import random
from types import SimpleNamespace

import pytest
from django import forms
from django.apps import apps
from django.db import connection
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from contact.models import Message
from persian import form_fields, inputs
from persian.fields import CodeField, LandlineField, MobileField, NationalIDField
from persian.national_id import check_digit
from persian.text import ARABIC_DIGITS, ASCII_DIGITS, PERSIAN_DIGITS
from persian.typed import plain_number
from tests.factories import MessageFactory

FAMILIES = [ASCII_DIGITS, ARABIC_DIGITS, PERSIAN_DIGITS]


def in_digits(text, family):
    return text.translate(str.maketrans(ASCII_DIGITS, family))


def refusal(field, typed):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    return refused.value.messages[0]


# --- Telephones ---


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "typed",
    [
        "09123456789",
        "9123456789",
        "+989123456789",
        "00989123456789",
        "989123456789",
        "+98 (0)912 345 67 89",
        "0912-345-6789",
        "0912–345–6789",
        "(0912) 345.6789",
        " 0912\u200c345\u200c6789 ",
        "\u202a+98 912 345 6789\u202c",  # as telephones' address books copy it
    ],
)
def test_a_mobile_is_one_number_in_every_form(typed, family):
    assert MobileField().clean(in_digits(typed, family)) == "+989123456789"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("۰۹۱۲۳۴۵۶۷۸", "شمارهٔ همراه ۱۱ رقم است؛ شما ۱۰ رقم نوشته‌اید."),
        ("۰۹۱۲۳۴۵۶۷۸۹۰", "شمارهٔ همراه ۱۱ رقم است؛ شما ۱۲ رقم نوشته‌اید."),
        ("۰۳۱۳۲۶۷۳۰۷۵", "شمارهٔ همراه با ۰۹ آغاز می‌شود، مانند ۰۹۱۲۳۴۵۶۷۸۹."),
        ("+44 7911 123456", "اینجا فقط شمارهٔ ایران پذیرفته می‌شود؛ این شماره از کشور دیگری است."),
        ("۰۹۱۲ ندارم", "اینجا فقط رقم بنویسید؛ «ن» رقم نیست."),
        ("", "پر کردن این فیلد الزامی است."),
    ],
)
def test_the_person_is_told_why_a_mobile_is_refused(typed, reason):
    assert refusal(MobileField(), typed) == reason


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "typed",
    [
        "031-32673075",
        "(031) 3267 3075",
        "3132673075",
        "+98 31 32673075",
        "00983132673075",
        "98-31-32673075",
        "0098 (0)31-3267 3075",
        "+98 031 32673075",
    ],
)
def test_a_landline_is_one_number_in_every_form(typed, family):
    assert LandlineField().clean(in_digits(typed, family)) == "+983132673075"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("۳۲۶۷۳۰۷۵", "شماره را با کد شهر بنویسید، مانند \u2066۰۲۱-۸۸۷۷۶۶۵۵\u2069."),
        ("۰۹۱۲۳۴۵۶۷۸۹", "این به شمارهٔ همراه می‌ماند؛ اینجا شمارهٔ ثابت بنویسید."),
        ("۰۳۱۳۲۶۷۳۰۷", "شمارهٔ ثابت با کد شهر ۱۱ رقم است؛ شما ۱۰ رقم نوشته‌اید."),
    ],
)
def test_the_person_is_told_why_a_landline_is_refused(typed, reason):
    assert refusal(LandlineField(), typed) == reason


@pytest.mark.parametrize("field", [MobileField, LandlineField, NationalIDField])
def test_what_may_stay_empty_may(field):
    assert field(required=False).clean("") == ""
    assert field(required=False).clean(" \u200c ") == ""


def test_the_same_number_in_another_form_is_no_change():
    assert not MobileField().has_changed("+989123456789", "۰۹۱۲ ۳۴۵ ۶۷۸۹")
    assert MobileField().has_changed("+989123456789", "۰۹۱۲ ۳۴۵ ۶۷۸۸")


# --- National ID and codes ---


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("typed", ["0084575948", "008-457594-8", "0499370899", "0790419904"])
def test_a_national_id_keeps_its_leading_zeros(typed, family):
    assert NationalIDField().clean(in_digits(typed, family)) == typed.replace("-", "")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("۸۴۵۷۵۹۴۸", "کد ملی با صفرهای آغازش ۱۰ رقم است؛ شما ۸ رقم نوشته‌اید."),
        ("۰۰۸۴۵۷۵۹۴۹", "چنین کد ملی‌ای نیست؛ رقمی از آن نادرست نوشته شده است."),
        ("۱۱۱۱۱۱۱۱۱۱", "چنین کد ملی‌ای نیست؛ رقمی از آن نادرست نوشته شده است."),
        ("A123456789", "اینجا فقط رقم بنویسید؛ «A» رقم نیست."),
    ],
)
def test_the_person_is_told_why_a_national_id_is_refused(typed, reason):
    assert refusal(NationalIDField(), typed) == reason


def test_every_single_wrong_digit_of_a_national_id_is_caught():
    choose = random.Random(1405)
    for _sample in range(50):
        nine = f"{choose.randrange(10**9):09d}"
        right = nine + check_digit(nine)
        for place, digit in enumerate(nine):
            # Modulo 11, two check digits share the remainders 1 and 10.
            wrong = nine[:place] + str((int(digit) + 5) % 10) + nine[place + 1 :]
            assert check_digit(wrong) != right[-1] or {check_digit(wrong)} == {"1"}


class OfAPerson(forms.Form):
    landline, national_id, code = LandlineField(), NationalIDField(), CodeField(length=9)


def test_what_is_refused_stays_in_its_input_as_it_was_typed():
    typed = {"landline": "۳۲۶۷ ۳۰۷۵", "national_id": "٨٤٥٧-٥٩٤٨", "code": "۰۸۱-۲۹۴"}
    form = OfAPerson(typed)
    assert set(form.errors) == set(typed)
    for name, text in typed.items():
        assert form[name].value() == text
        assert f'value="{text}"' in str(form[name])


@pytest.mark.parametrize("family", FAMILIES)
def test_a_code_is_read_however_its_groups_are_divided(family):
    for typed in ("081-294-518", "081 294 518", "081294518", "081.294/518", "(081)294–518"):
        assert CodeField(length=9).clean(in_digits(typed, family)) == "081294518"
    assert refusal(CodeField(length=9), "۱۲۳") == "این کد ۹ رقم دارد؛ شما ۳ رقم نوشته‌اید."


# --- Numbers, everywhere ---


@pytest.mark.parametrize("typed", ["1250", "۱۲۵۰", "١٢٥٠", "۱٬۲۵۰", "1,250", "۱،۲۵۰", " ۱۲۵۰ ", "1250.0"])
def test_a_whole_number_is_read(typed):
    assert forms.IntegerField().clean(typed) == 1250


@pytest.mark.parametrize(
    "typed", ["-1234567.5", "−۱٬۲۳۴٬۵۶۷٫۵", "-١٬٢٣٤٬٥٦٧٫٥", "-1,234,567.5", "-۱۲۳۴۵۶۷٫۵"]
)
def test_a_decimal_number_is_read(typed):
    assert forms.DecimalField().clean(typed) == decimal.Decimal("-1234567.5")
    assert forms.FloatField().clean(typed) == -1234567.5


@pytest.mark.parametrize("typed", ["۱٬۲۵", "۱٬۲۵۰،۰۰۰", "۱۲٫۵٫۵", "پنج", "۱,۵", "۱۲۵۰ریال"])
def test_what_is_no_number_is_refused(typed):
    for field in (forms.IntegerField, forms.DecimalField, forms.FloatField):
        with pytest.raises(forms.ValidationError):
            field().clean(typed)


def test_a_fraction_is_no_whole_number():
    with pytest.raises(forms.ValidationError):
        forms.IntegerField().clean("۲٫۵")


def test_the_same_number_in_other_digits_is_no_change():
    assert not forms.IntegerField().has_changed(1250, "۱٬۲۵۰")
    assert forms.IntegerField(required=False).clean("") is None
    assert forms.IntegerField().clean(7) == 7


@given(st.integers(), st.sampled_from(FAMILIES))
def test_grouped_or_not_a_number_is_itself(number, family):
    assert int(plain_number(in_digits(f"{number:,}".replace(",", "٬"), family))) == number
    assert int(plain_number(in_digits(str(number), family))) == number


@given(st.text())
def test_no_text_breaks_the_reading_of_numbers(text):
    assert isinstance(plain_number(text), str)


# --- Inputs ---


class Everything(forms.Form):
    name = forms.CharField()
    words = forms.CharField(widget=forms.Textarea)
    email = forms.EmailField()
    site = forms.URLField(assume_scheme="https")
    password = forms.CharField(widget=forms.PasswordInput)
    order = forms.IntegerField(min_value=0, max_value=9)
    share = forms.DecimalField(min_value=0)
    change = forms.IntegerField()
    own = forms.CharField(widget=forms.TextInput(attrs={"dir": "rtl"}))
    mobile = MobileField()
    national_id = NationalIDField()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("name", {"dir": "auto"}),
        ("words", {"dir": "auto"}),
        ("email", {"type": "email", "dir": "ltr"}),
        ("site", {"type": "url", "dir": "ltr"}),
        ("password", {"type": "password", "dir": None}),
        ("order", {"type": "text", "inputmode": "numeric", "dir": "ltr", "min": None, "max": None}),
        ("share", {"type": "text", "inputmode": "decimal", "dir": "ltr", "step": None}),
        ("change", {"type": "text", "inputmode": "text", "dir": "ltr"}),
        ("own", {"dir": "rtl"}),
        ("mobile", {"type": "tel", "inputmode": "tel", "autocomplete": "tel", "dir": "ltr"}),
        ("national_id", {"type": "text", "inputmode": "numeric", "dir": "ltr"}),
    ],
)
def test_inputs_have_direction_and_keypad(name, wanted):
    widget = Everything()[name].field.widget
    attributes = {"type": getattr(widget, "input_type", None), **widget.attrs}
    assert {attribute: attributes.get(attribute) for attribute in wanted} == wanted


def test_installing_twice_wraps_once():
    once = forms.IntegerField.to_python, forms.CharField.widget_attrs
    form_fields.install()
    inputs.install()
    assert (forms.IntegerField.to_python, forms.CharField.widget_attrs) == once


# --- Shown ---


@pytest.mark.parametrize(
    ("value", "name", "html"),
    [
        ("+989123456789", "telephone", '<bdi dir="ltr">۰۹۱۲۳۴۵۶۷۸۹</bdi>'),
        ("+983132673075", "telephone", '<bdi dir="ltr">۰۳۱-۳۲۶۷۳۰۷۵</bdi>'),
        ("+44 20 7946 0958", "telephone", '<bdi dir="ltr">+۴۴۲۰۷۹۴۶۰۹۵۸</bdi>'),
        ("+989123456789", "telephone_text", "\u2066۰۹۱۲۳۴۵۶۷۸۹\u2069"),
        ("294-518-081", "code", '<bdi dir="ltr">۲۹۴-۵۱۸-۰۸۱</bdi>'),
        ("<i>@example.ir", "latin", '<bdi dir="ltr">&lt;i&gt;@example.ir</bdi>'),
        ("", "telephone", ""),
        ("", "telephone_text", ""),
        ("", "code", ""),
        ("", "latin", ""),
    ],
)
def test_numbers_are_shown_isolated(value, name, html):
    template = Template("{% load persian %}{{ value|" + name + " }}")
    assert template.render(Context({"value": value})) == html


# --- What was stored before ---


def test_stored_mobile_numbers_get_their_country_code_and_lose_it_again(db):
    migration = importlib.import_module("contact.migrations.0002_mobile_numbers_with_country_code")
    old = MessageFactory(mobile="09121112233")
    none = MessageFactory(mobile="")
    editor = SimpleNamespace(connection=connection)
    migration.add_country_code(apps, editor)
    migration.add_country_code(apps, editor)
    assert set(Message.objects.values_list("pk", "mobile")) == {(old.pk, "+989121112233"), (none.pk, "")}
    migration.drop_country_code(apps, editor)
    assert set(Message.objects.values_list("pk", "mobile")) == {(old.pk, "09121112233"), (none.pk, "")}
