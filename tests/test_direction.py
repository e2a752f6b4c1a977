"""What people typed keeps its own order among Persian words, seen where it counts: in a browser, sign by sign."""

import datetime
import json

import pytest
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.urls import reverse

from contact.models import ContactPage
from news.models import NewsIndexPage
from outbox.models import OutgoingMail
from pages.models import ContactDetails, HomePage, SiteDocument
from tests.browser_fixtures import PHONE, log_in
from tests.factories import (
    MessageFactory,
    NewsCategoryFactory,
    NewsPageFactory,
    SiteImageFactory,
    StandardPageFactory,
    TopicFactory,
    UnitFactory,
    UserFactory,
)

LANGUAGE, NUMBER, CODE = "C++", "+98 21 8877", "۲۹۴-۵۱۸-۰۸۱"
TYPED = [LANGUAGE, NUMBER, CODE]

# Every place where one of the texts can be seen and its first sign does not stand left of its last one.
TURNED_AROUND = """texts => {
  const wrong = [], seen = {};
  // The admin shows Persian digits; the order of the signs is the same.
  const plain = text => text.replace(/[۰-۹]/g, digit => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const left = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("script, style, template, noscript, option, .w-sr-only, .visually-hidden")) continue;
    for (const text of texts) {
      const data = plain(node.data), wanted = plain(text);
      for (let at = data.indexOf(wanted); at >= 0; at = data.indexOf(wanted, at + 1)) {
        const first = left(node, at), last = left(node, at + text.length - 1);
        if (!first.width || !last.width || Math.abs(first.top - last.top) > first.height / 2) continue;
        seen[text] = (seen[text] || 0) + 1;
        if (first.left >= last.left) {
          const element = node.parentElement;
          wrong.push(`${text} in <${element.tagName.toLowerCase()} class="${element.className}"> of ` +
            `<${element.parentElement.tagName.toLowerCase()} class="${element.parentElement.className}">`);
        }
      }
    }
  }
  return [seen, wrong];
}"""


def turned_around(page, addresses):
    """What is out of order on each address, or missing: `addresses` gives the texts that each must show."""
    found = {}
    for address, texts in addresses.items():
        status = page.goto(address).status
        seen, wrong = page.evaluate(TURNED_AROUND, TYPED)
        wrong += [f"{text} is not shown ({status})" for text in texts if text not in seen]
        if wrong:
            found[address] = wrong
    return found


@pytest.fixture
def typed_site(site):
    """A site whose every typed text has signs that right-to-left lines turn around."""
    home = HomePage.objects.get()
    image = SiteImageFactory(title=LANGUAGE, credit=LANGUAGE)
    document = SiteDocument(title=LANGUAGE)
    document.file.save("form.pdf", ContentFile(b"%PDF-1.4"))
    details = ContactDetails.for_site(site)
    for name in (
        "organization_name",
        "unit_name",
        "head_name",
        "head_role",
        "office_hours",
        "rights_statement",
    ):
        setattr(details, name, f"{LANGUAGE}")
    details.address = f"{LANGUAGE}\n{NUMBER}"
    details.save()
    details.social_links.create(name=LANGUAGE, url="https://example.ir/")
    unit = UnitFactory(name=LANGUAGE, email="")
    topic = TopicFactory(title=LANGUAGE, guidance=NUMBER, unit=unit)
    page = StandardPageFactory(
        parent=home,
        title=LANGUAGE,
        slug="mixed",
        lead=NUMBER,
        show_in_menus=True,
        body=json.dumps(
            [
                {"type": "heading", "value": {"text": LANGUAGE, "level": "h2"}},
                {
                    "type": "paragraph",
                    "value": f"<p>زبان‌ها:</p><p>{LANGUAGE}</p><ul><li>{NUMBER}</li><li>{CODE}</li></ul>",
                },
                {"type": "quote", "value": {"text": LANGUAGE, "source": NUMBER}},
                {"type": "document", "value": {"document": document.pk, "title": ""}},
                {"type": "image", "value": {"image": image.pk, "caption": NUMBER, "alt": ""}},
            ]
        ),
    )
    StandardPageFactory(parent=page, title=NUMBER, slug="number")
    index = NewsIndexPage.objects.get()
    category = NewsCategoryFactory(name=LANGUAGE, slug="cpp")
    news = NewsPageFactory(
        parent=index,
        title=LANGUAGE,
        slug="cpp",
        over_title=NUMBER,
        lead=CODE,
        category=category,
        main_image=image,
        image_caption=NUMBER,
        date=datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC),
    )
    news.tags.add(LANGUAGE)
    news.save()
    message = MessageFactory(
        topic=topic, unit=unit, title=LANGUAGE, body=f"{LANGUAGE}\n\n{NUMBER}", name=NUMBER
    )
    message.timeline.create(kind="note", text=LANGUAGE, author_name=NUMBER)
    return {"page": page, "news": news, "index": index, "message": message, "unit": unit, "image": image}


@pytest.mark.parametrize("viewport", [None, PHONE])
def test_the_public_pages_keep_what_was_typed_in_order(typed_site, new_page, viewport):
    browser = new_page(**({"viewport": viewport} if viewport else {}))
    addresses = {
        "/": [LANGUAGE],
        typed_site["page"].url: [LANGUAGE, NUMBER, CODE],
        "/mixed/number/": [NUMBER],
        typed_site["index"].url: [LANGUAGE],
        typed_site["news"].url: [LANGUAGE, NUMBER, CODE],
        ContactPage.objects.get().url: [LANGUAGE, NUMBER],
        "/search/?q=C%2B%2B": [LANGUAGE],
        "/sitemap/": [LANGUAGE],
    }
    assert not turned_around(browser, addresses)


def test_the_admin_keeps_what_was_typed_in_order(typed_site, new_page, live_server, client):
    keeper = UserFactory(is_superuser=True, first_name=LANGUAGE, last_name="", username="cpp+98")
    client.force_login(keeper)
    OutgoingMail.objects.create(
        kind="new_message", subject=LANGUAGE, to=["b@example.ir"], text="", message_id="<1>"
    )
    browser = new_page()
    log_in(browser, client, live_server.url)
    page = typed_site["page"]
    addresses = {
        reverse("wagtailadmin_home"): [LANGUAGE],
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]): [LANGUAGE],
        reverse("wagtailadmin_explore", args=[page.pk]): [LANGUAGE, NUMBER],
        reverse("wagtailadmin_pages:history", args=[page.pk]): [LANGUAGE],
        reverse("wagtailadmin_pages:delete", args=[page.pk]): [LANGUAGE],
        reverse("news:index"): [LANGUAGE, NUMBER],
        reverse("wagtailimages:index"): [LANGUAGE],
        reverse("wagtaildocs:index"): [LANGUAGE],
        reverse("wagtailsnippets_contact_unit:list"): [LANGUAGE],
        reverse("wagtailsnippets_contact_topic:list"): [LANGUAGE],
        reverse("wagtailsnippets_news_newscategory:list"): [LANGUAGE],
        reverse("wagtailusers_users:index"): [LANGUAGE],
        reverse("wagtailadmin_reports:site_history"): [],
        reverse("outgoing-mail:index"): [LANGUAGE],
        reverse("desk:index"): [LANGUAGE],
        reverse("desk:case", args=[typed_site["message"].pk]): [LANGUAGE, NUMBER],
    }
    assert not turned_around(browser, addresses)


@pytest.mark.parametrize("typed", TYPED)
def test_an_input_shows_what_is_typed_in_order(typed_site, new_page, typed):
    """`dir="auto"` follows the first letter; without letters, digits run from left to right."""
    browser = new_page()
    browser.goto(f"{ContactPage.objects.get().url}?topic={typed_site['message'].topic_id}")
    browser.locator("[name=title]").fill(typed)
    assert browser.locator("[name=title]").evaluate("e => getComputedStyle(e).direction") == "ltr"
    browser.locator("[name=title]").fill("زبان " + typed)
    assert browser.locator("[name=title]").evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_a_plain_text_mail_isolates_names_numbers_and_codes(typed_site):
    message = typed_site["message"]
    message.mobile = "+989123456789"
    text = render_to_string(
        "emails/new_message.txt", {"message": message, "address": "https://example.ir/admin/desk/1/"}
    )
    assert f": \u2068{NUMBER}\u2069\n" in text
    assert f": \u2068{LANGUAGE}\u2069\n" in text
    assert f": \u2066{message.code_display}\u2069\n" in text
    assert ": \u2066۰۹۱۲۳۴۵۶۷۸۹\u2069\n" in text
    assert (
        "\nhttps://example.ir/admin/desk/1/\n" in text
    )  # a link is found by its spaces: nothing may cling to it


def test_an_invitation_isolates_names_and_leaves_its_link_alone(site):
    invited = UserFactory.build(first_name=LANGUAGE, last_name="", username="a@example.ir")
    context = {"user": invited, "inviter": invited, "unit_name": LANGUAGE, "link": "https://example.ir/i/1/"}
    text = render_to_string("hamyari_site/emails/invitation.txt", context)
    assert text.count(f"\u2068{LANGUAGE}\u2069") == 3
    assert "\u2066a@example.ir\u2069" in text
    assert "\nhttps://example.ir/i/1/\n" in text
