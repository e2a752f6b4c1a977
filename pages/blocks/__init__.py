"""The blocks a page body is made of, by family."""

from wagtail.blocks import StreamBlock

from .layout import AccordionBlock, ContactCardBlock, LinkCardsBlock, TableBlock
from .live import LiveBlock
from .media import DocumentBlock, ImageBlock
from .text import CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock, VerseBlock

__all__ = ["BodyStreamBlock"]


class BodyStreamBlock(StreamBlock):
    """Everything an editor may put into the body of a page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    image = ImageBlock()
    quote = QuoteBlock()
    verse = VerseBlock()
    callout = CalloutBlock()
    document = DocumentBlock()
    table = TableBlock()
    accordion = AccordionBlock()
    contact_card = ContactCardBlock()
    link_cards = LinkCardsBlock()
    live = LiveBlock()
