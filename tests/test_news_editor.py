"""Moderation from the page editor itself: what its form posts, as the browser sends it back."""

import json

import pytest
from django.urls import reverse
from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import querydict_from_html

from news.models import NewsIndexPage, NewsPage


def form_of(client, address) -> dict[str, str]:
    """The editor's form as it stands on the screen, without the buttons."""
    response = client.get(address)
    assert response.status_code == 200
    data = querydict_from_html(response.content.decode(), form_id="page-edit-form")
    fields = {name: value for name, value in data.items() if not name.startswith("action-")}
    return {"body-count": "0"} | fields  # the browser makes the body's fields from its blocks: there are none


@pytest.fixture
def submitted(news_officer):
    """An item that the news officer wrote without touching the date, and submitted."""
    newsroom = NewsIndexPage.objects.get()
    address = reverse("wagtailadmin_pages:add", args=["news", "newspage", newsroom.pk])
    written = {"title": "نشست روابط عمومی‌ها", "slug": "meeting", "lead": "لید خبر", "action-submit": "1"}
    news_officer.post(address, form_of(news_officer, address) | written)
    return NewsPage.objects.get(slug="meeting")


def press(client, item, **changes):
    address = reverse("wagtailadmin_pages:edit", args=[item.pk])
    return client.post(address, form_of(client, address) | changes)


def act(client, item, name, comment="", **changes):
    """Press one of the workflow's buttons in the editor; some ask for a comment first."""
    buttons = {"action-workflow-action": "true", "workflow-action-name": name}
    extra = {"workflow-action-extra-data": json.dumps({"comment": comment})}
    return press(client, item, **buttons, **extra, **changes)


def public(client) -> str:
    response = client.get("/news/meeting/")
    return response.content.decode() if response.status_code == 200 else ""


def test_the_editor_of_an_untouched_item_finds_nothing_changed(submitted, pr_head):
    address = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    form = pr_head.get(address).context["form"]
    data = form_of(pr_head, address)
    bound = type(form)(
        data, instance=form.instance, for_user=pr_head.user, parent_page=submitted.get_parent()
    )
    assert bound.is_valid()
    assert bound.changed_data == []


def test_one_press_approves_and_publishes(submitted, pr_head, client):
    act(pr_head, submitted, "approve")
    assert "لید خبر" in public(client)
    assert not NewsPage.objects.get(pk=submitted.pk).workflow_in_progress


def said(client, response) -> str:
    return client.get(response.url).content.decode()


def test_the_head_reads_what_became_of_the_page(submitted, pr_head, news_officer):
    assert "صفحه برای اصلاح برگشت داده شد." in said(
        pr_head, act(pr_head, submitted, "reject", "لید را کامل کنید")
    )
    press(news_officer, submitted, lead="لید کامل", **{"action-submit": "1"})
    assert "تأیید شما ثبت شد." in said(pr_head, act(pr_head, submitted, "approve"))
    assert "تأیید شما ثبت شد." not in said(pr_head, press(pr_head, submitted, lead="لید دیگر"))


def test_what_the_head_mends_is_published_with_the_same_press(submitted, pr_head, client):
    address = reverse("wagtailadmin_pages:edit", args=[submitted.pk])
    assert "تأیید و انتشار" in pr_head.get(address).content.decode()
    act(pr_head, submitted, "approve", lead="لید ویراسته")
    assert "لید ویراسته" in public(client)


def test_what_was_returned_is_mended_resubmitted_and_approved(submitted, news_officer, pr_head, client):
    act(pr_head, submitted, "reject", comment="لید را کامل کنید")
    state = NewsPage.objects.get(pk=submitted.pk).current_workflow_state
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    press(news_officer, submitted, lead="لید کامل", **{"action-submit": "1"})
    assert not public(client)
    act(pr_head, submitted, "approve")
    assert "لید کامل" in public(client)


@pytest.mark.parametrize("button", ["", "action-publish", "action-submit", "action-workflow-action"])
def test_the_officer_changes_nothing_while_the_head_decides(submitted, news_officer, pr_head, client, button):
    changes = {"lead": "لید دیگر", "workflow-action-name": "approve"} | ({button: "1"} if button else {})
    press(news_officer, submitted, **changes)
    assert not public(client)
    act(pr_head, submitted, "approve")
    assert "لید خبر" in public(client)
    assert "لید دیگر" not in public(client)


def test_what_the_officer_changes_later_waits_for_approval_again(submitted, news_officer, pr_head, client):
    act(pr_head, submitted, "approve")
    press(news_officer, submitted, lead="لید دیگر", **{"action-submit": "1"})
    assert "لید خبر" in public(client)
    assert "لید دیگر" not in public(client)
    act(pr_head, submitted, "approve")
    assert "لید دیگر" in public(client)
