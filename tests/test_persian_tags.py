"""Tags as people type them in Persian."""

import pytest

from persian.tags import parse


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("", []),
        ("شهر", ["شهر"]),
        ("روابط عمومی", ["روابط عمومی"]),
        ("آموزش، شهر,نشست", ["آموزش", "شهر", "نشست"]),
        ("علي، علی", ["علی"]),
        ('"شهر, روستا"، "محیط زیست"', ["شهر, روستا", "محیط زیست"]),
        ('"آزمون، شهرداری"', ["آزمون", "شهرداری"]),  # what the admin's tag field makes of one typed line
        ('"آزمون، پل خواجو",شورا', ["آزمون", "شورا", "پل خواجو"]),
        ('"پل خواجو"', ["پل خواجو"]),
        ('"بی‌پایان، شهر', ["بی‌پایان", "شهر"]),
        (' ،، , "" ', []),
        ("شهر\x00\u202e", ["شهر"]),
    ],
)
def test_tags_are_divided_by_commas_of_either_script(typed, tags):
    assert parse(typed) == tags
