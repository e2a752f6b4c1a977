"""Short names for the blocks of a page body, so that the texts beside this read as text."""

from typing import Any

Block = tuple[str, Any]


def heading(text: str) -> Block:
    return "heading", {"text": text, "level": "h2"}


def paragraph(*texts: str) -> Block:
    """One block of rich text: a text that begins with a tag is kept as it is, any other becomes a paragraph."""
    return "paragraph", "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in texts)


def bullets(*items: str) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def callout(title: str, text: str, tone: str = "info") -> Block:
    return "callout", {"tone": tone, "title": title, "text": f"<p>{text}</p>"}


def headings(*texts: str) -> list[Block]:
    """The body of a draft that has nothing but its headings yet."""
    return [heading(text) for text in texts]
