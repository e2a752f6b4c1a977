"""Names in addresses."""

from django.utils.text import slugify

from persian.text import fold


def slug_from(text: str) -> str:
    """Return the one spelling of `text` in an address: folded letters, ASCII digits, dashes; "" for symbols only."""
    return slugify(fold(text), allow_unicode=True)
