"""Fixtures that every test may use: the site with its first pages, visitors, members of staff."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import Site

from tests.factories import UserFactory

pytest_plugins = ["tests.browser_fixtures"]

TRANSACTIONAL = {"live_server", "transactional_db"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test with real transactions empties the tables at its end; what migrations made is put back for the next one."""
    restored = pytest.mark.django_db(transaction=True, serialized_rollback=True)
    for item in items:
        marker = item.get_closest_marker("django_db")
        if TRANSACTIONAL & set(item.fixturenames) or (marker and marker.kwargs.get("transaction")):
            item.add_marker(restored, append=False)
        if "chromium" in item.fixturenames:
            item.add_marker("browser")


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    """Every test has its own folders for files and no memory of an earlier test's cache."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.BACKUP_DIR = tmp_path / "backups"


@pytest.fixture(autouse=True)
def _empty_caches():
    from django.core.cache import cache

    Site.clear_site_root_paths_cache()
    cache.clear()


@pytest.fixture
def site(db):
    """The site with its first content, as `make run` leaves it."""
    call_command("load_initial_content", verbosity=0)
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def visitor():
    """A browser of somebody who is not logged in, held to CSRF protection like any other."""
    return Client(enforce_csrf_checks=True)


def _staff(group: str) -> Client:
    client = Client()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def pr_head(site):
    """The head of public relations, logged in."""
    return _staff("مسئول روابط عمومی")


@pytest.fixture
def news_officer(site):
    return _staff("کارشناس خبر")


@pytest.fixture
def answering_officer(site):
    return _staff("کارشناس پاسخ‌گویی")


@pytest.fixture
def system_keeper(site):
    return _staff("مدیر سامانه")
