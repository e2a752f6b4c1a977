"""What the admin answers: every form is sent empty, with what is not allowed and as it stands; lists are searched in vain."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from urllib.parse import urljoin

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page as BrowserPage
from wagtail.models import Page

from contact.models import Message
from news.models import NewsIndexPage, NewsPage
from outbox.models import OutgoingMail
from pages.models import SiteDocument, SiteImage
from persian.working_days.models import Closure, DayOffRule
from tests.crawl import Walk
from tests.crawl_screens import bulk_addresses, menu_addresses, name_of, unlinked

pytestmark = pytest.mark.browser

#: Fields that hold a form together; without them the answer would be about the form, not about what people typed.
TECHNICAL = ("_FORMS", "-count", "csrfmiddlewaretoken", "-id", "next")
CHOICES = ("checkbox", "radio")
Fields = list[list[Any]]


def empty(fields: Fields) -> dict[str, Any]:
    return {name: values if is_technical(name, kind) else "" for name, kind, values in typed(fields)}


def too_long(fields: Fields) -> dict[str, Any]:
    return not_allowed(fields, "نادرست " * 60)


def too_little(fields: Fields) -> dict[str, Any]:
    return not_allowed(fields, "-۱")


def not_allowed(fields: Fields, text: str) -> dict[str, Any]:
    data = {name: values if is_technical(name, kind) else text for name, kind, values in typed(fields)}
    files = (name for name, kind, _values in fields if kind == "file")
    return data | {name: SimpleUploadedFile("picture.png", b"x", "image/png") for name in files}


def as_it_stands(fields: Fields) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, kind, values in fields:
        if kind != "file" and values:
            data.setdefault(name, []).extend(values)
    return data


def typed(fields: Fields) -> Fields:
    return [field for field in fields if field[1] not in (*CHOICES, "file")]


def is_technical(name: str, kind: str) -> bool:
    return kind == "hidden" or name.endswith(TECHNICAL)


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """Take back what is done meanwhile, in the database and in the client's session."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


class Clerk(Walk):
    """Sends every form that they come across, in all ways, and takes it back each time."""

    def __init__(self, page: BrowserPage, client: Client) -> None:
        super().__init__(page, client)
        self.sent: set[tuple[str, ...]] = set()
        self.exported: set[str] = set()

    def look(self, address: str) -> list[str]:
        links = super().look(address)
        if any("export=xlsx" in link for link in links):
            self.exported.add(address)
        for form in self.forms:
            self.send(urljoin(address, form["action"]), form["fields"], form["buttons"])
        return links

    def send(self, address: str, fields: Fields, buttons: list[list[str]]) -> None:
        kind = (name_of(address), *sorted(name for name, _kind, _values in fields if not name[-1:].isdigit()))
        if kind in self.sent or "csrfmiddlewaretoken" not in kind or "logout" in address:
            return  # without a token it is a script that sends it
        self.sent.add(kind)
        for how in (empty, too_long, too_little):
            self.post(address, how.__name__, how(fields))
        for name, value in buttons or [["", ""]]:
            self.post(address, name, as_it_stands(fields) | {name: value})

    def post(self, address: str, how: str, data: dict[str, Any]) -> None:
        with undone(self.client):
            self.read(f"{address} ({how})", self.client.post(address, data))


@pytest.fixture
def clerk(busy_site, everything, blank_page) -> Clerk:
    return Clerk(blank_page, everything)


def walk(clerk: Clerk) -> None:
    newsroom = reverse("wagtailadmin_explore", args=[NewsIndexPage.objects.get().pk])
    clerk.follow("/admin/", newsroom, *menu_addresses(clerk.client))
    for address in [*unlinked(clerk.addresses), *bulk_addresses()]:
        clerk.visit(address)


def is_list(name: str) -> bool:
    return name.endswith(
        ("index", "list", "explore", "history", "usage", "search", "choose", "chooser", "home")
    ) or ("_reports:" in name)


@pytest.mark.long
def test_what_every_form_answers_is_persian(clerk, mailoutbox):
    walk(clerk)
    assert len(clerk.sent) > 70, sorted(clerk.sent)
    lists = [address for name, address in clerk.addresses.items() if is_list(name)]
    assert len(clerk.exported) > 5, clerk.exported
    for address in lists:
        if address in clerk.exported:
            clerk.read(address, clerk.client.get(address, {"export": "csv"}))
        clerk.read(f"{address} (searched in vain)", clerk.client.get(address, {"q": "ناپیدا"}))
    with undone(clerk.client):
        Page.objects.type(NewsPage).delete()
        for model in (SiteImage, SiteDocument, Message, OutgoingMail, Closure, DayOffRule):
            model.objects.all().delete()
        for address in lists:
            clerk.read(f"{address} (nothing there)", clerk.client.get(address))
    for mail in mailoutbox:
        clerk.mail(mail)
    clerk.assert_persian()


def test_the_way_back_to_a_forgotten_password_is_persian(busy_site, answers, client, pr_head, mailoutbox):
    pr_head.user.set_password("سی-وسه-پل-۱۴۰۵")
    pr_head.user.save()
    asked = reverse("wagtailadmin_password_reset")
    for address in ("", "نادرست", pr_head.user.email):
        answers.read(asked, client.post(asked, {"email": address}))
    mail = mailoutbox[-1]
    answers.mail(mail)
    link = re.search(r"/admin/password_reset/confirm/\S+", mail.body)[0]
    form = client.get(link, follow=True)
    address = form.request["PATH_INFO"]
    answers.read(link, form)
    for first, second in (("", ""), ("۱۲۳", "۱۲۳"), ("password", "password"), ("پل-خواجو-۱۴۰۵", "دیگر")):
        answers.read(address, client.post(address, {"new_password1": first, "new_password2": second}))
    answers.read(
        address,
        client.post(address, dict.fromkeys(("new_password1", "new_password2"), "پل-خواجو-۱۴۰۵"), follow=True),
    )
    answers.read(f"{link} (used)", client.get(link, follow=True))
    answers.assert_persian()


def test_what_is_refused_or_not_there_is_said_in_persian(busy_site, answers, everything):
    client, newsroom = everything, NewsIndexPage.objects.get()
    for address in (
        "/admin/nothing/",
        "/admin/pages/999999/edit/",
        "/admin/desk/999999/",
        "/admin/images/999999/",
    ):
        answers.read(address, client.get(address))
    for address in (reverse("wagtailadmin_pages:lock", args=[newsroom.pk]), reverse("wagtailadmin_logout")):
        answer = client.get(address)
        assert answer.status_code == 405
        answers.read(address, answer)
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(client.user)
    answer = careful.post(reverse("wagtailadmin_collections:add"), {"name": "آلبوم"})
    assert answer.status_code == 403
    answers.read("a form without its token", answer)
    answers.assert_persian()
