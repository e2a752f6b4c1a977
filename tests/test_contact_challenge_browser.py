"""Who is suspected proves to be no machine: the browser by a little work, a person without JavaScript by an answer."""

import pytest

from contact import limits
from contact.models import Message, Topic, Try
from contact.public import challenge, tokens
from tests.browser_fixtures import PHONE
from tests.factories import contact_site
from tests.test_browser_public import assert_accessible, assert_fits
from tests.test_contact_limits import NUMBERS_IN_WORDS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def suspected(monkeypatch, settings):
    """A form, and a network from which a machine wrote before."""
    monkeypatch.setattr(tokens, "MIN_AGE", 0)
    contact_site()
    real = limits.was_noted
    monkeypatch.setattr(
        limits, "was_noted", lambda what, *rest: what == challenge.SUSPECT or real(what, *rest)
    )


def write(page):
    """Fill the form in and come to the last button."""
    page.goto(f"/contact/?lane=citizen&topic={Topic.objects.last().pk}")
    page.get_by_label("پرسش").check()
    page.locator("[name=title]").fill("ساعت نشست")
    page.locator("[name=body]").fill("نشست بعدی چه ساعتی است؟")
    page.locator("[name=answer_by][value=none]").check()
    page.locator(".form__actions button[value=review]").click()
    page.locator("button[value=send]").click()


def test_a_browser_does_the_work_by_itself(new_page, witness, suspected):
    page = new_page(viewport=PHONE)
    write(page)
    assert page.locator("[data-error-summary]").is_visible()
    assert page.locator("text=نشست بعدی چه ساعتی است؟").is_visible()
    assert not page.locator("[name=challenge_answer]").is_visible()
    page.locator("button[value=send]").click()  # at once: the page itself waits until the work is done
    page.wait_for_url("**/contact/sent/**", timeout=60_000)
    assert Message.objects.get().status == "received"
    witness.assert_quiet()


def test_the_page_says_when_the_work_is_done(new_page, suspected):
    page = new_page()
    write(page)
    page.wait_for_selector("text=تأیید شد", timeout=60_000)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/contact/sent/**")


def test_without_javascript_a_question_is_answered(new_page, witness, suspected):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    write(page)
    page.locator("[name=challenge_answer]").fill("۹۹")
    page.locator("button[value=send]").click()
    assert not Message.objects.exists()
    assert Try.objects.filter(what=challenge.WRONG).count() == 1
    question = page.locator("label[for=id_challenge_answer]").inner_text()
    numbers = [NUMBERS_IN_WORDS[word] for word in question.split() if word in NUMBERS_IN_WORDS]
    page.locator("[name=challenge_answer]").fill(
        str(sum(numbers)).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    )
    page.locator("button[value=send]").click()
    page.wait_for_url("**/contact/sent/**")
    assert Message.objects.get().title == "ساعت نشست"
    witness.assert_quiet()


def test_a_browser_without_the_means_shows_the_question(new_page, suspected):
    page = new_page(viewport=PHONE)
    page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });")
    write(page)
    assert page.locator("[name=challenge_answer]").is_visible()
    assert_accessible(page)
    assert_fits(page)
