"""Proofreading of rich text: words change, tags and marked passages never do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persian.proofread import accept_html, arabic_spans, propose_html, words

MENDED = {
    "<p>كتاب ها</p>": "<p>کتاب‌ها</p>",
    "<p>می <b>شود</b></p>": "<p>می‌<b>شود</b></p>",
    "<p>كتا<b>بي</b></p>": "<p>کتا<b>بی</b></p>",
    '<p>"<b>سلام</b>"</p>': "<p>«<b>سلام</b>»</p>",
    '<p>گفت&nbsp;: &quot;ما & شما&quot;</p>': "<p>گفت: «ما &amp; شما»</p>",
    "<ul><li>سلام ,</li><li>خبر</li></ul>": "<ul><li>سلام،</li><li>خبر</li></ul>",
    "<p>سلام,<br/>دوست</p>": "<p>سلام،<br/>دوست</p>",
    '<p>رفت <a href="/a?x=1,2" title="كتاب ها">كتاب ها</a></p>': (
        '<p>رفت <a href="/a?x=1,2" title="كتاب ها">کتاب‌ها</a></p>'
    ),
    '<p>او گفت: <span lang="ar" dir="rtl">قال الله ﷻ , يا أيها</span> , پس</p>': (
        '<p>او گفت: <span lang="ar" dir="rtl">قال الله ﷻ , يا أيها</span>، پس</p>'
    ),
    "<p>کد <code>x ? كتاب ها</code> است</p>": "<p>کد <code>x ? كتاب ها</code> است</p>",
}  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), MENDED.items(), ids=MENDED.values())
def test_words_change_and_tags_stay(written, meant):
    assert accept_html(written, propose_html(written)) == meant


def test_blocks_are_apart():
    assert propose_html("<p>می</p><p>شود</p><ul><li>کتاب</li><li>ها</li></ul>") == []
    assert words("<p>یک<br>دو</p><h2>سه</h2>").split("\n") == ["", "یک", "دو", "", "سه", ""]


@pytest.mark.parametrize(
    "marked",
    [
        '<span lang="ar" dir="rtl">إيّاك نعبد , كتاب ها</span>',
        '<blockquote dir="rtl" lang="ar"><p>يا ها ?</p><p>ثاني ها</p></blockquote>',
        "<span lang=ar>كتاب ها <span>كتاب ها</span> كتاب ها</span>",
        '<p lang="ar-SA">كتاب ها</p>',
    ],
)
def test_a_marked_passage_is_neither_read_nor_changed(marked):
    html = f"<p>متن ، پیش</p>{marked}<p>كتاب ها</p>"
    mended = accept_html(html, propose_html(html))
    assert mended == f"<p>متن، پیش</p>{marked}<p>کتاب‌ها</p>"
    assert [html[start:end] for start, end in arabic_spans(html)] == [marked]


def test_a_passage_marked_as_persian_is_read():
    assert arabic_spans('<span lang="fa">كتاب</span>') == []
    assert propose_html('<span lang="fa">كتاب</span>')


def test_a_passage_that_never_ends_is_left_alone_to_the_end():
    html = '<p>كتاب</p><p lang="ar">كتاب <b>ها</b>'
    assert accept_html(html, propose_html(html)) == '<p>کتاب</p><p lang="ar">كتاب <b>ها</b>'


def test_a_proposal_for_another_text_is_refused():
    with pytest.raises(ValueError, match="another text"):
        accept_html("<p>دفتر</p>", propose_html("<p>كتاب</p>"))


FRAGMENTS = st.sampled_from(
    ["كتاب", " ", "ها", "می", "شود", ",", '"', "«", "<b>", "</b>", "<p>", "</p>", "&nbsp;", "&amp;", "&", "<", "a", "5", "۵",
     '<span lang="ar">', "</span>", "<br/>", "<!--", "-->", "&#1705;", "\u200c", "?", "…", "ة", "<code>", "</code>"]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_tags_are_never_touched_and_nothing_is_left_to_propose(html):
    mended = accept_html(html, propose_html(html))
    tags = re.compile(r"<[^<>]*>")
    assert tags.findall(mended) == tags.findall(html)
    assert propose_html(mended) == []


@given(st.text())
def test_any_text_is_html_for_it(html):
    assert propose_html(accept_html(html, propose_html(html))) == []
