"""A case from the staff's side in a real browser, with and without JavaScript: asked, answered, opened again, closed."""

import pytest

from contact.actions.locks import start_answering
from contact.actions.outside import ask_outside
from contact.letters import mails_of
from contact.links import make_token
from contact.links_mail import OUTSIDE
from contact.models import Message
from contact.workflow import Status, move
from tests.desk_fixtures import log_in
from tests.factories import MessageFactory, TopicFactory, UnitFactory, contact_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def sent(page, words):
    """Press the button of this name and wait for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_case_from_question_to_end(new_page, witness, live_server, javascript):
    contact_site()
    unit = UnitFactory(name="واحد ما")
    officer = log_in("کارشناس پاسخ‌گویی", unit=unit)
    message = MessageFactory(topic=TopicFactory(unit=unit), title="چراغ‌های کوچه خاموش است")
    page = new_page(java_script_enabled=javascript)
    session = officer.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    page.goto("/admin/desk/")
    page.get_by_role("link", name=message.title).first.click()
    page.get_by_role("link", name="پرسش از فرستنده").click()
    page.locator("[name=text]").fill("نشانی دقیق کجاست؟")
    sent(page, "ارسال پرسش")
    assert page.locator("#state-section").get_by_text("در انتظار تکمیل").is_visible()
    assert page.locator(".case-entry--public").get_by_text("نشانی دقیق کجاست؟").is_visible()

    move(message, Status.IN_PROGRESS, None)  # the sender has answered
    page.reload()
    page.get_by_role("link", name="نوشتن پاسخ").click()
    if javascript:
        with page.expect_response("**/lock/"):
            page.locator("[name=text]").press_sequentially("سلام")
        assert Message.objects.get().locked_by == officer.user
    page.locator("[name=text]").fill("سلام {name}، چراغ امشب روشن می‌شود.")
    sent(page, "ذخیرهٔ پیش‌نویس و دیدن رایانامه")
    letter = page.frame_locator(".case-letter").locator(".typed")
    assert "سارا نمونه‌ای" in letter.inner_text()
    sent(page, "ارسال پاسخ")
    assert page.locator("#state-section").get_by_text("پاسخ‌داده‌شده").is_visible()
    assert mails_of(message).filter(kind="reply").count() == 1

    sent(page, "بازگشایی‌شده")
    page.get_by_role("link", name="مختومه کردن").click()
    sent(page, "مختومه کردن")
    assert page.get_by_text("این را بنویسید").first.is_visible()
    page.locator("[name=text]").fill("در بازدید حل شد")
    sent(page, "مختومه کردن")
    assert page.locator("#state-section").get_by_text("مختومه").is_visible()
    message.refresh_from_db()
    assert (message.status, message.close_text) == (Status.CLOSED, "در بازدید حل شد")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if javascript else True
    witness.assert_quiet()


def test_what_was_typed_comes_back_after_a_login_that_ran_out(new_page, witness, live_server):
    contact_site()
    unit = UnitFactory(name="واحد ما")
    officer = log_in("کارشناس پاسخ‌گویی", unit=unit)
    officer.user.set_password("Sabz-Darya-7421")
    officer.user.save()
    message = MessageFactory(topic=TopicFactory(unit=unit))
    page = new_page()

    def log_in_here():
        page.locator("[name=username]").fill(officer.user.username)
        page.locator("[name=password]").fill("Sabz-Darya-7421")
        sent(page, "ورود")

    page.goto(f"/admin/desk/{message.pk}/")
    log_in_here()
    page.locator("[name=note]").fill("با آقای مدیر هماهنگ شود")
    page.context.clear_cookies(name="sessionid")
    sent(page, "ذخیرهٔ یادداشت")
    log_in_here()
    assert page.locator("[name=note]").input_value() == "با آقای مدیر هماهنگ شود"
    sent(page, "ذخیرهٔ یادداشت")
    assert message.timeline.get().text == "با آقای مدیر هماهنگ شود"
    assert page.locator("[name=note]").input_value() == ""
    witness.assert_quiet()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_organization_answers_in_a_browser(new_page, witness, live_server, javascript):
    contact_site()
    message = MessageFactory(topic=TopicFactory(unit=UnitFactory()))
    officer = log_in("کارشناس پاسخ‌گویی", unit=message.unit).user
    asked = ask_outside(
        message, by=officer, organization="شرکت برق", email="bargh@example.ir", question="کی روشن می‌شود؟"
    )
    page = new_page(java_script_enabled=javascript)
    page.goto(f"/contact/outside/{make_token(OUTSIDE, asked)}/")
    page.locator("[name=text]").fill("امشب")
    sent(page, "ارسال پاسخ")
    assert message.timeline.get(kind="outside_answer").text == "امشب"
    witness.assert_quiet()


def test_who_writes_while_a_colleague_answers_is_told_at_the_first_letter(new_page, live_server):
    contact_site()
    unit = UnitFactory()
    officer, colleague = (log_in("کارشناس پاسخ‌گویی", unit=unit) for _person in range(2))
    message = MessageFactory(topic=TopicFactory(unit=unit))
    page = new_page()
    session = officer.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"/admin/desk/{message.pk}/reply/")
    notice = page.get_by_text("همکاری در این میان پاسخ به این پیام را آغاز کرده است")
    assert not notice.is_visible()
    start_answering(message, by=colleague.user)
    page.locator("[name=text]").press_sequentially("س")
    notice.wait_for(state="visible")
