"""Every role at every admin address of the desk, with a case of every kind: nobody reads or changes what is not theirs.

The tables say who may what. An address without a line in them fails by its name. WALK=full (`make test-security`) takes every
state of a case in every place; else the places have one open case each, and the officer's own unit has all states.
"""

import os
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from contact import models as of_contact
from contact import pdf
from contact.secrets import hash_secret, make_secret
from outbox.models import OutgoingMail, OutgoingSms
from tests.desk_rules import CASES, OTHERS, Rule
from tests.desk_walk import PLACES, READ, ROLES, World, client_of, make_world, snapshot, text_of
from tests.test_contact_track import knock

pytestmark = [pytest.mark.django_db, pytest.mark.security]
IS_FULL = os.environ.get("WALK") == "full"
CASEWORK = (
    *("Message", "TimelineEntry", "Attachment", "DraftReply", "OutsideQuestion", "Original", "PublicAnswer"),
    *("Topic", "Unit", "Municipality", "CannedReply", "Absence", "SavedFilter", "OneTimeLink"),
)
KEPT = (*(getattr(of_contact, name) for name in CASEWORK), OutgoingMail, OutgoingSms)


# --- The table is whole ---


def _addresses(resolver: Any = None, prefix: str = "", under: str = "") -> dict[str, str]:
    """The names of all admin addresses, with the module of their views."""
    found: dict[str, str] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        path = under + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found |= _addresses(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix, path)
        elif path.startswith("admin/") and entry.name:
            view = getattr(entry.callback, "view_class", entry.callback)
            found[prefix + entry.name] = view.__module__
    return found


def test_every_address_of_the_desk_has_its_line():
    ours = {
        name
        for name, module in _addresses().items()
        if module.startswith(("contact.", "outbox.")) or "contact" in name or "outbox" in name
    }
    known = {*CASES, *OTHERS}
    assert not ours - known, f"say in the tables who may: {sorted(ours - known)}"
    assert not known - ours, "there is no such address"


# --- The walk ---


class Writes:
    """Notes which of our tables a request writes to: only then the rows are compared."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        words = str(sql).split(None, 3)
        if words[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            self.tables |= {word for word in words[1:3] if word.startswith(('"contact_', '"outbox_'))}
        return execute(sql, params, many, context)


class Walk:
    """One role on its way; what it finds wrong it writes down and goes on."""

    def __init__(self, name: str, world: World) -> None:
        self.name, self.role, self.world = name, ROLES[name], world
        self.client = client_of(name, world)
        self.hidden = world.hidden_from(self.role)
        self.wrong: list[str] = []
        self.before = snapshot(KEPT)

    def ask(self, method: str, address: str, data: Any = None) -> tuple[Any, bool]:
        """The answer, and whether anything changed; then all is as it was."""
        wrote = Writes()
        with transaction.atomic():
            try:
                with connection.execute_wrapper(wrote):
                    response = getattr(self.client, method)(address, data)
                changed = bool(wrote.tables) and snapshot(KEPT) != self.before
            except Exception as problem:
                self.note(method, address, f"fails: {problem!r}")
                return None, False
            finally:
                transaction.set_rollback(True)
        if response.status_code >= 500:
            self.note(method, address, f"status {response.status_code}")
        told = text_of(response)
        for word in self.hidden:
            if word in told:
                self.note(method, address, f"tells of {word}")
        return response, changed

    def note(self, method: str, address: str, words: str) -> None:
        self.wrong.append(f"{method} {address}: {words}")

    def may(self, rights: str | tuple[str, ...]) -> bool:
        return bool(self.role.rights & {*((rights,) if isinstance(rights, str) else rights)})

    def refusal(self, response: Any) -> str:
        """In which way an answer refuses; "" when it does not."""
        if response.status_code in (403, 404, 405):
            return "not there"
        to = response.get("Location", "") if response.status_code == 302 else ""
        if to.startswith(reverse("wagtailadmin_login")):
            return "log in"
        return "first page" if to == reverse("wagtailadmin_home") else ""

    def visit(
        self, name: str, rule: Rule, row: Any = None, place: str = "", more: tuple[int, ...] = ()
    ) -> None:
        """Read the address and post to it, as the rule says."""
        address = reverse(name, args=[row.pk, *more] if row else more)
        hidden = bool(place) and place not in self.role.places
        barred = "not there" if hidden else ""
        if not self.role.is_staff:
            barred = "log in"
        elif READ not in self.role.rights if name in CASES else not self.may(rule.get):
            barred = "first page"
        for method, rights in (("get", rule.get), ("post", rule.post)):
            data = rule.data(self.world, row) if method == "post" else None
            response, changed = self.ask(method, address, data)
            if response is None:
                continue
            may = not barred and bool(rights) and self.may(rights)
            said = self.refusal(response)
            if barred and (not said or ("log in" in (said, barred) and said != barred)):
                self.note(
                    method, address, f"{response.status_code} {response.get('Location', '')}, not “{barred}”"
                )
            if changed and not may:
                self.note(method, address, "changes what is not theirs")
            if may and method == "get" and said and getattr(row, "state_of_case", "") in rule.shown_in:
                self.note(method, address, f"refused: {response.status_code} {response.get('Location', '')}")
            if may and method == "post":
                self.is_done(name, rule, row, address, changed)

    def is_done(self, name: str, rule: Rule, row: Any, address: str, changed: bool) -> None:
        """A good post by somebody who may does something, or the refusals of others would mean nothing."""
        state = getattr(row, "state_of_case", "")
        if not state and name != "outbox_trial" and not changed:
            self.note("post", address, "does nothing")
        is_confidential = name == "publish_answer" and row.place == "secret"
        if state in rule.works_in and not changed and not is_confidential:
            self.note("post", address, "does nothing")
        if state == "anonymised" and changed:
            self.note("post", address, "changes what is anonymised")


#: The CMS's own window for a link, which only its own script posts to.
EMPTY_FAILS = "wagtailadmin_choose_page_external_link"
LISTS = ("?block=all", "?block=overdue", "?status=spam", "?block=all&p=2", "?assignee=none", "?q=ژغظ")


@pytest.fixture
def world(small_site, settings, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "render", lambda html, sheet: html.encode())
    return make_world(all_places=IS_FULL)


def _walk_cases(walk: Walk) -> None:
    for (place, _state), case in walk.world.cases.items():
        for name, rule in CASES.items():
            more: tuple[int, ...] = ()
            if name == "desk:file":
                more = (case.attachments.first().pk,)
            elif name == "desk:withdraw":
                more = (case.outside_questions.first().pk,)
            elif name == "desk:original_file":
                more = (case.originals.exclude(attachment=None).get().pk,)
            walk.visit(name, rule, case, place, more)


def _walk_others(walk: Walk) -> None:
    for name, rule in OTHERS.items():
        model = name.removeprefix("wagtailsnippets_contact_").partition(":")[0]
        try:
            reverse(name)
        except NoReverseMatch:
            if model != "publicanswer":
                walk.visit(name, rule, walk.world.rows[model])
                continue
            for place, answer in walk.world.answers.items():
                reads_all = "contact.change_publicanswer" in walk.role.rights
                walk.visit(name, rule, answer, "" if reads_all else place)
        else:
            walk.visit(name, rule)


def _walk_chosen(walk: Walk) -> None:
    """Chosen in the list of the desk: cases that are not theirs stay as they are, their own do not."""
    address, places = reverse("desk:bulk"), walk.role.places
    for mine in (False, True):
        chosen = [case.pk for (place, _state), case in walk.world.cases.items() if (place in places) == mine]
        for more in (
            {"do": "spam"},
            {"do": "close", "text": "انجام شد"},
            {"do": "assign", "to": walk.world.people.head.pk},
        ):
            _response, changed = walk.ask(
                "post", address, {"case": chosen, "key": "k", "agreed": "1", **more}
            )
            if changed and not mine:
                walk.note("post", f"{address} {more['do']}", "changes what is not theirs")
            if chosen and mine and not changed:
                walk.note("post", f"{address} {more['do']}", "does nothing")


def _walk_the_rest(walk: Walk) -> None:
    """Every other screen of the admin, searched for what all cases hold: none tells of a case that is not theirs."""
    for name in sorted(_addresses()):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if "logout" in name or name == "wagtailadmin_error_test":  # that one fails on purpose
            continue
        response, _changed = walk.ask("get", address)
        if response is not None and response.status_code == 200:
            for query in ("?q=خیابان", "?export=xlsx", *(LISTS if name.startswith("desk:index") else ())):
                walk.ask("get", address + query)
        if name != EMPTY_FAILS and walk.ask("post", address, {})[1]:
            walk.note("post", address, "changes something, though nothing was typed")
    keys = [answer.pk for answer in walk.world.answers.values()]
    for model in ("contact/publicanswer", "contact/message", "contact/attachment", "outbox/outgoingmail"):
        query = urlencode([("id", key) for key in keys])
        walk.ask("get", f"/admin/bulk/{model}/delete/?{query}")
        if walk.ask("post", f"/admin/bulk/{model}/delete/?{query}")[1] and walk.role.places != PLACES:
            walk.note("post", model, "deletes what is not theirs")


@pytest.mark.long
@pytest.mark.parametrize("name", ROLES)
def test_nobody_reads_or_changes_what_is_not_theirs(name, world):
    walk = Walk(name, world)
    _walk_cases(walk)
    _walk_others(walk)
    _walk_chosen(walk)
    assert not walk.wrong, "\n".join(walk.wrong)


@pytest.mark.parametrize("name", [name for name, role in ROLES.items() if role.places != PLACES])
def test_no_list_search_or_chooser_tells_of_what_is_not_theirs(name, world):
    walk = Walk(name, world)
    _walk_the_rest(walk)
    assert not walk.wrong, "\n".join(walk.wrong)


def test_a_sender_fetches_no_file_of_another_case_and_none_that_is_internal(world, settings):
    """The site's own addresses with a number in them: with one case open, every number of every other."""
    case = world.cases["ours", "open"]
    case.secret_hash = hash_secret(make_secret(case.form_key))
    case.save()
    sender = Client()
    knock(sender, case.tracking_code, make_secret(case.form_key))
    assert case.title in text_of(sender.get("/contact/track/case/"))
    for stored in of_contact.Attachment.objects.all():
        response = sender.get(f"/contact/track/file/{stored.pk}/")
        assert response.status_code in (302, 303, 404), stored
    for answer in world.answers.values():
        assert Client().get(f"/contact/answers/{answer.pk}/").status_code == 404
    others = [word for word, place, right in world.words if place != "ours" or right]
    for address in (
        "/contact/",
        "/contact/track/case/",
        "/contact/answers/?q=خیابان",
        "/search/?q=خیابان",
        "/contact/stats/",
    ):
        told = text_of(sender.get(address))
        assert not [word for word in others if word in told], address
