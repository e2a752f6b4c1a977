"""Telephone numbers: stored as digits, dialled with pauses before the extension, shown in Persian digits."""

import pytest

from pages.models import ContactDetails
from persian.telephone import dial_uri, display_number


def test_a_telephone_dials_the_number_pauses_and_dials_the_extension():
    assert dial_uri("03132673075", "340") == "tel:+983132673075,,340"


@pytest.mark.parametrize("typed", ["031-32673075", "۰۳۱ ۳۲۶۷ ۳۰۷۵", "٠٣١٣٢٦٧٣٠٧٥", "00983132673075"])
def test_a_number_may_be_typed_in_any_common_form(typed):
    assert dial_uri(typed) == "tel:+983132673075"


def test_a_number_with_its_area_code_is_divided_there_and_a_mobile_is_not():
    assert display_number("03132673075") == "۰۳۱-۳۲۶۷۳۰۷۵"
    assert display_number("09130000000") == "۰۹۱۳۰۰۰۰۰۰۰"


def test_no_number_gives_no_link():
    assert dial_uri("", "340") == ""
    assert display_number("") == ""
    assert ContactDetails(extension="340", area_code="031").telephone_uri == ""


def test_the_unit_s_numbers_are_shown_with_the_area_code():
    details = ContactDetails(area_code="031", telephone="32673075", extension="340", fax="32670810")
    assert details.telephone_display == "۰۳۱-۳۲۶۷۳۰۷۵"
    assert details.fax_display == "۰۳۱-۳۲۶۷۰۸۱۰"
    assert details.telephone_uri == "tel:+983132673075,,340"
