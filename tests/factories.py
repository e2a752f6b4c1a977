"""Realistic rows for tests, one factory for each page type and each model that tests need."""

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory
from wagtail_factories import ImageFactory, PageFactory

from news.models import NewsCategory, NewsIndexPage, NewsPage
from pages.models import GoalsPage, HomePage, SiteImage, SiteMapPage, StandardPage


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


class SiteImageFactory(ImageFactory):
    class Meta:
        model = SiteImage

    title = "نمای دفتر مرکزی"
    credit = "علی رضایی"


class NewsCategoryFactory(DjangoModelFactory):
    class Meta:
        model = NewsCategory

    name = factory.Sequence(lambda n: f"گزارش تصویری {n}")
    slug = factory.Sequence(lambda n: f"گزارش-تصویری-{n}")


class NewsIndexPageFactory(PageFactory):
    class Meta:
        model = NewsIndexPage

    title = "خبرها"
    slug = "news"
    lead = "تازه‌ترین خبرهای روابط عمومی"


class NewsPageFactory(PageFactory):
    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda n: f"نشست شمارهٔ {n} شورای روابط عمومی برگزار شد")
    slug = factory.Sequence(lambda n: f"neshast-{n}")
    over_title = "با حضور نمایندگان شهرداری‌ها"
    lead = "در این نشست دربارهٔ ارتباط دوسویه گفت‌وگو شد."
