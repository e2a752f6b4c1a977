"""Demo messages: the same seed gives the same rows, and nothing real is in them."""

from random import Random

import pytest
from django.contrib.auth.models import AnonymousUser

from contact.codes import parse_code
from contact.demo import clear, seed
from contact.models import Lane, Message, Municipality, TimelineEntry, Topic, Unit
from contact.secrets import secret_of
from tests.factories import MessageFactory, contact_site

pytestmark = pytest.mark.django_db


def rows():
    return list(
        Message.objects.order_by("form_key").values_list("form_key", "title", "body", "name", "created_at")
    )


def test_the_same_seed_gives_the_same_messages_once():
    contact_site()
    assert seed(60, Random(7)) == 60
    first, entries = rows(), TimelineEntry.objects.count()
    assert seed(60, Random(7)) == 0
    assert (rows(), TimelineEntry.objects.count()) == (first, entries)
    assert seed(80, Random(7)) == 20
    Message.objects.all().delete()
    seed(60, Random(7))
    assert rows() == first


def test_every_demo_message_is_whole_and_marked():
    seed(100, Random(1))
    assert Topic.objects.count() == 1
    assert TimelineEntry.objects.filter(kind="rated").exists()
    for message in Message.objects.prefetch_related("timeline"):
        assert message.is_demo
        assert parse_code(message.tracking_code)
        last = [entry for entry in message.timeline.all() if entry.to_status][-1]
        assert last.to_status == message.status
        assert message.answer_by != "email" or message.email.endswith("@example.com")
        assert "{" not in message.title + message.body
        for rating in message.timeline.filter(kind="rated"):
            assert rating.data["satisfied"] == message.is_satisfied
    assert Message.objects.search("سلام").exists()
    assert not Message.objects.visible_to(AnonymousUser()).exists()


def test_thousands_take_few_queries(django_assert_max_num_queries):
    contact_site()
    with django_assert_max_num_queries(120):
        seed(2000, Random(3))
    assert Message.objects.count() == 2000


def test_clearing_takes_away_the_demo_and_nothing_else():
    seed(5, Random(2))
    assert clear() == 5
    assert not Unit.objects.exists()
    real = MessageFactory()
    seed(5, Random(2))
    clear()
    assert list(Message.objects.all()) == [real]


def test_the_demo_has_every_lane_with_what_belongs_to_it():
    seed(200, Random(4))
    assert set(Message.objects.values_list("lane", flat=True)) == set(Lane.values)
    for message in Message.objects.select_related("municipality"):
        assert bool(message.sender_organization) == (message.lane != Lane.CITIZEN)
        assert bool(message.municipality) == (message.lane == Lane.MUNICIPALITY)
        assert message.deadline > message.created_at.date()
        assert secret_of(message)
    assert all("نمایشی" in name for name in Municipality.objects.values_list("name", flat=True))
    clear()
    assert not Municipality.objects.exists()


def test_whoever_was_answered_has_an_answer():
    seed(200, Random(5))
    answered = Message.objects.filter(status__in=["answered", "closed", "reopened"])
    for message in answered.prefetch_related("timeline"):
        kinds = [entry.kind for entry in message.timeline.all()]
        assert "reply" in kinds
        assert message.answered_at
        assert (message.closed_at is not None) == (message.status == "closed")
    rated = Message.objects.exclude(is_satisfied=None)
    assert rated.exists()
    assert not rated.exclude(status="closed").exists()
    for message in rated:
        assert message.timeline.get(kind="rated").data["satisfied"] == message.is_satisfied
