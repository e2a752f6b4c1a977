"""One message from its first word to the monthly report, in two browsers: a citizen's telephone and an officer's desk.

Everybody clicks what a person clicks and reads what stands there, with and without JavaScript on both sides. What the site
posts on the way is delivered and read.
"""

import re
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core import mail as django_mail
from openpyxl import load_workbook
from playwright.sync_api import expect

from contact.models import Message, Unit
from contact.public import tokens
from contact.workflow import Status
from outbox.delivery import deliver_due
from persian.text import isolate
from tests.browser_fixtures import DESKTOP, PHONE
from tests.crawl import Reader
from tests.factories import TopicFactory, UserFactory, contact_site
from tests.reading import READ
from tests.sample_files import pdf
from tests.test_browser_public import assert_fits

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "دریای-آرام-۱۲"
TITLE = "چراغ‌های کوچهٔ ١٢ خاموش است"
#: The same as an Arabic keyboard writes it (digits are left as typed), and what else is typed on one.
TYPED_TITLE = "چراغ‌هاي كوچهٔ ١٢ خاموش است"
TYPED_NAME, NAME = "مهدي كريمي", "مهدی کریمی"
BODY = "سلام. سه شب است كه چراغ‌هاي كوچهٔ ١٢ خاموش است و كسي پاسخ نمي‌دهد."


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """The browser types faster than any person."""
    monkeypatch.setattr(tokens, "MIN_AGE", 0)


@pytest.fixture
def people(transactional_db, live_server, settings):
    """An officer of the unit for street lights, and the head of public relations, on a site that knows where it is."""
    settings.SITE_URL = live_server.url
    site = contact_site()
    site.port = live_server.thread.port
    site.save()
    unit = Unit.objects.get()
    unit.email = "vahed@example.ir"
    unit.save()
    TopicFactory(title="روشنایی معابر", unit=unit, deadline_days=10)
    for username, group in (("karimi", "کارشناس پاسخ‌گویی"), ("kabiri", "مسئول روابط عمومی")):
        user = UserFactory(username=username)
        user.set_password(PASSWORD)
        user.save()
        user.groups.add(Group.objects.get(name=group))
        unit.members.add(user)


def looked_at(page, step):
    """What everybody sees at this step is Persian and fits the width of the screen."""
    assert_fits(page)
    reader = Reader(page)
    reader.judge(step, page.evaluate(f"({READ})(document.documentElement)"))
    reader.assert_persian()


def press(page, words, within="main"):
    """Press the button of this name and wait for the page that comes."""
    with page.expect_navigation():
        page.locator(within).get_by_role("button", name=words, exact=True).click()


def follow(page, words, within="main"):
    with page.expect_navigation():
        page.locator(within).get_by_role("link", name=words).first.click()


def posted():
    """The letters that leave now, by subject."""
    django_mail.outbox.clear()
    deliver_due()
    return {letter.to[0]: letter for letter in django_mail.outbox}


# --- The citizen ---


def write(page):
    """Choose a lane and a topic, fill the form, attach a file, look it over and send it; return both codes."""
    page.goto("/contact/")
    follow(page, "شهروند")
    looked_at(page, "choose")
    follow(page, "روشنایی معابر")
    looked_at(page, "fill")
    page.get_by_label("درخواست", exact=True).check()
    page.get_by_label("عنوان پیام").fill(TYPED_TITLE)
    page.get_by_label("متن پیام").fill(BODY)
    page.locator("[name=files]").set_input_files(
        {"name": "نامهٔ همسایه‌ها.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    page.locator("[name=answer_by][value=email]").check()
    page.get_by_label("نام و نام خانوادگی").fill(TYPED_NAME)
    page.get_by_label("تلفن همراه").fill("٠٩١٢ ٠٠٠ ٠٠٠٠")
    page.locator("[name=email]").fill("mahdi@example.com")
    press(page, "ادامه")
    looked_at(page, "review")
    review = page.locator(".review").inner_text()
    for words in (TITLE, NAME, "نامهٔ همسایه‌ها.pdf", "mahdi@example.com"):
        assert words in review
    press(page, "ارسال پیام")
    looked_at(page, "receipt")
    return [box.inner_text().strip() for box in page.locator(".code-box").all()]


def open_message(page, code, secret):
    follow(page, "پیگیری پیام")
    page.get_by_label("کد رهگیری").fill(code)
    page.get_by_label("رمز پیگیری").fill(secret)
    looked_at(page, "track")
    press(page, "نمایش پیام من")


def do(page, act, words="ارسال"):
    press(page, words, within=f"#{act} .form__actions")


def unfold(page, act):
    page.locator(f"#{act} summary").click()


def status_of(page):
    return page.locator(".track__status").inner_text()


# --- The officer ---


def sign_in(page, username):
    page.goto("/admin/login/?next=/admin/desk/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    looked_at(page, "login")
    with page.expect_navigation():
        page.locator(".login-form [type=submit]").click()


def told(page, words):
    """The bar of messages comes down, by a script where there is one."""
    page.locator(".messages").get_by_text(words).wait_for()
    expect(page.locator(".messages > ul")).to_have_css("opacity", "1")


def open_new_case(page):
    page.goto("/admin/desk/")
    follow(page, re.compile("پرونده‌های تازه"))
    looked_at(page, "new cases")
    follow(page, TITLE)
    looked_at(page, "case")


def ask(page, question):
    follow(page, "پرسش از فرستنده")
    page.get_by_label("چه چیزی کم است").fill(question)
    looked_at(page, "ask")
    press(page, "ارسال پرسش")
    told(page, "پرسش فرستاده شد.")
    assert page.locator("#state-section").get_by_text("در انتظار تکمیل").is_visible()


def answer(page, text):
    """Write an answer, see it as the letter that it will be, and send it."""
    follow(page, "نوشتن پاسخ")
    looked_at(page, "reply")
    page.get_by_label("متن پاسخ").fill(text)
    press(page, "ذخیرهٔ پیش‌نویس و دیدن رایانامه")
    letter = page.frame_locator(".case-letter").locator(".typed")
    assert NAME in letter.inner_text()
    looked_at(page, "preview")
    press(page, "ارسال پاسخ")
    told(page, "پاسخ فرستاده شد.")
    looked_at(page, "answered case")
    assert page.locator("#state-section").get_by_text("پاسخ‌داده‌شده").is_visible()


# --- The whole way ---


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_first_word_to_the_monthly_report(people, new_page, witness, javascript):
    citizen = new_page(viewport=PHONE, java_script_enabled=javascript)
    officer = new_page(viewport=DESKTOP, java_script_enabled=javascript)

    code, secret = write(citizen)
    case = Message.objects.get()
    assert (case.title, case.name, case.mobile) == (TITLE, NAME, "+989120000000")
    letters = posted()
    assert code in letters["mahdi@example.com"].body
    assert TITLE in letters["vahed@example.ir"].body

    sign_in(officer, "karimi")
    open_new_case(officer)
    file = officer.get_by_role("link", name="نامهٔ همسایه‌ها.pdf")
    icon, name = file.locator("svg").bounding_box(), file.locator("bdi").bounding_box()
    assert icon["x"] >= name["x"] + name["width"], "from right to left the icon stands before the name"
    ask(officer, "چراغ کدام خانه‌ها خاموش است؟")
    assert "چراغ کدام خانه‌ها خاموش است؟" in posted()["mahdi@example.com"].body

    # The first question is answered on the page of the message, the second by the link in its letter.
    open_message(citizen, code, secret)
    looked_at(citizen, "question")
    assert "در انتظار تکمیل" in status_of(citizen)
    assert "چراغ کدام خانه‌ها خاموش است؟" in citizen.locator("#question").inner_text()
    citizen.get_by_label("پاسخ شما").fill("چراغ‌هاي پلاك ٣ تا ٩")
    do(citizen, "answer-form")
    looked_at(citizen, "question answered")
    assert "پاسخ شما به واحد رسید" in citizen.locator("main [role=status]").inner_text()
    assert "در دست بررسی" in status_of(citizen)
    assert "چراغ‌های پلاک ٣ تا ٩" in posted()["vahed@example.ir"].body

    officer.reload()
    assert officer.get_by_text("چراغ‌های پلاک ٣ تا ٩").is_visible()
    ask(officer, "شمارهٔ تیر چراغ چیست؟")
    link = re.search(r"https?://\S+/track/answer/\S+", posted()["mahdi@example.com"].body).group()
    citizen.goto(link)
    looked_at(citizen, "link")
    assert "شمارهٔ تیر چراغ چیست؟" in citizen.locator("main").inner_text()
    citizen.get_by_label("پاسخ شما").fill("تير شمارهٔ ١٤")
    press(citizen, "ارسال")
    looked_at(citizen, "link answered")
    assert "پاسخ شما به واحد رسیده است" in citizen.locator("main").inner_text()

    officer.reload()
    assert officer.get_by_text("تیر شمارهٔ ١٤").is_visible()
    answer(officer, "سلام {name}، چراغ‌ها امشب روشن می‌شود.")
    letter = posted()["mahdi@example.com"]
    assert f"سلام {isolate(NAME)}، چراغ‌ها امشب روشن می‌شود." in letter.body

    # The citizen is not satisfied, and opens the message again.
    citizen.goto("/contact/track/case/")
    looked_at(citizen, "answer")
    assert "چراغ‌ها امشب روشن می‌شود." in citizen.locator("#answer").inner_text()
    unfold(citizen, "rate")
    citizen.locator("#rate").get_by_label("خیر", exact=True).check()
    citizen.locator("#rate").get_by_label("مشکل من حل نشده است").check()
    looked_at(citizen, "rate")
    do(citizen, "rate")
    assert "نظر شما ثبت شد" in citizen.locator("main [role=status]").inner_text()
    unfold(citizen, "reopen")
    citizen.get_by_label("چه چیزی هنوز حل نشده است؟").fill("چراغ پلاك ٥ هنوز خاموش است.")
    looked_at(citizen, "reopen")
    do(citizen, "reopen")
    looked_at(citizen, "reopened")
    assert "بازگشایی‌شده" in status_of(citizen)
    assert "چراغ پلاک ٥ هنوز خاموش است." in posted()["vahed@example.ir"].body

    # It stands among the new cases again; the officer answers once more and closes it.
    open_new_case(officer)
    opinion = "فرستنده از پاسخ راضی نیست: مشکل من حل نشده است"
    assert officer.locator("#timeline-section").get_by_text(opinion).is_visible()
    answer(officer, "{name} گرامی، چراغ پلاک ۵ هم تعمیر شد.")
    press(officer, "مختومه", within="#act-section")
    looked_at(officer, "closed case")
    assert officer.locator("#state-section").get_by_text("مختومه").is_visible()
    assert "چراغ پلاک ۵ هم تعمیر شد." in posted()["mahdi@example.com"].body

    citizen.goto("/contact/track/case/")
    looked_at(citizen, "closed")
    assert "مختومه" in status_of(citizen)
    unfold(citizen, "rate")
    citizen.locator("#rate").get_by_label("بله", exact=True).check()
    do(citizen, "rate")
    looked_at(citizen, "rated")
    case.refresh_from_db()
    assert (case.status, case.is_satisfied) == (Status.CLOSED, True)

    # Management reads it in the report of the month: on the screen, on paper and as a workbook.
    head = new_page(viewport=DESKTOP, java_script_enabled=javascript)
    sign_in(head, "kabiri")
    head.goto("/admin/reports/desk/")
    looked_at(head, "report")
    assert "روشنایی معابر" in head.locator("main").inner_text()
    counted = head.locator("main table").first.inner_text()
    assert re.search(r"ثبت‌شده\s+۱\s", counted), counted
    with head.expect_download() as download:
        head.get_by_role("link", name="خروجی اکسل").click()
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    assert [cell.value for cell in next(book["خلاصه"].iter_rows(min_row=2))][:2] == ["ثبت‌شده", 1]
    follow(head, "نسخهٔ چاپی")
    looked_at(head, "report on paper")
    assert "روشنایی معابر" in head.locator("body").inner_text()
    witness.assert_quiet()
