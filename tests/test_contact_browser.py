"""The form in a real browser: without JavaScript, with errors, with an impatient finger."""

import pytest

from contact.models import Message
from contact.public import tokens
from tests.browser_fixtures import PHONE
from tests.factories import contact_site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """The browser types faster than any person."""
    monkeypatch.setattr(tokens, "MIN_AGE", 0)


def fill_in(page):
    page.get_by_label("پرسش").check()
    page.locator("[name=topic]").select_option(label="سایر")
    page.locator("[name=title]").fill("ساعت نشست")
    page.locator("[name=body]").fill("نشست بعدی چه ساعتی است؟")
    page.locator("[name=answer_by][value=none]").check()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_phone_with_or_without_javascript(new_page, witness, javascript):
    contact_site()
    page = new_page(viewport=PHONE, java_script_enabled=javascript)
    page.goto("/contact/")
    fill_in(page)
    page.locator("[name=mobile]").fill("۱۲۳")
    page.locator("form.form button").click()
    assert page.locator("#error-summary").is_visible()
    assert page.locator("#id_mobile_error").is_visible()
    assert page.locator("[name=body]").input_value() == "نشست بعدی چه ساعتی است؟"
    if javascript:
        assert page.locator("#error-summary").evaluate("e => e === document.activeElement")
        page.locator("#error-summary a").click()
        assert page.locator("[name=mobile]").evaluate("e => e === document.activeElement")
    page.locator("[name=mobile]").fill("۰۹۱۲ ۰۰۰ ۰۰۰۰")
    page.locator("form.form button").click()
    message = Message.objects.get()
    assert message.mobile == "+989120000000"
    assert page.locator(".code-box").inner_text().strip() == message.code_display
    page.reload()
    assert page.locator(".code-box").inner_text().strip() == message.code_display
    assert Message.objects.count() == 1
    witness.assert_quiet()


def test_a_double_click_and_the_back_button_make_one_message(new_page, witness):
    contact_site()
    page = new_page()
    page.goto("/contact/")
    fill_in(page)
    page.locator("form.form button").dblclick()
    page.wait_for_url("**/contact/sent/**")
    code = page.locator(".code-box").inner_text()
    page.go_back()
    page.go_forward()
    assert page.locator(".code-box").inner_text() == code
    assert Message.objects.count() == 1
    witness.assert_quiet()


def test_cookies_lost_on_the_way_cost_one_more_click(new_page, witness):
    contact_site()
    page = new_page()
    page.goto("/contact/")
    fill_in(page)
    page.context.clear_cookies()
    page.locator("form.form button").click()
    assert page.locator("[data-error-summary]").is_visible()
    assert page.locator("[name=title]").input_value() == "ساعت نشست"
    assert page.locator("[name=kind][value=question]").is_checked()
    page.locator("form.form button").click()
    page.wait_for_url("**/contact/sent/**")
    assert Message.objects.count() == 1
