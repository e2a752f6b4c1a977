"""How an item gets out: the news officer writes and submits it, the head of public relations approves it."""

import pytest
from django.urls import reverse
from wagtail.models import WorkflowState

from news.models import NewsIndexPage, NewsPage


@pytest.fixture
def newsroom(site):
    return NewsIndexPage.objects.get()


@pytest.fixture
def written(newsroom):
    """What an editor's form holds, and the button that sends it."""

    def form(button: str) -> dict[str, str]:
        return {
            "title": "نشست روابط عمومی‌ها",
            "slug": "meeting",
            "over_title": "",
            "lead": "لید خبر",
            "date": "2026-11-23 12:00",
            "body-count": "0",
            "tags": "",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            button: "1",
        }

    return form


def add(client, newsroom, data):
    return client.post(reverse("wagtailadmin_pages:add", args=["news", "newspage", newsroom.pk]), data)


def is_public(client) -> bool:
    return client.get("/news/meeting/").status_code == 200


def test_the_news_officer_cannot_publish(newsroom, written, news_officer, client):
    add(news_officer, newsroom, written("action-publish"))
    item = NewsPage.objects.get(slug="meeting")
    assert not item.live
    assert not is_public(client)
    assert item.permissions_for_user(news_officer.user).can_edit()
    assert not item.permissions_for_user(news_officer.user).can_publish()
    assert news_officer.get(reverse("wagtailadmin_pages:unpublish", args=[newsroom.pk])).status_code == 302


def test_what_the_officer_submits_is_public_once_the_head_approves(
    newsroom, written, news_officer, pr_head, client
):
    add(news_officer, newsroom, written("action-submit"))
    item = NewsPage.objects.get(slug="meeting")
    task = item.current_workflow_task_state
    assert item.workflow_in_progress
    assert not is_public(client)
    action = reverse("wagtailadmin_pages:workflow_action", args=[item.pk, "approve", task.pk])

    news_officer.post(action, {"comment": ""})
    assert not is_public(client)

    pr_head.post(action, {"comment": "منتشر شود"})
    assert is_public(client)
    assert item.title in client.get("/news/").content.decode()


def test_the_head_returns_it_for_correction(newsroom, written, news_officer, pr_head, client):
    add(news_officer, newsroom, written("action-submit"))
    item = NewsPage.objects.get(slug="meeting")
    task = item.current_workflow_task_state
    pr_head.post(
        reverse("wagtailadmin_pages:workflow_action", args=[item.pk, "reject", task.pk]),
        {"comment": "تاریخ را بنویسید"},
    )
    item = NewsPage.objects.get(pk=item.pk)
    assert item.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert not is_public(client)


def test_the_head_publishes_at_once(newsroom, written, pr_head, client):
    add(pr_head, newsroom, written("action-publish"))
    assert is_public(client)


def test_both_see_the_list_of_news_and_who_may_not_does_not(
    newsroom, news_officer, pr_head, answering_officer
):
    for officer in (news_officer, pr_head):
        response = officer.get(reverse("news:index"))
        assert response.status_code == 200
        assert NewsPage.objects.first().title in response.content.decode()
    assert answering_officer.get(reverse("news:index")).status_code == 302


def test_the_first_items_are_true_of_the_site_and_stand_on_the_home_page(site, client):
    home = client.get("/").content.decode()
    items = NewsPage.objects.published().newest_first()
    assert items
    assert all(item.title in home for item in items)
