"""The site's own image and document models: named from the first day, for they cannot be swapped later."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """An image with the name of who made it."""

    credit = models.CharField(_("Credit"), max_length=120, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("Image")
        verbose_name_plural = _("Images")
        permissions = [("choose_image", "Can choose image")]


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
        verbose_name = _("Rendition")


class SiteDocument(AbstractDocument):
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("Document")
        verbose_name_plural = _("Documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        if self.file:  # where there is none, the CMS complains of its extension too: «»
            super().clean()
