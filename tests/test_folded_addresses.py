"""An address is folded when it is saved, and found however it was typed: on paper, in a messenger, on an Arabic keyboard."""

from urllib.parse import quote, unquote

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from pages.models import HomePage, StandardPage
from persian.addresses import fold_path, slug_from
from tests.factories import StandardPageFactory


@pytest.fixture
def report(site):
    """A page with a Persian address, under another one."""
    reports = StandardPageFactory(parent=HomePage.objects.get(), title="گزارش‌ها", slug="گزارش-ها")
    return StandardPageFactory(parent=reports, title="کارنامهٔ سال ۱۴۰۵", slug="کارنامه-سال-1405")


ADDRESS = "/گزارش-ها/کارنامه-سال-1405/"
TYPED = {
    "Persian digits": "/گزارش-ها/کارنامه-سال-۱۴۰۵/",
    "Arabic letters and digits": "/گزارش-ها/كارنامه-سال-١٤٠٥/",
    "a half-space": "/گزارش-ها/کار\u200cنامه-سال-1405/",
    "vowel marks and tatweel": "/گُزارش-ها/کارنـــامهٔ-سال-1405/",
    "spaces for dashes": "/گزارش-ها/کارنامه سال 1405/",
    "a space at the end": "/گزارش-ها/کارنامه-سال-1405/ ",
    "a full stop from the end of a sentence": "/گزارش-ها/کارنامه-سال-1405/.",
    "no slash, and Arabic letters": "/گزارش-ها/كارنامه-سال-1405",
    "presentation forms": "/ﮔزارش-ها/کارنامه-سال-1405/",
    "slashes twice": "/گزارش-ها//کارنامه-سال-1405//",
    "encoded twice": quote("/گزارش-ها/کارنامه-سال-1405/"),
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_an_address_that_nothing_answers_leads_to_the_page_that_it_means(report, client, typed):
    response = client.get(quote(typed), {"page": "2", "q": "آب"})
    assert response.status_code == 301
    address, _, query = response["Location"].partition("?")
    assert unquote(address) == ADDRESS
    assert query == "page=2&q=" + quote("آب")
    assert client.get(response["Location"]).status_code == 200


def test_capitals_lead_to_the_page_too(site, client):
    assert client.get("/Mission/")["Location"] == "/mission/"


@pytest.mark.parametrize(
    "typed",
    ["/گزارش-ها/هيچ/", "/HTTPS://example.com/", "/Admin/nothing/", "/Static/x.css", "/٪/", "/Nowhere/"],
)
def test_what_means_no_page_stays_unknown(report, client, typed):
    assert client.get(quote(typed)).status_code == 404


def test_a_form_is_never_sent_elsewhere(report, client):
    assert client.post(quote(TYPED["Persian digits"])).status_code == 404


def test_a_question_for_the_head_alone_is_answered_alike(report, client):
    assert client.head(quote(TYPED["Persian digits"])).status_code == 301


def test_a_draft_keeps_its_address_to_itself(report, client):
    report.unpublish()
    assert client.get(quote(TYPED["Persian digits"])).status_code == 404


def test_a_private_page_asks_for_its_password_first(report, client):
    PageViewRestriction.objects.create(page=report, restriction_type="password", password="رمز")
    response = client.get(quote(TYPED["Persian digits"]), follow=True)
    assert response.redirect_chain[0] == (quote(ADDRESS), 301)
    assert report.lead not in response.content.decode(), "what the page says is nobody's before the password"


def test_a_redirect_that_staff_made_goes_first(report, client):
    typed = TYPED["Persian digits"]
    Redirect.add_redirect(typed, redirect_to="/mission/", is_permanent=False)
    response = client.get(quote(typed))
    assert (response.status_code, response["Location"]) == (302, "/mission/")


def test_the_old_address_of_a_renamed_page_is_found_however_it_was_typed(report, client):
    Redirect.add_redirect(ADDRESS, redirect_to="/mission/")
    report.slug = "کارنامه"
    report.save()
    response = client.get(quote(TYPED["Arabic letters and digits"]), follow=True)
    assert [unquote(address) for address, _status in response.redirect_chain] == [ADDRESS, "/mission/"]


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(quote(address))
    return len(captured)


def test_what_the_search_for_a_page_costs(report, client):
    """Nothing where an address has only one spelling; else what finding any page costs, not once more for each spelling."""
    client.get("/nowhere/")
    one_spelling = queries(client, "/گزارش-ها/هیچ/")
    assert queries(client, "/گزارش-ها/هيچ/") <= one_spelling + 5
    assert queries(client, "/گزارش-ها/كارنامه-سال-۱۴۰۵/") <= one_spelling + 5


class TestSaving:
    def test_the_address_of_a_page_is_folded(self, site):
        page = StandardPage(title="كتاب‌هاي تازه", slug="كتاب‌هاي-تازة-۱۴۰۵")
        HomePage.objects.get().add_child(instance=page)
        assert (page.title, page.slug) == ("کتاب‌های تازه", "کتابهای-تازه-1405")

    def test_one_made_of_the_title_does_not_change_with_the_second_save(self, site):
        page = StandardPage(title="نشست شمارهٔ ۵")
        HomePage.objects.get().add_child(instance=page)
        assert page.slug == "نشست-شماره-5"
        page.save()
        assert page.slug == "نشست-شماره-5"

    def test_two_spellings_of_one_address_cannot_stand_beside_each_other(self, site):
        home = HomePage.objects.get()
        home.add_child(instance=StandardPage(title="یک", slug="نشست-5"))
        with pytest.raises(ValidationError):
            home.add_child(instance=StandardPage(title="دو", slug="نشست-۵"))
        assert Page.objects.filter(slug="نشست-5").count() == 1


@given(st.text())
def test_folding_an_address_again_changes_nothing(text):
    assert slug_from(slug_from(text)) == slug_from(text)
    assert fold_path(fold_path(text)) == fold_path(text)


@given(st.text())
def test_a_folded_address_is_a_path_of_this_site(text):
    path = fold_path(text)
    assert path.startswith("/")
    assert path.endswith("/")
    assert "//" not in path
