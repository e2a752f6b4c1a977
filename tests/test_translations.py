"""The Persian catalogue is complete and says what its source says. (`make lint` compares it with the code itself.)"""

import re
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tools import overlay

LOCALE = Path(__file__).resolve().parent.parent / "locale"
CATALOGUES = sorted(LOCALE.rglob("LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+#0 ]*\d*(?:\.\d+)?[sdifgxr%]|(?<!\{)\{\w*\}(?!\})")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
ARABIC_LETTERS = re.compile("[\u064a\u0643\u0649]")  # ي ك ى, where Persian has ی and ک
LATIN_COMMA = re.compile("[\u0620-\u06ff][,;?]")
ASCII_DIGIT = re.compile(r"(?<![\w%{(.#/+-])[0-9]")


def texts(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Pairs of source and translation; each plural form goes with the plural source."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, form) for form in entry.msgstr_plural.values()]


@pytest.fixture(scope="module", params=CATALOGUES, ids=lambda path: path.relative_to(LOCALE).as_posix())
def entries(request):
    found = [
        entry for entry in polib.pofile(str(request.param), check_for_duplicates=True) if not entry.obsolete
    ]
    assert found
    return found


def test_there_is_a_catalogue():
    assert CATALOGUES


def test_every_message_is_translated(entries):
    assert not [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()]


def test_placeholders_and_tags_are_those_of_the_source(entries):
    wrong = []
    for entry in entries:
        for source, translation in texts(entry):
            for pattern in (PLACEHOLDER, TAG):
                asked, given = set(pattern.findall(source)), set(pattern.findall(translation))
                # One of several things may go without saying its number: "یک پیام".
                if asked != given and not (entry.msgid_plural and given < asked):
                    wrong.append((source, translation))
    assert not wrong


def test_the_wording_is_persian(entries):
    translations = [text for entry in entries for _, text in texts(entry)]
    for what in (ARABIC_LETTERS, LATIN_COMMA):
        assert not [text for text in translations if what.search(text)]
    # A label that its template goes on with ("Status: ") ends as its source does.
    assert not [
        (source, text)
        for entry in entries
        for source, text in texts(entry)
        if (text != text.strip() and source == source.strip()) or ("  " in text and "  " not in source)
    ]
    assert not [text for text in translations if ASCII_DIGIT.search(TAG.sub("", PLACEHOLDER.sub("", text)))]


# The words that an Iranian office uses for these; whoever writes another one means another thing.
GLOSSARY = {
    "archive": "بایگانی",
    "appreciation": "قدردانی",
    "complaint": "شکایت",
    "criticism": "انتقاد",
    "dashboard": "پیشخوان",
    "document": "سند",
    "documents": "سندها",
    "draft": "پیش‌نویس",
    "history": "تاریخچه",
    "images": "تصویرها",
    "internal note": "یادداشت داخلی",
    "last updated": "آخرین به‌روزرسانی",
    "message title": "عنوان پیام",
    "pages": "صفحه‌ها",
    "question": "پرسش",
    "request": "درخواست",
    "search": "جست‌وجو",
    "settings": "تنظیمات",
    "suggestion": "پیشنهاد",
    "topic": "موضوع",
    "tracking code": "کد رهگیری",
}
OTHER_WORDS = re.compile("جستجو|جست و جو|داشبورد|کد پیگیری|بروزرسانی|به روز رسانی|ایمیل|وبسایت|ارشیو")


def test_one_word_for_one_thing(entries):
    for entry in entries:
        word = GLOSSARY.get(entry.msgid.strip(" :…").lower())
        assert word is None or word in entry.msgstr, entry.msgid
    assert not [text for entry in entries for _, text in texts(entry) if OTHER_WORDS.search(text)]


def test_the_words_that_the_cms_has_of_its_own_are_good_ones_too():
    """What the overlay leaves to an application's own catalogue is read by people as well."""
    ours = {**overlay.read(overlay.OVERLAY / "django.po"), **overlay.read(overlay.OURS)}
    own = {key: entry for key, entry in overlay.asked("django").items() if key not in ours}
    poor = re.compile(rf"{OTHER_WORDS.pattern}|لطفا(?!ً)|ترویج|آپدیت|[يك]")
    assert not [text for entry in own.values() for _, text in texts(entry) if poor.search(text)]


def test_line_breaks_match(entries):
    """gettext's own rule: both begin, and both end, with a line break, or neither does."""
    for entry in entries:
        for source, translation in texts(entry):
            assert source.startswith("\n") == translation.startswith("\n"), source
            assert source.endswith("\n") == translation.endswith("\n"), source


# --- building .mo files ---


@pytest.fixture
def catalogue(settings, tmp_path):
    folder = tmp_path / "locale" / "fa" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    po = polib.POFile()
    po.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=2; plural=(n > 1);"}
    po.append(polib.POEntry(msgid="Message", msgstr="پیام"))
    po.append(polib.POEntry(msgid="Letter", msgstr="نامه", flags=["fuzzy"]))
    po.save(str(folder / "django.po"))
    return folder / "django.po"


def built(po: Path) -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in polib.mofile(str(po.with_suffix(".mo")))}


def test_messages_are_built_without_gettext(catalogue):
    call_command("build_messages", verbosity=0)
    assert built(catalogue) == {"Message": "پیام"}
    assert [path.name for path in sorted(catalogue.parent.iterdir())] == ["django.mo", "django.po"]


def test_only_what_changed_is_built_again(catalogue, capsys):
    call_command("build_messages")
    assert "1 messages" in capsys.readouterr().out
    call_command("build_messages")
    assert capsys.readouterr().out == ""
    call_command("build_messages", "--force")
    assert "1 messages" in capsys.readouterr().out


def test_a_broken_catalogue_is_named_and_the_old_one_kept(catalogue):
    call_command("build_messages", verbosity=0)
    catalogue.write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"django\.po"):
        call_command("build_messages", "--force", verbosity=0)
    assert built(catalogue) == {"Message": "پیام"}
    assert [path.name for path in sorted(catalogue.parent.iterdir())] == ["django.mo", "django.po"]
