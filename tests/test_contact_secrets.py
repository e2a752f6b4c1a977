"""The secret that opens a case: derived again when it is needed, stored only as a keyed hash."""

import uuid
from types import SimpleNamespace

import pytest
from django.test import override_settings

from contact.secrets import format_secret, hash_secret, make_secret, opens, parse_secret, secret_of

KEY = uuid.UUID("0b2f6f6e-5d0c-4f8e-9a53-2f1f4b6c7d8e")


def case(key=KEY, version=1):
    return SimpleNamespace(
        form_key=key, secret_version=version, secret_hash=hash_secret(make_secret(key, version))
    )


def test_the_same_form_gives_the_same_secret_and_another_form_another():
    assert make_secret(KEY) == make_secret(KEY)
    assert len({make_secret(uuid.uuid4()) for _number in range(1000)}) == 1000
    assert make_secret(KEY, version=2) != make_secret(KEY)


@pytest.mark.parametrize("shape", ["{}", " {} "])
def test_it_is_read_as_people_type_it(shape):
    secret = make_secret(KEY)
    shown = format_secret(secret)
    assert len(shown) == 19
    assert not any(letter in "0123456789" for letter in shown)
    assert parse_secret(shape.format(shown)) == secret
    assert parse_secret(shown.replace("-", " ")) == secret
    assert parse_secret(secret) == secret


@pytest.mark.parametrize(
    "text", ["", "۱۲۳۴", "1234-5678-9012-345", "1234-5678-9012-34567", "abcd-efgh-ijkl-mnop", "²" * 16]
)
def test_what_cannot_be_a_secret_is_none(text):
    assert parse_secret(text) is None


def test_only_its_own_secret_opens_a_case():
    mine = case()
    assert opens(mine, make_secret(KEY))
    assert not opens(mine, make_secret(uuid.uuid4()))
    assert not opens(mine, None)
    assert not opens(mine, "")
    assert not opens(None, make_secret(KEY))


def test_a_case_without_a_secret_is_opened_by_nothing():
    without = SimpleNamespace(form_key=KEY, secret_version=1, secret_hash="")
    assert not opens(without, "")
    assert not opens(without, None)
    assert not opens(without, make_secret(KEY))
    assert secret_of(without) is None


def test_a_new_secret_puts_the_old_one_out_of_use():
    renewed = case(version=2)
    assert opens(renewed, make_secret(KEY, 2))
    assert not opens(renewed, make_secret(KEY, 1))
    assert secret_of(renewed) == make_secret(KEY, 2)


def test_after_a_change_of_the_key_old_secrets_still_open_but_are_not_shown_again(settings):
    mine, secret = case(), make_secret(KEY)
    with override_settings(SECRET_KEY="another key of the site", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert opens(mine, secret)
        assert secret_of(mine) is None
    with override_settings(SECRET_KEY="another key of the site", SECRET_KEY_FALLBACKS=[]):
        assert not opens(mine, secret)
