"""Both codes open a message for half an hour. Whoever lacks one learns nothing, not even whether there is such a message."""

import re
import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contact import secrets
from contact.codes import format_code, make_code
from contact.models import Message, Try
from contact.public import access, tracking
from contact.secrets import format_secret, hash_secret, make_secret
from tests.factories import MessageFactory, contact_site
from tests.sample_files import picture
from tests.test_contact_form import hidden_in, text_of

pytestmark = pytest.mark.django_db

TRACK, CASE = "/contact/track/", "/contact/track/case/"
WRONG = "با این کد و رمز پیامی باز نمی‌شود"


@pytest.fixture
def site(db):
    return contact_site()


def with_secret(**values):
    """A message with its secret, as the form makes it."""
    message = MessageFactory(**values)
    message.secret_hash = hash_secret(make_secret(message.form_key, message.secret_version))
    message.save()
    message.timeline.create(kind="received", at=message.created_at, to_status="received")
    return message


def secret_of(message):
    return make_secret(message.form_key, message.secret_version)


def knock(client, code, secret, **more):
    return client.post(TRACK, {"code": code, "secret": secret, **more})


def enter(client, message):
    """Open the message and return its page."""
    response = knock(client, message.tracking_code, secret_of(message))
    assert response.status_code == 303
    return client.get(response["Location"])


@pytest.fixture
def case(site):
    return with_secret(title="نیمکت برای میدان آزمون")


# --- Opening ---


def test_both_codes_open_the_message(client, case):
    assert case.title in text_of(enter(client, case))


@pytest.mark.parametrize("shape", ["{0}", " {0} ", "{1}", "{2}"])
def test_codes_are_read_as_people_type_them(client, case, shape):
    def typed(digits, shown):
        arabic = digits.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
        return shape.format(digits, shown, " ".join(arabic))

    code = typed(case.tracking_code, case.code_display)
    secret = typed(secret_of(case), format_secret(secret_of(case)))
    assert knock(client, code, secret).status_code == 303


def test_a_mistyped_digit_of_the_code_is_caught_without_a_look_at_the_messages(client, case):
    digits = case.tracking_code
    mistyped = f"{(int(digits[0]) + 1) % 10}{digits[1:]}"
    with CaptureQueriesContext(connection) as queries:
        page = text_of(knock(client, mistyped, secret_of(case)))
    assert "یکی از رقم‌های کد رهگیری اشتباه نوشته شده است" in page
    assert not [query for query in queries if "contact_message" in query["sql"]]
    assert not Try.objects.exists(), "it says nothing about messages, so it costs no try"


def test_what_cannot_be_a_code_or_a_secret_is_said_at_its_field(client, case):
    response = knock(client, "۱۲۳", "۱۲۳۴")
    page = text_of(response)
    assert "کد رهگیری نه رقم دارد" in page
    assert "رمز پیگیری شانزده رقم دارد" in page
    assert 'value="۱۲۳"' in page
    assert "کد رهگیری را بنویسید" in text_of(knock(client, "", ""))


def test_a_receipt_fills_in_the_code(client, case):
    page = text_of(client.get(f"{TRACK}?code={case.tracking_code}"))
    assert f'value="{case.code_display}"' in page
    assert "<script>" not in text_of(client.get(f"{TRACK}?code=<script>"))


def test_one_message_after_the_other(client, case):
    enter(client, case)
    other = with_secret(title="پرسش از زمان نشست")
    page = text_of(enter(client, other))
    assert other.title in page
    assert case.title not in page


# --- Closing ---


def test_closing_it_ends_the_access(client, case):
    enter(client, case)
    response = client.post("/contact/track/leave/", follow=True)
    assert "صفحهٔ پیام را بستید" in text_of(response)
    assert client.get(CASE).status_code == 303
    assert client.get("/contact/track/leave/").status_code == 405


def test_it_closes_half_an_hour_after_the_last_page(client, case):
    enter(client, case)
    now = time.time()
    with patch("time.time", lambda: now + access.AGE - 60):
        assert client.get(CASE).status_code == 200
    with patch("time.time", lambda: now + 2 * access.AGE - 120):
        assert client.get(CASE).status_code == 200, "each page begins the half hour anew"
    with patch("time.time", lambda: now + 4 * access.AGE):
        response = client.get(CASE)
        assert response.status_code == 303
        assert response["Location"] == TRACK


def test_a_secret_given_anew_ends_what_the_earlier_one_opened(client, case):
    from contact.recovery import new_secret

    enter(client, case)
    new_secret(case.pk, how="telephone")
    assert client.get(CASE).status_code == 303
    case.refresh_from_db()
    assert case.title in text_of(enter(client, case))


def test_an_anonymised_message_opens_no_more(client, case):
    enter(client, case)
    Message.objects.update(anonymised_at=timezone.now())
    assert client.get(CASE).status_code == 303
    assert WRONG in text_of(knock(client, case.tracking_code, secret_of(case)))


def test_what_was_typed_outlives_the_half_hour(client, case):
    page = text_of(enter(client, case))
    form = {**hidden_in(page), "act": "add", "text": "نشانی میدان: خیابان یکم"}
    client.cookies.clear()
    response = client.post(CASE, {**form, "files": _photo()})
    page = text_of(response)
    assert "صفحهٔ پیام پس از نیم ساعت بسته شد" in page
    assert "نشانی میدان: خیابان یکم" in page
    assert not case.timeline.filter(kind="added").exists()
    response = knock(client, case.tracking_code, secret_of(case), **hidden_in(page))
    page = text_of(response)
    assert "نشانی میدان: خیابان یکم" in page
    assert "میدان.jpg" in page
    assert not case.timeline.filter(kind="added").exists()
    client.post(CASE, {**hidden_in(page), "act": "add", "text": "نشانی میدان: خیابان یکم"})
    entry = case.timeline.get(kind="added")
    assert entry.text == "نشانی میدان: خیابان یکم"
    assert entry.attachments.get().name == "میدان.jpg"


def _photo():
    from tests.sample_files import upload

    return upload("میدان.jpg", picture())


# --- The cookie ---


def test_the_cookie_is_for_these_pages_only_and_holds_no_secret(client, case, settings):
    settings.SESSION_COOKIE_SECURE = True
    response = knock(client, case.tracking_code, secret_of(case))
    cookie = response.cookies[access.COOKIE]
    assert cookie["path"] == TRACK
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == 30 * 60
    assert secret_of(case) not in cookie.value
    assert case.secret_hash not in cookie.value


def test_a_cookie_that_was_tampered_with_opens_nothing(client, case):
    other = with_secret(title="پیام دیگری")
    enter(client, case)
    good = client.cookies[access.COOKIE].value
    enter(client, other)
    theirs = client.cookies[access.COOKIE].value
    body, _colon, rest = good.partition(":")
    for value in ("", "x", f"{theirs.partition(':')[0]}:{rest}", f"{body}:AAAA:{rest}", good[:-1] + "x" * 2):
        client.cookies[access.COOKIE] = value
        assert client.get(CASE).status_code == 303


def test_a_message_without_a_secret_is_opened_by_no_cookie(client, case):
    enter(client, case)
    Message.objects.update(secret_hash="")
    assert client.get(CASE).status_code == 303


# --- The same answer, in the same time, for everything that is wrong ---


def without_secret():
    return MessageFactory(title="پیامی بدون رمز")


def nothing():
    class Nobody:
        tracking_code = make_code()
        title = "پیامی که نیست"

    return Nobody


WRONG_WAYS = {
    "no such message": nothing,
    "a wrong secret": with_secret,
    "a message without a secret": without_secret,
    "a demonstration": lambda: MessageFactory(is_demo=True),
    "an anonymised message": lambda: with_secret(anonymised_at=timezone.now()),
}


def work_of(client, code):
    """Post a wrong pair; return the answer without what differs at every visit, the queries' shapes, and the hashes computed."""
    hashes = []

    def counted(*args):
        hashes.append(args)
        return hash_secret(*args)

    with (
        CaptureQueriesContext(connection) as queries,
        patch.object(secrets, "hash_secret", counted),
    ):
        response = knock(client, code, "1234 5678 9012 3456")
    assert response.status_code == 200
    assert access.COOKIE not in response.cookies
    answer = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text_of(response)).replace(code, "CODE")
    return answer, [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries], len(hashes)


def test_whatever_is_wrong_gets_one_answer_for_the_same_work(client, site):
    knock(client, make_code(), "1234567890123456")  # the first visit fills the caches of the frame
    works = {name: work_of(client, make().tracking_code) for name, make in WRONG_WAYS.items()}
    answer, queries, hashes = works["no such message"]
    assert WRONG in answer
    assert sum("contact_message" in query for query in queries) == 1
    assert hashes >= 1
    assert {name for name, work in works.items() if work != (answer, queries, hashes)} == set()


# --- The limit ---


def test_wrong_pairs_are_limited_and_the_telephone_is_named(client, case, monkeypatch):
    monkeypatch.setattr(tracking, "TRIES_AN_HOUR", 3)
    for _try in range(3):
        assert knock(client, case.tracking_code, "1234567890123456").status_code == 200
    response = knock(client, case.tracking_code, secret_of(case))
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 3601
    page = text_of(response)
    assert "از شبکهٔ شما کدهای نادرست بسیاری رسیده است" in page
    assert "tel:" in page
    assert f'value="{case.tracking_code}"' in page, "nothing typed is lost"
    assert access.COOKIE not in response.cookies
    Try.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert knock(client, case.tracking_code, secret_of(case)).status_code == 303


def test_good_pairs_are_not_limited_and_wash_no_guess_off(client, case, monkeypatch):
    monkeypatch.setattr(tracking, "TRIES_AN_HOUR", 3)
    for _visit in range(5):
        enter(client, case)
    for _guess in range(3):
        knock(client, case.tracking_code, "1234567890123456")
        if Try.objects.count() < 3:
            enter(client, case)
    assert Try.objects.count() == 3
    assert knock(client, case.tracking_code, "1234567890123456").status_code == 429


def test_another_network_is_not_held_back(client, case, monkeypatch):
    monkeypatch.setattr(tracking, "TRIES_AN_HOUR", 1)
    knock(client, case.tracking_code, "1234567890123456")
    assert knock(client, case.tracking_code, "1234567890123456").status_code == 429
    there = client.post(
        TRACK, {"code": case.tracking_code, "secret": secret_of(case)}, REMOTE_ADDR="198.51.100.7"
    )
    assert there.status_code == 303


# --- Kept nowhere, found nowhere ---


def test_these_pages_are_never_cached_nor_indexed(client, case):
    first = client.get(TRACK)
    wrong = knock(client, case.tracking_code, "1234567890123456")
    right = knock(client, case.tracking_code, secret_of(case))
    page = client.get(CASE)
    left = client.post("/contact/track/leave/")
    for response in (first, wrong, right, page, left, client.get(CASE)):
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"
    for response in (first, wrong, page):
        assert '<meta name="robots" content="noindex, nofollow">' in text_of(response)
        assert 'rel="canonical"' not in text_of(response)


def test_no_address_holds_a_code_or_a_secret(client, case):
    response = knock(client, case.tracking_code, secret_of(case))
    page = text_of(client.get(response["Location"]))
    addresses = [response["Location"], *re.findall(r'(?:href|action)="([^"]*)"', page)]
    told = (case.tracking_code, format_code(case.tracking_code), secret_of(case))
    assert not [address for address in addresses if any(code in address for code in told)]


def test_a_refused_csrf_token_costs_one_more_click(case, visitor):
    response = visitor.post(TRACK, {"code": case.tracking_code, "secret": secret_of(case)})
    page = text_of(response)
    assert response.status_code == 403
    assert f'value="{case.tracking_code}"' in page
    assert access.COOKIE not in response.cookies
    assert (
        visitor.post(
            TRACK, {**_token(page), "code": case.tracking_code, "secret": secret_of(case)}
        ).status_code
        == 303
    )
    refused = visitor.post(CASE, {"act": "add", "text": "توضیح بیشتر"})
    assert refused.status_code == 403
    assert "توضیح بیشتر" in text_of(refused)
    assert case.title in text_of(refused)


def _token(page):
    return {"csrfmiddlewaretoken": hidden_in(page)["csrfmiddlewaretoken"]}
