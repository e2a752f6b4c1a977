"""Redaction, originals, a new secret by telephone, and the case on paper."""

import pytest

from contact import pdf
from contact.letters import mails_of
from contact.models import Message
from contact.secrets import opens, parse_secret, secret_of
from outbox.models import OutgoingMail
from persian.numbers import number
from tests.desk_fixtures import log_in, page_of, titles
from tests.factories import MessageFactory
from tests.pdf_reading import Pdf
from tests.test_desk_actions import do
from tests.test_desk_reply import send, write

pytestmark = pytest.mark.django_db
HIDDEN = "▇ پوشانده شد"


def test_what_is_redacted_is_out_of_sight_everywhere(head, officer, ours):
    message = MessageFactory(topic=ours, body="آقای اکبر نمونه‌زاده، ساکن کوچهٔ نهم، مزاحم است.")
    write(officer, message, text="سخن شما دربارهٔ اکبر نمونه‌زاده رسید.")
    send(officer, message)
    assert titles(head.get("/admin/desk/", {"q": "نمونه‌زاده"}))
    do(head, message, "redact", passages="اکبر نمونه‌زاده\nکوچهٔ نهم", reason="نام دیگری")
    assert message.body == f"آقای {HIDDEN}، ساکن {HIDDEN}، مزاحم است."
    assert HIDDEN in message.timeline.get(kind="reply").text
    assert titles(head.get("/admin/desk/", {"q": "نمونه‌زاده"})) == []
    for mail in OutgoingMail.objects.all():
        assert "نمونه‌زاده" not in mail.text + mail.html
    assert "نمونه‌زاده" not in page_of(officer.get(f"/admin/desk/{message.pk}/"))
    assert mails_of(message).exists()


def test_originals_are_for_a_named_few(head, officer, ours):
    message = MessageFactory(topic=ours, body="نام من اکبر است")
    address = f"/admin/desk/{message.pk}/originals/"
    assert head.get(address).status_code == 404
    do(head, message, "redact", passages="اکبر", reason="به درخواست فرستنده")
    assert "نام من اکبر است" in page_of(head.get(address))
    assert officer.get(address).status_code == 302
    assert address not in page_of(officer.get(f"/admin/desk/{message.pk}/"))


def test_a_passage_that_stands_nowhere_hides_nothing(head, ours):
    message = MessageFactory(topic=ours, body="یک و دو")
    response = do(head, message, "redact", passages="یک\nسه", reason="آزمون")
    assert "سه" in str(response.context["form"].errors)
    assert message.body == "یک و دو"
    assert not message.originals.exists()


def test_a_secret_is_given_anew_and_the_old_one_dies(head, officer, ours):
    message = MessageFactory(topic=ours)
    old = secret_of(message)
    address = f"/admin/desk/{message.pk}/secret/"
    assert officer.post(address).status_code == 302
    for _click in range(2):
        response = head.post(address, {"key": "k" * 32})
        page_of(response)
        shown = parse_secret(response.context["secret"])
    assert "no-store" in response["Cache-Control"]
    message = Message.objects.get()
    assert message.secret_version == 2
    assert opens(message, shown)
    assert not opens(message, old)
    entry = message.timeline.get()
    assert (entry.kind, entry.author, entry.data["how"]) == ("code", head.user, "telephone")
    assert shown not in page_of(head.get(f"/admin/desk/{message.pk}/"))


def test_the_whole_case_is_printed(officer, ours, theirs):
    message = MessageFactory(topic=ours, title="چراغ کوچه", registration_number="۱۴۰۵/۸۸")
    message.timeline.create(kind="note", text="یادداشت داخلی همکار", author=officer.user)
    page = page_of(officer.get(f"/admin/desk/{message.pk}/print/"))
    for words in (message.title, "یادداشت داخلی همکار", "۱۴۰۵/۸۸", message.code_display):
        assert words in page
    stranger = log_in("کارشناس پاسخ‌گویی", unit=theirs.unit)
    for end in ("print/", "pdf/"):
        assert stranger.get(f"/admin/desk/{message.pk}/{end}").status_code == 404


@pytest.mark.skipif(not pdf.is_available(), reason="no Pango on this machine")
def test_nothing_but_our_fonts_is_fetched_for_a_pdf(caplog):
    html = '<img src="http://127.0.0.1:9/x.png"><img src="file:///etc/hostname"><p>متن پیام</p>'
    assert pdf.render(html, "body { background: url(http://127.0.0.1:9/y.png) }").startswith(b"%PDF-")
    refused = [record for record in caplog.records if "not ours" in record.getMessage()]
    assert len(refused) == 3


@pytest.mark.skipif(not pdf.is_available(), reason="no Pango on this machine")
def test_the_whole_case_as_pdf(officer, ours):
    message = MessageFactory(topic=ours, title="چراغ کوچه", body="چراغ سر کوچه شکسته است.")
    response = officer.get(f"/admin/desk/{message.pk}/pdf/")
    made = Pdf(response.content)
    for words in ("چراغ کوچه", "چراغ سر کوچه شکسته است.", f"صفحهٔ ۱ از {number(made.pages)}"):
        assert words in made.words
    assert made.fonts and all(name.startswith("Vazirmatn-") for name in made.fonts)
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment")


def test_without_pango_the_case_says_so_and_works(officer, ours, monkeypatch):
    monkeypatch.setattr(pdf, "is_available", lambda: False)
    message = MessageFactory(topic=ours)
    assert "Pango" in page_of(officer.get(f"/admin/desk/{message.pk}/"))
    response = officer.get(f"/admin/desk/{message.pk}/pdf/", follow=True)
    assert "Pango" in str(next(iter(response.context["messages"])))


def test_a_broken_library_is_no_library(monkeypatch):
    def fails(name):
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", fails)
    pdf.is_available.cache_clear()
    try:
        assert not pdf.is_available()
    finally:
        monkeypatch.undo()
        pdf.is_available.cache_clear()
