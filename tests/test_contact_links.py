"""Links by e-mail: what the row holds opens nothing, and a token opens one row for one purpose."""

from types import SimpleNamespace

import pytest
from django.test import override_settings

from contact.links import is_good, make_token, row_key

ROW = SimpleNamespace(pk=12, nonce="0f" * 16)
OTHER = SimpleNamespace(pk=13, nonce="0f" * 16)


def test_a_token_opens_its_own_row_for_its_own_purpose():
    token = make_token("recover", ROW)
    assert row_key(token) == 12
    assert is_good(token, "recover", ROW)
    assert not is_good(token, "answer", ROW)
    assert not is_good(token, "recover", OTHER)
    assert not is_good(token, "recover", None)
    assert not is_good(token[:-1], "recover", ROW)
    assert ROW.nonce not in token


@pytest.mark.parametrize("text", ["", "-", "x-y", "۱۲-abc", "-12", "9" * 30 + "-a", "1.5-a"])
def test_what_is_no_token_has_no_row(text):
    assert row_key(text) is None


def test_links_outlive_a_change_of_the_key(settings):
    token = make_token("recover", ROW)
    with override_settings(SECRET_KEY="another key of the site", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert is_good(token, "recover", ROW)
    with override_settings(SECRET_KEY="another key of the site", SECRET_KEY_FALLBACKS=[]):
        assert not is_good(token, "recover", ROW)
