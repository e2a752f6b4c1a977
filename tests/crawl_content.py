"""A site in the middle of its work: something on every screen of the admin."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Collection, Comment, CommentReply, PageViewRestriction, Site

from contact.models import Absence, CannedReply, Municipality, PublicAnswer, Unit
from contact.models.casework import SavedFilter
from hamyari_site.permissions import NEWS_OFFICER
from news.models import NewsCategory, NewsIndexPage
from outbox.models import OutgoingMail
from pages.models import SiteDocument, StandardPage
from persian.text import to_persian_digits
from persian.working_days.models import Closure
from tests.factories import MessageFactory, TopicFactory, UserFactory
from tests.newsroom import picture, publish

WAITING = {
    "title": "خبری که به تأیید نیاز دارد",
    "slug": "waiting",
    "over_title": "",
    "lead": "این خبر هنوز خوانده نشده است.",
    "date": "۱۴۰۵/۹/۲ ۱۲:۰۰",
    "body-count": "0",
    "tags": "",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
}


@pytest.fixture
def busy_site(site, settings, pr_head, news_officer, answering_officer, system_keeper):
    """The site at work, and its people with names that the crawl knows."""
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = True  # as where a mail server is set
    people = {
        "modir": pr_head,
        "khabarnegar": news_officer,
        "pasokhgoo": answering_officer,
        "negahban": system_keeper,
    }
    for name, client in people.items():
        client.user.username = name
        client.user.save()
    Unit.objects.first().members.add(answering_officer.user)
    fill(pr_head, news_officer)
    return site


@pytest.fixture
def everything(db) -> Client:
    """Somebody who may do everything, logged in."""
    client = Client()
    client.user = UserFactory(is_superuser=True, username="sarparast")
    SavedFilter.objects.create(user=client.user, name="شکایت‌های باز", query="kind=complaint")
    client.force_login(client.user)
    return client


def fill(pr_head, news_officer) -> None:
    """Put pages, files, messages, mail and what was done with them on the site; both people are logged-in test clients."""
    newsroom = NewsIndexPage.objects.get()
    _files(newsroom)
    _waiting(pr_head, news_officer, newsroom)
    _pages(pr_head)
    _messages(pr_head, news_officer)
    Redirect.objects.create(
        old_path="/old", redirect_link="/mission/", site=Site.objects.get(is_default_site=True)
    )
    Closure.objects.create(first_day=timezone.localdate(), last_day=timezone.localdate(), reason="آلودگی هوا")
    OutgoingMail.objects.create(
        kind="receipt", to=["sara@example.ir"], subject="پیام شما رسید", text="با سپاس", message_id="<b@b>"
    )
    OutgoingMail.objects.create(
        kind="receipt",
        to=["a@example.ir"],
        subject="نرسید",
        text="متن",
        message_id="<a@b>",
        state="dead",
        attempts=3,
        last_error="نشانی نادرست است",
    )
    query = Query.get("روشنایی")
    SearchPromotion.objects.create(query=query, page=newsroom, description="خبرهای روشنایی معابر")
    user = UserFactory(username="nasiri", first_name="سارا", last_name="نصیری")
    user.set_unusable_password()
    user.save()
    user.groups.add(Group.objects.get(name=NEWS_OFFICER))


def _files(newsroom) -> None:
    album = Collection.get_first_root_node().add_child(name="آلبوم نشست‌ها")
    image = picture((800, 600), title="پل خواجو", collection=album)
    picture((800, 600), title="میدان نقش جهان", collection=album)
    SiteDocument.objects.create(title="آیین‌نامه", file=ContentFile(b"x" * 150_000, name="rules.pdf"))
    for n in range(55):
        publish(
            newsroom, main_image=image, slug=f"item-{n}", title=f"نشست شمارهٔ {to_persian_digits(str(n))} شورا"
        )
    publish(newsroom, 1, live=False, slug="draft", title="پیش‌نویس")


def _waiting(pr_head, news_officer, newsroom) -> None:
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", newsroom.pk])
    news_officer.post(address, WAITING | {"action-submit": "1"})
    news_officer.post(address, WAITING | {"slug": "returned", "title": "خبری که برگشت", "action-submit": "1"})
    item = newsroom.get_children().get(slug="returned")
    step = reverse(
        "wagtailadmin_pages:workflow_action", args=[item.pk, "reject", item.current_workflow_task_state.pk]
    )
    pr_head.post(step, {"comment": "تاریخ را بنویسید"})


def _pages(pr_head) -> None:
    mission, goals = StandardPage.objects.get(slug="mission"), StandardPage.objects.get(slug="approach")
    for title in ("مأموریت ما", "مأموریت روابط عمومی"):
        mission.title = title
        mission.save_revision(user=pr_head.user, log_action=True).publish(user=pr_head.user)
    comment = Comment.objects.create(
        page=mission, user=pr_head.user, text="این بند روشن‌تر شود", contentpath="lead"
    )
    CommentReply.objects.create(comment=comment, user=pr_head.user, text="درست شد")
    goals.locked, goals.locked_by, goals.locked_at = True, pr_head.user, timezone.now()
    goals.go_live_at, goals.expire_at = (
        timezone.now() + timedelta(days=3),
        timezone.now() + timedelta(days=30),
    )
    goals.save()
    goals.save_revision(user=pr_head.user, approved_go_live_at=goals.go_live_at, log_action=True)
    PageViewRestriction.objects.create(
        page=StandardPage.objects.get(slug="training"), restriction_type="password", password="رمز"
    )


def _messages(pr_head, news_officer) -> None:
    topic = TopicFactory(title="روشنایی معبر", unit=Unit.objects.first())
    Municipality.objects.create(name="شهرداری نمونه")
    _upkeep()
    CannedReply.objects.create(title="سپاس از پیام", text="با سپاس از پیام شما.", topic=topic)
    Absence.objects.create(
        user=pr_head.user,
        stand_in=UserFactory(username="janeshin"),
        first_day=timezone.localdate(),
        last_day=timezone.localdate(),
    )
    messages = [MessageFactory(topic=topic, title="چراغ‌های کوچه خاموش است") for _ in range(25)]
    for message in messages[:2]:
        pr_head.post(reverse("desk:case", args=[message.pk]), {"to": "in_progress", "note": "پیگیری شد"})
    _casework(pr_head, messages[-1])
    done = MessageFactory(topic=topic, title="ساعت بازدید", status="answered", answered_at=timezone.now())
    done.timeline.create(kind="reply", text="سرکار خانم نمونه‌ای، هر روز تا هشت شب.")
    for approved_at in (None, timezone.now()):
        PublicAnswer.objects.create(
            topic=topic, message=done, question="ساعت بازدید؟", answer="تا هشت شب.", approved_at=approved_at
        )
    for category in NewsCategory.objects.all()[:1]:
        pr_head.post(
            reverse("wagtailsnippets_news_newscategory:edit", args=[category.pk]),
            {"name": "اطلاعیه‌ها", "slug": category.slug},
        )


def _casework(pr_head, message) -> None:
    """All that can be done with one case, so that its page shows it."""
    steps = {
        "assign": {"to": pr_head.user.pk, "text": "لطفاً پیگیری شود"},
        "register": {"number": "۱۴۰۵/۸۸", "day": "۱۴۰۵/۹/۲"},
        "call": {"text": "با فرستنده صحبت شد"},
        "outside": {"organization": "شرکت برق", "email": "bargh@example.ir", "question": "چراغ با شماست؟"},
        "redact": {"passages": "نشست", "reason": "نام شخص"},
        "reply": {"text": "سلام {name}، چراغ روشن شد.", "to_status": "answered"},
    }
    for action, data in steps.items():
        pr_head.post(reverse(f"desk:{action}", args=[message.pk]), data)


def _upkeep() -> None:
    """A promise that a closure moved, an open message with a colleague who left, and one whose keeping is over."""
    now = timezone.now()
    topic = TopicFactory(title="بوستان محله", unit=Unit.objects.first(), deadline_days=5, retention_months=1)
    gone = UserFactory(username="raftegan", is_active=False)
    MessageFactory(topic=topic, assignee=gone, deadline=timezone.localdate(), deadline_days=5)
    for values in ({}, {"anonymised_at": now}):
        closed = {"status": "closed", "closed_at": now - timedelta(days=90), **values}
        MessageFactory(topic=topic, title="آبیاری بوستان", **closed)
