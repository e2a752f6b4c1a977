"""Staff at work in the page editor: they edit, preview, publish, submit, approve."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from news.models import NewsCategory, NewsIndexPage, NewsPage
from pages.models import GoalsPage, StandardPage

pytestmark = pytest.mark.django_db


def form_of(client, address: str, form_id: str | None = None) -> dict:
    """What a browser would post from the form at this address, unchanged. StreamFields are drawn by scripts, so not them."""
    html = client.get(address).content.decode()
    form = querydict_from_html(html, form_id=form_id or "page-edit-form")
    return {name: value if len(value := form.getlist(name)) > 1 else value[0] for name in form}


def body(*paragraphs: str) -> dict:
    blocks = [("paragraph", rich_text(f"<p>{text}</p>", features=["bold"])) for text in paragraphs]
    return nested_form_data({"body": streamfield(blocks)})


@pytest.fixture
def mission(site):
    return StandardPage.objects.get(slug="mission")


def test_the_pr_head_edits_and_publishes_a_page(pr_head, visitor, mission):
    address = reverse("wagtailadmin_pages:edit", args=[mission.pk])
    form = form_of(pr_head, address) | body("اعتماد مردم سرمایهٔ ماست.")
    answer = pr_head.post(address, form | {"title": "رسالت ما", "action-publish": "1"})
    assert answer.status_code == 302
    page = visitor.get("/mission/").content.decode()
    assert "رسالت ما" in page
    assert "اعتماد مردم سرمایهٔ ماست." in page


def test_a_saved_draft_is_not_public_yet(pr_head, visitor, mission):
    address = reverse("wagtailadmin_pages:edit", args=[mission.pk])
    pr_head.post(address, form_of(pr_head, address) | body("پیش‌نویس") | {"title": "رسالت تازه"})
    assert "رسالت تازه" not in visitor.get("/mission/").content.decode()
    assert "رسالت تازه" in pr_head.get(address).content.decode()


def test_a_preview_shows_what_is_not_saved_yet(pr_head, visitor, mission):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[mission.pk])
    form = form_of(pr_head, reverse("wagtailadmin_pages:edit", args=[mission.pk]))
    answer = pr_head.post(address, form | body("متن آزمایشی") | {"title": "رسالت در پیش‌نمایش"})
    assert answer.json()["is_valid"]
    preview = pr_head.get(address)
    assert preview.status_code == 200
    assert "رسالت در پیش‌نمایش" in preview.content.decode()
    assert "متن آزمایشی" in preview.content.decode()
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "رسالت در پیش‌نمایش" not in visitor.get("/mission/").content.decode()


def test_the_goals_are_put_into_another_order(pr_head, visitor, site):
    goals = GoalsPage.objects.get()
    address = reverse("wagtailadmin_pages:edit", args=[goals.pk])
    titles = [goal.title for goal in goals.goals.all()]
    form = form_of(pr_head, address)
    form |= {f"goals-{n}-ORDER": str(len(titles) - n) for n in range(len(titles))}
    assert pr_head.post(address, form | {"action-publish": "1"}).status_code == 302
    page = visitor.get("/goals/").content.decode()
    places = [page.index(title) for title in titles]
    assert places == sorted(places, reverse=True)


def test_a_new_telephone_in_the_settings_changes_the_public_link(pr_head, visitor, site):
    address = reverse("wagtailsettings:edit", args=["pages", "contactdetails", site.pk])
    assert 'href="tel:+983132673075,,340"' in visitor.get("/").content.decode()
    page = pr_head.get(address)
    form = page.context["form"]
    data = {name: form.initial.get(name) or "" for name in form.fields}
    data |= {"telephone": "۳۲۶۷۰۰۰۰", "extension": "۱۲"} | nested_form_data(
        {"social_links": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}}
    )
    assert pr_head.post(address, data).status_code == 302
    assert 'href="tel:+983132670000,,12"' in visitor.get("/").content.decode()


@pytest.fixture
def new_item(site):
    return {
        "title": "گشایش نمایشگاه کتاب",
        "slug": "book-fair",
        "lead": "نمایشگاه از شنبه باز است.",
        "over_title": "",
        "date": "2026-11-20 10:00",
        "category": str(NewsCategory.objects.first().pk),
        "tags": "",
        "main_image": "",
        "image_alt": "",
        "image_caption": "",
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **body("همه دعوت‌اند."),
    }


def add_address() -> str:
    return reverse("wagtailadmin_pages:add", args=["news", "newspage", NewsIndexPage.objects.get().pk])


def test_a_news_officer_submits_and_cannot_publish(news_officer, visitor, new_item):
    news_officer.post(add_address(), new_item | {"action-publish": "1"})
    item = NewsPage.objects.get(slug="book-fair")
    assert not item.live
    edit = reverse("wagtailadmin_pages:edit", args=[item.pk])
    news_officer.post(edit, new_item | {"action-publish": "1"})
    news_officer.post(edit, new_item | {"action-submit": "1"})
    item.refresh_from_db()
    assert not item.live
    assert item.current_workflow_state.status == "in_progress"
    assert visitor.get("/news/book-fair/").status_code == 404


def test_an_item_is_dated_and_scheduled_in_the_jalali_calendar(pr_head, new_item):
    typed = {
        "date": "۲ آذر ۱۴۰۵، ساعت ۱۰:۰۰",
        "go_live_at": "۱۴۲۰/۹/۲ ۱۴:۳۰",
        "expire_at": "1420-09-03 08:00",
    }
    answer = pr_head.post(add_address(), new_item | typed | {"expire_at": "۱۴۲۰/۱۳/۱", "action-publish": "1"})
    assert answer.context["form"].errors == {"expire_at": ["ماه ۱۳ نداریم؛ ماه را از ۱ تا ۱۲ بنویسید."]}
    assert pr_head.post(add_address(), new_item | typed | {"action-publish": "1"}).status_code == 302
    item = NewsPage.objects.get(slug="book-fair").get_latest_revision_as_object()
    moments = [timezone.localtime(moment) for moment in (item.date, item.go_live_at, item.expire_at)]
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in moments] == [
        "2026-11-23 10:00",
        "2041-11-22 14:30",
        "2041-11-23 08:00",
    ]


def test_the_pr_head_finds_what_waits_and_approves_it(news_officer, pr_head, visitor, new_item):
    news_officer.post(add_address(), new_item | {"action-submit": "1"})
    item = NewsPage.objects.get(slug="book-fair")
    assert item.title in pr_head.get("/admin/").content.decode()
    task = TaskState.objects.get(revision__object_id=str(item.pk))
    address = reverse("wagtailadmin_pages:workflow_action", args=[item.pk, "approve", task.pk])
    news_officer.post(address)
    item.refresh_from_db()
    assert not item.live
    assert pr_head.post(address).status_code == 302
    item.refresh_from_db()
    assert item.live
    assert item.title in visitor.get(item.url).content.decode()


def test_an_item_sent_back_for_correction_returns_to_its_writer(news_officer, pr_head, new_item):
    news_officer.post(add_address(), new_item | {"action-submit": "1"})
    item = NewsPage.objects.get(slug="book-fair")
    task = TaskState.objects.get(revision__object_id=str(item.pk))
    pr_head.post(
        reverse("wagtailadmin_pages:workflow_action", args=[item.pk, "reject", task.pk]),
        {"comment": "تاریخ را اصلاح کنید"},
    )
    page = news_officer.get(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    assert page.status_code == 200
    assert item.title in news_officer.get("/admin/").content.decode()


def test_a_news_officer_previews_an_item_before_it_exists(news_officer, new_item):
    newsroom = NewsIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:preview_on_add", args=["news", "newspage", newsroom.pk])
    assert news_officer.post(address, new_item).json()["is_valid"]
    assert "گشایش نمایشگاه کتاب" in news_officer.get(address).content.decode()


def test_every_page_of_the_tree_opens_in_the_editor(pr_head, site):
    from wagtail.models import Page

    for page in Page.objects.filter(depth__gte=2):
        assert pr_head.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200, page.title


def test_the_explorer_shows_the_pages_in_the_order_of_the_menu(pr_head, site):
    answer = pr_head.get(reverse("wagtailadmin_explore", args=[site.root_page_id]))
    shown = [page.pk for page in answer.context["pages"]]
    assert shown == list(site.root_page.get_children().values_list("pk", flat=True))[: len(shown)]
