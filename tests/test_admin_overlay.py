"""The Persian of Django, Wagtail and every other installed application is whole: their own words and our overlay together."""

import json
import re

import polib
import pytest
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from tests.test_translations import PLACEHOLDER, TAG, texts
from tools import overlay


@pytest.mark.parametrize("domain", overlay.DOMAINS)
def test_every_message_of_every_installed_application_is_persian(domain):
    asked = overlay.asked(domain)
    assert len(asked) > (1500 if domain == "django" else 50), (
        "the catalogues of the applications were not found"
    )
    assert not overlay.untranslated(domain)


@pytest.mark.parametrize("domain", overlay.DOMAINS)
def test_the_overlay_is_in_step_with_what_is_installed(domain):
    path = overlay.OVERLAY / f"{domain}.po"
    assert path.read_text(encoding="utf-8") == overlay.in_step(domain), "run `python tools/overlay.py`"


@pytest.mark.parametrize("domain", overlay.DOMAINS)
def test_applications_and_overlay_keep_the_placeholders(domain):
    """What applications bring themselves counts too, unless the overlay says it better."""
    effective = {**overlay.asked(domain), **overlay.read(overlay.OVERLAY / f"{domain}.po")}
    wrong = []
    for entry in effective.values():
        for source, translation in texts(entry) if entry.translated() else []:
            for pattern in (PLACEHOLDER, TAG):
                asked, given = set(pattern.findall(source)), set(pattern.findall(translation))
                if asked != given and not (entry.msgid_plural and given < asked):
                    wrong.append((source, translation))
    assert not wrong


def test_the_overlay_comes_before_the_words_of_applications():
    assert gettext("Search") == "جست‌وجو"
    assert gettext("Toggle sidebar") == "باز یا بسته کردن نوار کناری"
    assert ngettext("Delete 1 page", "Delete %(counter)s pages", 3) % {"counter": 3} == "حذف 3 صفحه"


def test_the_scripts_of_the_admin_get_the_overlay(pr_head):
    answer = pr_head.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    catalogue = json.loads(re.search(r"const newcatalog = (\{.*?\});\n", answer, re.DOTALL)[1])
    plain = [entry for entry in polib.pofile(str(overlay.OVERLAY / "djangojs.po")) if not entry.msgid_plural]
    assert plain
    assert not [entry.msgid for entry in plain if catalogue.get(key_of(entry)) != entry.msgstr]


def key_of(entry: polib.POEntry) -> str:
    """Django's key for a message with a context, as gettext's own: the two divided by U+0004."""
    return f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
