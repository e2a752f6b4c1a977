"""The thin base of every page, made of mixins that carry their fields and the panels that edit them."""

import datetime
from http import HTTPMethod
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from persian.text import clean, fold


class SocialImageMixin(models.Model):
    """An image of the page's own for social networks."""

    social_image = models.ForeignKey(
        "pages.SiteImage",
        verbose_name=_("Image for social networks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    promote_panels = [FieldPanel("social_image")]

    class Meta:
        abstract = True


class LeadMixin(models.Model):
    """A short text under the title that says what the page is about."""

    search_description: str  # Page has it
    lead = models.TextField(_("Lead"), blank=True, max_length=600)

    lead_panels = [FieldPanel("lead")]
    lead_search_fields = [index.SearchField("lead", boost=2)]

    class Meta:
        abstract = True

    @property
    def description(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.lead


class BasePage(SocialImageMixin, Page):
    """What every page of the site has: breadcrumbs, a date of its last update, a social image."""

    title: str
    slug: str
    promote_panels = [*Page.promote_panels, *SocialImageMixin.promote_panels]
    show_in_menus_default = True
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._clean_words()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self._clean_words()
        super().minimal_clean()

    def _clean_words(self) -> None:
        """Before anything is validated: an address is made of a clean title, and compared with others when folded."""
        self.title = clean(self.title or "")
        self.slug = fold(self.slug or "")

    @cached_property
    def breadcrumbs(self) -> list[Page]:
        """The page's public ancestors, from the home page down; empty for the home page itself."""
        return list(self.get_ancestors().filter(depth__gte=2).live())

    @property
    def last_updated(self) -> datetime.datetime | None:
        """When the public last got another text; for a draft, when it was last saved."""
        return self.last_published_at or self.latest_revision_created_at

    @property
    def description(self) -> str:
        """What search engines and shared links show."""
        return self.search_description

    @property
    def sharing_image(self):
        """The image that stands for this page elsewhere, or None."""
        return self.social_image
