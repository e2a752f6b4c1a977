"""Realistic rows for tests, one factory for each page type and each model that tests need."""

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory
from wagtail_factories import PageFactory

from pages.models import GoalsPage, HomePage, SiteMapPage, StandardPage


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"karshenas{n}")
    first_name = "مریم"
    last_name = "اصفهانی"
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.ir")


class HomePageFactory(PageFactory):
    class Meta:
        model = HomePage

    title = "روابط عمومی"
    hero_title = "پلی میان شما و سازمان"


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage

    title = "دربارهٔ ما"
    lead = "واحد روابط عمومی پاسخ‌گوی شماست."


class GoalsPageFactory(PageFactory):
    class Meta:
        model = GoalsPage

    title = "هدف‌ها"


class SiteMapPageFactory(PageFactory):
    class Meta:
        model = SiteMapPage

    title = "نقشهٔ سایت"
