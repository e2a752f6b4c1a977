"""The groups of the staff, and what the table says of each."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
)

from hamyari_site.permissions import KEEPER, PR_HEAD, ROLES, grant_page_permissions, make_groups

pytestmark = pytest.mark.django_db


def held(group: Group) -> set[str]:
    return {
        f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")
    }


def test_the_groups_are_the_four_of_the_unit_and_no_other():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


@pytest.mark.parametrize("name", ROLES)
def test_a_group_may_do_what_the_table_says_and_no_more(name):
    assert held(Group.objects.get(name=name)) == set(ROLES[name].everywhere)


def test_every_permission_of_the_table_exists():
    named = {name for role in ROLES.values() for name in (*role.everywhere, *role.files)}
    existing = {
        f"{p.content_type.app_label}.{p.codename}" for p in Permission.objects.select_related("content_type")
    }
    assert named <= existing


def test_the_groups_made_twice_are_the_same_and_keep_what_a_superuser_added():
    extra = Permission.objects.get(codename="change_topic")
    keepers = Group.objects.get(name=KEEPER)
    keepers.permissions.add(extra)
    make_groups(apps)
    assert Group.objects.count() == len(ROLES)
    assert extra in keepers.permissions.all()


def test_the_migration_keeps_default_groups_that_people_are_in(django_user_model):
    migration = importlib.import_module("hamyari_site.migrations.0002_groups")
    used, unused = Group.objects.create(name="Editors"), Group.objects.create(name="Moderators")
    used.user_set.add(django_user_model.objects.create(username="qadimi"))

    migration.remove_defaults(apps, SimpleNamespace(connection=SimpleNamespace(alias="default")))
    assert Group.objects.filter(pk=used.pk).exists()
    assert not Group.objects.filter(pk=unused.pk).exists()


def test_nothing_is_left_of_the_workflow_that_only_moderators_could_approve():
    assert not Workflow.objects.filter(name="Moderators approval").exists()
    assert not GroupApprovalTask.objects.filter(name="Moderators approval").exists()


def test_page_rights_are_given_once_however_often_they_are_asked_for(site):
    before = GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()
    grant_page_permissions()
    assert (GroupPagePermission.objects.count(), GroupCollectionPermission.objects.count()) == before
    assert {permission.group.name for permission in GroupPagePermission.objects.all()} == {
        name for name, role in ROLES.items() if role.whole_site or role.newsroom
    }
    assert GroupPagePermission.objects.filter(group__name=PR_HEAD).count() == len(ROLES[PR_HEAD].whole_site)
