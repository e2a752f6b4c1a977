"""Blocks that show a file: image, document."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock


def show_newest(value, name: str, model):
    """The preview's value with the newest file of the library in it; with none while the library is empty."""
    value[name] = model.objects.order_by("-created_at").first()
    return value


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Alternative text"),
        help_text=_("What the image shows, for those who cannot see it; empty when it only decorates"),
    )
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Image caption"))
    credit = blocks.CharBlock(required=False, max_length=120, label=_("Credit"))

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("A picture with alternative text, caption and credit")
        template = "components/blocks/image.html"
        preview_value = {"image": None, "alt": "", "caption": "شرح تصویر", "credit": "نام عکاس"}

    def get_preview_value(self):
        return show_newest(super().get_preview_value(), "image", get_image_model())


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(
        required=False, max_length=120, label=_("Title"), help_text=_("Empty: the document's own title")
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        description = _("A file to download, with its type and size")
        template = "components/blocks/document.html"
        preview_value = {"document": None, "title": ""}

    def get_preview_value(self):
        return show_newest(super().get_preview_value(), "document", get_document_model())
