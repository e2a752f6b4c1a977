"""Two versions of a text side by side in the admin."""

from wagtail.admin.compare import TextFieldComparison

from news.models import NewsPage
from persian.cms_compare import text_of
from persian.numbers import in_markup


def test_paragraphs_items_and_cells_stand_apart():
    html = "<p>عنوان یکم</p><p>گزارش <b>جلسه</b>‌ها</p><ul><li>کتاب</li><li>نامه</li></ul>سطر<br>سطر دیگر"
    assert text_of(html) == "عنوان یکم\nگزارش جلسه‌ها\nکتاب\nنامه\nسطر\nسطر دیگر"


def test_a_change_of_digits_is_seen():
    """The admin's screens get Persian digits; of what changed they would show the same text twice."""
    field = NewsPage._meta.get_field("lead")
    before, after = NewsPage(lead="سال 1405 و 12"), NewsPage(lead="سال ۱۴۰۵ و 12")
    shown = in_markup(TextFieldComparison(field, before, after).htmldiff())
    assert '<span class="deletion">1405 و' in shown
    assert '<span class="addition">۱۴۰۵ و' in shown
