"""Fixtures of the desk's tests: two units, and people of the staff who may or may not see their messages."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from tests.factories import TopicFactory, UnitFactory, UserFactory, contact_site


@pytest.fixture
def small_site(db):
    return contact_site()


def log_in(group=None, unit=None, permissions=()):
    user = UserFactory()
    if group:
        user.groups.add(Group.objects.get(name=group))
    for name in permissions:
        app, codename = name.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    if unit:
        unit.members.add(user)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def ours(small_site):
    return TopicFactory(title="موضوع ما", unit=UnitFactory(name="واحد ما"))


@pytest.fixture
def theirs(small_site):
    return TopicFactory(title="موضوع آنان", unit=UnitFactory(name="واحد دیگر"))


@pytest.fixture
def officer(ours):
    return log_in("کارشناس پاسخ‌گویی", unit=ours.unit)


@pytest.fixture
def head(small_site):
    return log_in("مسئول روابط عمومی")


def page_of(response):
    assert response.status_code == 200
    return response.content.decode()


def titles(response):
    page_of(response)
    return [message.title for message in response.context["object_list"]]
