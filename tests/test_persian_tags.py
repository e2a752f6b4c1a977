"""Tags as people type them in Persian."""

import pytest
from taggit.models import Tag

from persian.tags import join, parse


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


def test_the_field_shows_tags_in_the_order_of_the_alphabet_and_reads_them_back():
    tags = [Tag(name=name) for name in ("گل", "پل خواجو", "کتاب", "چاپ", "شهر, روستا")]
    assert join(tags) == '"پل خواجو", چاپ, "شهر, روستا", کتاب, گل'
    assert set(parse(join(tags))) == {tag.name for tag in tags}
