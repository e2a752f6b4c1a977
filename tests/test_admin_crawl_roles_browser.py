"""What each of the four roles is shown in the admin, and what it is refused: all of it is Persian."""

import pytest
from django.urls import reverse

from hamyari_site.permissions import ROLES
from news.models import NewsIndexPage
from tests.crawl import Walk
from tests.crawl_screens import menu_addresses, unlinked
from tests.test_admin_roles import FIXTURES

pytestmark = pytest.mark.browser


@pytest.mark.long
def test_what_each_role_is_shown_and_refused_is_persian(busy_site, blank_page, request):
    """One person of each role opens what they are offered, then asks for what only others are offered."""
    newsroom = reverse("wagtailadmin_explore", args=[NewsIndexPage.objects.get().pk])
    walks = {role: Walk(blank_page, request.getfixturevalue(FIXTURES[role])) for role in ROLES}
    everywhere: dict[str, str] = {}
    for walk in walks.values():
        walk.follow("/admin/", newsroom, *menu_addresses(walk.client))
        everywhere |= walk.addresses
    for role, walk in walks.items():
        for address in {*everywhere.values(), *unlinked(everywhere)} - set(walk.addresses.values()):
            walk.visit(address)
        walk.look("/admin/")  # the refusals stand here
        print(f"{role}: {sum(walk.seen.values())} screens")
    wrong = [f"{role}: {walk.report()}" for role, walk in walks.items() if walk.wrong]
    assert not wrong, "\n".join(wrong)
