"""An editor has the writing of a draft checked: proposals are shown, accepted one by one or all, and nothing else changes."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from news.models import NewsIndexPage
from pages.models import GoalsPage, HomePage, StandardPage
from persian.editor_check.draft import Draft
from tests.factories import NewsPageFactory

BODY = [
    {"type": "paragraph", "value": '<p>شهرداري ها <a href="/كتاب ها/">می <b>شود</b></a></p>', "id": "1"},
    {"type": "heading", "value": {"text": "چرا ?", "level": "h2"}, "id": "2"},
    {
        "type": "accordion",
        "value": {
            "items": [
                {"type": "item", "value": {"title": "گفت و گو", "text": "<p>در سال 1405 بود</p>"}, "id": "31"}
            ]
        },
        "id": "3",
    },
    {
        "type": "table",
        "value": {
            "columns": [{"type": "text", "heading": "نام ها"}, {"type": "number", "heading": "شمار"}],
            "rows": [{"values": ["كتاب", "12"]}],
            "caption": "جدول نمونه ها",
        },
        "id": "4",
    },
]
MENDED = [
    '<p>شهرداری‌ها <a href="/كتاب ها/">می‌<b>شود</b></a></p>',
    "چرا؟",
    "گفت‌وگو",
    "<p>در سال ۱۴۰۵ بود</p>",
    "نام‌ها",
    "کتاب",
    "جدول نمونه‌ها",
]


@pytest.fixture
def item(site):
    """A published item of news whose draft was written in haste."""
    page = NewsPageFactory(parent=NewsIndexPage.objects.get(), title="نشست همکاران", lead="خبر کوتاه")
    page.lead = "مي شود , بله"
    page.body = json.dumps(BODY)
    page.save_revision(clean=False)
    return Page.objects.get(pk=page.pk).specific


def address(page) -> str:
    return reverse("persian_editor_check", args=[page.pk])


def shown(client, page) -> BeautifulSoup:
    return BeautifulSoup(client.get(address(page)).content, "html.parser")


def version(client, page) -> str:
    return shown(client, page).find("input", attrs={"name": "version"})["value"]


def draft(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_every_text_of_the_form_is_checked_and_named(news_officer, item):
    page = shown(news_officer, item)
    labels = [legend.text for legend in page.select(".proofread legend")]
    assert labels == [
        "لید",
        "متن › بند ۱",
        "متن › عنوان بخش ۲ › متن",
        "متن › فهرست بازشونده ۳ › موردها ۱ › عنوان",
        "متن › فهرست بازشونده ۳ › موردها ۱ › متن",
        "متن › جدول ۴",
        "متن › جدول ۴",
        "متن › جدول ۴",
    ]
    first = page.select_one(".proofread__item")
    assert (first.find("del").text, first.find("ins").text) == ("اکنون:مي", "سپس:می")
    assert "شکل فارسی این حرف چنین است" in first.text


def test_a_latin_digit_is_shown_as_it_stands_beside_what_it_would_become(news_officer, item):
    """The admin's screens get Persian digits; here that would hide what the proposal is about."""
    item.lead = "در سال 1405 گسترش یافت"
    item.save_revision(clean=False)
    proposals = shown(news_officer, item).select(".proofread__item")
    digits = next(proposal for proposal in proposals if "گسترش" in proposal.get_text())
    assert digits.find("del").get_text().endswith("1405")
    assert digits.find("ins").get_text().endswith("۱۴۰۵")


def test_looking_changes_nothing(news_officer, item):
    before = item.latest_revision_id
    news_officer.get(address(item))
    assert Page.objects.get(pk=item.pk).latest_revision_id == before


def test_all_proposals_are_accepted_into_a_new_draft(news_officer, visitor, item):
    form = {"version": version(news_officer, item), "all": "1"}
    answer = news_officer.post(address(item), form, follow=True)
    assert answer.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[item.pk]), 302)]
    page = draft(item)
    assert page.lead == "می‌شود، بله"
    stored = json.dumps(page.body.get_prep_value(), ensure_ascii=False)
    for text in MENDED:
        assert json.dumps(text, ensure_ascii=False) in stored
    assert "۱۲" not in stored, "a number in a cell of its own is no sentence"
    assert '"level": "h2"' in stored
    public = visitor.get(item.url).content.decode()
    assert "خبر کوتاه" in public
    assert "می‌شود، بله" not in public
    assert Draft(page, news_officer.user).count == 0


def test_the_history_tells_who_accepted_how_many(news_officer, item):
    news_officer.post(address(item), {"version": version(news_officer, item), "all": "1"})
    entry = PageLogEntry.objects.filter(page=item.pk, action="persian.proofread").get()
    assert entry.user == news_officer.user
    assert entry.revision_id == Page.objects.get(pk=item.pk).latest_revision_id
    history = news_officer.get(reverse("wagtailadmin_pages:history", args=[item.pk])).content.decode()
    assert entry.message in history
    assert "پیشنهاد پذیرفته شد" in entry.message


def test_one_proposal_is_accepted_and_the_others_stay(news_officer, item):
    page = shown(news_officer, item)
    comma = next(li for li in page.select(".proofread__item") if "،" in li.find("ins").text)
    total = len(page.select(".proofread__item"))
    form = {"version": version(news_officer, item), "one": comma.find("button")["value"]}
    answer = news_officer.post(address(item), form, follow=True)
    assert draft(item).lead == "مي شود، بله"
    assert "۱ پیشنهاد پذیرفته و پیش‌نویس ذخیره شد." in answer.content.decode()
    assert len(shown(news_officer, item).select(".proofread__item")) == total - 1


def test_the_chosen_are_accepted_together(news_officer, item):
    boxes = shown(news_officer, item).select("input[name=accept]")
    assert not any(box.has_attr("checked") for box in boxes), "nobody accepts by not looking"
    form = {"version": version(news_officer, item), "accept": [box["value"] for box in boxes[:2]]}
    news_officer.post(address(item), form)
    assert draft(item).lead == "می‌شود ، بله".replace(" ،", " ,")


def test_choosing_nothing_changes_nothing_and_says_so(news_officer, item):
    answer = news_officer.post(address(item), {"version": version(news_officer, item)}, follow=True)
    assert "هیچ پیشنهادی برگزیده نشد." in answer.content.decode()
    assert draft(item).lead == "مي شود , بله"


def test_a_text_that_changed_in_the_meantime_is_not_overwritten(news_officer, pr_head, item):
    form = {"version": version(news_officer, item), "all": "1"}
    other = draft(item)
    other.lead = "لید همکار"
    other.save_revision(user=pr_head.user, clean=False)
    answer = news_officer.post(address(item), form, follow=True)
    assert "متن در این میان تغییر کرده است" in answer.content.decode()
    assert draft(item).lead == "لید همکار"


def test_a_text_that_would_outgrow_its_field_is_refused_by_name(news_officer, item):
    page = draft(item)
    page.over_title = "الف،" * 37 + "ب"  # 149 of 150 characters, and a space missing after each comma
    page.save_revision(clean=False)
    answer = news_officer.post(
        address(item), {"version": version(news_officer, item), "all": "1"}, follow=True
    )
    assert "«روتیتر» با این تغییرها از اندازهٔ خود بلندتر می‌شود" in answer.content.decode()
    assert draft(item).lead == "مي شود , بله"


def test_a_locked_page_is_shown_and_not_changed(news_officer, pr_head, item):
    Page.objects.filter(pk=item.pk).update(locked=True, locked_by=pr_head.user)
    page = shown(news_officer, item)
    assert all(button.has_attr("disabled") for button in page.select(".proofread button"))
    assert (
        news_officer.post(address(item), {"version": version(news_officer, item), "all": "1"}).status_code
        == 302
    )
    assert draft(item).lead == "مي شود , بله"


def test_whoever_may_not_edit_a_page_may_not_check_it(answering_officer, visitor, item):
    assert answering_officer.get(address(item)).status_code in (302, 403)
    assert answering_officer.post(address(item), {"all": "1"}).status_code in (302, 403)
    assert "/admin/login/" in visitor.get(address(item))["Location"]
    assert draft(item).lead == "مي شود , بله"


def test_the_editor_leads_to_the_check(news_officer, item):
    page = news_officer.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert address(item) in page
    assert "بررسی نگارش" in page


def test_a_page_without_a_fault_says_so(pr_head, site):
    mission = StandardPage.objects.get(slug="mission")
    assert "پیشنهادی نیست" in shown(pr_head, mission).text


def test_inline_children_are_checked_even_without_any_draft(pr_head, site):
    goals = GoalsPage.objects.get()
    goal = goals.goals.first()
    goal.text = "كار گروهي"
    goal.save()
    pr_head.post(address(goals), {"version": version(pr_head, goals), "all": "1"})
    assert draft(goals).goals.first().text == "کار گروهی"
    goal.refresh_from_db()
    assert goal.text == "كار گروهي", "only the draft changed"


def test_the_first_content_of_the_site_needs_no_mending(pr_head, site):
    pages = Page.objects.descendant_of(HomePage.objects.get(), inclusive=True).specific()
    assert {
        page.title: Draft(page, pr_head.user).groups() for page in pages if Draft(page, pr_head.user).count
    } == {}


def test_what_the_check_costs_does_not_grow_with_the_text(news_officer, item, django_assert_max_num_queries):
    shown(news_officer, item)
    page = draft(item)
    page.body = json.dumps(BODY * 20)
    page.save_revision(clean=False)
    with django_assert_max_num_queries(45):
        news_officer.get(address(item))
