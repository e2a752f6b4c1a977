"""Fixtures that every test may use: the site with its first pages, visitors, members of staff."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import Site

from pages.models import HomePage
from tests import database
from tests.factories import UserFactory

pytest_plugins = ["tests.browser_fixtures", "tests.crawl", "tests.crawl_content", "tests.desk_fixtures"]

TRANSACTIONAL = {"live_server", "transactional_db"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Put the tests in an order that makes the first content once, not for every test.

    First the tests on a bare database, then those that want the first content (`site`): it is loaded before the first of
    them and each undoes only its own changes. Last, those with real transactions: they empty the tables at their end,
    and what migrations made is put back for the next one, the first content with it where a test wants it.
    """
    bare, filled, transactional = [], [], []
    for item in items:
        marker = item.get_closest_marker("django_db")
        if TRANSACTIONAL & set(item.fixturenames) or (marker and marker.kwargs.get("transaction")):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
            item.fixturenames.insert(0, "_bare_again")
            transactional.append(item)
        elif "site" in item.fixturenames and not hasattr(item.module, "site"):
            item.fixturenames.insert(0, "_first_content")
            filled.append(item)
        else:
            bare.append(item)
        if "chromium" in item.fixturenames:
            item.add_marker("browser")
    items[:] = [*bare, *filled, *transactional]


@pytest.fixture(scope="session")
def django_db_keepdb(request) -> bool:
    return database.is_sqlite() or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def _laid(request, django_db_modify_db_settings):
    is_copied = database.is_sqlite() and not request.config.getvalue("create_db")
    return database.lay() if is_copied else lambda: None


@pytest.fixture(scope="session")
def django_db_setup(_laid, django_db_setup, django_db_blocker):
    """Django's own, on a copy of what was migrated before; what it had to migrate itself is kept for the next time."""
    with django_db_blocker.unblock():
        _laid()


@pytest.fixture(scope="session")
def _first_content(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("load_initial_content", verbosity=0)


@pytest.fixture(scope="session")
def _bare_again(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        if database.is_sqlite():
            if not HomePage.objects.exists():
                call_command("load_initial_content", verbosity=0)
            database.keep()
        # What migrations made comes back with the numbers it had: the sequences must not begin anew below them.
        call_command(
            "flush", interactive=False, inhibit_post_migrate=True, reset_sequences=False, verbosity=0
        )


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    """Every test has its own folders for files and no memory of an earlier test's cache."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.SPOOL_DIR = tmp_path / "spool"


@pytest.fixture(autouse=True)
def _empty_caches():
    from django.core.cache import cache

    Site.clear_site_root_paths_cache()
    cache.clear()


@pytest.fixture
def site(db):
    """The site with its first content, as `make run` leaves it."""
    if not HomePage.objects.exists() and not database.put_back():
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
