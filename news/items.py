"""An item of news: what an announcement says, and how lists find it."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from pages.base import BasePage, LeadMixin
from pages.blocks import BodyStreamBlock
from pages.fields import StreamField
from pages.media import SiteImage
from persian.calendar import format_jalali
from persian.text import clean

from .categories import NewsCategory
from .forms import NewsPageForm
from .querysets import NewsManager


class NewsPageTag(TaggedItemBase):
    content_object = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")


class NewsPage(LeadMixin, BasePage):
    """An announcement."""

    over_title = models.CharField(
        _("Over-title"), max_length=150, blank=True, help_text=_("A short line above the headline")
    )
    date = models.DateTimeField(
        _("Date"), default=timezone.now, help_text=_("Shown to the public; lists are in its order")
    )
    category = models.ForeignKey(
        NewsCategory,
        verbose_name=_("Category"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news",
    )
    main_image = models.ForeignKey(
        "pages.SiteImage",
        verbose_name=_("Main image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Cropped around the image's focal point; its credit is written on the image itself"),
    )
    image_alt = models.CharField(
        _("Alternative text"),
        max_length=250,
        blank=True,
        help_text=_("What the image shows, for those who cannot see it; empty: the image's own description"),
    )
    image_caption = models.CharField(_("Image caption"), max_length=250, blank=True)
    body = StreamField(BodyStreamBlock(), verbose_name=_("Body"), blank=True)
    tags = ClusterTaggableManager(through=NewsPageTag, blank=True, verbose_name=_("Tags"))

    objects: ClassVar[PageManager] = NewsManager()

    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("over_title"),
                TitleFieldPanel("title", heading=_("Headline")),
                *LeadMixin.lead_panels,
            ],
            heading=_("Headline and lead"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("date"), FieldPanel("category")]), FieldPanel("tags")],
            heading=_("Date and category"),
        ),
        MultiFieldPanel(
            [FieldPanel("main_image"), FieldPanel("image_alt"), FieldPanel("image_caption")],
            heading=_("Main image"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *LeadMixin.lead_search_fields,
        index.SearchField("over_title"),
        index.SearchField("body"),
        index.SearchField("date_in_words"),
        index.FilterField("date"),
        index.FilterField("category"),
    ]

    never_quoted = BasePage.never_quoted | {"date_in_words"}
    base_form_class = NewsPageForm
    template = "news/news_page.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    show_in_menus_default = False

    class Meta:
        verbose_name = _("News item")
        verbose_name_plural = _("News items")
        indexes = [
            models.Index(fields=["-date", "-page_ptr"], name="news_newest"),
            models.Index(fields=["category", "-date", "-page_ptr"], name="news_newest_in_category"),
        ]

    def clean(self) -> None:
        for field in ("over_title", "lead", "image_alt", "image_caption"):
            setattr(self, field, clean(getattr(self, field) or ""))
        super().clean()

    @property
    def date_in_words(self) -> str:
        """«۴ آذر ۱۴۰۵», for the search index: people look for the news of a day or a month."""
        return format_jalali(self.date)

    @property
    def sharing_image(self) -> SiteImage | None:
        return self.social_image or self.main_image

    @property
    def main_image_alt(self) -> str:
        """What stands for the main image when it cannot be seen; "" when nobody described it."""
        return self.image_alt or (self.main_image.description if self.main_image else "")

    @property
    def short_address(self) -> str:
        """`/n/<page id>/`: ASCII, and the same when the page is renamed or moved."""
        return reverse("news_permalink", args=[self.pk])
