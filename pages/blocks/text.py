"""Blocks of words: heading, paragraph, quote, verse, call-out."""

import re

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from persian.arabic import FEATURE as ARABIC
from persian.arabic import ArabicTextBlock

BODY_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", ARABIC]


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self) -> str:
        """The fragment that links to this heading; «» for a heading of symbols only."""
        return slugify(self["text"], allow_unicode=True)


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(max_length=120, label=_("Text"))
    level = blocks.ChoiceBlock(
        choices=[("h2", _("Section")), ("h3", _("Sub-section"))],
        default="h2",
        label=_("Level"),
        search_index=False,
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Opens a section; screen readers move from heading to heading")
        template = "components/blocks/heading.html"
        value_class = HeadingValue
        preview_value = {"text": "حاکمیت ارتباط دوسویه", "level": "h2"}


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("features", BODY_FEATURES)
        super().__init__(**kwargs)

    def get_searchable_content(self, value: RichText) -> list[str]:
        """The CMS's own, but for a list within a list: its first word is not joined to the word before it."""
        return super().get_searchable_content(RichText(re.sub("<[ou]l", r" \g<0>", value.source)))

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        description = _("Running text with bold, italic, lists and links")
        template = "components/blocks/paragraph.html"
        preview_value = "<p>اعتماد عمومی، ارتباط را گسترده‌تر و مخاطب را خشنودتر می‌کند.</p>"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(rows=3, label=_("Text"))
    source = blocks.CharBlock(required=False, max_length=120, label=_("Source"))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Somebody's own words, with their name")
        template = "components/blocks/quote.html"
        preview_value = {"text": "ارتباط درست به «مهندسی تفاهم» می‌انجامد.", "source": "نمونه"}


class VerseBlock(blocks.StructBlock):
    text = ArabicTextBlock(rows=3, label=_("Arabic text"))
    translation = blocks.TextBlock(required=False, rows=2, label=_("Translation"))
    source = blocks.CharBlock(
        required=False, max_length=120, label=_("Source"), help_text=_("The sura and the verse, or the book")
    )

    class Meta:
        icon = "openquote"
        label = _("Verse or hadith")
        description = _("An Arabic text, kept letter by letter, with its translation")
        template = "components/blocks/verse.html"
        preview_value = {
            "text": "وَأَمْرُهُمْ شُورَىٰ بَيْنَهُمْ",
            "translation": "و کارشان در میان خودشان بر پایهٔ مشورت است.",
            "source": "سورهٔ شوری، آیهٔ ۳۸",
        }


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        choices=[("info", _("Information")), ("important", _("Important")), ("success", _("Good news"))],
        default="info",
        label=_("Tone"),
        search_index=False,  # nobody searches for «مهم» to find a call-out
    )
    title = blocks.CharBlock(required=False, max_length=80, label=_("Title"))
    text = blocks.RichTextBlock(features=["bold", "link", "ul", ARABIC], label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        description = _("A short note that stands out from the text")
        template = "components/blocks/callout.html"
        preview_value = {
            "tone": "info",
            "title": "نکته",
            "text": "<p>کد رهگیری را نزد خود نگه دارید.</p>",
        }
