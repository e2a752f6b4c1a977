"""The desk's list in a real browser: by the keyboard alone, and without JavaScript."""

from urllib.parse import quote

import pytest

from contact.models import Message
from contact.models.casework import SavedFilter
from contact.workflow import Status
from tests.browser_fixtures import log_in as show
from tests.desk_fixtures import log_in
from tests.factories import MessageFactory, TopicFactory, UnitFactory, contact_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

MOST_TABS = 80


@pytest.fixture
def officer():
    contact_site()
    unit = UnitFactory(name="واحد ما")
    officer = log_in("کارشناس پاسخ‌گویی", unit=unit)
    officer.user.first_name, officer.user.last_name = "نرگس", "کریمی"
    officer.user.save()
    topic = TopicFactory(unit=unit)
    for title in ("نیمکت یکم", "نیمکت دوم", "چراغ سوم"):
        MessageFactory(topic=topic, title=title)
    return officer


def tab_to(page, selector):
    """Press Tab until what this names has the focus."""
    for _number in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sent(page, words):
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def statuses():
    return list(Message.objects.order_by("pk").values_list("status", flat=True))


def test_the_list_is_used_by_keyboard_alone(new_page, witness, live_server, officer):
    page = new_page()
    show(page, officer, live_server.url)
    page.goto("/admin/desk/")
    tab_to(page, "#id_q, [name=q]")
    page.keyboard.type("نیمکت")
    # Every letter may bring a list; the last of them is that of the whole word.
    page.locator(f"[data-cases] [name=back][value='q={quote('نیمکت')}']").wait_for(state="attached")
    assert page.get_by_text("چراغ سوم").count() == 0
    tab_to(page, "[name=case]")
    page.keyboard.press("Space")
    tab_to(page, "[name=case]")
    page.keyboard.press("Space")
    assert page.locator("[data-chosen]").inner_text() == "(۲)"
    assert page.locator("[name=all]").is_checked()
    tab_to(page, "[name=do][value=assign]")
    enter(page)
    tab_to(page, "select[name=to]")
    for _choice in ("nobody", "the only colleague"):
        page.keyboard.press("ArrowDown")
    tab_to(page, "main form [type=submit]")
    enter(page)
    assert page.locator(".messages").get_by_text("۲ پیام ارجاع شد").is_visible()
    assert Message.objects.filter(assignee=officer.user).count() == 2
    assert page.get_by_text("چراغ سوم").count() == 0  # still the list that was searched

    tab_to(page, "[name=all]")
    page.keyboard.press("Space")
    tab_to(page, "[name=do][value=spam]")
    enter(page)
    assert statuses() == [Status.SPAM, Status.SPAM, Status.RECEIVED]
    tab_to(page, ".desk-undo [type=submit]")
    enter(page)
    assert page.locator(".messages").get_by_text("۲ پیام به جای خود بازگشت").is_visible()
    assert statuses() == 3 * [Status.RECEIVED]

    tab_to(page, ".desk-save summary")
    page.keyboard.press("Enter")
    tab_to(page, ".desk-save [name=name]")
    page.keyboard.type("نیمکت‌ها")
    enter(page)
    assert page.get_by_role("link", name="نیمکت‌ها").get_attribute("aria-current") == "page"
    assert SavedFilter.objects.get(user=officer.user).name == "نیمکت‌ها"
    witness.assert_quiet()


def test_the_list_works_without_scripts(new_page, witness, live_server, officer):
    page = new_page(java_script_enabled=False)
    show(page, officer, live_server.url)
    page.goto("/admin/desk/?kind=question")
    page.locator("[name=case]").first.check()
    sent(page, "مختومه کردن")
    sent(page, "مختومه کردن")
    assert page.get_by_text("این را بنویسید").first.is_visible()
    page.locator("[name=text]").fill("در بازدید حل شد")
    sent(page, "مختومه کردن")
    assert statuses().count(Status.CLOSED) == 1
    page.locator("[name=all]").check()
    sent(page, "هرزنامه")
    assert statuses().count(Status.SPAM) == 2
    refused = page.locator(".desk-refused li")
    assert refused.count() == 1
    assert "مختومه" in refused.inner_text()
    sent(page, "بازگرداندن")
    assert statuses().count(Status.RECEIVED) == 2
    page.locator(".desk-save summary").click()
    page.locator(".desk-save [name=name]").fill("پرسش‌ها")
    sent(page, "ذخیره")
    page.get_by_role("link", name="تغییر نام یا حذف فهرست‌ها").click()
    page.locator("main [name=name]").fill("پرسش‌های ما")
    sent(page, "تغییر نام")
    assert SavedFilter.objects.get().name == "پرسش‌های ما"
    sent(page, "حذف")
    assert not SavedFilter.objects.exists()
    witness.assert_quiet()
