"""A lost code comes back by a link in an e-mail. The page tells nobody who has written."""

import re
import time

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from contact import recovery
from contact.models import Message, OneTimeLink, Try
from contact.public import lost
from contact.secrets import format_secret, hash_secret, make_secret, opens, secret_of
from outbox.delivery import deliver_due
from outbox.models import OutgoingMail
from tests.factories import MessageFactory, UserFactory, contact_site
from tests.test_contact_form import hidden_in, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "sara@example.com"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(lost, "PACE", 0)


@pytest.fixture
def site(db):
    return contact_site()


@pytest.fixture
def case(site):
    message = MessageFactory(email=ADDRESS)
    message.secret_hash = hash_secret(make_secret(message.form_key))
    message.save()
    return message


def ask(client, email=ADDRESS):
    return client.post("/contact/lost/", {"email": email}, follow=True)


def links_in_the_mail():
    """The letter goes out, and these are the paths of its links."""
    deliver_due()
    return re.findall(r"https?://[^/]+(/contact/lost/\S+)", django_mail.outbox[-1].body)


def test_a_letter_with_a_link_gives_a_new_secret(client, case):
    old = secret_of(case)
    assert "رایانامه‌ای برایتان فرستاده می‌شود" in text_of(ask(client))
    (link,) = links_in_the_mail()
    first = client.get(link)
    assert first.status_code == 200
    assert case.code_display in text_of(first)
    case.refresh_from_db()
    assert opens(case, old), "a mail scanner opened it, and nothing happened"
    response = client.post(link, follow=True)
    case.refresh_from_db()
    new = secret_of(case)
    assert new != old
    assert not opens(case, old)
    page = text_of(response)
    assert case.code_display in page
    assert format_secret(new) in page
    entry = case.timeline.get(kind="code")
    assert entry.data == {"how": "link"}
    assert new not in entry.text


def test_a_link_works_once(client, case):
    ask(client)
    (link,) = links_in_the_mail()
    client.post(link)
    case.refresh_from_db()
    version = case.secret_version
    for again in (client.get(link), client.post(link)):
        assert "دیگر اعتبار ندارد" in text_of(again)
        assert case.code_display not in text_of(again)
    case.refresh_from_db()
    assert case.secret_version == version
    assert case.timeline.filter(kind="code").count() == 1


def test_using_one_link_ends_the_others_of_the_case(client, case):
    ask(client)
    (first,) = links_in_the_mail()
    ask(client)
    (second,) = links_in_the_mail()
    client.post(second)
    assert "دیگر اعتبار ندارد" in text_of(client.post(first))


def test_a_link_ends_after_a_day(client, case):
    ask(client)
    (link,) = links_in_the_mail()
    assert OneTimeLink.objects.get().expires_at - timezone.now() <= recovery.LINK_AGE
    OneTimeLink.objects.update(expires_at=timezone.now())
    assert "دیگر اعتبار ندارد" in text_of(client.get(link))
    assert "دیگر اعتبار ندارد" in text_of(client.post(link))


@pytest.mark.parametrize(
    "token", ["x", "0-abc", "1-", "9999999999999999999-a", "1-AAAAAAAAAAAAAAAAAAAAAAAA", "%D8%A7-1"]
)
def test_a_made_up_link_opens_nothing(client, case, token):
    case.links.create(purpose="recover", expires_at=timezone.now() + recovery.LINK_AGE)
    for response in (client.get(f"/contact/lost/{token}/"), client.post(f"/contact/lost/{token}/")):
        assert response.status_code == 200
        assert case.code_display not in text_of(response)
    case.refresh_from_db()
    assert case.secret_version == 1


def test_a_link_for_answering_is_no_link_for_a_secret(client, case):
    from contact.links import make_token

    link = case.links.create(purpose="answer", expires_at=timezone.now() + recovery.LINK_AGE)
    for purpose in ("answer", "recover"):
        response = client.post(f"/contact/lost/{make_token(purpose, link)}/")
        assert case.code_display not in text_of(response)


def test_the_letter_in_the_outbox_opens_nothing(client, case):
    ask(client)
    mail = OutgoingMail.objects.get(kind="lost_code")
    assert "/contact/lost/" not in mail.text + mail.html
    assert OneTimeLink.objects.get().nonce not in mail.text + mail.html + str(mail.withheld)
    assert mail.to == [ADDRESS]


def test_several_messages_come_in_one_letter(client, case):
    MessageFactory(email="SARA@example.com")
    MessageFactory(email=ADDRESS, status="spam")
    MessageFactory(email="reza@example.com")
    ask(client)
    assert OutgoingMail.objects.count() == 1
    links = links_in_the_mail()
    assert len(set(links)) == 2
    assert {client.get(link).context["case"].email.lower() for link in links} == {ADDRESS}


def test_known_and_unknown_addresses_get_the_same_answer(client, case):
    pages = [
        re.sub(r'name="csrf\w+" value="\w+"', "", text_of(ask(client, email)))
        for email in (ADDRESS, "kasi@example.com")
    ]
    assert pages[0] == pages[1]
    assert OutgoingMail.objects.count() == 1


def test_the_answer_takes_the_same_time_for_both(client, case, monkeypatch):
    monkeypatch.setattr(lost, "PACE", 0.7)
    slept = []
    monkeypatch.setattr(lost.time, "sleep", slept.append)
    began = time.monotonic()
    client.post("/contact/lost/", {"email": ADDRESS})
    client.post("/contact/lost/", {"email": "kasi@example.com"})
    took = time.monotonic() - began
    assert len(slept) == 2
    assert all(0 < pause <= 0.7 for pause in slept), "the work is far below the pace"
    assert 1.4 - took <= sum(slept) <= 1.4


def test_nobody_asks_without_end(client, case):
    for _try in range(lost.TRIES_AN_HOUR):
        assert ask(client, "kasi@example.com").status_code == 200
    response = ask(client)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 3000
    assert not OutgoingMail.objects.exists()


def test_nobodys_post_is_flooded(client, case):
    for _try in range(recovery.LETTERS_A_DAY + 2):
        ask(client)
    assert OutgoingMail.objects.count() == recovery.LETTERS_A_DAY
    assert not Try.objects.filter(sender_hash__contains="@").exists()


@pytest.mark.parametrize("email", ["", "sara@", "سارا"])
def test_an_address_that_is_none_is_named_beside_its_field(client, site, email):
    response = ask(client, email)
    assert list(response.context["form"].errors) == ["email"]
    assert 'id="id_email_error"' in text_of(response)


def test_the_letter_goes_to_the_address_of_the_case_not_to_a_look_alike(client, case):
    ask(client, "SARA@EXAMPLE.COM")
    assert OutgoingMail.objects.get().to == [ADDRESS]


def test_an_anonymised_case_sends_nothing(client, case):
    Message.objects.update(anonymised_at=timezone.now())
    ask(client)
    assert not OutgoingMail.objects.exists()


def test_the_pages_are_never_cached_nor_indexed(client, case):
    ask(client)
    (link,) = links_in_the_mail()
    for response in (client.get("/contact/lost/"), client.get(link), client.get("/contact/lost/1-x/")):
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"


def test_another_site_cannot_press_the_button(visitor, client, case):
    ask(client)
    (link,) = links_in_the_mail()
    assert visitor.post(link).status_code == 403
    case.refresh_from_db()
    assert case.secret_version == 1
    hidden = hidden_in(text_of(visitor.get(link)))
    assert visitor.post(link, hidden).status_code == 303


def test_staff_give_a_new_secret_on_the_telephone(case):
    officer = UserFactory()
    old = secret_of(case)
    changed = recovery.new_secret(case.pk, by=officer, how="telephone")
    assert secret_of(changed) not in (None, old)
    entry = case.timeline.get(kind="code")
    assert (entry.author, entry.data) == (officer, {"how": "telephone"})


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods_are_refused(client, site, method):
    assert getattr(client, method)("/contact/lost/").status_code == 405
    assert getattr(client, method)("/contact/lost/1-x/").status_code == 405
