"""The form in a real browser: without JavaScript, with errors, with an impatient finger."""

import pytest

from contact.models import Message, Topic
from contact.public import lost, tokens
from contact.secrets import format_secret, secret_of
from tests.browser_fixtures import DESKTOP, PHONE
from tests.factories import MunicipalityFactory, contact_site
from tests.sample_files import pdf, picture
from tests.test_browser_public import assert_accessible, assert_fits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """The browser types faster than any person."""
    monkeypatch.setattr(tokens, "MIN_AGE", 0)
    monkeypatch.setattr(lost, "PACE", 0)


def open_form(page, topic="سایر", lane=None):
    page.goto("/contact/")
    if lane:
        page.get_by_role("link", name=lane, exact=True).click()
    page.get_by_role("link", name=topic).click()


def go_on(page):
    page.locator("form.form button[value=review]").last.click()


def fill_in(page):
    page.get_by_label("پرسش").check()
    page.locator("[name=title]").fill("ساعت نشست")
    page.locator("[name=body]").fill("نشست بعدی چه ساعتی است؟")
    page.locator("[name=answer_by][value=none]").check()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_phone_with_or_without_javascript(new_page, witness, javascript):
    contact_site()
    page = new_page(viewport=PHONE, java_script_enabled=javascript)
    open_form(page)
    fill_in(page)
    page.locator("[name=mobile]").fill("۱۲۳")
    go_on(page)
    assert page.locator("#error-summary").is_visible()
    assert page.locator("#id_mobile_error").is_visible()
    assert page.locator("[name=body]").input_value() == "نشست بعدی چه ساعتی است؟"
    if javascript:
        assert page.locator("#error-summary").evaluate("e => e === document.activeElement")
        page.locator("#error-summary a").click()
        assert page.locator("[name=mobile]").evaluate("e => e === document.activeElement")
    page.locator("[name=mobile]").fill("۰۹۱۲ ۰۰۰ ۰۰۰۰")
    go_on(page)
    assert "نشست بعدی چه ساعتی است؟" in page.locator(".review").inner_text()
    assert not Message.objects.exists()
    page.locator("button[value=send]").click()
    message = Message.objects.get()
    assert message.mobile == "+989120000000"
    assert page.locator(".code-box").first.inner_text().strip() == message.code_display
    page.reload()
    assert page.locator(".code-box").first.inner_text().strip() == message.code_display
    assert Message.objects.count() == 1
    witness.assert_quiet()


def test_a_double_click_and_the_back_button_make_one_message(new_page, witness):
    contact_site()
    page = new_page()
    open_form(page)
    fill_in(page)
    go_on(page)
    page.locator("button[value=send]").dblclick()
    page.wait_for_url("**/contact/sent/**")
    code = page.locator(".code-box").first.inner_text()
    page.go_back()
    assert page.locator("[name=title]").input_value() == ""
    page.go_forward()
    assert page.locator(".code-box").first.inner_text() == code
    assert Message.objects.count() == 1
    witness.assert_quiet()


def test_cookies_lost_on_the_way_cost_one_more_click(new_page, witness):
    contact_site()
    page = new_page()
    open_form(page)
    fill_in(page)
    go_on(page)
    page.context.clear_cookies()
    page.locator("button[value=send]").click()
    assert page.locator("[data-error-summary]").is_visible()
    assert "ساعت نشست" in page.locator(".review").inner_text()
    page.locator("button[value=edit]").click()
    assert page.locator("[name=title]").input_value() == "ساعت نشست"
    assert page.locator("[name=kind][value=question]").is_checked()
    go_on(page)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/contact/sent/**")
    assert Message.objects.count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_a_municipality_sends_a_letter_with_its_scan(new_page, witness, javascript):
    contact_site()
    MunicipalityFactory(name="شهرداری آزمون‌شهر")
    page = new_page(viewport=PHONE, java_script_enabled=javascript)
    open_form(page, lane="شهرداری")
    fill_in(page)
    typed = page.locator("[name=organization]")
    assert typed.is_visible() != javascript
    page.locator("[name=municipality]").select_option(label="سایر")
    typed.fill("شهرداری تازه‌شهر")
    page.locator("[name=letter_date]").fill("۲ آبان ۱۴۰۵")
    page.locator("[name=scan]").set_input_files(
        {"name": "نامه.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    page.locator("[name=files]").set_input_files(
        [{"name": f"عکس {n}.jpg", "mimeType": "image/jpeg", "buffer": picture(seed=n)} for n in (1, 2)]
    )
    go_on(page)
    assert "نامه.pdf" in page.locator(".review").inner_text()
    page.locator("button[value=edit]").click()
    page.locator("button[name=remove]").nth(2).click()
    assert page.locator(".file-list__item").count() == 2
    assert page.locator("[name=letter_date]").input_value() == "۲ آبان ۱۴۰۵"
    go_on(page)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/contact/sent/**")
    message = Message.objects.get()
    assert message.sender_organization == "شهرداری تازه‌شهر"
    assert [file.name for file in message.attachments.all()] == ["نامه.pdf", "عکس 1.jpg"]
    witness.assert_quiet()


def test_the_back_button_finds_what_was_typed_and_makes_no_second_message(new_page, witness):
    contact_site()
    page = new_page()
    open_form(page)
    fill_in(page)
    go_on(page)
    page.locator(".review").wait_for()
    page.reload()
    assert page.locator("[name=title]").input_value() == "ساعت نشست"
    go_on(page)
    page.locator(".review").wait_for()
    page.go_back()
    assert page.locator("[name=title]").input_value() == "ساعت نشست"
    assert page.locator("[name=kind][value=question]").is_checked()
    go_on(page)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/contact/sent/**")
    assert page.evaluate("sessionStorage.length") == 0, "a shared computer keeps nothing once it is sent"
    page.go_back()
    assert Message.objects.count() == 1
    witness.assert_quiet()


@pytest.mark.parametrize("leave", ["reload", "back"])
def test_what_is_typed_and_not_sent_survives_leaving_the_page(new_page, witness, leave):
    contact_site()
    page = new_page(viewport=PHONE)
    open_form(page)
    fill_in(page)
    if leave == "reload":
        page.reload()
    else:
        page.goto("/contact/track/")
        page.go_back()
    assert page.locator("[name=body]").input_value() == "نشست بعدی چه ساعتی است؟"
    assert page.locator("[name=kind][value=question]").is_checked()
    go_on(page)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/contact/sent/**")
    assert Message.objects.count() == 1
    witness.assert_quiet()


def test_a_long_text_that_is_pasted_is_not_cut_but_refused(new_page):
    contact_site()
    page = new_page()
    open_form(page)
    fill_in(page)
    page.locator("[name=body]").focus()
    page.keyboard.insert_text("آب نیست. " * 1000)
    go_on(page)
    assert "۸۰۰۰" in page.locator("#id_body_error").inner_text()
    assert len(page.locator("[name=body]").input_value()) > 9000


@pytest.mark.parametrize(
    "address", ["/contact/", "/contact/?lane=municipality&topic={topic}", "/search/?q=نشست"]
)
def test_letters_of_twice_the_size_fit_a_phone(new_page, address):
    contact_site()
    page = new_page(viewport=PHONE)
    page.goto(address.format(topic=Topic.objects.active().first().pk))
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert_fits(page)
    assert page.locator(".header__bar").evaluate("e => e.offsetHeight") < 400


def test_who_writes_is_seen_in_forced_colours(new_page):
    contact_site()
    page = new_page(forced_colors="active")
    page.goto("/contact/?lane=media")
    width = "e => getComputedStyle(e).borderTopWidth"
    chosen, other = page.locator(".lane-list [aria-current]"), page.locator(".lane-list__item").first
    assert chosen.evaluate(width) != other.evaluate(width)


def test_the_name_is_asked_for_only_when_the_list_lacks_it(new_page):
    contact_site()
    MunicipalityFactory(name="شهرداری آزمون‌شهر")
    page = new_page()
    open_form(page, lane="شهرداری")
    typed = page.locator("[name=organization]")
    page.locator("[name=municipality]").select_option(label="شهرداری آزمون‌شهر")
    assert not typed.is_visible()
    page.locator("[name=municipality]").select_option(label="سایر")
    assert typed.is_visible()


def upload(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_what_cannot_be_taken_is_told_at_once_and_stays_here(new_page, witness):
    contact_site()
    page = new_page(viewport=PHONE)
    open_form(page)
    fill_in(page)
    large = upload("بزرگ.pdf", pdf(size=6 * 1024 * 1024))
    page.locator("[name=files]").set_input_files([large, upload("IMG_1.HEIC", b"x")])
    told = page.locator(".field__error", has_text="بزرگ.pdf")
    assert "بزرگ‌تر از اندازه" in told.inner_text()
    assert "IMG_1.HEIC" in told.inner_text()
    assert page.locator("[name=files]").evaluate("e => e.files.length") == 0
    go_on(page)
    page.locator(".review").wait_for()
    assert not page.locator(".file-list").count()
    witness.assert_quiet()


def test_a_second_choice_of_files_adds_to_the_first_and_each_can_be_taken_out(new_page):
    contact_site()
    page = new_page(viewport=PHONE)
    open_form(page)
    fill_in(page)
    files = page.locator("[name=files]")
    for name, seed in (("یک.jpg", 1), ("دو.jpg", 2)):
        files.set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": picture(seed=seed)})
        page.get_by_role("button", name=f"حذف {name}").wait_for()
    page.get_by_role("button", name="حذف یک.jpg").click()
    go_on(page)
    assert page.locator(".review .file-list__name bdi").all_inner_texts() == ["دو.jpg"]


def test_too_large_a_photo_is_made_smaller_on_the_telephone(new_page):
    contact_site()
    page = new_page(viewport=PHONE)
    open_form(page)
    fill_in(page)
    content = picture(size=(3200, 2400), quality=95)
    assert len(content) > 5 * 1024 * 1024
    page.locator("[name=files]").set_input_files(
        {"name": "زمین.jpg", "mimeType": "image/jpeg", "buffer": content}
    )
    page.get_by_role("button", name="حذف زمین.jpg").wait_for()
    go_on(page)
    assert "زمین.jpg" in page.locator(".review .file-list").inner_text()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_every_page_of_the_way_is_accessible_and_fits(new_page, witness, viewport):
    contact_site()
    MunicipalityFactory()
    page = new_page(viewport=viewport)
    pages_looked_at = []

    def look(name):
        assert_accessible(page)
        assert_fits(page)
        pages_looked_at.append(name)

    page.goto("/contact/?lane=municipality")
    look("choose")
    page.get_by_role("link", name="سایر").click()
    look("fill")
    go_on(page)
    look("errors")
    fill_in(page)
    page.locator("[name=municipality]").select_option(index=1)
    page.locator("[name=files]").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    go_on(page)
    look("review")
    page.locator("button[value=edit]").click()
    page.locator("button[value=choose]").click()
    look("choose again")
    page.get_by_role("button", name="سایر").click()
    go_on(page)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/contact/sent/**")
    look("receipt")
    page.goto("/contact/lost/")
    look("lost")
    page.locator("main button").click()
    look("lost, with an error")
    page.locator("[name=email]").fill("kasi@example.com")
    page.locator("main button").click()
    page.wait_for_url("**asked=1")
    look("asked")
    page.goto("/contact/lost/1-x/")
    look("a bad link")
    assert len(pages_looked_at) == 10
    witness.assert_quiet()


def test_the_receipt_copies_both_codes_and_is_read_on_a_phone(new_page, witness):
    contact_site()
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_form(page)
    fill_in(page)
    go_on(page)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/contact/sent/**")
    message = Message.objects.get()
    for button, words in (
        ("کد رهگیری", message.code_display),
        ("رمز پیگیری", format_secret(secret_of(message))),
    ):
        page.get_by_role("button", name=f"رونوشت {button}").click()
        page.get_by_text(f"{button}: ", exact=False).first.wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == words
    page.emulate_media(media="print")
    assert page.locator(".code-box").first.is_visible()
    assert page.locator(".receipt__qr svg").is_visible()
    assert not page.get_by_role("button", name="چاپ").is_visible()
    witness.assert_quiet()
