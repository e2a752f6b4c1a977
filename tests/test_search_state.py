"""The index knows which version made it; another version's index is an error, and `update_index` mends it."""

import io

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from operations import startup
from persian.models import IndexedWord, IndexState
from tests.factories import HomePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    return HomePageFactory(
        parent=Page.get_first_root_node(), slug="state", title="کتابخانه", hero_title="خانه"
    )


def errors():
    found = run_checks(tags=["database"], databases=["default"])
    return [message for message in found if message.id == "persian.E001"]


def made_by_another_version():
    IndexState.objects.update(version="another")
    IndexEntry.objects.update(title="", body="", autocomplete="")


def test_a_new_site_has_no_stale_index(home):
    assert not errors()
    Page.objects.get(pk=home.pk).save()
    assert not errors()


def test_an_empty_index_is_not_stale(db):
    IndexEntry.objects.all().delete()
    IndexState.objects.all().delete()
    assert not errors()


def test_an_index_of_another_version_is_an_error_that_update_index_mends(home):
    made_by_another_version()
    assert list(Page.objects.search("کتابخانه")) == []
    assert "update_index" in errors()[0].hint
    call_command("update_index", verbosity=0)
    assert not errors()
    assert [page.title for page in Page.objects.search("کتابخانه")] == ["کتابخانه"]


def test_an_index_that_nobody_signed_is_stale(home):
    IndexState.objects.all().delete()
    assert errors()


def test_a_save_does_not_make_an_old_index_a_new_one(home):
    made_by_another_version()
    home.save()
    assert errors()


def test_a_change_of_what_is_searched_makes_the_index_stale(home, monkeypatch):
    monkeypatch.setattr(Page, "search_fields", Page.search_fields[1:])
    assert errors()


def test_a_rebuild_of_nothing_signs_nothing(home):
    made_by_another_version()
    call_command("update_index", schema_only=True, verbosity=0)
    assert errors()


def test_a_rebuild_forgets_words_that_are_gone(home):
    IndexedWord.objects.create(word="ناپدید", written="ناپدید")
    call_command("update_index", verbosity=0)
    assert not IndexedWord.objects.filter(word="ناپدید").exists()
    assert IndexedWord.objects.get(word="کتابخانه").written == "کتابخانه"


def test_if_stale_rebuilds_when_it_is_and_only_then(home):
    def update():
        output = io.StringIO()
        call_command("update_index", if_stale=True, stdout=output)
        return output.getvalue()

    assert "is of this version" in update()
    made_by_another_version()
    assert "indexed" in update()
    assert "is of this version" in update()


def test_a_start_after_an_update_makes_the_index_anew(home):
    terminal = startup.Terminal(io.StringIO())
    startup.update_search_index(terminal)
    assert terminal.stream.getvalue() == ""
    made_by_another_version()
    startup.update_search_index(terminal)
    assert "search index" in terminal.stream.getvalue()
    assert not errors()


def test_another_backend_has_no_version(home, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
    made_by_another_version()
    assert not errors()
