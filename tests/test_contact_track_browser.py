"""Following a message up in a real browser: by telephone, with and without JavaScript, from the receipt to the second answer."""

import pytest

from contact.models import Message, Unit
from contact.public import tokens
from contact.workflow import Status, move
from tests.browser_fixtures import DESKTOP, PHONE
from tests.factories import TopicFactory, UserFactory, contact_site
from tests.sample_files import picture
from tests.test_browser_public import assert_accessible, assert_fits
from tests.test_contact_browser import fill_in, go_on, open_form

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """The browser types faster than any person."""
    monkeypatch.setattr(tokens, "MIN_AGE", 0)


def status_on(page):
    return page.locator(".track__status").inner_text()


def send(page, act):
    page.locator(f"#{act} .form__actions button").click()


@pytest.mark.parametrize(("javascript", "viewport"), [(True, DESKTOP), (False, PHONE)])
def test_from_the_receipt_to_the_second_answer(new_page, witness, javascript, viewport):
    contact_site()
    officer = UserFactory()
    TopicFactory(title="روشنایی معابر", unit=Unit.objects.get(), deadline_days=10)
    page = new_page(viewport=viewport, java_script_enabled=javascript)
    open_form(page, topic="روشنایی معابر")
    fill_in(page)
    go_on(page)
    page.locator("button[value=send]").click()
    code, secret = (box.inner_text() for box in page.locator(".code-box").all())
    page.goto("/contact/track/")  # the receipt's link leads to the site's public address

    # A slip of the finger costs nothing that was typed.
    page.locator("[name=code]").fill(code)
    page.locator("[name=secret]").fill("۱۲۳۴ ۵۶۷۸ ۹۰۱۲ ۳۴۵۶")
    assert_fits(page)
    if javascript:
        assert_accessible(page)
    page.locator("form.form button").click()
    assert "با این کد و رمز پیامی باز نمی‌شود" in page.locator("#error-summary").inner_text()
    assert page.locator("[name=code]").input_value() == code
    page.locator("[name=secret]").fill(secret)
    page.locator("form.form button").click()
    assert page.url.endswith("/contact/track/case/")
    assert "ثبت‌شده" in status_on(page)

    # Something is added, with a file.
    page.locator("#add summary").click()
    page.locator("#add [name=text]").fill("چراغ دوم هم خاموش است.")
    page.locator("#add [name=files]").set_input_files(
        {"name": "عکس چراغ.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    send(page, "add")
    assert "آنچه افزودید به واحد رسید" in page.locator("main [role=status]").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="عکس چراغ.jpg").click()
    assert download.value.suggested_filename == "عکس چراغ.jpg"

    # The unit asks, the sender answers.
    case = Message.objects.get()
    move(case, Status.IN_PROGRESS, officer)
    case.timeline.create(kind="question", author=officer, text="نام خیابان چیست؟")
    move(case, Status.WAITING, officer)
    page.goto("/contact/track/case/")
    assert "نام خیابان چیست؟" in page.locator("#question").inner_text()
    assert_fits(page)
    page.locator("#answer-form [name=text]").fill("خیابان بهار")
    page.locator("#answer-form .form__actions button").click()
    assert "در دست بررسی" in status_on(page)

    # It is answered, not solved, and reopened.
    case.timeline.create(kind="reply", author=officer, text="چراغ تعمیر شد.")
    move(case, Status.ANSWERED, officer)
    page.goto("/contact/track/case/")
    assert "چراغ تعمیر شد." in page.locator("#answer").inner_text()
    page.locator("#rate summary").click()
    assert_fits(page)
    if javascript:
        assert_accessible(page)
    page.locator("#rate").get_by_label("خیر").check()
    page.locator("#rate").get_by_label("مشکل من حل نشده است").check()
    send(page, "rate")
    assert "سپاس؛ نظر شما ثبت شد" in page.locator("main [role=status]").inner_text()
    page.locator("#reopen summary").click()
    send(page, "reopen")
    assert "بنویسید چه چیزی هنوز حل نشده است" in page.locator("#error-summary").inner_text()
    page.locator("#reopen [name=text]").fill("چراغ دوباره خاموش شد.")
    send(page, "reopen")
    assert "بازگشایی‌شده" in status_on(page)

    # On paper there is what happened, and nothing to press.
    page.emulate_media(media="print")
    assert page.get_by_text("چراغ تعمیر شد.").is_visible()
    assert not [button for button in page.locator("main button, main summary").all() if button.is_visible()]
    page.emulate_media(media="screen")

    # Closed on this device, it stays closed, the Back button included.
    page.get_by_role("button", name="بستن پیام روی این دستگاه").click()
    assert "صفحهٔ پیام را بستید" in page.locator("main").inner_text()
    page.go_back()
    assert "چراغ" not in page.locator("main").inner_text()
    case.refresh_from_db()
    assert case.status == Status.REOPENED
    assert case.is_satisfied is False
    assert [entry.kind for entry in case.timeline.all()].count("added") == 3
    witness.assert_quiet()


def test_a_double_click_adds_once(new_page, witness):
    from tests.test_contact_track import secret_of, with_secret

    contact_site()
    case = with_secret()
    page = new_page()
    page.goto("/contact/track/")
    page.locator("[name=code]").fill(case.tracking_code)
    page.locator("[name=secret]").fill(secret_of(case))
    page.locator("form.form button").click()
    page.locator("#add summary").click()
    page.locator("#add [name=text]").fill("توضیح")
    page.locator("#add .form__actions button").dblclick()
    page.wait_for_url("**done=add")
    assert case.timeline.filter(kind="added").count() == 1
    witness.assert_quiet()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_is_answered_by_its_link(new_page, witness, javascript):
    from contact.actions.replies import ask_sender
    from contact.links import make_token
    from tests.test_contact_track import with_secret

    contact_site()
    case = with_secret(status=Status.IN_PROGRESS)
    ask_sender(case, by=UserFactory(), text="نام خیابان چیست؟")
    page = new_page(viewport=PHONE, java_script_enabled=javascript)
    page.goto(f"/contact/track/answer/{make_token('answer', case.links.get())}/")
    assert "نام خیابان چیست؟" in page.locator("main").inner_text()
    assert_fits(page)
    if javascript:
        assert_accessible(page)
    page.locator(".form__actions button").click()
    assert "پاسخ خود را بنویسید" in page.locator("#error-summary").inner_text()
    page.locator("[name=text]").fill("خیابان بهار")
    page.locator(".form__actions button").click()
    assert "سپاس؛ پاسخ شما به واحد رسیده است" in page.locator("main").inner_text()
    page.reload()
    assert case.timeline.filter(kind="added").count() == 1
    witness.assert_quiet()
