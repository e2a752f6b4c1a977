"""Proofreading proposes what a careful editor would change, leaves correct text alone, and is done when all is accepted."""

import ast
from itertools import pairwise
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from persian.proofread import Kind, accept, propose

ROOT = Path(__file__).resolve().parent.parent

MENDED = {
    # Half-spaces
    "می شود": "می‌شود",
    "نمی توانستند بیایند": "نمی‌توانستند بیایند",
    "می توان گفت": "می‌توان گفت",
    "دعوت میکند و میرود": "دعوت می‌کند و می‌رود",
    "می بینمش": "می‌بینمش",
    "کتاب ها": "کتاب‌ها",
    "کتاب ها ی تازه": "کتاب‌های تازه",
    "پیام هایی رسید": "پیام‌هایی رسید",
    "همکار هایمان": "همکارهایمان",
    "شهر ها": "شهرها",
    "بزرگ تر و زیبا ترین": "بزرگ‌تر و زیباترین",
    "مهم ترین خبر": "مهم‌ترین خبر",
    "رفته اند": "رفته‌اند",
    "برنامه ای تازه": "برنامه‌ای تازه",
    "نوشته ایم": "نوشته‌ایم",
    "اطلاع رسانی": "اطلاع‌رسانی",
    "نظر سنجی": "نظرسنجی",
    "امکان سنجی‌ها": "امکان‌سنجی‌ها",
    "به روز رسانی سامانه": "به‌روزرسانی سامانه",
    "گفت و گوی صمیمی": "گفت‌وگوی صمیمی",
    "جست و جو": "جست‌وجو",
    "کتاب¬ها": "کتاب‌ها",
    "می\u00adشود": "می‌شود",
    "کتاب‌ ها": "کتاب‌ها",
    "کتاب‌‌ها": "کتاب‌ها",
    "کتاب‌، دفتر": "کتاب، دفتر",
    # The ezafe of a silent he
    "خانه ی ما": "خانهٔ ما",
    "همه ی شهرداری ها": "همهٔ شهرداری‌ها",
    # Letters
    "شهرداري هاي استان": "شهرداری‌های استان",
    "كتاب": "کتاب",
    "دربارۀ ما": "دربارهٔ ما",
    "ﻛﺘﺎﺏ": "کتاب",
    "روز جمعة": "روز جمعه",
    "دنیـــای ســـلام": "دنیای سلام",
    "مـی شود": "می‌شود",
    # Marks
    "سلام, دوست من": "سلام، دوست من",
    "چرا?": "چرا؟",
    "نخست; سپس": "نخست؛ سپس",
    "۵۰%": "۵۰٪",
    "او گفت ...": "او گفت …",
    'گفت: "خوش آمدید".': "گفت: «خوش آمدید».",
    "گفت: “خوش آمدید”.": "گفت: «خوش آمدید».",
    # Digits
    "در سال 1405 بود": "در سال ۱۴۰۵ بود",
    "ساعت ٤ و ٥٦ دقیقه": "ساعت ۴ و ۵۶ دقیقه",
    "۱۴0۵": "۱۴۰۵",
    "رشد 12%": "رشد ۱۲٪",
    "۱۲,۳۰۰ ریال": "۱۲٬۳۰۰ ریال",
    # Spaces
    "سلام ، دوست من !": "سلام، دوست من!",
    "سلام،دوست من": "سلام، دوست من",
    "پایان یافت.سپس رفتند": "پایان یافت. سپس رفتند",
    "دو  فاصله": "دو فاصله",
    "( نمونه )": "(نمونه)",
    "روزنامهٔ« همشهری »": "روزنامهٔ «همشهری»",
    "چه کسی ؟": "چه کسی؟",
}


@pytest.mark.parametrize(("written", "meant"), MENDED.items(), ids=MENDED.values())
def test_what_an_editor_would_change_is_proposed(written, meant):
    assert accept(written, propose(written)) == meant


LEFT_ALONE = [
    # Words that look like parts of words
    "می و معشوق",
    "چشم تر و هوای تر",
    "به هر تر و خشکی",
    "ها، چه گفتی؟",
    "به ای میل",
    "که ای مردم",
    "راه ای دوست",
    "از گروه اند",
    "این سازی است که می‌نوازند",
    "میدانی در شهر، میزان، میراث، میل، میهمان، میوه",
    "الف و ی",
    "ی نکره",
    # Both spellings are right
    "خانه‌ی ما و خانهٔ ما",
    "کتابها و کتاب‌ها",
    "اینکه و این‌که",
    "«کتاب»‌ها و «حافظ»ی دیگر",
    "IT‌ها و ۲۰‌ساله",
    "سال ۱۴۴۷ هـ.ق و ۱۴۰۵ ه.ش",
    "مبدأ، مؤسسه، مسئول، لطفاً، محلّی، بنّا",
    "آیة الله و دایرةالمعارف",
    "ساعت ۱۴:۳۰، ۱۴۰۵/۹/۲، ۳٫۱۴، ۱۲٬۳۰۰ و ۲-۳",
    "اندازهٔ «بزرگ “درونی” آن»",
    'نشان "Hamyari" و ۵" لوله',
    "آرای مردم … و دیگر هیچ.",
    "کتاب(ها)، شهر(داری)",
    # What is not Persian
    "نشانی https://example.ir/a?b=1,2;c=3 است",
    "نامه به info@example.ir فرستاده شد",
    "همیاری.ایران و example.com",
    "برچسب #شهرداري_ها و @كانال",
    "کد `x ? y : 1` و AT&amp;T",
    "ISO 9001 و COVID-19 و Windows 11 و A4",
    'He said: "Yes, we can?" 5% ... really',
    "شمارهٔ +98 912 345 6789 برای پیامک است",
    "12,300",
    "2026-11-25",
    # Arabic with its vowel marks
    "بِسْمِ اللَّهِ الرَّحْمَنِ الرَّحِيمِ",
    "﴿وَهُوَ الَّذِي أَنْزَلَ، مِنَ السَّمَاءِ مَاءً ... كل شيء﴾",
    "",
    " ",
    "…",
]


@pytest.mark.parametrize("right", LEFT_ALONE)
def test_what_is_right_is_left_alone(right):
    assert propose(right) == []


def strings(path: Path) -> list[str]:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_the_first_content_of_the_site_needs_no_mending():
    files = [*(ROOT / "hamyari_site" / "initial_content").glob("*.py"), *ROOT.glob("*/demo*.py")]
    texts = [text for path in files for text in strings(path)]
    assert len(texts) > 300
    assert {text: propose(text) for text in texts if propose(text)} == {}


@pytest.mark.parametrize("catalogue", sorted((ROOT / "locale").rglob("*.po")), ids=lambda path: path.stem)
def test_the_words_of_the_admin_need_no_mending(catalogue):
    entries = polib.pofile(str(catalogue))
    texts = [text for entry in entries for text in [entry.msgstr, *entry.msgstr_plural.values()]]
    assert {text: propose(text) for text in texts if propose(text)} == {}


def test_a_proposal_says_what_stands_where_what_it_would_become_and_why():
    (proposal,) = propose("متن كتاب")
    assert (proposal.start, proposal.end, proposal.found, proposal.replacement) == (4, 8, "كتاب", "کتاب")
    assert proposal.kind is Kind.LETTERS
    assert proposal.reason == "A Persian letter has this form"


def test_one_proposal_is_accepted_without_the_others():
    text = "كتاب ها , دفتر"
    letters, half_space, comma = propose(text)
    assert accept(text, [half_space]) == "كتاب‌ها , دفتر"
    assert accept(text, [comma, letters]) == "کتاب ها، دفتر"


def test_a_proposal_for_another_text_is_refused():
    with pytest.raises(ValueError, match="another text"):
        accept("دفتر", propose("كتاب"))


def test_both_marks_of_a_short_quotation_change_together():
    text = 'گفت: "كتاب ها" را'
    (quotation,) = propose(text)
    assert quotation.replacement == "«کتاب‌ها»"


PERSIAN = st.text(alphabet='می نخوبتهاكيیکـ‌ةۀ"“”«»().,،?؟;:!%٪0123٤٥۶۷…\n َُّٔaB@#/\u00a0¬')


@settings(max_examples=500)
@given(st.one_of(PERSIAN, st.text()))
def test_after_all_is_accepted_nothing_is_left_to_propose(text):
    assert propose(accept(text, propose(text))) == []


@given(PERSIAN)
def test_proposals_stand_apart_and_in_order(text):
    proposals = propose(text)
    assert all(text[p.start : p.end] == p.found != p.replacement for p in proposals)
    assert all(one.end <= next_one.start for one, next_one in pairwise(proposals))


@given(st.lists(st.sampled_from([*MENDED, *LEFT_ALONE]), max_size=12).map("\n".join))
def test_each_paragraph_is_mended_as_if_it_stood_alone(text):
    whole = accept(text, propose(text))
    alone = "\n".join(accept(line, propose(line)) for line in text.split("\n"))
    assert whole == alone
