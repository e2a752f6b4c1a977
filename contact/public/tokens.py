"""Signed tokens: the form's, which carries its one-time key and its age, and the receipt's."""

import time
import uuid
from dataclasses import dataclass, replace

from django.core import signing

MIN_AGE = 3  # seconds; no person reads and fills in the form faster
MAX_AGE = 24 * 60 * 60
RECEIPT_AGE = 6 * 60 * 60

_FORM = "contact.form"
_RECEIPT = "contact.receipt"


@dataclass(frozen=True)
class FormToken:
    """A form that was handed out: `key` makes its message one, however often it is posted; `issued` is Unix time."""

    key: uuid.UUID
    issued: float

    @classmethod
    def new(cls) -> "FormToken":
        return cls(uuid.uuid4(), time.time())

    @classmethod
    def read(cls, text: str) -> "FormToken | None":
        """The token in a posted form; None when it is missing or not ours."""
        try:
            key, issued = signing.loads(text, salt=_FORM)
            return cls(uuid.UUID(hex=key), float(issued))
        except (signing.BadSignature, ValueError, TypeError):
            return None

    def dump(self) -> str:
        return signing.dumps([self.key.hex, round(self.issued, 1)], salt=_FORM)

    def renewed(self) -> "FormToken":
        """For a form shown again: the same key, and no waiting, for whoever sees it has typed already."""
        return replace(self, issued=time.time() - MIN_AGE)

    @property
    def too_new(self) -> bool:
        return time.time() - self.issued < MIN_AGE - 0.1  # `dump` rounds

    @property
    def too_old(self) -> bool:
        return time.time() - self.issued > MAX_AGE


def receipt_token(tracking_code: str, secret_version: int) -> str:
    """Opens the receipt of this one secret, so that an earlier receipt never shows a secret that was given anew."""
    return signing.dumps([tracking_code, secret_version], salt=_RECEIPT)


def read_receipt(text: str) -> tuple[str, int] | None:
    """The tracking code and the secret's version of a receipt; None when the token is wrong, too old, or of another make."""
    try:
        code, version = signing.loads(text, salt=_RECEIPT, max_age=RECEIPT_AGE)
        return str(code), int(version)
    except (signing.BadSignature, ValueError, TypeError):
        return None
