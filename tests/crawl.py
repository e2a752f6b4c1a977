"""Readers for the crawls of the admin: one goes from screen to screen in a browser, one reads answers as they are sent."""

import csv
from collections import Counter, deque
from collections.abc import Iterable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook
from playwright.sync_api import Page

from tests.browser_fixtures import log_in
from tests.crawl_screens import MANY, is_screen, name_of
from tests.reading import READ, faults

LINKS = """(from) => {
  const found = [];
  const walk = root => {
    root.querySelectorAll('a[href], [data-chooser-url], [data-url]').forEach(
      e => found.push(e.getAttribute('href') || e.dataset.chooserUrl || e.dataset.url));
    root.querySelectorAll('template').forEach(template => walk(template.content));
  };
  walk(from || document);
  return found.filter(link => link && !link.startsWith('#') && !link.startsWith('mailto'));
}"""
# The forms of a page that post: where to, the fields as they stand, and the buttons. Blocks get their fields from scripts.
FORMS = """page => [...page.querySelectorAll('form')].filter(form => form.method === 'post').map(form => {
  const all = [...form.elements].filter(field => field.name && !field.matches(':disabled'));
  const values = field => field.type.startsWith('select') ? [...field.selectedOptions].map(option => option.value)
    : field.type === 'file' || (/checkbox|radio/.test(field.type) && !field.checked) ? [] : [field.value];
  const blocks = [...form.querySelectorAll('[data-controller~=w-block][id]')];
  return {
    action: form.getAttribute('action') || '',
    fields: [
      ...all.filter(field => !/submit|button/.test(field.type)).map(field => [field.name, field.type, values(field)]),
      ...blocks.map(block => [`${block.id}-count`, 'hidden', ['0']]),
    ],
    buttons: all.filter(field => field.type === 'submit').map(field => [field.name, field.value]),
  };
})"""
# A page as it was sent, before any script; who has scripts switched off reads what is for them.
SENT = f"""html => {{
  const page = new DOMParser().parseFromString(html.replace(/(<\\/?)noscript/g, '$1div'), 'text/html');
  return {{
    texts: ({READ})(page.documentElement),
    links: ({LINKS})(page),
    forms: ({FORMS})(page),
    direction: page.documentElement.dir,
  }};
}}"""
# A dialog is put into a page, as the admin's own scripts do.
DIALOG = f"""async html => {{
  const dialog = document.body.appendChild(document.createElement('div'));
  dialog.innerHTML = html;
  await new Promise(done => setTimeout(done));
  const found = {{texts: ({READ})(dialog), forms: ({FORMS})(dialog)}};
  dialog.remove();
  return found;
}}"""
ROOT = Path(__file__).resolve().parent.parent
PICTURES = ["*.jpg", "*.png", "*.svg", "*.woff2", "*/media/*"]
JSON, XLSX = "application/json", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Reader:
    """Judges what it is shown, and remembers what was wrong and where; `page` is a browser's.

    `forms` are those of what it read last.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.forms: list[dict[str, Any]] = []
        self.wrong: dict[str, str] = {}

    def judge(self, where: str, texts: list[list[str]]) -> None:
        for fault in faults(texts):
            self.wrong.setdefault(str(fault), where)

    def dialog(self, where: str, html: str) -> None:
        dialog = self.page.evaluate(DIALOG, html)
        self.judge(where, dialog["texts"])
        self.forms = dialog["forms"]

    def report(self) -> str:
        return "\n".join(f"{fault} of {where}" for fault, where in self.wrong.items())

    def assert_persian(self) -> None:
        assert not self.wrong, self.report()


class Answers(Reader):
    """Reads the answers of a test client, in a browser that only takes them apart."""

    def read(self, where: str, answer: HttpResponse) -> list[str]:
        """Judge an answer, with the messages that it leaves for the next screen; return its links."""
        for message in getattr(getattr(answer, "wsgi_request", None), "_messages", ()):
            self.dialog(f"a message of {where}", str(message))
        self.forms = []
        kind = answer.get("Content-Type", "").partition(";")[0]
        if answer.status_code == 400:  # no screen sends such a request
            return []
        if kind == "text/html" and answer.status_code not in (301, 302):
            return self.page_sent(where, answer.content.decode())
        if kind == JSON and isinstance(answer.json(), dict):
            self._json(where, answer.json())
        elif kind == "text/csv":
            self._sheet(where, csv.reader(b"".join(answer).decode("utf-8-sig").splitlines()))
        elif kind == XLSX:
            self._sheet(where, load_workbook(BytesIO(b"".join(answer))).active.iter_rows(values_only=True))
        return []

    def page_sent(self, where: str, html: str) -> list[str]:
        page = self.page.evaluate(SENT, html)
        self.judge(where, page["texts"])
        if page["direction"] != "rtl" and "<html" in html:
            self.wrong[f"from left to right: {where}"] = where
        self.forms = page["forms"]
        return page["links"]

    def _sheet(self, where: str, rows: Iterable[Iterable[Any]]) -> None:
        head, *cells = rows
        self.text(f"the head of {where}", *map(str, head))
        self.judge(where, [["cell@typed", str(cell)] for row in cells for cell in row if cell])

    def _json(self, where: str, value: Any) -> None:
        """The dialogs and the words in an answer for scripts; what else stands there is for machines."""
        for key, part in value.items():
            if isinstance(part, dict):
                self._json(where, part)
            elif key == "html" or (isinstance(part, str) and "<" in part):
                self.dialog(where, part)
            elif key in ("message", "error_message", "errors", "title"):
                self.text(where, *(part if isinstance(part, list) else [part]))

    def text(self, where: str, *lines: str) -> None:
        self.judge(where, [["text", line] for line in lines])

    def mail(self, mail: EmailMessage) -> None:
        self.text("the subject of a mail", mail.subject)
        self.text(f"the mail “{mail.subject}”", *mail.body.splitlines())
        for html, kind in mail.alternatives:
            assert kind == "text/html"
            self.page_sent(f"the mail “{mail.subject}”", html)


class Crawler(Reader):
    """One person's way from screen to screen: which they saw, and what was wrong there."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.seen: Counter[str] = Counter()
        self.addresses: dict[str, str] = {}

    def follow(self, *addresses: str) -> None:
        """Visit these screens and those that they link to, one of each kind."""
        waiting, known = deque(addresses), set(addresses)
        while waiting:
            address = waiting.popleft()
            if self.seen[name := name_of(address)] < MANY.get(name, 1):
                for link in self.visit(address):
                    path = urlsplit(urljoin(address, link))
                    if path.path.startswith("/admin/") and link not in known and not path.netloc:
                        known.add(link)
                        waiting.append(path._replace(fragment="").geturl())

    def visit(self, address: str) -> list[str]:
        """Read a screen; return its links."""
        name = name_of(address)
        if not name or not is_screen(name):
            return []
        self.seen[name] += 1
        self.addresses[name] = address
        return self.look(address)

    def look(self, address: str) -> list[str]:
        raise NotImplementedError


class Crawl(Crawler):
    """In a browser, with all that scripts make of a screen."""

    def look(self, address: str) -> list[str]:
        answer = self.page.goto(address)
        if answer.headers.get("content-type", "").startswith(JSON):
            dialog = answer.json().get("html", "")
            self.page.goto("/admin/account/")  # it stands over another screen
            self.dialog(address, dialog)
            return []
        self.read()
        return self.page.evaluate(LINKS)

    def read(self) -> None:
        """Judge what the browser shows now."""
        page = self.page
        if page.evaluate("getComputedStyle(document.documentElement).direction") != "rtl":
            self.wrong[f"from left to right: {page.title()}"] = page.url
        self.judge(page.url, page.evaluate(f"({READ})(document.documentElement)"))


class Walk(Answers, Crawler):
    """By the answers to a test client only: much cheaper, but without what scripts add."""

    def __init__(self, page: Page, client: Client) -> None:
        super().__init__(page)
        self.client = client

    def look(self, address: str) -> list[str]:
        answer = self.client.get(address)
        assert "/login/" not in answer.get("Location", ""), f"signed out before {address}"
        return self.read(address, answer)


@pytest.fixture
def browse(new_page, live_server):
    """Begin a crawl as the owner of a logged-in test client, or of nobody, in an English browser."""

    def start(client: Client | None) -> Crawl:
        page = new_page(locale="en-GB")
        # Not `page.route`, which would switch the browser's cache off.
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.setBlockedURLs", {"urls": PICTURES})
        if client:
            log_in(page, client, live_server.url)
        return Crawl(page)

    return start


@pytest.fixture
def blank_page(chromium, monkeypatch):
    """A page of no site, with the admin's script for digits."""
    # Nobody asks these answers for their templates; to note them and copy their contexts takes a good part of the time.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_signal: None)
    page = chromium.new_page()
    page.add_script_tag(path=ROOT / "persian/static/persian/js/digits.js")
    yield page
    page.close()


@pytest.fixture
def answers(blank_page) -> Answers:
    return Answers(blank_page)
