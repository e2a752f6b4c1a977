"""What nobody sends by mistake, to every public address of a case: NUL bytes, long inputs, forged posts, prefetched links."""

import re
from datetime import timedelta
from urllib.parse import quote_plus

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from contact.actions.outside import ask_outside
from contact.actions.replies import ask_sender
from contact.files import storing
from contact.files.accepting import Accepted
from contact.files.names import clean_name
from contact.links import make_token
from contact.links_mail import OUTSIDE
from contact.models import Attachment, Message, OneTimeLink, OutsideQuestion, TimelineEntry, Unit
from contact.public import lost
from contact.recovery import send_links
from contact.workflow import Status, move
from outbox.delivery import deliver_due
from tests.desk_fixtures import log_in
from tests.factories import TopicFactory, UserFactory, contact_site
from tests.sample_files import picture, upload
from tests.test_contact_form import hidden_in, text_of
from tests.test_contact_track import CASE, TRACK, enter, secret_of, with_secret
from tests.test_contact_track_case import form_of

pytestmark = pytest.mark.django_db

WEIRD = {
    "NUL": "الف\x00ب",
    "only NUL": "\x00",
    "half a surrogate pair": "الف\ud800ب",
    "controls": "\x01\x1b[31m\u202e\u2066\ufeff",
    "very long": "ا" * 300_000,
    "a million digits": "۹" * 1_000_000,
    "markup": "\"'><script>alert(1)</script>{{ 7*7 }}%s%(x)s{0}",
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(lost, "PACE", 0)


@pytest.fixture
def case(db):
    contact_site()
    Unit.objects.update(email="vahed@example.ir")
    return with_secret(topic=TopicFactory(unit=Unit.objects.get()), status=Status.IN_PROGRESS)


@pytest.fixture
def answer_link(case):
    ask_sender(case, by=UserFactory(), text="نام خیابان چیست؟")
    return _sent("track/answer")


@pytest.fixture
def lost_link(case):
    send_links(case.email)
    return _sent("lost")


@pytest.fixture
def outside_link(case):
    asked = ask_outside(
        case, by=UserFactory(), organization="شرکت برق", email="bargh@example.ir", question="چراغ با شماست؟"
    )
    return f"/contact/outside/{make_token(OUTSIDE, asked)}/"


def _sent(place):
    deliver_due()
    return re.findall(rf"https?://[^/]+(/contact/{place}/\S+)", django_mail.outbox[-1].body)[0]


def posted(client, address, data):
    """Post these bytes as they are: a browser would not, and whoever attacks does."""
    body = "&".join(
        f"{name}={quote_plus(value.encode('utf-8', 'surrogatepass'))}" for name, value in data.items()
    )
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


GOOD = (200, 303, 400, 403, 404, 413, 429)


@pytest.mark.parametrize("typed", WEIRD.values(), ids=WEIRD)
def test_nothing_typed_breaks_a_page(client, case, answer_link, outside_link, lost_link, typed):
    assert posted(client, TRACK, {"code": typed, "secret": typed, "act": typed}).status_code in GOOD
    assert posted(client, "/contact/lost/", {"email": typed}).status_code in GOOD
    assert (
        posted(client, "/contact/", {"title": typed, "topic": typed, "form_token": typed}).status_code in GOOD
    )
    assert posted(client, "/contact/answers/like/", {"title": typed, "topic": typed}).status_code in GOOD
    hidden = hidden_in(text_of(client.get(answer_link)))
    token = {"form_token": hidden["form_token"]}
    assert posted(client, answer_link, {**token, "text": typed, "remove": typed}).status_code in GOOD
    assert posted(client, answer_link, {"form_token": typed, "text": typed}).status_code in GOOD
    assert posted(client, outside_link, {"text": typed}).status_code in GOOD
    page = text_of(enter(client, case))
    for act in ("add", "answer", "rate", "reopen"):
        form = form_of(page, act) or {"act": act, "form_token": typed}
        for data in (
            {"text": typed, "satisfied": typed, "reasons": typed, "remove": typed},
            {"form_token": typed},
        ):
            assert posted(client, CASE, {**form, **data}).status_code in GOOD
    assert posted(client, CASE, {"act": typed, "form_token": typed}).status_code in GOOD


@pytest.mark.parametrize("typed", WEIRD.values(), ids=WEIRD)
def test_nothing_typed_after_the_end_breaks_a_page(client, case, answer_link, outside_link, typed):
    """A link that was used compares what is typed with what was kept."""
    OneTimeLink.objects.update(used_at=timezone.now())
    OutsideQuestion.objects.update(answered_at=timezone.now())
    for link in (answer_link, outside_link):
        assert posted(client, link, {"text": typed}).status_code in GOOD
    move(case, Status.ANSWERED, None)
    page = text_of(enter(client, case))
    for act in ("add", "rate", "reopen"):
        form = form_of(page, act)
        assert posted(client, CASE, {**form, "text": typed, "satisfied": "no"}).status_code in GOOD


@pytest.mark.parametrize("typed", ["%00", "%ff%fe", "١٢٣", "-1", "9" * 400, "%E2%80%AE", "1'--", "../../x"])
def test_nothing_in_an_address_breaks_a_page(client, case, typed):
    for address in (
        f"/contact/track/?code={typed}",
        f"/contact/sent/?r={typed}",
        f"/contact/?lane={typed}&topic={typed}&about={typed}",
        f"/contact/answers/?q={typed}&topic={typed}&page={typed}",
        f"/contact/answers/{typed}/",
        f"/contact/track/file/{typed}/",
        f"/contact/track/answer/{typed}/",
        f"/contact/lost/{typed}/",
        f"/contact/outside/{typed}/",
        f"/contact/stats/?from={typed}&topic={typed}",
        f"{CASE}?done={typed}",
    ):
        assert client.get(address, follow=True).status_code in (200, 400, 404), address


def test_a_cookie_of_nonsense_opens_nothing(client, case):
    for value in ("x", "é" * 100, "." * 5000, "WyJhIiwgImIiXQ:1:2"):
        client.cookies["tracking"] = value
        assert client.get(CASE).status_code == 303


# --- Posts without the token of the form ---


def test_no_post_counts_without_the_token_of_its_form(case, answer_link, outside_link, lost_link):
    visitor = Client(enforce_csrf_checks=True)
    before = Message.objects.values().get(), TimelineEntry.objects.count()
    data = {"text": "پاسخ جعلی", "email": case.email, "code": case.tracking_code, "secret": secret_of(case)}
    for address in (
        *("/contact/", TRACK, CASE, "/contact/track/leave/", "/contact/lost/", "/contact/answers/like/"),
        *(answer_link, outside_link, lost_link),
    ):
        assert visitor.post(address, data).status_code == 403, address
    assert (Message.objects.values().get(), TimelineEntry.objects.count()) == before
    assert not OneTimeLink.objects.filter(used_at__isnull=False).exists()


def test_what_an_organization_typed_outlives_a_refused_token(outside_link):
    visitor = Client(enforce_csrf_checks=True)
    response = visitor.post(outside_link, {"text": "پاسخ ما به پرسش شما"})
    page = text_of(response)
    assert response.status_code == 403
    assert "پاسخ ما به پرسش شما" in page
    token = hidden_in(page)["csrfmiddlewaretoken"]
    again = visitor.post(outside_link, {"text": "پاسخ ما به پرسش شما", "csrfmiddlewaretoken": token})
    assert again.status_code == 303
    assert OutsideQuestion.objects.get().answered_at


# --- Links that programs open before people ---


def test_no_link_is_used_up_by_looking_at_it(client, case, answer_link, outside_link, lost_link):
    for link in (answer_link, outside_link, lost_link):
        for _scanner in range(2):
            for look in (client.get, client.head):
                assert look(link).status_code == 200
    assert not OneTimeLink.objects.filter(used_at__isnull=False).exists()
    assert OutsideQuestion.objects.get().answered_at is None
    old = secret_of(case)
    case.refresh_from_db()
    assert secret_of(case) == old


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_do_nothing(client, case, answer_link, outside_link, lost_link, method):
    for link in (answer_link, outside_link, lost_link, TRACK, CASE):
        assert getattr(client, method)(link).status_code in (303, 405)
    assert not OneTimeLink.objects.filter(used_at__isnull=False).exists()


# --- Files ---


def _file(case, name="عکس.jpg", **where):
    content = picture()
    accepted = Accepted(
        name=name, content_type="image/jpeg", size=len(content), sha256="0" * 64, content=content
    )
    return storing.attach(accepted, message=case, entry=case.timeline.first(), **where)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"HTTP_RANGE": "bytes=0-99"},
        {"HTTP_IF_NONE_MATCH": "*"},
        {"HTTP_IF_MODIFIED_SINCE": "Thu, 01 Jan 2099 00:00:00 GMT"},
        {"HTTP_IF_MATCH": '"x"'},
    ],
)
def test_no_request_tells_a_hidden_file_from_none(client, case, asked):
    files = [
        _file(case, redacted_at=timezone.now()),
        _file(case, deleted_at=timezone.now()),
        _file(case, is_public=False),
        _file(with_secret(topic=case.topic)),
    ]
    enter(client, case)
    for get in (client.get, client.head):
        missing = get("/contact/track/file/999999/", **asked)
        for file in files:
            response = get(f"/contact/track/file/{file.pk}/", **asked)
            assert response.status_code == missing.status_code == 404
            assert response.content == missing.content.replace(b"999999", str(file.pk).encode())
            assert dict(response.headers).keys() == dict(missing.headers).keys()


def test_files_are_handed_out_so_that_no_browser_keeps_or_shows_them(client, case):
    file = _file(case)
    officer = log_in("مسئول روابط عمومی")
    enter(client, case)
    addresses = (
        (client, f"/contact/track/file/{file.pk}/"),
        (officer, f"/admin/desk/{case.pk}/files/{file.pk}/"),
    )
    for reader, address in addresses:
        for response in (
            reader.get(address),
            reader.head(address),
            reader.get(address, HTTP_IF_NONE_MATCH="*"),
        ):
            assert response.status_code == 200
            assert "no-store" in response["Cache-Control"]
            assert response["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in response["Content-Security-Policy"]
            assert response["Content-Disposition"].startswith("attachment")
            assert response["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "ETag" not in response
            assert "Last-Modified" not in response


@pytest.mark.parametrize(
    "name",
    [
        'نامه";filename="x.exe',
        "نامه\r\nSet-Cookie: a=b.pdf",
        "نامه\u202egpj.exe\u202c.jpg",
        "a\\b/../c'.jpg",
        "\u2066بی\u2069نام.jpg",
    ],
)
def test_the_name_of_a_file_forges_no_header_and_no_other_name(client, case, name):
    file = _file(case, clean_name(name, "پیوست"))
    for sign in '\u202e\u202c\u2066\u2069\r\n"/\\':
        assert sign not in file.name
    enter(client, case)
    response = client.get(f"/contact/track/file/{file.pk}/")
    told = response["Content-Disposition"]
    assert not re.search(r"[\r\n\u202a-\u202e\u2066-\u2069]|%0[ad]|%e2%80%ae", told, re.IGNORECASE)
    assert len(re.findall(r"filename\*?=", told)) == 1
    assert "Set-Cookie" not in response


def test_a_name_that_came_in_by_another_way_is_isolated_on_the_desk(case):
    """Of an old row, or one restored from elsewhere: a name must not turn the line around in which it stands."""
    file = _file(case, "فاکتور\u202egpj.exe")
    officer = log_in("مسئول روابط عمومی")
    for end in ("", "print/"):
        page = text_of(officer.get(f"/admin/desk/{case.pk}/{end}"))
        assert f"<bdi>{file.name}</bdi>" in page


def test_a_file_of_another_case_has_no_address_on_the_desk(case):
    ours, theirs = TopicFactory(), TopicFactory()
    officer = log_in("کارشناس پاسخ‌گویی", unit=ours.unit)
    mine, other = with_secret(topic=ours), with_secret(topic=theirs)
    file = _file(other)
    for pk in (mine.pk, other.pk):
        assert officer.get(f"/admin/desk/{pk}/files/{file.pk}/").status_code == 404
        assert officer.head(f"/admin/desk/{pk}/files/{file.pk}/").status_code == 404
    assert Client().get(f"/admin/desk/{other.pk}/files/{file.pk}/").status_code == 302


def test_a_path_in_a_row_leads_nowhere_else(client, case):
    for path in ("../db.sqlite3", "/etc/hostname", "cases/../../etc/hostname", "cases", ""):
        Attachment.objects.filter(message=case).delete()
        file = _file(case)
        Attachment.objects.filter(pk=file.pk).update(path=path)
        enter(client, case)
        assert client.get(f"/contact/track/file/{file.pk}/").status_code == 404


def test_a_form_in_two_pieces_is_no_error_of_ours(client, case):
    enter(client, case)
    broken = client.post(
        CASE,
        b'--x\r\nContent-Disposition: form-data; name="act"',
        content_type="multipart/form-data; boundary=x",
    )
    assert broken.status_code in GOOD
    nameless = client.post(CASE, {"act": "add", "files": upload("\u202e.jpg", picture())})
    assert nameless.status_code in GOOD


def test_a_link_of_a_month_ago_takes_nothing(client, case, answer_link, outside_link):
    past = timezone.now() - timedelta(seconds=1)
    OneTimeLink.objects.update(expires_at=past)
    OutsideQuestion.objects.update(expires_at=past)
    for link in (answer_link, outside_link):
        client.post(link, {"text": "دیر رسید"})
    assert not TimelineEntry.objects.filter(text="دیر رسید").exists()
