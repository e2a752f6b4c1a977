"""Whoever writes is shown answers that are public already, before sending; and may send all the same."""

import time

import pytest
from django.db import DatabaseError
from django.utils import timezone

from contact.models import PublicAnswer, Topic
from contact.public.suggesting import suggested_answers
from contact.public.tokens import FormToken
from tests.desk_fixtures import page_of
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "kind": "question",
    "title": "ساعت کار نمایشگاه شهرداری‌ها",
    "body": "سلام. می‌خواستم بدانم نمایشگاه تا چه ساعتی باز است.",
    "answer_by": "none",
    "step": "review",
}


@pytest.fixture
def topic(small_site):
    return Topic.objects.first()


@pytest.fixture
def hours(topic):
    return public(topic, "نمایشگاه دستاوردهای شهرداری تا چه ساعتی باز است؟", "هر روز از ساعت ۹ تا ۲۰.")


def public(topic, question, answer="پاسخ آن است.", **more):
    values = {"approved_at": timezone.now(), **more}
    return PublicAnswer.objects.create(topic=topic, question=question, answer=answer, **values)


def review(client, topic, **changes):
    token = FormToken(FormToken.new().key, time.time() - 60).dump()
    return page_of(client.post("/contact/", {**TYPED, "topic": topic.pk, "form_token": token, **changes}))


def test_the_review_shows_answers_that_fit_and_the_way_to_send_stays(client, topic, hours):
    page = review(client, topic)
    assert f'href="/contact/answers/{hours.pk}/"' in page
    assert "شاید پیش‌تر پاسخ داده شده باشد" in page
    assert 'value="send"' in page


def test_one_word_in_common_is_not_enough(topic, hours):
    assert suggested_answers("نمایشگاه خودرو در تهران", "", topic) == []
    assert suggested_answers("نمایشگاه", "", topic) == []
    assert suggested_answers("", "", topic) == []


def test_other_forms_of_the_words_count(topic, hours):
    assert suggested_answers("ساعت‌های نمایشگاه‌ها", "", topic) == [hours]


def test_when_the_title_says_nothing_the_text_does(topic, hours):
    assert suggested_answers("یک پرسش", "نمایشگاه شهرداری تا چه ساعتی باز است؟", topic) == [hours]


def test_those_of_the_same_topic_come_first_and_no_more_than_three(topic, hours):
    other = TopicFactory()
    best = public(other, "ساعت کار نمایشگاه شهرداری‌ها", "ساعت کار نمایشگاه شهرداری‌ها")
    assert suggested_answers(TYPED["title"], "", topic)[:2] == [hours, best]
    assert suggested_answers(TYPED["title"], "", other)[0] == best
    for _number in range(5):
        public(topic, "ساعت کار نمایشگاه شهرداری")
    assert len(suggested_answers(TYPED["title"], "", topic)) == 3


def test_drafts_and_confidential_answers_are_not_offered(topic, hours):
    PublicAnswer.objects.update(approved_at=None)
    assert suggested_answers(TYPED["title"], "", topic) == []
    PublicAnswer.objects.update(approved_at=timezone.now())
    Topic.objects.update(is_confidential=True)
    assert suggested_answers(TYPED["title"], "", topic) == []


def test_nothing_public_costs_one_query(topic, django_assert_num_queries):
    with django_assert_num_queries(1):
        suggested_answers(TYPED["title"], TYPED["body"], topic)


def test_a_search_that_fails_costs_nobody_the_form(topic, hours, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("contact.public.suggesting._like", fail)
    assert suggested_answers(TYPED["title"], "", topic) == []


def test_the_forms_script_gets_a_plain_list_by_post_only(client, topic, hours):
    answer = client.post("/contact/answers/like/", {"title": TYPED["title"], "topic": topic.pk})
    assert f'href="/contact/answers/{hours.pk}/"' in page_of(answer)
    assert "<html" not in page_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert page_of(client.post("/contact/answers/like/", {"title": "\x00", "topic": "؟"})).strip() == ""
    assert client.get("/contact/answers/like/").status_code == 405


def test_the_fields_name_the_place_for_the_list(client, topic):
    page = page_of(client.get("/contact/", {"lane": "citizen", "topic": topic.pk}))
    assert 'data-suggested-answers="/contact/answers/like/"' in page
