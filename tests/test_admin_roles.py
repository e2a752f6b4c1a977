"""Every role against the main addresses of the admin: who is let in, who is turned away."""

import pytest
from django.urls import reverse

from hamyari_site.permissions import ANSWERING_OFFICER, KEEPER, NEWS_OFFICER, PR_HEAD, ROLES
from news.models import NewsIndexPage, NewsPage
from pages.models import GoalsPage, HomePage
from tests.crawl_screens import menu_addresses
from tests.factories import UserFactory

NOBODY: set[str] = set()
EVERYBODY = set(ROLES)
WRITERS = {PR_HEAD, NEWS_OFFICER}

FIXTURES = {
    PR_HEAD: "pr_head",
    NEWS_OFFICER: "news_officer",
    ANSWERING_OFFICER: "answering_officer",
    KEEPER: "system_keeper",
}


def addresses(site) -> dict[str, set[str]]:
    """Address → the roles that it opens to; all others are sent back to the dashboard."""
    home, goals = HomePage.objects.get(), GoalsPage.objects.get()
    newsroom, item = NewsIndexPage.objects.get(), NewsPage.objects.first()
    return {
        reverse("wagtailadmin_home"): EVERYBODY,
        reverse("wagtailadmin_account"): EVERYBODY,
        reverse("wagtailadmin_explore", args=[home.pk]): {PR_HEAD},
        reverse("wagtailadmin_explore", args=[newsroom.pk]): WRITERS,
        reverse("wagtailadmin_pages:edit", args=[home.pk]): {PR_HEAD},
        reverse("wagtailadmin_pages:edit", args=[goals.pk]): {PR_HEAD},
        reverse("wagtailadmin_pages:delete", args=[goals.pk]): {PR_HEAD},
        reverse("wagtailadmin_pages:add", args=["pages", "standardpage", home.pk]): {PR_HEAD},
        reverse("wagtailadmin_pages:add", args=["news", "newspage", newsroom.pk]): WRITERS,
        reverse("wagtailadmin_pages:edit", args=[item.pk]): WRITERS,
        reverse("wagtailadmin_pages:unpublish", args=[item.pk]): {PR_HEAD},
        reverse("wagtailadmin_pages:delete", args=[item.pk]): {PR_HEAD},
        reverse("wagtailimages:index"): WRITERS,
        reverse("wagtailimages:add"): WRITERS,
        reverse("wagtaildocs:index"): WRITERS,
        reverse("wagtaildocs:add"): WRITERS,
        reverse("wagtailsnippets_news_newscategory:list"): {PR_HEAD},
        reverse("wagtailsnippets_contact_topic:list"): {PR_HEAD},
        reverse("wagtailsnippets_contact_unit:list"): {PR_HEAD},
        reverse("wagtailredirects:index"): {PR_HEAD},
        reverse("desk:index"): {PR_HEAD, ANSWERING_OFFICER},
        reverse("wagtailsettings:edit", args=["pages", "contactdetails", site.pk]): {PR_HEAD, KEEPER},
        reverse("setup_checklist"): {PR_HEAD, KEEPER},
        reverse("outgoing-mail:index"): {PR_HEAD, KEEPER},
        reverse("outbox_trial"): {KEEPER},
        reverse("holiday-years:index"): {PR_HEAD, KEEPER},
        reverse("days-off:index"): {PR_HEAD, KEEPER},
        reverse("closures:index"): {PR_HEAD, KEEPER},
        reverse("wagtailusers_users:index"): {KEEPER},
        reverse("wagtailusers_users:add"): {KEEPER},
        reverse("wagtailusers_groups:index"): NOBODY,
        reverse("wagtailsites:index"): NOBODY,
        reverse("wagtailadmin_collections:index"): NOBODY,
        reverse("wagtailadmin_workflows:index"): NOBODY,
    }


@pytest.mark.parametrize("role", ROLES)
def test_a_role_walks_the_admin(role, request, site):
    client = request.getfixturevalue(FIXTURES[role])
    wrong = {}
    for address, allowed in addresses(site).items():
        status = client.get(address).status_code
        if status != (200 if role in allowed else 302):
            wrong[address] = status
    assert not wrong


@pytest.mark.parametrize("role", ROLES)
def test_what_the_menu_offers_opens(role, request, site):
    client = request.getfixturevalue(FIXTURES[role])
    wrong = {}
    for url in menu_addresses(client):
        answer = client.get(
            url, follow=True
        )  # some lead on to the one site, or to one's own part of the tree
        if answer.status_code != 200 or (answer.redirect_chain and answer.redirect_chain[-1][0] == "/admin/"):
            wrong[url] = answer.redirect_chain
    assert not wrong


def test_a_visitor_is_asked_to_sign_in_everywhere(visitor, site):
    for address in addresses(site):
        answer = visitor.get(address)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("wagtailadmin_login"))


def test_somebody_without_a_group_is_not_let_in(client, site):
    client.force_login(UserFactory())
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("name", ["view_message", "change_message", "view_all_messages"])
def test_the_keeper_reads_no_citizens_message(system_keeper, name):
    assert not system_keeper.user.has_perm(f"contact.{name}")


def test_an_answering_officer_does_not_see_all_messages(answering_officer):
    assert answering_officer.user.has_perm("contact.view_message")
    assert not answering_officer.user.has_perm("contact.view_all_messages")
