"""Names in addresses, in one spelling each."""

import unicodedata
from urllib.parse import unquote

from django.utils.text import slugify

from .text import fold

# Spellings of one letter that Persian keyboards, Arabic ones and old texts mix.
_ONE_SPELLING = str.maketrans({"ۀ": "ه", "ة": "ه", "ە": "ه", "ہ": "ه", "أ": "ا", "إ": "ا", "ٱ": "ا"})


def slug_from(text: str) -> str:
    """Return the one spelling of `text` in an address: folded letters, ASCII digits, dashes; "" for symbols only.

    Vowel marks and half-spaces go: «دربارهٔ كتاب‌ها، بخش ۲» → "درباره-کتابها-بخش-2". Idempotent.
    """
    letters = fold(unicodedata.normalize("NFKC", text))  # first: presentation forms hide Arabic letters
    return slugify(letters.translate(_ONE_SPELLING), allow_unicode=True)


def fold_path(path: str) -> str:
    """Return the one spelling of an address's decoded path, with a slash at both ends. Idempotent.

    Each part is folded like a slug; what stood between two slashes and says nothing goes. What arrives encoded twice, as
    some messengers send it, is decoded once more.
    """
    parts = (slug_from(part) for part in unquote(path).split("/"))
    return "/".join(["", *filter(None, parts), ""])
