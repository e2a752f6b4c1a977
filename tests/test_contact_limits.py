"""Tries are limited per sender, in the database; whoever looks like a machine does a small piece of work first."""

import base64
import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import altcha
import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone, translation

from contact import limits
from contact.models import Try
from contact.public import challenge
from contact.public.tokens import FormToken
from operations import schedule
from tests.factories import MessageFactory

pytestmark = pytest.mark.django_db
SARA, REZA = "a" * 64, "b" * 64


def later(**delta):
    Try.objects.update(at=timezone.now() - timedelta(**delta))


# --- Limits ---


def test_so_many_tries_and_no_more():
    assert [limits.too_many("track", SARA, 3) for _try in range(3)] == [0, 0, 0]
    assert 3590 <= limits.too_many("track", SARA, 3) <= 3601
    assert limits.too_many("track", REZA, 3) == 0, "another sender"
    assert limits.too_many("recover", SARA, 3) == 0, "another thing"
    assert Try.objects.filter(what="track", sender_hash=SARA).count() == 3, "a refused try makes no row"
    later(minutes=59)
    assert 50 <= limits.too_many("track", SARA, 3) <= 61
    later(minutes=61)
    assert limits.too_many("track", SARA, 3) == 0


def test_a_limit_has_a_span_of_its_own():
    assert limits.too_many("upload", SARA, 1, timedelta(minutes=1)) == 0
    assert 1 <= limits.too_many("upload", SARA, 1, timedelta(minutes=1)) <= 61
    later(seconds=61)
    assert limits.too_many("upload", SARA, 1, timedelta(minutes=1)) == 0


def test_nothing_is_allowed_where_the_limit_is_nought():
    assert limits.too_many("track", SARA, 0) > 0


def test_a_sender_without_an_address_is_not_limited():
    assert [limits.too_many("track", "", 1) for _try in range(3)] == [0, 0, 0]


def test_old_tries_are_forgotten():
    limits.note("track", SARA)
    later(hours=25)
    limits.note("track", SARA)
    assert limits.forget_old() == 1
    assert Try.objects.count() == 1


def test_files_and_tries_are_swept_by_the_clock():
    assert {"sweep_files", "forget_tries"} <= {job.name for job in schedule.jobs()}


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_do_not_slip_through():
    def attempt(_number):
        try:
            return limits.too_many("track", SARA, 3)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(8)))
    assert sum(answer == 0 for answer in answers) <= 3
    assert Try.objects.count() <= 3


# --- Who is asked ---


def posted(**fields):
    return RequestFactory().post("/contact/", fields)


def old_enough():
    return FormToken(uuid.uuid4(), time.time() - 60)


def test_whoever_writes_like_a_person_is_asked_nothing():
    assert not challenge.demand(posted(), old_enough(), SARA)
    assert not Try.objects.exists()


def test_whoever_is_too_fast_is_asked_for_an_hour():
    assert challenge.demand(posted(), FormToken.new(), SARA)
    assert challenge.demand(posted(), old_enough(), SARA), "a new form does not wash it off"
    assert not challenge.demand(posted(), old_enough(), REZA)
    later(minutes=61)
    assert not challenge.demand(posted(), old_enough(), SARA)


def test_whoever_steps_into_the_trap_is_asked_from_then_on():
    assert not challenge.demand(posted(website="x"), old_enough(), SARA), "it goes among the spam, unseen"
    assert challenge.demand(posted(), old_enough(), SARA)


def test_whoever_sends_many_messages_is_asked(settings):
    MessageFactory.create_batch(4, sender_hash=SARA)
    assert not challenge.demand(posted(), old_enough(), SARA)
    MessageFactory(sender_hash=SARA)
    assert challenge.demand(posted(), old_enough(), SARA)
    settings.CONTACT_MESSAGES_PER_HOUR = 400
    assert not challenge.demand(posted(), old_enough(), SARA)


# --- The work ---


def work_of(asked):
    """What our script sends, made by the protocol's own library."""
    task = altcha.Challenge.from_dict(json.loads(asked.work))
    return altcha.Payload(task, altcha.solve_challenge(task)).to_base64()


@pytest.fixture
def form():
    """The key of a form whose sender is suspected."""
    limits.note(challenge.SUSPECT, SARA)
    return old_enough()


@pytest.fixture(scope="module")
def solved():
    """A challenge with its solution: (key, solution)."""
    key = uuid.uuid4()
    return key, work_of(challenge.make(key))


def test_the_work_done_lets_the_message_through(form):
    asked = challenge.demand(posted(), form, SARA)
    assert not challenge.demand(posted(altcha=work_of(asked)), form, SARA)


def test_the_work_is_for_one_form_only(solved, form):
    key, solution = solved
    assert not challenge.demand(posted(altcha=solution), FormToken(key, time.time() - 60), SARA)
    assert challenge.demand(posted(altcha=solution), form, SARA)


def test_the_work_holds_for_an_hour(solved, monkeypatch):
    key, solution = solved
    assert challenge.is_met(posted(altcha=solution).POST, key, SARA)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + challenge.AGE + 5)
    assert not challenge.is_met(posted(altcha=solution).POST, key, SARA)


def test_another_site_key_is_another_secret(solved, settings):
    key, solution = solved
    settings.SECRET_KEY = "another"
    assert not challenge.is_met(posted(altcha=solution).POST, key, SARA)


@pytest.mark.parametrize(
    "change",
    [
        lambda all_of_it: all_of_it["solution"].update(counter=1),
        lambda all_of_it: all_of_it["solution"].update(counter=-1),
        lambda all_of_it: all_of_it["solution"].update(counter="7"),
        lambda all_of_it: all_of_it["solution"].update(derivedKey="00"),
        lambda all_of_it: all_of_it["solution"].update(derivedKey=None),
        lambda all_of_it: all_of_it["challenge"].update(signature="0" * 64),
        lambda all_of_it: all_of_it["challenge"].update(signature=None),
        lambda all_of_it: all_of_it["challenge"]["parameters"].update(cost=1),
        lambda all_of_it: all_of_it["challenge"]["parameters"].update(keyPrefix=""),
        lambda all_of_it: all_of_it["challenge"]["parameters"].update(expiresAt=None),
        lambda all_of_it: all_of_it["challenge"]["parameters"].update(data={"form": "0" * 32}),
        lambda all_of_it: all_of_it.update(challenge=[]),
        lambda all_of_it: all_of_it.update(challenge=None),
        lambda all_of_it: all_of_it.update(solution="x"),
        lambda all_of_it: all_of_it["challenge"].update(parameters="x"),
    ],
)
def test_work_that_was_tampered_with_is_no_work(solved, change):
    key, solution = solved
    all_of_it = json.loads(base64.b64decode(solution))
    change(all_of_it)
    changed = base64.b64encode(json.dumps(all_of_it).encode()).decode()
    assert not challenge.is_met(posted(altcha=changed).POST, key, SARA)


@pytest.mark.parametrize("solution", ["x", "سلام", "e30=", "W10=", "bnVsbA==", "[" * 3000, "A" * 10**6])
def test_nonsense_is_no_work(solution):
    assert not challenge.is_met(posted(altcha=solution).POST, uuid.uuid4(), SARA)


def test_checking_is_cheap(solved):
    key, solution = solved
    began = time.perf_counter()
    for _check in range(20):
        assert challenge.is_met(posted(altcha=solution).POST, key, SARA)
    assert (time.perf_counter() - began) / 20 < 0.2


# --- The question, for whoever has no JavaScript ---


NUMBERS_IN_WORDS = dict(
    zip(["صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه"], range(10), strict=True)
)


def answer_to(asked):
    """What a person makes of «هفت به‌علاوهٔ پنج چند می‌شود؟»."""
    return sum(NUMBERS_IN_WORDS.get(word, 0) for word in asked.question.split())


def answered(asked, answer):
    return posted(challenge_question=asked.token, challenge_answer=answer)


@pytest.mark.parametrize("written", ["ascii", "persian", "arabic", "words"])
def test_the_question_is_answered_in_digits_or_words(form, written):
    with translation.override("fa"):
        asked = challenge.demand(posted(), form, SARA)
        number = answer_to(asked)
        answer = {
            "ascii": f" {number} ",
            "persian": str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
            "arabic": str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
            "words": str(challenge.NUMBERS[number]),
        }[written]
        assert not challenge.demand(answered(asked, answer), form, SARA)


def test_the_question_says_its_numbers_in_words_only(form):
    with translation.override("fa"):
        asked = challenge.demand(posted(), form, SARA)
        assert 4 <= answer_to(asked) <= 18
        assert not any(sign.isdigit() for sign in asked.question)


def test_an_answer_is_for_one_form_only(form):
    with translation.override("fa"):
        asked = challenge.demand(posted(), form, SARA)
        assert challenge.demand(answered(asked, answer_to(asked)), old_enough(), SARA)
        forged = answered(asked, answer_to(asked))
        forged.POST = forged.POST.copy()
        forged.POST["challenge_question"] += "x"
        assert challenge.demand(forged, form, SARA)


def test_whoever_guesses_is_not_heard_any_more(form):
    with translation.override("fa"):
        asked = challenge.demand(posted(), form, SARA)
        for _guess in range(challenge.WRONG_ANSWERS):
            assert challenge.demand(answered(asked, "99"), form, SARA)
        assert challenge.demand(answered(asked, answer_to(asked)), form, SARA)
        assert not challenge.demand(posted(altcha=work_of(asked)), form, SARA), "the work is still taken"
