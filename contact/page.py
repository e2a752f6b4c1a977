"""The contact page: where the unit is, and the form."""

from http import HTTPMethod
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.search import index

from pages.base import BasePage, LeadMixin
from pages.blocks import BodyStreamBlock
from pages.fields import StreamField
from pages.settings import ContactDetails

from .public import answering, answers, handling, lost, outside, receipt, stats, suggesting, tracking


class ContactPage(RoutablePageMixin, LeadMixin, BasePage):
    """The unit's addresses, the form, and at `sent/` the receipt. Never cached: it carries a form that posts."""

    body = StreamField(BodyStreamBlock(), verbose_name=_("Body"), blank=True)
    receipt_text = RichTextField(
        _("Text of the receipt"),
        blank=True,
        help_text=_("Shown under the tracking code: what happens next"),
    )
    follow_up_text = RichTextField(
        _("Following a message up"),
        blank=True,
        help_text=_("How to follow up a message that was sent earlier"),
    )

    content_panels = [
        *BasePage.content_panels,
        *LeadMixin.lead_panels,
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("receipt_text"), FieldPanel("follow_up_text")], heading=_("After sending")
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        *LeadMixin.lead_search_fields,
        index.SearchField("body"),
        index.SearchField("follow_up_text"),
        index.SearchField("facts"),
    ]

    inner_views = [
        ("track/", _("Follow a message up")),
        ("lost/", _("I have lost my code")),
        ("answers/", _("Published answers")),
        ("stats/", _("How we answer, in figures")),
    ]

    template = "contact/contact_page.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.POST, HTTPMethod.OPTIONS]

    class Meta:
        verbose_name = _("Contact page")

    @property
    def facts(self) -> str:
        """The unit's addresses and numbers as the page shows them, for the search index."""
        site = self.get_site()
        if site is None:
            return ""
        shown = {"details": ContactDetails.for_site(site), "with_head": True}
        with translation.override(settings.LANGUAGE_CODE):
            rows = render_to_string("components/contact_list.html", shown).split(
                '<div class="contact-list__row">'
            )
        spoken = (strip_tags(row.replace("</span>", ":</span>", 1)) for row in rows[1:])
        return "\n".join(" ".join(row.split()) for row in spoken)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [*super().get_sitemap_urls(request), *answers.sitemap_urls(self)]

    @path("")
    def form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return handling.receive(self, request)
        return handling.show_form(self, request)

    @path("sent/")
    def sent(self, request: HttpRequest) -> HttpResponse:
        return receipt.show_receipt(self, request)

    @path("lost/")
    def lost(self, request: HttpRequest) -> HttpResponse:
        return lost.ask(self, request)

    @path("lost/<str:token>/")
    def lost_link(self, request: HttpRequest, token: str) -> HttpResponse:
        return lost.open_link(self, request, token)

    @path("track/")
    def track(self, request: HttpRequest) -> HttpResponse:
        return tracking.ask(self, request)

    @path("track/case/")
    def track_case(self, request: HttpRequest) -> HttpResponse:
        return tracking.show_case(self, request)

    @path("track/leave/")
    def track_leave(self, request: HttpRequest) -> HttpResponse:
        return tracking.leave(self, request)

    @path("track/file/<int:pk>/")
    def track_file(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        return tracking.send_file(self, request, pk)

    @path("track/answer/<str:token>/")
    def track_answer(self, request: HttpRequest, token: str) -> HttpResponse:
        return answering.open_link(self, request, token)

    @path("outside/<str:token>/")
    def outside_question(self, request: HttpRequest, token: str) -> HttpResponse:
        return outside.show(self, request, token)

    @path("answers/")
    def answers(self, request: HttpRequest) -> HttpResponse:
        return answers.show_list(self, request)

    @path("answers/like/")
    def answers_like(self, request: HttpRequest) -> HttpResponse:
        return suggesting.fragment(self, request)

    @path("answers/<int:pk>/")
    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        return answers.show_one(self, request, pk)

    @path("stats/")
    def stats(self, request: HttpRequest) -> HttpResponse:
        return stats.show(self, request)
