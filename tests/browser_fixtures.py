"""A real browser for the tests that need one: Debian's Chromium, or any other on the machine, driven by Playwright."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.chromium import launch_options

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@dataclass
class Witness:
    """What a browser did besides showing pages: requests to other hosts, complaints on its console, failed requests."""

    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def watch(self, page: Page, host: str) -> None:
        def on_request(request) -> None:
            if request.url.startswith("http") and urlsplit(request.url).netloc != host:
                self.foreign.append(request.url)

        page.on("request", on_request)
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "response", lambda r: self.failures.append(f"{r.status} {r.url}") if r.status >= 500 else None
        )

    def assert_quiet(self) -> None:
        assert not self.foreign, f"requests to other hosts: {self.foreign}"
        assert not self.failures, f"server errors: {self.failures}"
        assert not self.complaints, f"the console complains: {self.complaints}"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run; skipped by name when the machine has none (and that is a failure under CI)."""
    # Playwright's synchronous interface runs an event loop in this thread, where Django would refuse database calls.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    options = launch_options()
    ours = {alias: connections[alias] for alias in connections}
    with sync_playwright() as playwright:
        # Where an event loop runs, Django keeps other connections. Ours remember what migrations made, to put it back.
        for alias, connection in ours.items():
            connections[alias] = connection
        if "executable_path" not in options and not os.path.exists(playwright.chromium.executable_path):
            pytest.skip("no Chromium on this machine: install one, or run `playwright install chromium`")
        browser = playwright.chromium.launch(**options)
        yield browser
        browser.close()


@pytest.fixture
def witness() -> Witness:
    return Witness()


@pytest.fixture
def new_page(chromium: Browser, live_server, witness: Witness) -> Iterator[Callable[..., Page]]:
    """Make a page: `new_page(viewport=PHONE, java_script_enabled=False)`; addresses are relative to the live server."""
    contexts: list[BrowserContext] = []

    def make(**options) -> Page:
        options = {"viewport": DESKTOP, "base_url": live_server.url, "locale": "fa-IR", **options}
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        witness.watch(page, urlsplit(live_server.url).netloc)
        return page

    yield make
    for context in contexts:
        context.close()


def log_in(page: Page, client, url: str) -> None:
    """Give the browser the session of a logged-in test client; `url` is the live server's."""
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": url}])
