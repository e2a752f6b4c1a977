"""A citizen writes: what is taken, what is refused and how, and that nothing typed is ever lost."""

import re
import time
from html import unescape

import pytest
from django.core import signing
from django.utils import timezone

from contact.models import ContactPage, Message, Topic, Unit
from contact.public import challenge, tokens
from contact.public.tokens import FormToken
from outbox.models import OutgoingMail
from persian.calendar import format_jalali
from tests.factories import contact_site
from tests.test_contact_limits import answer_to, work_of

pytestmark = pytest.mark.django_db

TYPED = {
    "kind": "suggestion",
    "title": "نیمکت برای میدان آزمون",
    "body": "سلام.\nپیشنهاد می‌کنم در میدان آزمون نیمکت بگذارید.\nبا سپاس",
    "answer_by": "email",
    "name": "سارا نمونه‌ای",
    "mobile": "09120000000",
    "email": "sara@example.com",
}


def token(age=60, key=None):
    """A form token handed out `age` seconds ago."""
    new = FormToken.new()
    return FormToken(key or new.key, time.time() - age).dump()


@pytest.fixture
def site(db):
    return contact_site()


@pytest.fixture
def form(site):
    return {**TYPED, "topic": Topic.objects.first().pk, "form_token": token(), "step": "send"}


@pytest.fixture
def send(client, form):
    """Posts the form with the changes given."""

    def post(**changes):
        return client.post("/contact/", {**form, **changes})

    return post


def hidden_in(page):
    """What a page would post unseen."""
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', page)
    return {name: unescape(value) for name, value in pairs}


def text_of(response):
    return response.content.decode()


def kept(response, *texts):
    return all(text in text_of(response) for text in texts)


def test_a_good_message_gets_a_receipt_a_row_and_a_notice(client, send):
    Unit.objects.update(email="vahed@example.ir")
    response = send()
    assert response.status_code == 303
    assert response["Location"].startswith("/contact/sent/?r=")
    message = Message.objects.get()
    assert (message.title, message.kind, message.status) == (TYPED["title"], "suggestion", "received")
    assert message.unit == message.topic.unit
    assert message.body == TYPED["body"]
    assert [entry.kind for entry in message.timeline.all()] == ["received"]
    receipt = client.get(response["Location"])
    assert message.code_display in text_of(receipt)
    assert "no-store" in receipt["Cache-Control"]
    assert receipt["X-Robots-Tag"] == "noindex"
    assert 'content="noindex' in text_of(receipt)
    again = client.get(response["Location"])
    assert message.code_display in text_of(again)
    assert Message.objects.count() == 1
    mail = OutgoingMail.objects.get(kind="new_message")
    assert mail.to == ["vahed@example.ir"]
    assert mail.reply_to == ["sara@example.com"]


def test_the_form_is_never_cached_and_holds_a_token(client, site):
    for address in ("/contact/", f"/contact/?topic={Topic.objects.first().pk}"):
        response = client.get(address)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert "private" in response["Cache-Control"]
    assert 'name="form_token"' in text_of(response)
    assert 'name="csrfmiddlewaretoken"' in text_of(response)


def test_the_form_comes_before_the_other_ways_of_contact(client, site):
    page = text_of(client.get("/contact/"))
    assert page.index('class="topic-list') < page.index('id="ways"') < page.index('id="follow-up"')


def test_a_visitor_can_do_it_all_without_javascript(visitor, site):
    choose = text_of(visitor.get("/contact/"))
    (link,) = re.findall(r'href="(\?lane=citizen&amp;topic=\d+)">\s*<bdi>سایر', choose)
    page = text_of(visitor.get("/contact/" + link.replace("&amp;", "&")))
    hidden = {**hidden_in(page), "form_token": token()}  # some time goes by
    review = text_of(visitor.post("/contact/", {**TYPED, **hidden, "step": "review"}))
    assert not Message.objects.exists()
    response = visitor.post("/contact/", {**hidden_in(review), "step": "send"})
    assert response.status_code == 303
    assert Message.objects.count() == 1


@pytest.mark.parametrize("field", ["kind", "topic", "title", "body", "answer_by"])
def test_what_is_missing_is_named_beside_the_field_and_in_the_summary(send, field):
    response = send(**{field: ""})
    assert response.status_code == 200
    page = text_of(response)
    (error,) = response.context["form"].errors[field]
    assert f'href="#id_{field}"' in page
    assert f'id="id_{field}_error"' in page
    assert page.count(str(error)) == 2
    assert 'role="alert"' in page
    assert "data-error-summary" in page
    others = [value for name, value in TYPED.items() if name in ("title", "name", "email") and name != field]
    assert kept(response, *others)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "threat"),
        ("topic", "999999"),
        ("topic", "abc"),
        ("topic", "9" * 40),
        ("title", "\u200c \u200c"),
        ("title", "ع" * 151),
        ("body", "م" * 8001),
        ("name", "ن" * 121),
        ("mobile", "0912000000"),
        ("mobile", "03132673075"),
        ("mobile", "<b>0912</b>"),
        ("email", "sara@"),
        ("email", "sara@example.com\nBcc: x@y.ir, z"),
        ("email", "s" * 300 + "@example.com"),
        ("answer_by", "pigeon"),
    ],
)
def test_bad_input_is_refused_with_a_word_on_its_field(send, field, value):
    response = send(**{field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Message.objects.exists()


@pytest.mark.parametrize(("way", "field"), [("email", "email"), ("telephone", "mobile")])
def test_an_answer_needs_its_way(send, way, field):
    response = send(answer_by=way, **{field: ""})
    assert list(response.context["form"].errors) == [field]
    other = "mobile" if field == "email" else "email"
    assert send(answer_by="none", **{field: "", other: ""}).status_code == 303


@pytest.mark.parametrize(
    "mobile",
    [
        "۰۹۱۲۰۰۰۰۰۰۰",
        "٠٩١٢٠٠٠٠٠٠٠",
        "+98 912 000 0000",
        "0098-912-000-0000",
        "989120000000",
        "9120000000",
        "(۰۹۱۲) ۰۰۰ ۰۰۰۰",
    ],
)
def test_a_mobile_is_taken_in_any_digits_and_forms(send, mobile):
    assert send(mobile=mobile).status_code == 303
    assert Message.objects.get().mobile == "+989120000000"


def test_arabic_letters_and_hidden_controls_are_set_right(send):
    send(title="پيشنهاد\u202e كوچك\x00", email="sara۱۲@example.com ", name="علي  نمونه\nاي")
    message = Message.objects.get()
    assert message.title == "پیشنهاد کوچک"
    assert message.email == "sara12@example.com"
    assert message.name == "علی نمونه ای"


def test_the_longest_body_fits_with_its_line_ends(send):
    body = "سطر\r\n" * 2000  # 8000 characters as people count
    assert send(body=body[:-2]).status_code == 303


def test_an_error_names_lengths_in_persian_digits(send):
    (error,) = send(body="م" * 8001).context["form"].errors["body"]
    assert "۸۰۰۰" in error
    assert "۸۰۰۱" in error


@pytest.mark.parametrize("changes", [{}, {"csrfmiddlewaretoken": "x" * 64}])
def test_a_lost_csrf_token_loses_nothing_and_one_click_sends(visitor, form, changes):
    response = visitor.post("/contact/", {**form, **changes})
    assert response.status_code == 403
    assert kept(
        response, *[value for name, value in TYPED.items() if name not in ("kind", "answer_by", "body")]
    )
    assert "data-error-summary" in text_of(response)
    assert not Message.objects.exists()
    assert visitor.post("/contact/", {**form, **hidden_in(text_of(response))}).status_code == 303
    assert Message.objects.count() == 1


def test_a_missing_csrf_token_elsewhere_gets_the_common_page(visitor, site):
    assert visitor.post("/", {"title": "x"}).status_code in (403, 405)
    response = visitor.post("/admin/login/", {"username": "x"})
    assert response.status_code == 403


@pytest.mark.parametrize("bad", ["", "nonsense", None])
def test_a_form_without_a_good_token_comes_back_and_sends_at_once(send, bad):
    old = bad if bad is not None else signing.dumps("x", salt="contact.form")
    response = send(form_token=old)
    assert response.status_code == 200
    assert response.context["notice"]
    assert kept(response, TYPED["title"], TYPED["email"], "نیمکت بگذارید")
    assert send(form_token=response.context["form_token"]).status_code == 303


def test_an_expired_form_comes_back_with_all_that_was_typed(send):
    response = send(form_token=token(tokens.MAX_AGE + 10))
    assert kept(response, TYPED["title"], TYPED["name"], "نیمکت بگذارید")
    assert not Message.objects.exists()
    assert send(form_token=response.context["form_token"]).status_code == 303


def test_whoever_is_as_fast_as_a_machine_proves_to_be_none(send):
    response = send(form_token=token(0))
    assert response.status_code == 200
    assert response.context["notice"]
    assert kept(response, TYPED["title"], TYPED["name"], "نیمکت بگذارید")
    again = send(form_token=response.context["form_token"])
    assert again.status_code == 200, "the second click alone proves nothing"
    assert not Message.objects.exists()
    proof = {challenge.SOLUTION: work_of(again.context["challenge"])}
    assert send(form_token=again.context["form_token"], **proof).status_code == 303
    assert send(form_token=token()).context["challenge"], "another form of the same sender"


def test_a_person_without_javascript_answers_a_question(send):
    response = send(form_token=token(0))
    asked = response.context["challenge"]
    assert asked.question in text_of(response)
    answer = {challenge.QUESTION: asked.token, challenge.ANSWER: answer_to(asked)}
    assert send(form_token=response.context["form_token"], **answer).status_code == 303


def test_whoever_stepped_into_the_trap_is_asked_the_next_time(send):
    assert send(website="http://spam.example").status_code == 303
    assert send(form_token=token()).context["challenge"]


def test_a_filled_trap_is_kept_as_spam_and_tells_nobody(send):
    Unit.objects.update(email="vahed@example.ir")
    assert send(website="http://spam.example").status_code == 303
    assert Message.objects.get().status == "spam"
    assert not OutgoingMail.objects.exists()


def test_the_limit_of_an_hour_keeps_what_was_typed(send, settings):
    settings.CONTACT_MESSAGES_PER_HOUR = 2
    for _message in range(2):
        assert send(form_token=token()).status_code == 303
    response = send(form_token=token())
    assert response.status_code == 429
    assert 3500 <= int(response["Retry-After"]) <= 3601
    assert kept(response, TYPED["title"], TYPED["name"], "نیمکت بگذارید")
    assert Message.objects.count() == 2


def test_the_limit_counts_each_network_for_itself(client, form, settings):
    settings.CONTACT_MESSAGES_PER_HOUR = 1
    for address in ("198.51.100.1", "198.51.100.2", "2001:db8:1::1", "2001:db8:2::1"):
        sent = client.post("/contact/", {**form, "form_token": token()}, REMOTE_ADDR=address)
        assert sent.status_code == 303
    same_home = client.post("/contact/", {**form, "form_token": token()}, REMOTE_ADDR="2001:db8:1::2")
    assert same_home.status_code == 429
    hashes = set(Message.objects.values_list("sender_hash", flat=True))
    assert len(hashes) == 4
    assert not any("198" in value and "." in value for value in hashes)


def test_links_fill_the_form_in_beforehand(client, site):
    topic = Topic.objects.last()
    page = ContactPage.objects.get()
    response = client.get(f"/contact/?kind=request&topic={topic.pk}&about={page.get_parent().pk}")
    form = response.context["form"]
    assert form.initial == {"kind": "request"}
    assert form.chosen == topic
    assert f'name="about" value="{page.get_parent().pk}"' in text_of(response)


@pytest.mark.parametrize(
    "query", ["kind=x&topic=abc&about=-1", "topic=99999999999999999999999&about=%27", "about=1"]
)
def test_nonsense_in_a_link_is_ignored(client, site, query):
    response = client.get(f"/contact/?{query}")
    assert response.status_code == 200
    assert response.context["form"].initial == {}
    assert response.context["about_page"] is None


def test_the_page_that_a_message_is_about_is_kept(send, site):
    send(about=str(site.root_page_id))
    assert Message.objects.get().about_page_id == site.root_page_id


def test_a_topic_out_of_use_is_not_offered_and_not_taken(client, send, form):
    Topic.objects.filter(pk=form["topic"]).update(is_active=False)
    assert list(send().context["form"].errors) == ["topic"]
    assert client.get(f"/contact/?topic={form['topic']}").context["form"].chosen is None


def test_without_topics_the_page_says_so(client, site):
    Topic.objects.update(is_active=False)
    response = client.get("/contact/")
    assert response.status_code == 200
    assert "topic=" not in text_of(response)
    assert "<form class=" not in text_of(response).partition("<main")[2].partition("</main")[0]


def test_a_receipt_says_when_the_message_was_registered(client, send):
    receipt = text_of(client.get(send()["Location"]))
    moment = timezone.localtime(Message.objects.get().created_at)
    assert f">{format_jalali(moment, with_time=True)}</time>" in receipt
    assert f'<time datetime="{moment:%Y-%m-%dT%H:%M:%S}' in receipt


def test_who_is_asked_to_send_again_is_told_that_nothing_is_registered_yet(send):
    response = send(form_token=token(age=0))
    assert not Message.objects.exists()
    assert kept(response, "پیام شما هنوز ثبت نشده است", TYPED["title"])


@pytest.mark.parametrize("query", ["", "?r=", "?r=nonsense", "?r=" + "x" * 3000, "?r=%27%22"])
def test_a_wrong_receipt_is_a_friendly_page(client, site, query):
    response = client.get(f"/contact/sent/{query}")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_receipt_ends_and_takes_no_post(client, send, monkeypatch):
    address = send()["Location"]
    assert client.post(address).status_code == 405
    monkeypatch.setattr(tokens, "RECEIPT_AGE", -1)
    assert Message.objects.get().code_display not in text_of(client.get(address))


def test_what_was_typed_is_shown_as_text(send):
    attack = "<script>alert(1)</script>"
    response = send(title=attack, name='"><img src=x onerror=alert(1)>', body=attack, email="bad")
    page = text_of(response)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, site, method):
    assert getattr(client, method)("/contact/").status_code == 405


def test_the_page_shows_how_to_reach_the_unit(client, site):
    page = text_of(client.get("/contact/"))
    assert 'href="tel:+983132673075,,340"' in page
    assert "contact-list" in page
