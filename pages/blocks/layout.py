"""Blocks with a structure of their own: table, accordion, contact card, link cards."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from persian.arabic import FEATURE as ARABIC
from persian.telephone import dial_uri, display_number


class TableBlock(TypedTableBlock):
    def __init__(self, **kwargs) -> None:
        columns = [
            ("text", blocks.CharBlock(required=False, label=_("Text"))),
            ("number", blocks.CharBlock(required=False, label=_("Number"))),
            (
                "rich_text",
                blocks.RichTextBlock(required=False, features=["bold", "link"], label=_("Rich text")),
            ),
        ]
        super().__init__(columns, **kwargs)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns with a caption")
        template = "components/blocks/table.html"
        preview_value = {
            "caption": "نمونهٔ جدول",
            "columns": [{"type": "text", "heading": "عنوان"}, {"type": "number", "heading": "شمار"}],
            "rows": [{"values": ["سطر نخست", "۱۲"]}, {"values": ["سطر دوم", "۳۴"]}],
        }


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=150, label=_("Title"))
    text = blocks.RichTextBlock(features=["bold", "italic", "ol", "ul", "link", ARABIC], label=_("Text"))


class AccordionBlock(blocks.StructBlock):
    items = blocks.ListBlock(AccordionItemBlock(), min_num=1, label=_("Items"))

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        description = _("Titles that open to show their text, such as questions and answers")
        template = "components/blocks/accordion.html"
        preview_value = {
            "items": [
                {"title": "چگونه پیام خود را پیگیری کنم؟", "text": "<p>با کد رهگیری که دریافت کرده‌اید.</p>"},
                {"title": "چه کسی پیام را می‌خواند؟", "text": "<p>کارکنان واحد روابط عمومی.</p>"},
            ]
        }


class ContactCardValue(blocks.StructValue):
    @property
    def telephone_uri(self) -> str:
        return dial_uri(self["telephone"], self["extension"])

    @property
    def telephone_display(self) -> str:
        return display_number(self["telephone"])


class ContactCardBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=120, label=_("Name"))
    role = blocks.CharBlock(required=False, max_length=120, label=_("Role"))
    telephone = blocks.CharBlock(
        required=False,
        max_length=20,
        label=_("Telephone"),
        help_text=_("With the area code"),
    )
    extension = blocks.CharBlock(required=False, max_length=10, label=_("Extension"))
    email = blocks.EmailBlock(required=False, label=_("E-mail"))

    class Meta:
        icon = "user"
        label = _("Contact card")
        description = _("A person or an office, and how to reach them")
        template = "components/blocks/contact_card.html"
        value_class = ContactCardValue
        preview_value = {
            "name": "واحد روابط عمومی",
            "role": "پاسخ‌گویی به شهروندان",
            "telephone": "",
            "extension": "",
            "email": "",
        }


class LinkCardValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """The address of the page, or the typed address; "" when the page has gone."""
        page = self.get("page")
        return page.url or "" if page else self.get("url") or ""


class LinkCardBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=80, label=_("Title"))
    text = blocks.CharBlock(required=False, max_length=200, label=_("Text"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.URLBlock(
        required=False, label=_("Address"), help_text=_("When the link leads to another site")
    )

    class Meta:
        value_class = LinkCardValue

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            error = ValidationError(_("Give a page or an address, one of the two."))
            raise blocks.StructBlockValidationError(block_errors={"page": error})
        return cleaned


class LinkCardsBlock(blocks.StructBlock):
    cards = blocks.ListBlock(LinkCardBlock(), min_num=1, max_num=12, label=_("Cards"))

    class Meta:
        icon = "grip"
        label = _("Link cards")
        description = _("Cards that lead to pages of this site or to other sites")
        template = "components/blocks/link_cards.html"
        preview_value = {
            "cards": [
                {
                    "title": "ارسال پیام",
                    "text": "پیشنهاد، انتقاد یا شکایت خود را بنویسید",
                    "page": None,
                    "url": "",
                },
                {"title": "هدف‌ها", "text": "هشت هدف واحد روابط عمومی", "page": None, "url": ""},
            ]
        }
