"""The admin's frame: Persian, right to left, with the unit's mark, its own dashboard and checklist, previews of blocks."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StructBlock

from operations import checklist
from operations.checklist import SetupItem
from pages.blocks import BodyStreamBlock
from pages.models import ContactDetails, HomePage

pytestmark = pytest.mark.django_db

STAFF = ["pr_head", "news_officer", "answering_officer", "system_keeper"]


@pytest.mark.parametrize("language", ["en-GB,en;q=0.9", "ar", ""])
def test_the_login_is_persian_whatever_the_browser_speaks(client, site, language):
    page = client.get(reverse("wagtailadmin_login"), headers={"accept-language": language}).content.decode()
    assert '<html lang="fa" dir="rtl"' in page
    assert "گذرواژه" in page
    assert "Password" not in page


def test_the_admin_is_persian_whatever_the_browser_speaks(pr_head):
    page = pr_head.get("/admin/", headers={"accept-language": "en-US,en;q=0.9"}).content.decode()
    assert '<html lang="fa" dir="rtl"' in page


def test_the_login_bears_the_units_name_and_mark(client, site):
    page = client.get(reverse("wagtailadmin_login")).content.decode()
    details = ContactDetails.for_site(site)
    assert details.unit_name in page
    assert details.organization_name in page
    assert "img/mark" in page
    assert details.unit_name in re.search(r"<title>(.*?)</title>", page, re.S).group(1)
    assert "Wagtail" not in re.sub(r"<noscript.*?</noscript>|<script.*?</script>", "", page, flags=re.S)


def test_the_login_stands_before_there_is_any_content(client):
    assert client.get(reverse("wagtailadmin_login")).status_code == 200


@pytest.mark.parametrize("person", STAFF)
def test_the_dashboard_greets_in_the_units_name_without_the_makers_news(person, request, site):
    client = request.getfixturevalue(person)
    page = client.get("/admin/").content.decode()
    assert client.user.get_full_name() in page
    assert "واحد روابط عمومی" in page
    for foreign in ("wagtail.org", "wagtail.io", "releases.wagtail", "gravatar", "enable-javascript.com/en"):
        assert foreign not in page


@pytest.mark.parametrize(
    ("person", "there", "not_there"),
    [
        ("pr_head", "/add/news/newspage/", "/admin/users/new/"),
        ("news_officer", "/add/news/newspage/", "/admin/users/new/"),
        ("answering_officer", "/admin/desk/", "/add/news/newspage/"),
        ("system_keeper", "/admin/users/new/", "/admin/desk/"),
    ],
)
def test_the_quick_links_are_those_of_the_persons_work(person, there, not_there, request):
    page = request.getfixturevalue(person).get("/admin/").content.decode()
    links = page[page.index("quick-links__list") :].split("</ul>")[0]
    assert there in links
    assert not_there not in links


@pytest.mark.parametrize("person", ["pr_head", "system_keeper"])
def test_the_checklist_names_what_is_missing_and_who_can_fill_it(person, request, site):
    client = request.getfixturevalue(person)
    page = client.get(reverse("setup_checklist"))
    assert page.status_code == 200
    text = unescape(page.content.decode())
    items = checklist.items(page.wsgi_request)
    assert any(not item.done for item in items)
    for item in items:
        assert str(item.label) in text
        assert str(item.who) in text
    assert reverse("setup_checklist") in client.get("/admin/").content.decode()


def test_the_checklist_leaves_the_dashboard_when_all_is_done(pr_head, monkeypatch):
    monkeypatch.setattr(checklist, "_sources", [lambda request: [SetupItem(label="نشانی", done=True)]])
    assert "setup-title" not in pr_head.get("/admin/").content.decode()
    monkeypatch.setattr(checklist, "_sources", [lambda request: [SetupItem(label="نشانی", done=False)]])
    assert "setup-title" in pr_head.get("/admin/").content.decode()


@pytest.mark.parametrize("person", ["news_officer", "answering_officer"])
def test_others_are_not_troubled_with_the_checklist(person, request):
    page = request.getfixturevalue(person).get("/admin/").content.decode()
    assert "setup-title" not in page
    assert reverse("setup_checklist") not in page


def body_blocks():
    body = HomePage._meta.get_field("body").stream_block
    return list(body.child_blocks.values())


@pytest.mark.parametrize("name", list(BodyStreamBlock().child_blocks))
def test_every_block_has_a_preview_in_the_sites_own_look(pr_head, name):
    block = HomePage._meta.get_field("body").stream_block.child_blocks[name]
    assert block.is_previewable
    assert block.get_description()
    answer = pr_head.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'dir="rtl"' in page
    assert "css/tokens.css" in page
    assert "css/components/blocks.css" in page
    main = re.search(r"<main.*?</main>", page, re.S).group(0)
    shows_a_file = name in ("image", "document")  # an empty library has none
    assert shows_a_file or re.search(r"[آ-ی]", re.sub(r"<[^>]+>", "", main))


def test_the_previews_of_files_show_the_newest_of_the_library(pr_head, image, document):
    for name, shown in (("image", "<img"), ("document", document.title)):
        block = HomePage._meta.get_field("body").stream_block.child_blocks[name]
        assert isinstance(block, StructBlock)
        page = pr_head.get(
            reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
        ).content.decode()
        assert shown in page.split("<main")[1]


@pytest.fixture
def image(site):
    from tests.factories import SiteImageFactory

    return SiteImageFactory(title="پل خواجو")


@pytest.fixture
def document(site):
    from django.core.files.base import ContentFile

    from pages.models import SiteDocument

    return SiteDocument.objects.create(title="آیین‌نامه", file=ContentFile(b"x", name="rules.pdf"))


def test_a_session_begins_at_the_login_and_ends_at_the_logout(site, django_user_model):
    from django.contrib.auth.models import Group

    from hamyari_site.permissions import PR_HEAD

    user = django_user_model.objects.create_user("kabiri", password="پل-خواجو-۱۴۰۵")
    user.groups.add(Group.objects.get(name=PR_HEAD))
    client, address = Client(), reverse("wagtailadmin_login")
    assert client.post(address, {"username": "kabiri", "password": "نادرست"}).status_code == 200
    assert client.post(address, {"username": "kabiri", "password": "پل-خواجو-۱۴۰۵"}).url == "/admin/"
    client.post(reverse("wagtailadmin_logout"))
    assert client.get("/admin/").status_code == 302
