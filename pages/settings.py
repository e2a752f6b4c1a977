"""What the site knows of the unit: edited in the admin, never written in a template. Empty fields stay hidden."""

from typing import Any

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from persian.telephone import IRAN, dial_uri, display_number

#: Where the names of unit and organization are remembered for the pages of the admin.
NAMES_CACHE_KEY = "pages.unit_names"


@register_setting(icon="group", order=1)
class ContactDetails(BaseSiteSetting, ClusterableModel):
    """The unit's name, head, address, telephone and hours, and how the site shows them."""

    organization_name = models.CharField(_("Name of the organization"), max_length=200, blank=True)
    unit_name = models.CharField(_("Name of the unit"), max_length=200, blank=True)
    head_name = models.CharField(_("Name of the unit's head"), max_length=200, blank=True)
    head_role = models.CharField(_("Role of the unit's head"), max_length=200, blank=True)
    address = models.TextField(_("Address"), blank=True)
    country_code = models.CharField(_("Country code"), max_length=4, default=IRAN)
    area_code = models.CharField(_("Area code"), max_length=6, blank=True)
    telephone = models.CharField(_("Telephone"), max_length=20, blank=True)
    extension = models.CharField(_("Extension"), max_length=10, blank=True)
    fax = models.CharField(_("Fax"), max_length=20, blank=True)
    email = models.EmailField(_("E-mail of the unit"), blank=True)
    office_hours = models.CharField(_("Office hours"), max_length=200, blank=True)
    rights_statement = models.CharField(_("Statement of rights"), max_length=250, blank=True)
    social_image = models.ForeignKey(
        "pages.SiteImage",
        verbose_name=_("Image for social networks"),
        help_text=_("Shown when a page without an image of its own is shared"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("organization_name"),
                FieldPanel("unit_name"),
                FieldPanel("head_name"),
                FieldPanel("head_role"),
            ],
            heading=_("Who"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("country_code"), FieldPanel("area_code")]),
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("extension"), FieldPanel("fax")]),
                FieldPanel("email"),
                FieldPanel("office_hours"),
            ],
            heading=_("Where and how"),
        ),
        InlinePanel("social_links", heading=_("Social addresses"), label=_("Social address")),
        MultiFieldPanel(
            [FieldPanel("rights_statement"), FieldPanel("social_image")], heading=_("On every page")
        ),
    ]

    class Meta:
        verbose_name = _("The unit and its addresses")

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        cache.delete(NAMES_CACHE_KEY)

    @property
    def telephone_uri(self) -> str:
        """`tel:+983132673075,,340`: dials, pauses, dials the extension."""
        return (
            dial_uri(f"{self.area_code}{self.telephone}", self.extension, self.country_code)
            if self.telephone
            else ""
        )

    @property
    def telephone_display(self) -> str:
        return display_number(self.telephone, self.area_code)

    @property
    def fax_display(self) -> str:
        return display_number(self.fax, self.area_code)


class SocialLink(Orderable):
    details = ParentalKey(ContactDetails, on_delete=models.CASCADE, related_name="social_links")
    name = models.CharField(_("Name of the network"), max_length=60)
    url = models.URLField(_("Address"))

    panels = [FieldPanel("name"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("Social address")
        verbose_name_plural = _("Social addresses")

    def __str__(self) -> str:
        return self.name
