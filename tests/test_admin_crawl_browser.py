"""Staff go through every screen of the admin: no Gregorian date, no Latin digit in running text, no English sentence."""

import pytest
from django.urls import reverse

from news.models import NewsIndexPage
from tests.crawl_screens import NOT_REACHED, SIGNED_OUT, is_screen, names, unlinked
from tests.reading import READ, faults

pytestmark = pytest.mark.browser


def test_a_bad_screen_is_found_out(new_page):
    """What the crawl is there for, on one page: each of these must be seen, and nothing of what is right."""
    page = new_page()
    page.set_content(
        """<html dir="rtl"><body>
        <p>صفحهٔ 3</p> <p>Page history</p> <p>۲۳ نوامبر ۲۰۲۶</p> <p>۲۰۲۶/۱۱/۲۳</p> <b title="Close">×</b>
        <input placeholder="Search">
        <template><i>Delete</i></template> <input type="text" value="2026-11-23"> <input type="submit" value="Save">
        <p>صفحهٔ ۳ از ۱۲، ۲ آذر ۱۴۰۵، فایل PDF، rules-2.pdf، https://example.ir/2</p>
        <code>x = 5</code> <bdi dir="ltr">021-88</bdi>
        <input type="text" value="1405"> <script>let a = 1;</script></body></html>"""
    )
    found = [fault.text for fault in faults(page.evaluate(f"({READ})(document.documentElement)"))]
    assert found == [
        "صفحهٔ 3", "Page history", "۲۳ نوامبر ۲۰۲۶", "۲۰۲۶/۱۱/۲۳", "Close", "Search", "Delete", "2026-11-23", "Save",
    ]  # fmt: skip


def test_every_screen_of_the_admin_is_persian(busy_site, everything, browse):
    crawl, nobody = browse(everything), browse(None)
    crawl.follow("/admin/", reverse("wagtailadmin_explore", args=[NewsIndexPage.objects.get().pk]))
    for address in unlinked(crawl.addresses):
        crawl.visit(address)
    for name in SIGNED_OUT:
        nobody.visit(reverse(name))
    seen = set(crawl.seen) | set(nobody.seen)
    print(f"{sum(crawl.seen.values())} screens: {', '.join(sorted(seen))}")
    missing = {name for name in names() if is_screen(name)} - seen - set().union(*NOT_REACHED.values())
    assert not missing, sorted(missing)
    wrong = crawl.report() + nobody.report()
    assert not wrong, wrong
