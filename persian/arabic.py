"""Passages in Arabic: a verse, a hadith, a line of a poem. Marked so, no rule of Persian spelling touches them."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks, hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from .text import drop_controls

#: The rich-text feature, to name in lists of features.
FEATURE = "arabic"
_STYLE = "ARABIC"


@hooks.register("register_rich_text_features")
def arabic_in_rich_text(features: FeatureRegistry) -> None:
    """A button that marks the chosen words: `<span lang="ar" dir="rtl">` in the database and on the page."""
    # Wagtail 8 loads models with these, and blocks are made before there are any.
    from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
    from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature

    look = {
        "type": _STYLE,
        "label": "ع",
        "description": _("Arabic text"),
        "style": {"textDecoration": "underline dotted"},
    }
    features.register_editor_plugin("draftail", FEATURE, InlineStyleFeature(look))
    element = {"element": "span", "props": {"lang": "ar", "dir": "rtl"}}
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {'span[lang="ar"]': InlineStyleElementHandler(_STYLE)},
            "to_database_format": {"style_map": {_STYLE: element}},
        },
    )


class ArabicTextBlock(blocks.TextBlock):
    """A text in Arabic for stream fields: kept letter by letter, and not proofread."""

    @cached_property
    def field(self) -> forms.Field:
        field = super().field
        field.as_typed = True
        field.widget.attrs |= {"lang": "ar", "dir": "rtl"}
        return field

    def clean(self, value: str) -> str:
        return super().clean(drop_controls(value or ""))

    class Meta:
        lang = "ar"
