"""Persian digits in what people read, and nothing of a machine's changed."""

import pytest

from persian.numbers import in_markup, in_prose, number

#: What people read, and how. The browser's own rule is held to the same list in test_admin_digits_browser.py.
PROSE = [
    ("صفحهٔ 3 از 12", "صفحهٔ ۳ از ۱۲"),
    ("1,234 خبر", "۱٬۲۳۴ خبر"),
    ("146.5 کیلوبایت", "۱۴۶٫۵ کیلوبایت"),
    ("60%", "۶۰٪"),
    ("(800x600)", "(۸۰۰×۶۰۰)"),
    ("ساعت 14:08", "ساعت ۱۴:۰۸"),
    ("بند 3.", "بند ۳."),
    ("از 1 تا 50،", "از ۱ تا ۵۰،"),
    ("«نشست 12»", "«نشست ۱۲»"),
    ("COVID-19 و A4", "COVID-19 و A4"),
    ("rules-2.pdf", "rules-2.pdf"),
    ("https://example.ir/2024/?p=2", "https://example.ir/2024/?p=2"),
    ("/old/2024/", "/old/2024/"),
    ("127.0.0.1", "127.0.0.1"),
    ("v7.4.4", "v7.4.4"),
    ("sara2@example.ir", "sara2@example.ir"),
    ("بی‌شماره", "بی‌شماره"),
    ("", ""),
]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (0, "۰"), (1250, "۱٬۲۵۰"), (12_345_678, "۱۲٬۳۴۵٬۶۷۸"), (-3, "−۳"),
        (2.5, "۲٫۵"), (2.0, "۲"), (1250.75, "۱٬۲۵۰٫۷۵"), (0.1 + 0.2, "۰٫۳"), (100.0, "۱۰۰"),
    ],
)  # fmt: skip
def test_a_number_has_persian_digits_and_signs(value, read):
    assert number(value) == read


@pytest.mark.parametrize(("text", "read"), PROSE)
def test_numbers_of_running_text_are_persian_and_those_of_machines_stay(text, read):
    assert in_prose(text) == read
    assert in_prose(read) == read


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<p>3 از 12</p>", "<p>۳ از ۱۲</p>"),
        ('<a href="?p=2" data-page="2" id="p2">2</a>', '<a href="?p=2" data-page="2" id="p2">۲</a>'),
        ("<b title=\"3 مورد\" aria-label='4 مورد'>5</b>", "<b title=\"۳ مورد\" aria-label='۴ مورد'>۵</b>"),
        ("it&#39;s&#x200c;1&nbsp;2", "it&#39;s&#x200c;۱&nbsp;۲"),
        ('<option value="7">7</option><option>8</option>', '<option value="7">۷</option><option>8</option>'),
        (
            '<bdi dir="ltr">021-<b>88</b><bdi>77</bdi></bdi> 9',
            '<bdi dir="ltr">021-<b>88</b><bdi>77</bdi></bdi> ۹',
        ),
        ('<input dir="ltr" placeholder="0913"> 1', '<input dir="ltr" placeholder="0913"> ۱'),
        ('<input value="5" placeholder="مثلاً 5">', '<input value="5" placeholder="مثلاً ۵">'),
        ('<a title="a > b">1</a>', '<a title="a > b">۱</a>'),
        ("<!-- 1 --><style>a{top:1px}</style>2", "<!-- 1 --><style>a{top:1px}</style>۲"),
        ("1 < 2", "۱ < ۲"),
    ],
)
def test_markup_is_changed_where_people_read_only(html, read):
    assert in_markup(html) == read
    assert in_markup(read) == read


@pytest.mark.parametrize("name", ["script", "style", "textarea", "code", "pre", "kbd", "samp", "svg"])
def test_what_machines_read_stays(name):
    html = f'<{name} id="x1">["1", "<b>2"]</{name}>'
    assert in_markup(f"{html} 3") == f"{html} ۳"
