"""Who sees which case: one's own units, what is assigned, whom one stands in for; confidential topics by name only."""

import datetime

import pytest
from django.utils import timezone

from contact.models import Absence, Message
from tests.factories import MessageFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db


def seen_by(client):
    return set(Message.objects.visible_to(client.user))


def test_an_officer_sees_what_is_assigned_to_them_from_another_unit(officer, theirs):
    mine = MessageFactory(topic=theirs, assignee=officer.user)
    MessageFactory(topic=theirs)
    assert seen_by(officer) == {mine}


def test_a_stand_in_sees_the_cases_of_the_colleague_only_while_the_leave_lasts(officer, theirs):
    away = UserFactory()
    theirs.unit.members.add(away)
    case = MessageFactory(topic=theirs, assignee=away)
    today = timezone.localdate()
    leave = Absence.objects.create(user=away, stand_in=officer.user, first_day=today, last_day=today)
    assert seen_by(officer) == {case}
    leave.first_day, leave.last_day = today - datetime.timedelta(9), today - datetime.timedelta(1)
    leave.save()
    assert seen_by(officer) == set()


def test_a_confidential_topic_is_seen_by_those_named_and_by_managers(officer, head, ours):
    secret = TopicFactory(unit=ours.unit, is_confidential=True)
    case = MessageFactory(topic=secret)
    assert seen_by(officer) == set()
    assert seen_by(head) == {case}
    secret.readers.add(officer.user)
    assert seen_by(officer) == {case}


def test_whoever_is_named_sees_the_topic_whatever_the_unit(officer, theirs):
    secret = TopicFactory(unit=theirs.unit, is_confidential=True)
    secret.readers.add(officer.user)
    case = MessageFactory(topic=secret)
    MessageFactory(topic=theirs)
    assert seen_by(officer) == {case}


def test_even_an_assigned_confidential_case_needs_the_name_on_the_list(officer, ours):
    secret = TopicFactory(unit=ours.unit, is_confidential=True)
    MessageFactory(topic=secret, assignee=officer.user)
    assert seen_by(officer) == set()
