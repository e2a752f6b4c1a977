"""Staff go through every screen of the admin: no Gregorian date, no Latin digit in running text, no English sentence."""

from collections import Counter, deque
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, resolve, reverse
from playwright.sync_api import Page

import hamyari_site.urls  # noqa: F401  now: `migrate` would import it with translations off, and some labels are made then
from news.models import NewsIndexPage
from pages.models import SiteImage, StandardPage
from tests.browser_fixtures import log_in
from tests.crawl_content import fill
from tests.factories import UserFactory
from tests.reading import READ, faults

pytestmark = pytest.mark.browser

User = get_user_model()

#: Parts of the names of addresses that are no screens, by the reason.
NO_SCREENS = {
    "the admin's programming interface": ("wagtailadmin_api:",),
    "a part of a screen, which that screen shows": (
        "results",
        "choose_page_search",
        ":create",
        "_create",
        "_multiple_from",
    ),
    "data for scripts": (
        "chosen",
        "autocomplete",
        "catalog",
        "sprite",
        "editing_sessions",
        "dismissibles",
        "content_metrics",
        "check_count",
        "url_generator",
    ),
    "the page as visitors see it, not the admin": ("preview", "view_draft", "revisions_view"),
    "a button that takes a form and shows another screen": (
        "logout",
        "process_import",
        "pages:lock",
        "pages:unlock",
        "set_page_position",
        "revisions_index",
        "workflows:remove",
        "forget_missed_search",
        "delete_multiple",
        "delete_upload",
        "edit_multiple",
        "collect_workflow",
        "enable",
    ),
}
#: Screens that this content cannot bring up, by the reason.
NOT_REACHED = {
    "there is no alias": {"wagtailadmin_pages:convert_alias"},
    "embeds are switched off": {"wagtailembeds:chooser", "wagtailembeds:chooser_upload"},
    "an invitation, the first account and a new password have links of one use": {
        "accept_invitation",
        "operations_first_admin",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
    },
    "it fails on purpose": {"wagtailadmin_error_test"},
}
SIGNED_OUT = {"wagtailadmin_login", "wagtailadmin_password_reset", "wagtailadmin_password_reset_done"}
#: Of most screens one is like the other; these differ from page to page.
MANY = {
    "wagtailadmin_pages:edit": 6,
    "wagtailadmin_pages:history": 2,
    "wagtailadmin_pages:add": 3,
    "wagtailusers_groups:edit": 1,
}
LINKS = """() => {
  const found = [];
  const walk = root => {
    root.querySelectorAll('a[href], [data-chooser-url], [data-url]').forEach(
      e => found.push(e.getAttribute('href') || e.dataset.chooserUrl || e.dataset.url));
    root.querySelectorAll('template').forEach(template => walk(template.content));
  };
  walk(document);
  return found.filter(link => link && !link.startsWith('#') && !link.startsWith('mailto'));
}"""
# A dialog is put into the page, as the admin's own scripts do.
DIALOG = f"""async html => {{
  const dialog = document.body.appendChild(document.createElement('div'));
  dialog.innerHTML = html;
  await new Promise(done => setTimeout(done));
  return ({READ})(dialog);
}}"""


def names(resolver=None, prefix="") -> set[str]:
    """The names of all addresses under /admin/."""
    found: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            ours = resolver or str(entry.pattern).startswith("admin/")
            found |= {f"{prefix}{entry.name}"} if entry.name and ours else set()
        elif resolver or str(entry.pattern) == "admin/":
            found |= names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
    return found


def is_screen(name: str) -> bool:
    return not any(part in name for parts in NO_SCREENS.values() for part in parts)


class Crawl:
    """One person's way through the admin: which screens they saw, and what was wrong on them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen: Counter[str] = Counter()
        self.addresses: dict[str, str] = {}
        self.wrong: dict[str, str] = {}

    def follow(self, *addresses: str) -> None:
        """Visit these screens and those that they link to, one of each kind."""
        waiting, known = deque(addresses), set(addresses)
        while waiting:
            address = waiting.popleft()
            name = resolve(urlsplit(address).path).view_name
            if self.seen[name] < MANY.get(name, 1):
                for link in self.visit(address):
                    path = urlsplit(urljoin(address, link))
                    if path.path.startswith("/admin/") and link not in known and not path.netloc:
                        known.add(link)
                        waiting.append(path._replace(fragment="").geturl())

    def visit(self, address: str) -> list[str]:
        name = resolve(urlsplit(address).path).view_name
        if not name or not is_screen(name):
            return []
        self.seen[name] += 1
        self.addresses[name] = address
        answer = self.page.goto(address)
        if answer.headers.get("content-type", "").startswith("application/json"):
            dialog = answer.json().get("html", "")
            self.page.goto("/admin/account/")  # it stands over another screen
            self.judge(address, self.page.evaluate(DIALOG, dialog))
            return []
        self.read()
        return self.page.evaluate(LINKS)

    def read(self) -> None:
        """Judge what the browser shows now."""
        page = self.page
        if page.evaluate("getComputedStyle(document.documentElement).direction") != "rtl":
            self.wrong[f"from left to right: {page.title()}"] = page.url
        self.judge(page.url, page.evaluate(f"({READ})(document.documentElement)"))

    def judge(self, address: str, texts: list[list[str]]) -> None:
        for fault in faults(texts):
            self.wrong.setdefault(str(fault), address)

    def report(self) -> str:
        return "\n".join(f"{fault} of {address}" for fault, address in self.wrong.items())


@pytest.fixture
def busy_site(site, pr_head, news_officer, system_keeper):
    """The site at work, and its people with names that the crawl knows."""
    for client, name in ((pr_head, "modir"), (news_officer, "khabarnegar"), (system_keeper, "negahban")):
        client.user.username = name
        client.user.save()
    fill(pr_head, news_officer)
    return site


@pytest.fixture
def browse(new_page, live_server):
    def start(client: Client | None) -> Crawl:
        page = new_page(locale="en-GB")
        pictures = ("image", "font", "media")
        page.route(
            "**/*",
            lambda route: route.abort() if route.request.resource_type in pictures else route.continue_(),
        )
        if client:
            log_in(page, client, live_server.url)
        return Crawl(page)

    return start


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


def unlinked(crawl: Crawl) -> list[str]:
    """Screens behind buttons and menus that scripts make, of objects whose other screens were visited."""
    mission, newsroom = StandardPage.objects.get(slug="mission"), NewsIndexPage.objects.get()
    waiting = newsroom.get_children().get(slug="waiting")
    scheduled = StandardPage.objects.get(slug="approach")
    of_pages = {
        "copy": [mission.pk],
        "delete": [newsroom.pk],
        "move": [mission.pk],
        "move_confirm": [mission.pk, newsroom.pk],
        "revisions_compare": [mission.pk, "earliest", "latest"],
        "revisions_revert": [mission.pk, mission.latest_revision_id],
        "revisions_unschedule": [scheduled.pk, scheduled.scheduled_revision.pk],
        "confirm_workflow_cancellation": [waiting.pk],
        "workflow_action": [waiting.pk, "reject", waiting.current_workflow_task_state.pk],
    }
    others = {
        "wagtailadmin_choose_page_child": [newsroom.pk],
        "wagtailadmin_workflows:add_task": ["wagtailcore", "groupapprovaltask"],
        "persian_editor_check": [mission.pk],
        "wagtailimages_chooser:select_format": [SiteImage.objects.first().pk],
        "wagtailusers_users:invitation": [User.objects.get(username="nasiri").pk],
    }
    addresses = [reverse(f"wagtailadmin_pages:{name}", args=args) for name, args in of_pages.items()]
    addresses += [reverse(name, args=args) for name, args in others.items()]
    for name in {name for name in names() if is_screen(name)} - set(crawl.seen) - SIGNED_OUT:
        section, _colon, action = name.partition(":")
        if action in ("delete", "copy", "history", "usage") and f"{section}:edit" in crawl.addresses:
            shown = resolve(urlsplit(crawl.addresses[f"{section}:edit"]).path)
            addresses.append(reverse(name, args=[*shown.args, *shown.kwargs.values()]))
        elif name not in set().union(*NOT_REACHED.values()):
            with suppress(NoReverseMatch):  # needs no object
                addresses.append(reverse(name))
    return addresses


def test_every_screen_of_the_admin_is_persian(busy_site, browse):
    everything, nobody = Client(), browse(None)
    everything.force_login(UserFactory(is_superuser=True, username="sarparast"))
    crawl = browse(everything)
    crawl.follow("/admin/", reverse("wagtailadmin_explore", args=[NewsIndexPage.objects.get().pk]))
    for address in unlinked(crawl):
        crawl.visit(address)
    for name in SIGNED_OUT:
        nobody.visit(reverse(name))
    seen = set(crawl.seen) | set(nobody.seen)
    print(f"{sum(crawl.seen.values())} screens: {', '.join(sorted(seen))}")
    missing = {name for name in names() if is_screen(name)} - seen - set().union(*NOT_REACHED.values())
    assert not missing, sorted(missing)
    wrong = crawl.report() + nobody.report()
    assert not wrong, wrong
