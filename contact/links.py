"""Links by e-mail that open one thing: a case once, or a question to another organization.

The row holds random bits only. The link's token is derived from them with the site's key, so neither the row nor the
outbox opens anything; it is put together again when the mail is sent.
"""

import base64
from typing import Protocol

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

BYTES = 18  # 144 bits


class HasNonce(Protocol):
    pk: int
    nonce: str


def make_token(purpose: str, row: HasNonce, key: str | bytes | None = None) -> str:
    """«12-kX…», safe in an address: the row's key and 144 bits. `key`: another than SECRET_KEY."""
    mac = salted_hmac(f"contact.link.{purpose}", f"{row.pk}:{row.nonce}", secret=key, algorithm="sha256")
    return f"{row.pk}-{base64.urlsafe_b64encode(mac.digest()[:BYTES]).decode()}"


def row_key(token: str) -> int | None:
    """The primary key in a token; None for what cannot be one. Says nothing about whether the token is good."""
    digits = token.partition("-")[0]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def is_good(token: str, purpose: str, row: HasNonce | None) -> bool:
    """Whether `token` belongs to `row`, made with this key or an earlier one, compared in constant time."""
    if row is None:
        return False
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return sum(constant_time_compare(token, make_token(purpose, row, key)) for key in keys) > 0  # all of them
