"""Realistic rows for tests, one factory for each page type and each model that tests need."""

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site
from wagtail_factories import ImageFactory, PageFactory

from contact.codes import make_code
from contact.models import ContactPage, Message, Municipality, Topic, TopicQuestion, Unit
from news.models import NewsCategory, NewsIndexPage, NewsPage
from pages.models import ContactDetails, GoalsPage, HomePage, SiteImage, SiteMapPage, StandardPage


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


class ContactPageFactory(PageFactory):
    class Meta:
        model = ContactPage

    title = "تماس با ما"
    slug = "contact"
    lead = "پیام شما به واحد پاسخ‌گو می‌رسد و کد رهگیری می‌گیرد."
    receipt_text = "<p>واحد پاسخ‌گو پیام شما را می‌خواند.</p>"
    follow_up_text = "<p>برای پیگیری تلفن کنید و کد رهگیری را بخوانید.</p>"


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"واحد آزمایشی {n}")


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    title = factory.Sequence(lambda n: f"موضوع آزمایشی {n}")
    unit = factory.SubFactory(UnitFactory)


class TopicQuestionFactory(DjangoModelFactory):
    class Meta:
        model = TopicQuestion

    topic = factory.SubFactory(TopicFactory)
    label = "نام خیابان"


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    name = factory.Sequence(lambda n: f"شهرداری نمونه‌شهر {n}")


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = Message

    kind = Message.Kind.QUESTION
    topic = factory.SubFactory(TopicFactory)
    unit = factory.SelfAttribute("topic.unit")
    title = factory.Sequence(lambda n: f"پرسشی دربارهٔ برنامهٔ شمارهٔ {n}")
    body = "سلام. برنامهٔ نشست بعدی چه زمانی اعلام می‌شود؟ با سپاس."
    name = "سارا نمونه‌ای"
    mobile = "+989120000000"
    email = "sara@example.com"
    answer_by = Message.AnswerBy.EMAIL
    tracking_code = factory.LazyFunction(make_code)


def contact_site():
    """A small site: a home page, the contact page, and two topics of one unit. Much quicker than the first content."""
    root = Page.get_first_root_node()
    home = HomePageFactory(parent=root, slug="contact-tests")
    ContactPageFactory(parent=home)
    unit = UnitFactory(name="واحد روابط عمومی")
    TopicFactory(title="همکاری", unit=unit)
    TopicFactory(title="سایر", unit=unit, guidance="اگر هیچ‌یک نبود، این را برگزینید.")
    Site.objects.all().delete()
    site = Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    ContactDetails.objects.create(
        site=site, area_code="031", telephone="32673075", extension="340", unit_name="واحد روابط عمومی"
    )
    return site
