"""What people type is cleaned before it is stored, in every form: spelling stays, deceit goes, passwords are left alone."""

import json
import uuid

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.http.multipartparser import MultiPartParser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from taggit.forms import TagField
from wagtail import blocks
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.models import PageViewRestriction
from wagtail.rich_text import RichText

from pages.models import SiteImage
from persian import hygiene
from persian.hygiene import clean_line, clean_lines, clean_markup
from tests.factories import StandardPageFactory, UnitFactory, UserFactory

ARABIC = "علي كريمي"
PERSIAN = "علی کریمی"
OVERRIDE, ISOLATE, POP, LRM, RLM = "\u202e", "\u2067", "\u2069", "\u200e", "\u200f"


def of_one_line(**options):
    return forms.CharField(**options)


def of_lines(**options):
    return forms.CharField(widget=forms.Textarea, **options)


@pytest.mark.parametrize("field", [of_one_line(), of_lines()])
class TestEveryText:
    def test_letters_of_an_arabic_keyboard_become_persian(self, field):
        assert field.clean(ARABIC) == PERSIAN

    @pytest.mark.parametrize("text", ["می‌رود", "شهرداری‌ها", "نامه‌ای", "۱۴۰۵", "C++", "a\u200db"])
    def test_spelling_stays(self, field, text):
        assert field.clean(text) == text

    @pytest.mark.parametrize(
        "control", ["\x00", "\x07", "\x1b", "\x9f", "\ufeff", OVERRIDE, "\u202a", ISOLATE, POP]
    )
    def test_controls_go(self, field, control):
        assert field.clean(f"مریم{control} رضایی") == "مریم رضایی"

    def test_what_nobody_sees_is_empty(self, field):
        with pytest.raises(forms.ValidationError):
            field.clean(f" \u200c{OVERRIDE}\u200b ")

    def test_text_that_comes_back_as_it_was_stored_is_no_change(self, field):
        assert not field.has_changed("می‌رود به C++", "می‌رود به C++")
        assert not field.has_changed(ARABIC, ARABIC)  # stored before there was this rule
        assert field.has_changed("می‌رود", "میرود")
        assert field.has_changed(PERSIAN, "")


def test_lines_stay_apart_and_the_browser_s_line_ends_are_no_change():
    assert of_lines().clean("سلام\r\nخسته نباشید") == "سلام\nخسته نباشید"
    assert not of_lines().has_changed("سلام\nخسته نباشید", "سلام\r\nخسته نباشید")
    assert not of_lines().has_changed("سلام\r\nخسته نباشید", "سلام\r\nخسته نباشید")


def test_one_line_has_no_line_ends_and_no_marks_of_direction():
    assert of_one_line().clean(f"مریم\r\nرضایی{RLM}\u2028") == "مریم رضایی"


def test_marks_of_direction_stay_in_a_longer_text():
    assert of_lines().clean(f"زبان C++{LRM} و{RLM} C#") == f"زبان C++{LRM} و{RLM} C#"


@pytest.mark.parametrize("typed", [ARABIC, f" {OVERRIDE}پاس\u200cورد\x07 ", "٠١٢٣"])
def test_a_password_is_what_was_typed(typed):
    assert forms.CharField(widget=forms.PasswordInput, strip=False).clean(typed) == typed


def test_a_colleague_logs_in_with_the_password_that_was_typed(db):
    user = UserFactory(username="maryam")
    user.set_password("كليد‌ روابط عمومي")
    user.save()
    form = AuthenticationForm(data={"username": "maryam", "password": "كليد‌ روابط عمومي"})
    assert form.is_valid()


def test_the_shared_password_of_a_page_is_what_was_typed(client, site):
    page = StandardPageFactory(parent=site.root_page)
    client.force_login(UserFactory(is_superuser=True))
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    client.post(privacy, {"restriction_type": "password", "password": ARABIC, "groups": []})
    assert PageViewRestriction.objects.get(page=page).password == ARABIC


def test_machines_texts_are_left_alone():
    hidden = forms.CharField(widget=forms.HiddenInput)
    assert hidden.clean(ARABIC) == ARABIC
    assert forms.JSONField().clean(json.dumps({"name": ARABIC})) == {"name": ARABIC}
    key = uuid.uuid4()
    assert forms.UUIDField().clean(str(key)) == key


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (forms.URLField(assume_scheme="https"), "https://fa.example.org/كتاب"),
        (forms.RegexField(r"\w+"), "كتاب"),
        (forms.SlugField(allow_unicode=True), "كتاب"),
        (forms.EmailField(), "info@example.ir"),
    ],
)
def test_an_address_keeps_its_letters_and_loses_what_hides_in_it(field, typed):
    assert field.clean(typed) == typed
    assert field.clean(f"{OVERRIDE}{typed}{LRM}") == typed


def test_two_usernames_that_look_the_same_are_the_same(db):
    get_user_model().objects.create_user("علی")
    assert UsernameField().clean("علي") == "علی"
    assert UsernameField().clean(f"علی{OVERRIDE}") == "علی"


def test_tags_are_cleaned():
    assert TagField().clean(f"سايت، روابط عمومي{OVERRIDE}") == ["روابط عمومی", "سایت"]


# --- Rich text and blocks ---


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<p>كتاب‌هاي ما</p>", "<p>کتاب‌های ما</p>"),
        ('<p><a href="https://x.ir/كتاب">كتاب</a></p>', '<p><a href="https://x.ir/كتاب">کتاب</a></p>'),
        ('<p title="a > ك">ك<br/>ك</p>', '<p title="a > ك">ک<br/>ک</p>'),
        (f"<p>زبان C++{LRM}، {OVERRIDE}متن{POP}</p>", f"<p>زبان C++{LRM}، متن</p>"),
        (
            '<p lang="ar">إِيَّاكَ <b>نَعْبُدُ</b> وَإِيَّاكَ</p><p>كتاب</p>',
            '<p lang="ar">إِيَّاكَ <b>نَعْبُدُ</b> وَإِيَّاكَ</p><p>کتاب</p>',
        ),
        (
            f'<p>آيه <span lang="ar">إِيَّاكَ{OVERRIDE}<br/>يوم</span> كريم</p>',
            '<p>آیه <span lang="ar">إِيَّاكَ<br/>يوم</span> کریم</p>',
        ),
        ("۲ < ۳ و ك", "۲ < ۳ و ک"),
    ],
)
def test_the_text_of_a_rich_text_is_cleaned_and_its_links_and_arabic_passages_are_not(html, cleaned):
    assert clean_markup(html) == cleaned
    assert clean_markup(cleaned) == cleaned
    assert forms.CharField(widget=DraftailRichTextArea()).clean(html) == cleaned


def test_the_blocks_of_a_page_are_cleaned():
    class Body(blocks.StreamBlock):
        heading = blocks.CharBlock()
        note = blocks.TextBlock()
        text = blocks.RichTextBlock()
        link = blocks.URLBlock()

    body = Body()
    typed = [ARABIC, f"{ARABIC}{OVERRIDE}\nسطر دوم", RichText(f"<p>{ARABIC}</p>"), "https://x.ir/كتاب"]
    names = ["heading", "note", "text", "link"]
    value = body.clean(
        body.to_python([])[:0] or blocks.StreamValue(body, list(zip(names, typed, strict=True)))
    )
    heading, note, text, link = (child.value for child in value)
    assert (heading, note, text.source, link) == (
        PERSIAN,
        f"{PERSIAN}\nسطر دوم",
        f"<p>{PERSIAN}</p>",
        "https://x.ir/كتاب",
    )


# --- In the admin ---


def test_staff_store_clean_names(pr_head):
    unit = UnitFactory()
    edit = reverse("wagtailsnippets_contact_unit:edit", args=[unit.pk])
    pr_head.post(edit, {"name": f"واحد {ARABIC}{OVERRIDE}", "email": "", "members": []})
    unit.refresh_from_db()
    assert unit.name == f"واحد {PERSIAN}"


def test_the_title_of_an_image_is_cleaned(db):
    form = forms.modelform_factory(SiteImage, fields=["title"])({"title": f"نماي {ARABIC}{RLM}"})
    assert form.is_valid()
    assert form.cleaned_data["title"] == f"نمای {PERSIAN}"


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("نامهٔ همسایه‌ها.pdf", "نامهٔ همسایه‌ها.pdf"),
        ("C:\\نامه‌ها\\../شهرداری‌ها.pdf", "شهرداری‌ها.pdf"),
        ("می&zwnj;رود.pdf", "می‌رود.pdf"),
        (f"نامه{OVERRIDE}\x07.pdf", "نامه.pdf"),
        (".\u200c.", None),
        ("نامه/\u200d", None),
    ],
)
def test_the_name_of_an_upload_keeps_its_half_spaces(sent, name):
    """Django's own takes them for something that cannot be printed."""
    parser = MultiPartParser(
        {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": 0}, None, []
    )
    assert parser.sanitize_file_name(sent) == name


# --- The functions ---


@given(st.text())
def test_cleaning_is_total_and_idempotent(text):
    for cleaner in (clean_line, clean_lines, clean_markup):
        once = cleaner(text)
        assert cleaner(once) == once
        assert once.count("\u200c") == text.count("\u200c")


def test_a_long_broken_markup_costs_little():
    assert clean_markup("<" * 50_000 + "ك") == "<" * 50_000 + "ک"


def test_installing_twice_wraps_once():
    once = forms.CharField.to_python
    hygiene.install()
    assert forms.CharField.to_python is once
