"""Until Vazirmatn arrives a font of the machine stands in, in its measures: nothing moves when it comes."""

import pytest

from tests.browser_fixtures import DESKTOP, PHONE

pytestmark = pytest.mark.browser

# Awaited in the page itself: its content policy refuses what `wait_for_function` does.
UNTIL = """async () => {{
  const until = performance.now() + 20000;
  while (!({0})) {{
    if (performance.now() > until) throw new Error(`not so in 20 s: {0}`);
    await new Promise(requestAnimationFrame);
  }}
}}"""
STANDS_IN = "[...document.fonts].some(f => f.family.includes('Vazirmatn by') && f.status === 'loaded')"
ARRIVED = "[...document.fonts].some(f => f.family === 'Vazirmatn' && f.status === 'loaded')"
PAINTED = "performance.getEntriesByName('first-contentful-paint').length > 0"
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# How much of the screen moved, and how far, since the page began: https://web.dev/articles/cls
SHIFT = """() => new Promise(done => {
  const observer = new PerformanceObserver(() => {});
  observer.observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => done(observer.takeRecords().reduce((sum, entry) => sum + entry.value, 0)));
})"""
LINES = "[...document.querySelectorAll('.header, h1, .breadcrumbs, .button')].map(e => e.getBoundingClientRect().height)"


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["360px", "1280px"])
def test_nothing_moves_when_the_font_arrives(site, new_page, viewport):
    page = new_page(viewport=viewport)
    for address in ("/", "/mission/", "/goals/", "/contact/"):
        held = []
        page.route("**/vazirmatn-*.woff2", lambda route: held.append(route))  # noqa: B023 -- undone below
        page.goto(address, wait_until="commit")
        page.evaluate(UNTIL.format(f"{STANDS_IN} && {PAINTED}"))
        assert not page.evaluate(ARRIVED)
        before = page.evaluate(LINES)
        for route in held:
            route.continue_()
        page.unroute("**/vazirmatn-*.woff2")
        page.evaluate(UNTIL.format(ARRIVED))
        page.evaluate(TWO_FRAMES)
        assert page.evaluate(SHIFT) < 0.001, address
        assert page.evaluate(LINES) == pytest.approx(before, abs=1), address


def test_the_figures_of_a_table_have_one_width(site, new_page):
    page = new_page()
    page.goto("/mission/")
    widths = page.evaluate(
        """async () => {
          await document.fonts.load('16px Vazirmatn', '۰۱۲');
          const table = document.querySelector('main').appendChild(document.createElement('table'));
          return ['۱۱۱۱', '۸۸۸۸', '۰۰۰۰'].map(figures => {
            const span = table.insertRow().insertCell().appendChild(document.createElement('span'));
            span.textContent = figures;
            return span.getBoundingClientRect().width;
          });
        }"""
    )
    assert max(widths) - min(widths) < 0.1
