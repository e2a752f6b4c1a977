"""«رمز پیگیری», the secret that opens a case: sixteen digits in groups of four, as every bank card here has.

53 bits: with 100,000 open cases, a guesser at a million tries a second would need months for the first hit, and the limiter lets
through a handful an hour. It is derived with the site's key from the form's one-time key, so it can be shown again and is
stored nowhere in the clear; what is stored is a keyed hash, so a copy of the database opens nothing.
"""

import uuid
from typing import Protocol

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from persian.text import to_persian_digits
from persian.typed import bare

LENGTH = 16
GROUP = 4
FIRST_VERSION = 1


class HasSecret(Protocol):
    form_key: uuid.UUID
    secret_hash: str
    secret_version: int


def make_secret(form_key: uuid.UUID, version: int = FIRST_VERSION) -> str:
    """The secret of a case, sixteen ASCII digits. A greater version gives another one."""
    mac = salted_hmac("contact.secret", f"{form_key.hex}:{version}", algorithm="sha256")
    return f"{int.from_bytes(mac.digest()) % 10**LENGTH:0{LENGTH}d}"  # 256 bits: the remainder is even to 1 in 10^60


def hash_secret(secret: str, key: str | bytes | None = None) -> str:
    """What is stored of a secret: 64 hexadecimal digits. `key`: another than SECRET_KEY."""
    return salted_hmac("contact.secret_hash", secret, secret=key, algorithm="sha256").hexdigest()


def parse_secret(text: str) -> str | None:
    """The secret that a person typed in any digits, with any spaces and dashes; None when it cannot be one."""
    digits = bare(text)
    return digits if len(digits) == LENGTH and digits.isascii() and digits.isdigit() else None


def opens(case: HasSecret | None, secret: str | None) -> bool:
    """Whether `secret` opens `case`. Takes the same time for a case that does not exist and for one without a secret.

    Hashes made with an earlier key (SECRET_KEY_FALLBACKS) still open.
    """
    stored = case.secret_hash if case is not None else ""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    matches = sum(
        constant_time_compare(stored, hash_secret(secret or "", key)) for key in keys
    )  # all of them
    return matches > 0 and secret is not None


def secret_of(case: HasSecret) -> str | None:
    """The secret again, for a receipt or an e-mail; None when it was made with a key that is no more or never given."""
    secret = make_secret(case.form_key, case.secret_version)
    return secret if opens(case, secret) else None


def format_secret(secret: str) -> str:
    """«۱۲۳۴-۵۶۷۸-۹۰۱۲-۳۴۵۶», to be shown left to right."""
    return to_persian_digits("-".join(secret[start : start + GROUP] for start in range(0, LENGTH, GROUP)))
