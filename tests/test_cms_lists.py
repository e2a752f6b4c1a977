"""Lists that the CMS makes in Python stand in the order of the Persian alphabet too."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.admin import filters
from wagtail.models import Collection, GroupApprovalTask, Page, Task, get_page_models
from wagtail.snippets.models import get_snippet_models

from persian.cms_lists import Name
from persian.sorting import sort_key
from tests.factories import HomePageFactory, UserFactory

pytestmark = pytest.mark.django_db
NAMES = ["آگهی", "پرونده", "چاپ", "خانه", "ژرفا", "کتاب", "گزارش", "ماه", "هنر", "یادداشت"]


@pytest.fixture
def admin(client):
    client.force_login(UserFactory(is_superuser=True))
    return client


def renamed(monkeypatch, models, option):
    """Give the models names that code points sort wrongly."""
    models = list(models)
    for model, name in zip(models, reversed(NAMES), strict=False):
        monkeypatch.setattr(model._meta, option, name)
    return sorted(list(reversed(NAMES))[: len(models)], key=sort_key)


def links(client, address, to):
    html = BeautifulSoup(client.get(address).content.decode(), "html.parser").select_one("main")
    return [a.get_text(strip=True) for a in html.select("a") if to in a["href"]]


def test_a_name_sorts_as_persian_and_is_a_text_besides():
    assert sorted(map(Name, reversed(NAMES)), key=lambda name: name.lower()) == NAMES
    assert sorted(map(Name, NAMES), key=lambda name: name.lower(), reverse=True) == NAMES[::-1]
    assert Name("PDF").lower() == "pdf"


def test_types_of_pages_to_create(admin, monkeypatch):
    home = HomePageFactory(parent=Page.get_first_root_node())
    types = list(home.specific_class.creatable_subpage_models())
    assert len(types) > 1
    names = renamed(monkeypatch, types, "verbose_name")
    shown = links(admin, reverse("wagtailadmin_pages:add_subpage", args=[home.pk]), "/pages/add/")
    assert [name for name in shown if name in names] == [name for name in names if name in shown]
    assert len(shown) > 1


def test_types_of_tasks(admin, monkeypatch):
    names = renamed(monkeypatch, [Task, GroupApprovalTask], "verbose_name")
    monkeypatch.setattr("wagtail.admin.views.workflows.get_task_types", lambda: [GroupApprovalTask, Task])
    shown = links(admin, reverse("wagtailadmin_workflows:select_task_type"), "/tasks/add/")
    assert [name for name in shown if name in names] == names


def test_types_of_snippets(admin, monkeypatch):
    names = renamed(monkeypatch, get_snippet_models(), "verbose_name_plural")
    for model in get_snippet_models():
        monkeypatch.setattr(model.snippet_viewset, "menu_item_is_registered", False, raising=False)
    view = reverse("wagtailsnippets:index")
    monkeypatch.setattr(
        "wagtail.snippets.views.snippets.get_snippet_models_for_index_view", get_snippet_models
    )
    for address, order in ((view, names), (f"{view}?ordering=-name", names[::-1])):
        html = BeautifulSoup(admin.get(address).content, "html.parser").select_one("table").decode()
        assert sorted(order, key=html.index) == order


@pytest.mark.parametrize(
    "field", [filters.ContentTypeModelChoiceField, filters.ContentTypeModelMultipleChoiceField]
)
def test_types_in_filters(monkeypatch, field):
    models = get_page_models()
    names = renamed(monkeypatch, models, "verbose_name")
    types = ContentType.objects.get_for_models(*models).values()
    choices = field(
        queryset=ContentType.objects.filter(pk__in=[one.pk for one in types]),
        null_label="هیچ‌کدام",
        required=False,
    ).choices
    shown = [label for value, label in choices if value not in ("", "null")]
    assert [name for name in shown if name in names] == names
    assert "null" in [value for value, _label in list(choices)[:2]]


def test_colleagues_in_filters():
    for number, name in enumerate(reversed(NAMES)):
        UserFactory(username=f"u{number}", first_name=name, last_name="")
    field = filters.UserModelMultipleChoiceField(queryset=get_user_model().objects.order_by("username"))
    assert [label for _value, label in field.choices] == NAMES


def test_collections_are_put_where_their_names_belong(admin):
    root = Collection.get_first_root_node()
    for name in reversed(NAMES):
        admin.post(reverse("wagtailadmin_collections:add"), {"name": name, "parent": root.pk})
    root.refresh_from_db()
    assert list(root.get_children().values_list("name", flat=True)) == NAMES
