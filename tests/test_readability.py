"""How long and how hard a Persian text is: for editors, in the panel of checks, while they write."""

import json

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from pages.models import StandardPage
from persian.readability import measure, syllables
from tests.browser_fixtures import log_in

SCHOOL_BOOK = (
    "علی به مدرسه رفت. او کتابش را در کیف گذاشت. باران می‌آمد. مادر گفت چتر را بردار. علی خندید و دوید. "
    "دوستش در کوچه ایستاده بود. آن‌ها با هم راه افتادند. معلم در کلاس بود و به بچه‌ها سلام کرد."
)
DIRECTIVE = (
    "با عنایت به ضرورت ساماندهی و یکپارچه‌سازی فرایندهای مدیریت اطلاعات در سازمان‌های وابسته به شهرداری‌های استان و در راستای "
    "اجرای بندهای مندرج در آیین‌نامهٔ اجرایی قانون انتشار و دسترسی آزاد به اطلاعات، دستورالعمل حاضر مشتمل بر شاخص‌های ارزیابی "
    "عملکرد واحدهای مسئول تدوین و به منظور اقدام مقتضی ابلاغ می‌گردد."
)
# Counted by ear.
SPOKEN = {
    "سلام": 2, "مردم": 2, "شهرداری": 4, "مدرسه": 3, "خانه": 2, "کتاب": 2, "کتاب‌ها": 3, "می‌شود": 3,
    "نمی‌توانند": 5, "روابط": 3, "عمومی": 3, "سازمان": 3, "همیاری": 3, "استان": 2, "اصفهان": 3, "پیام": 2,
    "پاسخ": 2, "شهروند": 2, "شهروندان": 3, "است": 1, "این": 1, "آن": 1, "در": 1, "به": 1, "از": 1, "که": 1,
    "را": 1, "با": 1, "برای": 2, "اعتماد": 3, "ارتباط": 3, "مخاطب": 4, "گفت‌وگو": 4, "برنامه": 3, "اطلاعات":
    4, "خدمات": 3, "مسئول": 2, "رسانه": 3, "خبرنگار": 3, "خبر": 2, "گزارش": 3, "تصویری": 3, "دولت": 2, "ملت":
    2, "زندگی": 3, "فرهنگ": 2, "تاریخ": 2, "جامعه": 3, "مشارکت": 4, "توسعه": 3, "پایدار": 3, "مدیریت": 4,
    "شورا": 2, "نماینده": 4, "جلسه": 3, "نشست": 2, "همکاری": 3, "تفاهم": 3, "مهندسی": 4, "آموزش": 2, "پژوهش":
    2, "دانشگاه": 3, "دانشجو": 3, "استاد": 2, "معلم": 3, "کارگر": 2, "کارمند": 2, "وزارت": 3, "مجلس": 2,
    "قانون": 2, "حقوق": 2, "عدالت": 3, "کار": 1, "ساخت": 1, "گفت": 1, "رفت": 1, "شد": 1, "کرد": 1, "داشت": 1,
    "بزرگ": 2, "کوچک": 2, "خوب": 1, "جدید": 2, "نخستین": 3, "بیشتر": 2, "مهم‌ترین": 4, "سال": 1, "ماه": 1,
    "روز": 1, "هفته": 2, "ساعت": 2, "تهران": 2, "ایران": 2, "کشور": 2, "جهان": 2,
}  # fmt: skip


def test_a_half_space_binds_a_word_and_an_ending_is_no_word():
    assert measure("می‌شود کتاب‌هایی را خواند").words == 4
    assert measure("در ساعت ۱۴:۳۰، ۱۲٬۳۰۰ نفر؛ مثلاً خانهٔ ما").words == 8


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("آمد. رفت! کجا؟ نمی‌دانم…", 4),
        ("عنوان\n\nبند یکم. بند دوم.", 3),
        ("نرخ ۳.۵ و نشانی example.ir در یک جمله", 1),
        ("گفت: «آمدم.» و رفت.", 2),
        ("؟!", 0),
        ("", 0),
    ],
)
def test_sentences_end_where_persian_ends_them(text, sentences):
    assert measure(text).sentences == sentences


def test_reading_takes_a_minute_for_two_hundred_words_and_never_none():
    assert measure("واژه " * 610).minutes == 3
    assert measure("یک واژه").minutes == 1
    assert measure("").minutes == 0


def test_a_school_book_is_easy_and_a_directive_is_hard():
    assert measure(SCHOOL_BOOK).level == "easy"
    assert measure(DIRECTIVE).level == "hard"
    assert measure(SCHOOL_BOOK).score > measure(DIRECTIVE).score + 50


def test_headings_and_links_make_no_page_easier():
    menu = "\n".join(["خانه", "تماس با ما", "خبرها"] * 10)
    assert measure(f"{menu}\n{DIRECTIVE}\n{menu}").score == pytest.approx(measure(DIRECTIVE).score)


def test_of_a_few_words_nothing_is_said():
    assert measure("خبر کوتاه").level is None
    assert measure("word " * 50 + ".").level is None


def test_syllables_are_right_in_the_mean():
    assert sum(map(syllables, SPOKEN)) == pytest.approx(sum(SPOKEN.values()), rel=0.05)


def test_a_half_space_changes_no_score():
    assert measure(SCHOOL_BOOK).score == pytest.approx(measure(SCHOOL_BOOK.replace("می‌آمد", "می‌‌آمد")).score)


@given(st.text())
def test_any_text_has_its_figures(text):
    found = measure(text)
    assert found.sentences <= found.words
    assert (found.minutes == 0) == (found.words == 0)


def test_the_figures_come_in_words_for_the_editor(news_officer):
    answer = news_officer.post(reverse("persian_content_metrics"), {"text": DIRECTIVE})
    assert answer.json() == {"words": "۴۹", "time": "۱ دقیقه", "readability": "دشوار"}


def test_the_figures_are_for_staff(visitor, site):
    assert visitor.post(reverse("persian_content_metrics"), {"text": "متن"}).status_code in (302, 403)


def test_the_panel_shows_persian_figures_and_the_proposals(site, pr_head, new_page, live_server, witness):
    mission = StandardPage.objects.get(slug="mission")
    mission.body = json.dumps(
        [{"type": "paragraph", "value": f"<p>{DIRECTIVE}</p><p>{DIRECTIVE} كتاب ها</p>"}]
    )
    mission.lead = ""
    mission.save_revision(clean=False)
    page = new_page()
    log_in(page, pr_head, live_server.url)
    page.goto(reverse("wagtailadmin_pages:edit", args=[mission.pk]))
    page.locator("[data-side-panel-toggle=checks]").click()
    expect(page.locator("[data-metric=readability]")).to_have_text("دشوار", timeout=20_000)
    expect(page.locator("[data-metric=time]")).to_have_text("۱ دقیقه")
    expect(page.locator("[data-proofread-count]")).to_have_text("۲")
    page.get_by_role("link", name="دیدن پیشنهادها").click()
    expect(page.get_by_role("button", name="پذیرفتن همهٔ ۲ پیشنهاد")).to_be_visible()
    witness.assert_quiet()
