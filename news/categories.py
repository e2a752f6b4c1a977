"""Categories of news: snippets, each with a list and feeds of its own."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from persian.addresses import slug_from
from persian.text import clean


class NewsCategory(models.Model):
    name = models.CharField(_("Name"), max_length=60, unique=True)
    slug = models.SlugField(
        _("Name in addresses"),
        max_length=60,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text=_("Part of the category's address; made from the name when empty"),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("Order"), default=0, help_text=_("Smaller numbers come first")
    )

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("sort_order")]

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("News category")
        verbose_name_plural = _("News categories")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = clean(self.name or "").strip()
        self.slug = slug_from(self.slug or self.name)[:60]
        if self.name and not self.slug:
            raise ValidationError({"name": _("A name needs letters or digits.")})
