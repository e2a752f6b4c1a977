"""Guesses at secrets, the limit off: none opens a case. Here 2,000; `make test-security` (or GUESSES=100000) makes 100,000."""

import os
import statistics
import time
import uuid
from itertools import cycle
from random import Random

import pytest
from django.core import signing
from django.test import override_settings

from contact.codes import make_code
from contact.public import access, tracking
from contact.public.access import COOKIE, find_case
from contact.secrets import LENGTH, make_secret
from tests.factories import MessageFactory, contact_site
from tests.test_contact_track import CASE, enter, knock, with_secret

pytestmark = [pytest.mark.django_db, pytest.mark.security]
GUESSES = int(os.environ.get("GUESSES", "2000"))
#: One guess in so many goes through the page, as a visitor's does; so do as many forged cookies.
BY_THE_PAGE = 50


@pytest.fixture
def cases(db):
    contact_site()
    renewed = with_secret(secret_version=3)
    return [with_secret(), with_secret(), renewed, with_secret(is_demo=True)]


def secret_of(case):
    return make_secret(case.form_key, case.secret_version)


def guesses(case, others, random):
    """What somebody might try who saw a part of it: other cases, the code, a copy of the database, an earlier secret."""
    secret, digits = secret_of(case), "0123456789"
    with override_settings(SECRET_KEY="somebody else's key", SECRET_KEY_FALLBACKS=[]):
        elsewhere = make_secret(case.form_key, case.secret_version)
    yield from (secret[::-1], elsewhere, (case.tracking_code * 2)[:LENGTH], case.tracking_code.zfill(LENGTH))
    yield from (f"{int(case.secret_hash, 16) % 10**LENGTH:016d}", f"{case.form_key.int % 10**LENGTH:016d}")
    yield from (digit * LENGTH for digit in digits)
    yield from (secret_of(other) for other in others)
    yield from (
        make_secret(case.form_key, version) for version in range(1, 9) if version != case.secret_version
    )
    for place in range(LENGTH):  # one digit off
        yield from (
            secret[:place] + digit + secret[place + 1 :] for digit in digits if digit != secret[place]
        )
    for place in range(LENGTH - 1):  # two neighbours swapped
        swapped = secret[:place] + secret[place + 1] + secret[place] + secret[place + 2 :]
        if swapped != secret:
            yield swapped
    while True:
        yield make_secret(uuid.UUID(int=random.getrandbits(128)))


def test_no_guess_opens_a_case(client, cases, monkeypatch):
    monkeypatch.setattr(tracking, "TRIES_AN_HOUR", 10**9)
    random = Random(1405)
    without = MessageFactory()
    trying = [(case, guesses(case, [other for other in cases if other != case], random)) for case in cases]
    trying.append((without, guesses(with_secret(form_key=uuid.uuid4()), cases, random)))
    opened, posted = [], 0
    for number, (case, source) in zip(range(GUESSES), cycle(trying), strict=False):
        guess = next(source)
        if find_case(case.tracking_code, guess) is not None:
            opened.append((case.pk, guess))
        if number % BY_THE_PAGE == 0:
            posted += 1
            response = knock(client, case.tracking_code, guess)
            if response.status_code != 200 or COOKIE in response.cookies:
                opened.append((case.pk, guess))
    print(
        f"\n{GUESSES} guesses at {len(trying)} cases, {posted} of them by the page: {len(opened)} opened one"
    )
    assert not opened
    assert all(find_case(case.tracking_code, secret_of(case)) == case for case in cases), "the right one does"


def test_no_forged_cookie_opens_a_case(client, cases):
    random = Random(1405)
    enter(client, cases[0])
    good = client.cookies[COOKIE].value
    codes = [case.tracking_code for case in cases]
    forged = (
        lambda: signing.dumps(
            [random.choice(codes), "0" * 32], salt="contact.access"
        ),  # ours, of another mark
        lambda: signing.dumps([codes[1], access._mark(cases[0])], salt="contact.access"),
        lambda: signing.dumps([codes[1], access._mark(cases[1])], salt="contact.form"),
        lambda: signing.dumps([codes[1], access._mark(cases[1])], key="another", salt="contact.access"),
        lambda: signing.dumps(codes[1], salt="contact.access"),
        lambda: good[: -random.randint(1, 20)],
        lambda: good.replace(random.choice(good[:20]), "A" if good[0] != "A" else "B", 1),
        lambda: random.randbytes(60).hex(),
    )
    tried = max(len(forged), GUESSES // BY_THE_PAGE)
    for _number, forge in zip(range(tried), cycle(forged), strict=False):
        value = forge()
        if value == good:
            continue
        client.cookies[COOKIE] = value
        response = client.get(CASE)
        assert response.status_code == 303, value
    print(f"\n{tried} forged cookies: none opened a case")


def test_a_wrong_secret_takes_as_long_as_no_such_case(cases):
    """By construction (tests/test_contact_track.py counts the work); here it is measured, with much room for a busy machine."""
    times = {"a wrong secret": [], "no such case": []}
    for _round in range(min(2000, GUESSES // 10)):
        for name, code in (("a wrong secret", cases[0].tracking_code), ("no such case", make_code())):
            began = time.perf_counter()
            find_case(code, "1234567890123456")
            times[name].append(time.perf_counter() - began)
    medians = {name: statistics.median(took) for name, took in times.items()}
    print("\n" + ", ".join(f"{name}: {took * 1e6:.0f} µs" for name, took in medians.items()))
    assert 0.2 < medians["a wrong secret"] / medians["no such case"] < 5
