"""A citizen reads: pages of the tree, menus, breadcrumbs, the site map, the date of the last update."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.models import Page, PageViewRestriction

from pages.models import GoalsPage, HomePage, SiteMapPage, StandardPage
from tests.factories import StandardPageFactory

ADDRESSES = [
    "/",
    "/mission/",
    "/goals/",
    "/approach/",
    "/training/",
    "/news/",
    "/contact/",
    "/search/",
    "/accessibility/",
    "/privacy/",
    "/service-level/",
    "/sitemap/",
]


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_public_page_is_persian_and_right_to_left(site, client, address):
    response = client.get(address)
    page = soup(response)
    assert response.status_code == 200
    assert (page.html["lang"], page.html["dir"]) == ("fa", "rtl")
    assert len(page.find_all("h1")) == 1
    assert page.title.text.strip()
    assert page.find("main")


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a != "/search/"])
def test_every_page_of_the_tree_says_when_it_was_updated(site, client, address):
    page = soup(client.get(address))
    assert "آخرین به‌روزرسانی" in page.text
    assert page.find("time", attrs={"datetime": True})


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a != "/search/"])
def test_every_page_introduces_itself_to_search_engines_and_networks(site, client, address):
    head = soup(client.get(address)).head
    assert head.find("meta", attrs={"name": "description"})["content"].strip()
    assert head.find("link", rel="canonical")["href"].endswith(address)
    assert head.find("meta", property="og:title")["content"]
    assert head.find("meta", property="og:image")["content"].startswith("http")


def test_the_menu_is_made_from_the_tree(site, client):
    StandardPage.objects.filter(slug="approach").update(title="شیوهٔ گفت‌وگو")
    StandardPage.objects.filter(slug="training").update(show_in_menus=False)
    header = soup(client.get("/mission/")).find("header")
    titles = [link.text.strip() for link in header.select("nav a")]
    assert "شیوهٔ گفت‌وگو" in titles
    assert "آموزش" not in titles
    assert header.select_one('a[aria-current="page"]').text.strip() == "رسالت ما"


def test_breadcrumbs_lead_back_home(site, client):
    mission = StandardPage.objects.get(slug="mission")
    child = mission.add_child(instance=StandardPage(title="پیشینه", slug="history"))
    child.save_revision().publish()
    page = soup(client.get("/mission/history/"))
    trail = [link["href"] for link in page.select("nav.breadcrumbs a")]
    assert trail[-1].endswith("/mission/")
    assert len(trail) == 2


def test_the_site_map_shows_every_public_page_and_no_draft(site, client):
    links = {a["href"] for a in soup(client.get("/sitemap/")).select("main a")}
    for address in ("/mission/", "/goals/", "/contact/", "/privacy/", "/news/"):
        assert any(link.endswith(address) for link in links)
    assert not any("faq" in link for link in links)


def test_the_site_map_leads_to_following_up_and_to_the_figures(site, client):
    links = {a.text: a["href"] for a in soup(client.get("/sitemap/")).select("main a")}
    assert links["پیگیری پیام"].endswith("/contact/track/")
    assert links["آمار پاسخ‌گویی"].endswith("/contact/stats/")
    for address in links.values():
        assert client.get(address).status_code == 200


def test_goals_are_a_list_in_the_order_of_the_editor(site, client):
    page = GoalsPage.objects.get()
    first = page.goals.first()
    first.title = "نخست، شنیدن"
    page.goals.add(first)
    page.save_revision().publish()
    items = soup(client.get("/goals/")).select("main .goal-list > li")
    assert len(items) == 8
    assert "نخست، شنیدن" in items[0].text


def test_the_quick_links_lead_only_where_everybody_may_go(site, client):
    def titles():
        return [item.text for item in soup(client.get("/")).select(".quick-links__title")]

    assert titles() == ["هدف‌ها", "آموزش", "خبرها", "تماس با ما"]
    training, goals = Page.objects.get(slug="training"), Page.objects.get(slug="goals")
    PageViewRestriction.objects.create(page=training, restriction_type=PageViewRestriction.LOGIN)
    goals.specific.unpublish()
    assert titles() == ["خبرها", "تماس با ما"]


def test_a_private_page_is_in_no_menu_list_or_search(site, client):
    mission = Page.objects.get(slug="mission")
    PageViewRestriction.objects.create(page=mission, restriction_type=PageViewRestriction.LOGIN)
    for address in ("/", "/sitemap/", "/search/?q=رسالت", "/sitemap.xml"):
        assert "/mission/" not in client.get(address).content.decode()


@pytest.mark.parametrize("model", [HomePage, GoalsPage, SiteMapPage])
def test_what_a_site_has_once_cannot_be_made_twice(site, model):
    assert model.max_count == 1
    assert not model.can_create_at(HomePage.objects.get())


def test_pages_stand_where_they_belong(site):
    home = HomePage.objects.get()
    assert StandardPage.can_create_at(home)
    assert not StandardPage.can_create_at(Page.get_first_root_node())
    assert not GoalsPage.can_exist_under(StandardPage.objects.first())


def test_a_page_with_a_password_asks_for_it_in_the_site_s_own_frame(site, client):
    mission = Page.objects.get(slug="mission")
    PageViewRestriction.objects.create(
        page=mission, restriction_type=PageViewRestriction.PASSWORD, password="پل خواجو"
    )
    asked = soup(client.get("/mission/"))
    assert asked.find("header") and asked.find("input", type="password")
    form = asked.select_one("main form")
    address = form["action"]
    values = {"return_url": form.find("input", attrs={"name": "return_url"})["value"]}
    refused = client.post(address, {**values, "password": "سی‌وسه‌پل"})
    assert soup(refused).select_one("[role=alert]")
    assert client.post(address, {**values, "password": "پل خواجو"}).status_code == 302
    assert "اعتماد" in client.get("/mission/").content.decode()


def test_a_page_for_staff_leads_to_the_one_login(site, client):
    mission = Page.objects.get(slug="mission")
    PageViewRestriction.objects.create(page=mission, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/mission/")["Location"].startswith("/admin/login/")
    assert client.get("/_util/login/?next=/mission/")["Location"] == "/admin/login/?next=/mission/"


def test_the_xml_sitemap_lists_public_pages(site, client):
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    assert "/mission/" in response.content.decode()
    assert "/faq/" not in response.content.decode()


def test_what_crawlers_browsers_and_researchers_ask_for(site, client):
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()
    assert client.get("/favicon.ico").status_code == 301
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: " in text and "Expires: " in text


def test_titles_are_cleaned_when_a_page_is_saved(site):
    page = StandardPage.objects.get(slug="mission")
    page.title = "رسالت ما در شهرداري"
    page.full_clean()
    assert page.title == "رسالت ما در شهرداری"


def test_an_address_keeps_no_arabic_letters_or_digits(site):
    page = StandardPage.objects.get(slug="mission")
    page.slug = "رسالت-شهرداري-ك-١٤٠٥-۱۴۰۵"
    page.full_clean()
    assert page.slug == "رسالت-شهرداری-ک-1405-1405"


def test_an_address_made_of_the_title_is_folded_too_even_that_of_a_draft(site):
    draft = StandardPage(title="آزمون ي ك", live=False)
    site.root_page.specific.add_child(instance=draft)
    assert draft.slug == "آزمون-ی-ک"


def test_two_spellings_of_one_address_are_an_error_of_its_field(site):
    home = site.root_page.specific
    home.add_child(instance=StandardPage(title="نخست", slug="شهرداری"))
    second = StandardPage(title="دوم", slug="شهرداري")
    with pytest.raises(ValidationError) as error:
        home.add_child(instance=second)
    assert list(error.value.message_dict) == ["slug"]


@pytest.mark.parametrize(
    ("address", "most"), [("/", 25), ("/mission/", 20), ("/goals/", 20), ("/search/?q=روابط", 25)]
)
def test_a_page_costs_a_bounded_number_of_queries(site, client, django_assert_max_num_queries, address, most):
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)


@pytest.mark.parametrize("address", ["/", "/mission/", "/goals/", "/news/", "/search/?q=روابط"])
def test_what_a_visitor_reads_is_the_same_for_every_visitor(site, client, address):
    response = client.get(address)
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_staff_find_the_way_to_the_editor_and_visitors_do_not(site, client, pr_head):
    mission = StandardPage.objects.get(slug="mission")
    link = f"/admin/pages/{mission.pk}/edit/"
    assert link in pr_head.get("/mission/").content.decode()
    assert link not in client.get("/mission/").content.decode()


@pytest.mark.parametrize(("headings", "listed"), [(["یک"], []), (["یک", "دو", "سه"], ["یک", "دو", "سه"])])
def test_a_long_page_lists_its_sections_when_there_are_several(site, client, headings, listed):
    body = [
        part
        for text in headings
        for part in (("heading", {"text": text, "level": "h2"}), ("paragraph", "<p>متن</p>"))
    ]
    body += [("heading", {"text": "زیربخش", "level": "h3"})] + [("paragraph", "<p>متن</p>")] * 4
    page = StandardPageFactory(parent=HomePage.objects.get(), body=body)
    found = BeautifulSoup(client.get(page.url).content, "html.parser").select(".toc__link")
    assert [link.get_text() for link in found] == listed
