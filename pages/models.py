"""The pages of the tree that belong to no department: home, standard pages, goals, site map."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from .base import BasePage, LeadMixin
from .blocks import BodyStreamBlock
from .blocks.text import HeadingValue
from .fields import StreamField
from .media import SiteDocument, SiteImage, SiteRendition
from .search.models import MissedSearch
from .settings import ContactDetails, SocialLink

__all__ = [
    "BasePage",
    "ContactDetails",
    "Goal",
    "GoalsPage",
    "HomePage",
    "MissedSearch",
    "QuickLink",
    "SiteDocument",
    "SiteImage",
    "SiteMapPage",
    "SiteRendition",
    "SocialLink",
    "StandardPage",
]


class HomePage(BasePage):
    """The front door: what the unit is for, and the ways in."""

    hero_title = models.CharField(_("Large title"), max_length=120)
    hero_text = models.TextField(_("Text under the large title"), max_length=400, blank=True)
    hero_link_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("Page of the main button"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hero_link_label = models.CharField(_("Label of the main button"), max_length=40, blank=True)
    body = StreamField(BodyStreamBlock(), verbose_name=_("Body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_title"),
                FieldPanel("hero_text"),
                FieldRowPanel([FieldPanel("hero_link_page"), FieldPanel("hero_link_label")]),
            ],
            heading=_("Opening"),
        ),
        InlinePanel("quick_links", heading=_("Quick links"), label=_("Quick link"), max_num=4),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("hero_text"), index.SearchField("body")]

    admin_default_ordering = "ord"
    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    class Meta:
        verbose_name = _("Home page")

    @property
    def description(self) -> str:
        return self.search_description or self.hero_text

    @property
    def public_quick_links(self) -> "list[QuickLink]":
        """The chosen links whose pages everybody may read."""
        links = list(self.quick_links.select_related("page"))
        public = Page.objects.live().public().filter(pk__in=[link.page_id for link in links])
        pks = set(public.values_list("pk", flat=True))
        return [link for link in links if link.page_id in pks]


class QuickLink(Orderable):
    """A page that people look for most, under the opening of the home page."""

    class Icon(models.TextChoices):
        MESSAGE = "message", _("Message")
        TARGET = "target", _("Goal")
        BRIDGE = "bridge", _("Bridge")
        NEWS = "news", _("News")
        DOCUMENT = "document", _("Document")
        PHONE = "phone", _("Telephone")

    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="quick_links")
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("Page"), on_delete=models.CASCADE, related_name="+"
    )
    text = models.CharField(_("Text"), max_length=80, blank=True)
    icon = models.CharField(_("Icon"), max_length=20, choices=Icon, default=Icon.MESSAGE)

    panels = [FieldPanel("page"), FieldPanel("text"), FieldPanel("icon")]

    class Meta(Orderable.Meta):
        verbose_name = _("Quick link")
        verbose_name_plural = _("Quick links")

    def __str__(self) -> str:
        return self.page.title


class StandardPage(LeadMixin, BasePage):
    """A page of text, such as the mission or the privacy statement."""

    body = StreamField(BodyStreamBlock(), verbose_name=_("Body"), blank=True)

    content_panels = [*BasePage.content_panels, *LeadMixin.lead_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, *LeadMixin.lead_search_fields, index.SearchField("body")]

    template = "pages/standard_page.html"
    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]

    class Meta:
        verbose_name = _("Standard page")
        verbose_name_plural = _("Standard pages")

    @cached_property
    def sections(self) -> list[HeadingValue]:
        """The headings that open a section, for the list of what is on the page."""
        headings = (block.value for block in self.body if block.block_type == "heading")
        return [heading for heading in headings if heading["level"] == "h2" and heading.anchor]


class GoalsPage(LeadMixin, BasePage):
    """The unit's goals as ordered items, not as prose."""

    closing = models.TextField(_("Closing words"), blank=True, max_length=600)

    content_panels = [
        *BasePage.content_panels,
        *LeadMixin.lead_panels,
        InlinePanel("goals", heading=_("Goals"), label=_("Goal")),
        FieldPanel("closing"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *LeadMixin.lead_search_fields,
        index.SearchField("closing"),
        index.SearchField("goals_text"),
    ]

    template = "pages/goals_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("Goals page")

    def goals_text(self) -> str:
        """All the goals as one text, for the search index."""
        return "\n".join(f"{goal.title}\n{goal.text}" for goal in self.goals.all())


class Goal(Orderable):
    page = ParentalKey(GoalsPage, on_delete=models.CASCADE, related_name="goals")
    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Text"), max_length=600)

    panels = [FieldPanel("title"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("Goal")
        verbose_name_plural = _("Goals")

    def __str__(self) -> str:
        return self.title


class SiteMapPage(LeadMixin, BasePage):
    """The whole tree of public pages, for people."""

    content_panels = [*BasePage.content_panels, *LeadMixin.lead_panels]

    template = "pages/site_map_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("Site map")
