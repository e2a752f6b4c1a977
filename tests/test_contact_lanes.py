"""Four lanes and their topics: who is asked what, what a topic says first, and what the review shows before sending."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from contact.answers import shown_answers
from contact.models import Message, Municipality, Topic
from contact.models.topics import TopicQuestion
from persian.working_days.models import Closure
from tests.factories import MunicipalityFactory, TopicFactory, TopicQuestionFactory, contact_site
from tests.test_contact_form import TYPED, hidden_in, text_of, token

pytestmark = pytest.mark.django_db
Kind = TopicQuestion.Kind


@pytest.fixture
def site(db):
    return contact_site()


@pytest.fixture
def topic(site):
    return TopicFactory(title="روشنایی معابر")


@pytest.fixture
def send(client, topic):
    """Posts the form about the topic with the changes given; `step="review"` only looks it over."""

    def post(**changes):
        form = {**TYPED, "topic": topic.pk, "form_token": token(), "step": "send", **changes}
        return client.post("/contact/", {name: value for name, value in form.items() if value is not None})

    return post


def errors(response):
    assert response.status_code == 200
    return list(response.context["form"].errors)


# --- Lane and topic ---


def test_the_first_page_offers_four_lanes_and_the_topics_of_one(client, site):
    only_media = TopicFactory(
        title="درخواست گفت‌وگو", for_citizen=False, for_municipality=False, for_company=False
    )
    page = text_of(client.get("/contact/"))
    for lane in ("شهروند", "شهرداری", "شرکت یا سازمان", "رسانه"):
        assert lane in page
    assert only_media.title not in page
    assert only_media.title in text_of(client.get("/contact/?lane=media"))
    assert only_media.title not in text_of(client.get("/contact/?lane=nobody"))


def test_a_link_to_a_topic_finds_its_lane(client, site):
    only_media = TopicFactory(
        title="درخواست گفت‌وگو", for_citizen=False, for_municipality=False, for_company=False
    )
    form = client.get(f"/contact/?topic={only_media.pk}").context["form"]
    assert (form.lane, form.chosen) == ("media", only_media)
    assert client.get(f"/contact/?lane=citizen&topic={only_media.pk}").context["form"].chosen is None


def test_a_topic_of_another_lane_is_not_taken(send, topic):
    Topic.objects.filter(pk=topic.pk).update(for_citizen=False)
    assert errors(send(lane="citizen")) == ["topic"]
    assert not Message.objects.exists()


def test_a_topic_shows_its_guidance_unit_deadline_and_readers_first(client, topic):
    topic.guidance, topic.who_sees, topic.deadline_days = (
        "شمارهٔ تیر برق را بنویسید.",
        "تنها کارشناس برق می‌بیند.",
        7,
    )
    topic.save()
    page = text_of(client.get(f"/contact/?topic={topic.pk}"))
    for words in (topic.guidance, topic.who_sees, topic.unit.name, "۷ روز کاری"):
        assert words in page


def test_a_confidential_topic_says_who_reads_before_anything_is_written(client, topic):
    topic.is_confidential = True
    topic.save()
    page = text_of(client.get(f"/contact/?topic={topic.pk}"))
    assert "این موضوع محرمانه است" in page
    assert page.index("پیام شما را تنها مسئول روابط عمومی") < page.index('name="body"')
    topic.who_sees = "تنها بازرس می‌بیند."
    topic.save()
    page = text_of(client.get(f"/contact/?topic={topic.pk}"))
    assert page.index("تنها بازرس می‌بیند.") < page.index('name="body"')


def test_errors_are_told_in_the_order_of_the_page(send):
    response = send(lane="company", organization="", title="", mobile="12")
    names = [field.name for field in response.context["form"] if field.errors]
    assert names == ["organization", "title", "mobile"]


def test_whoever_has_neither_e_mail_nor_telephone_is_answered_on_the_site(send):
    send(answer_by="site", name="", step="send")
    assert Message.objects.get().get_answer_by_display() == "در همین سایت، با کد رهگیری"


def test_a_topic_that_is_not_ours_says_who_and_stops_there(client, send, topic):
    topic.is_elsewhere, topic.elsewhere_text = True, "شرکت توزیع برق، تلفن ۱۲۱"
    topic.elsewhere_url = "https://bargh.example.ir/"
    topic.save()
    page = text_of(client.get(f"/contact/?topic={topic.pk}"))
    assert topic.elsewhere_text in page
    assert topic.elsewhere_url in page
    assert 'name="body"' not in page
    response = send()
    assert topic.elsewhere_text in text_of(response)
    assert not Message.objects.exists()
    # What was typed meanwhile goes along to another topic.
    typed = hidden_in(text_of(response))
    assert typed["title"] == TYPED["title"]
    choose = client.post("/contact/", {**typed, "step": "choose"})
    assert hidden_in(text_of(choose))["title"] == TYPED["title"]


def test_changing_the_topic_keeps_what_was_typed(client, send, site):
    choose = send(step="choose")
    other = Topic.objects.get(title="همکاری")
    page = client.post("/contact/", {**hidden_in(text_of(choose)), "topic": other.pk})
    form = page.context["form"]
    assert form.chosen == other
    for name in ("title", "name", "email", "mobile"):
        assert form[name].value() == TYPED[name]
    assert form["body"].value().split() == TYPED["body"].split()
    assert 'role="alert"' not in text_of(page)


# --- Lanes ---


def test_a_municipality_is_chosen_from_the_list(send, site):
    ours = MunicipalityFactory(name="شهرداری آزمون‌شهر")
    response = send(
        lane="municipality",
        municipality=ours.pk,
        post="معاون عمرانی",
        letter_number="۱۴۰۵/الف/۱۲",
        letter_date="۱۴۰۵/۸/۲",
    )
    assert response.status_code == 303
    message = Message.objects.get()
    assert (message.lane, message.municipality, message.organization) == ("municipality", ours, "")
    assert (message.post, message.letter_number) == ("معاون عمرانی", "۱۴۰۵/الف/۱۲")
    assert message.letter_date == datetime.date(2026, 10, 24)


@pytest.mark.parametrize("date", ["۲ آبان ۱۴۰۵", "1405-08-02", "٢/٨/١٤٠٥", "2026-10-24", "۱۴۰۵.۸.۲"])
def test_the_date_of_a_letter_is_read_in_any_form(send, site, date):
    send(lane="municipality", organization="شهرداری دیگر", letter_date=date)
    assert Message.objects.get().letter_date == datetime.date(2026, 10, 24)


@pytest.mark.parametrize("date", ["۱۴۰۵/۱۳/۱", "فردا", "۱۵۰۰/۱/۱"])
def test_a_date_that_cannot_be_is_refused(send, site, date):
    assert errors(send(lane="municipality", organization="شهرداری دیگر", letter_date=date)) == ["letter_date"]


def test_a_municipality_that_is_not_in_the_list_is_typed_in(send, site):
    MunicipalityFactory()
    assert errors(send(lane="municipality")) == ["municipality"]
    assert errors(send(lane="municipality", municipality="other")) == ["organization"]
    assert errors(send(lane="municipality", municipality="999999")) == ["municipality"]
    assert send(lane="municipality", municipality="other", organization="شهرداری تازه‌شهر").status_code == 303
    message = Message.objects.get()
    assert (message.municipality, message.organization) == (None, "شهرداری تازه‌شهر")


def test_the_list_wins_over_a_typed_name(send, site):
    ours = MunicipalityFactory()
    send(lane="municipality", municipality=ours.pk, organization="شهرداری دیگر")
    assert Message.objects.get().sender_organization == ours.name


def test_while_the_list_is_empty_the_name_is_typed(client, send, topic):
    MunicipalityFactory(is_active=False)
    page = client.get(f"/contact/?lane=municipality&topic={topic.pk}")
    assert "municipality" not in page.context["form"].fields
    assert errors(send(lane="municipality")) == ["organization"]
    assert send(lane="municipality", organization="شهرداری تازه‌شهر").status_code == 303


@pytest.mark.parametrize("lane", ["company", "media"])
def test_a_company_or_medium_says_its_name(send, lane):
    assert errors(send(lane=lane)) == ["organization"]
    assert send(lane=lane, organization="پیام آزمون", post="خبرنگار").status_code == 303
    message = Message.objects.get()
    assert (message.lane, message.organization, message.post) == (lane, "پیام آزمون", "خبرنگار")


def test_a_citizen_is_not_asked_for_an_organization(send):
    assert send(organization="پیام آزمون", letter_number="۱۲").status_code == 303
    message = Message.objects.get()
    assert (message.lane, message.organization, message.letter_number) == ("citizen", "", "")


# --- What a topic asks ---


def test_a_topic_may_need_a_name_and_a_way_to_answer(client, send, topic):
    Topic.objects.filter(pk=topic.pk).update(allows_anonymous=False)
    assert errors(send(name="")) == ["name"]
    assert errors(send(answer_by="none")) == ["answer_by"]
    form = client.get(f"/contact/?topic={topic.pk}").context["form"]
    assert "none" not in dict(form.fields["answer_by"].choices)
    assert send().status_code == 303


GOOD = [
    (Kind.TEXT, "خيابان  نمونه", "خیابان نمونه", "خیابان نمونه"),
    (Kind.LONG, "سطر نخست\nسطر دوم", "سطر نخست\nسطر دوم", "سطر نخست\nسطر دوم"),
    (Kind.CHOICE, "شرق", "شرق", "شرق"),
    (Kind.YES_NO, "yes", "yes", "بله"),
    (Kind.NUMBER, "۱٬۲۵۰", "1250", "۱۲۵۰"),
    (Kind.DATE, "۲ آذر ۱۴۰۵", "2026-11-23", "۲ آذر ۱۴۰۵"),
    (Kind.MOBILE, "۰۹۱۲ ۰۰۰ ۰۰۰۰", "+989120000000", "۰۹۱۲۰۰۰۰۰۰۰"),
    (Kind.NATIONAL_ID, "۰۰۱۲۳۴۵۶۷۹", "0012345679", "۰۰۱۲۳۴۵۶۷۹"),
]
BAD = [
    (Kind.CHOICE, "غرب‌تر"),
    (Kind.YES_NO, "شاید"),
    (Kind.NUMBER, "چند"),
    (Kind.DATE, "۱۴۰۵/۱۳/۱"),
    (Kind.MOBILE, "۱۲۳"),
    (Kind.NATIONAL_ID, "۱۲۳۴۵۶۷۸۹۰"),
    (Kind.TEXT, "م" * 301),
]


def ask(topic, kind, **more):
    choices = "شرق\nغرب" if kind == Kind.CHOICE else ""
    return TopicQuestionFactory(topic=topic, kind=kind, choices=choices, **more)


@pytest.mark.parametrize(("kind", "typed", "kept", "shown"), GOOD)
def test_an_extra_question_of_each_kind_is_kept_and_shown(send, topic, kind, typed, kept, shown):
    question = ask(topic, kind)
    assert shown.split("\n")[0] in text_of(send(step="review", **{f"q_{question.pk}": typed}))
    assert send(**{f"q_{question.pk}": typed}).status_code == 303
    answers = Message.objects.get().answers
    assert answers == [{"label": question.label, "kind": kind, "value": kept}]
    ((label, words),) = shown_answers(answers)
    assert label == question.label
    assert words.strip("\u2066\u2069") == shown


@pytest.mark.parametrize(("kind", "typed"), BAD)
def test_a_wrong_answer_is_named_beside_its_question(send, topic, kind, typed):
    question = ask(topic, kind)
    response = send(**{f"q_{question.pk}": typed})
    assert errors(response) == [f"q_{question.pk}"]
    assert TYPED["title"] in text_of(response)


def test_a_question_that_must_be_answered_and_one_that_need_not(send, topic):
    must, may = ask(topic, Kind.TEXT, is_required=True), ask(topic, Kind.NUMBER, label="چند تیر برق؟")
    assert errors(send()) == [f"q_{must.pk}"]
    assert send(**{f"q_{must.pk}": "نمونه", f"q_{may.pk}": ""}).status_code == 303
    assert [answer["label"] for answer in Message.objects.get().answers] == [must.label]


def test_answers_wait_while_another_topic_is_looked_at(client, send, topic, site):
    question = ask(topic, Kind.TEXT)
    choose = send(step="choose", **{f"q_{question.pk}": "خیابان نمونه"})
    other = Topic.objects.get(title="همکاری")
    elsewhere = client.post("/contact/", {**hidden_in(text_of(choose)), "topic": other.pk})
    assert f'name="q_{question.pk}"' not in text_of(elsewhere)
    again = client.post("/contact/", {**hidden_in(text_of(choose)), "topic": topic.pk})
    assert again.context["form"][f"q_{question.pk}"].value() == "خیابان نمونه"


# --- The review ---


def test_the_review_shows_what_goes_where_and_by_when(send, topic):
    topic.deadline_days = 3
    topic.save()
    today = timezone.localdate()
    Closure.objects.create(first_day=today, last_day=today + datetime.timedelta(1), reason="آلودگی هوا")
    response = send(step="review", lane="media", organization="روزنامهٔ آزمون")
    page = text_of(response)
    assert not Message.objects.exists()
    for words in (
        TYPED["title"],
        "نیمکت بگذارید",
        TYPED["name"],
        "۰۹۱۲",
        TYPED["email"],
        "پیشنهاد",
        "روزنامهٔ آزمون",
    ):
        assert words in page
    assert topic.unit.name in page
    due = response.context["due"]
    assert due.count == 3
    assert due.sentence() in page
    assert "آلودگی هوا" in page
    assert send(step="send", lane="media", organization="روزنامهٔ آزمون").status_code == 303
    assert Message.objects.get().deadline == due.date


def test_a_topic_without_a_promise_promises_nothing(send):
    response = send(step="review")
    assert response.context["due"] is None
    assert "مهلتی تعیین نشده" in text_of(response)
    send()
    assert Message.objects.get().deadline is None


def test_whoever_edits_finds_all_of_it_and_no_scolding(client, send):
    review = send(step="review")
    page = client.post("/contact/", {**hidden_in(text_of(review)), "step": "edit"})
    form = page.context["form"]
    assert {name: form[name].value() for name in TYPED if name != "body"} == {
        name: value for name, value in TYPED.items() if name != "body"
    }
    assert "نیمکت بگذارید" in form["body"].value()
    assert 'role="alert"' not in text_of(page)


def test_enter_in_a_field_looks_it_over_and_sends_nothing(send):
    response = send(step=None)
    assert response.context["stage"] == "review"
    assert not Message.objects.exists()


def test_a_broken_step_is_a_review(send):
    assert send(step="' or 1=1").context["stage"] == "review"


# --- How much it asks of the database ---


@pytest.mark.parametrize(
    ("address", "most"), [("/contact/", 14), ("/contact/?lane=media", 14), ("topic", 15)]
)
def test_a_visit_costs_a_bounded_number_of_queries(db, client, django_assert_max_num_queries, address, most):
    """The form alone took sixteen, while it was one page."""
    call_command("load_initial_content", verbosity=0)
    if address == "topic":
        address = f"/contact/?topic={Topic.objects.first().pk}"
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)


def test_the_names_of_municipalities_stand_in_the_order_of_the_alphabet(client, topic):
    for name in ("شهرداری گل‌شهر", "شهرداری هرند", "شهرداری پندار"):
        Municipality.objects.create(name=name)
    choices = (
        client.get(f"/contact/?lane=municipality&topic={topic.pk}")
        .context["form"]
        .fields["municipality"]
        .choices
    )
    assert [name for _value, name in choices][1:4] == ["شهرداری پندار", "شهرداری گل‌شهر", "شهرداری هرند"]
