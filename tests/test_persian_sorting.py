"""Lists of names stand in the order of a Persian dictionary, on both databases, in Python, and in the CMS's own screens."""

import random

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import CharField, Count, F, Max, OuterRef, Subquery, Value
from django.db.models.functions import Concat, Lower
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from taggit.models import Tag
from wagtail.models import Page

from contact.models import Message, Topic, Unit
from persian import ordering
from persian.sorting import sort_key
from tests.factories import StandardPageFactory, TopicFactory, UnitFactory, UserFactory

# Every pair of neighbours shows one rule.
IN_ORDER = [
    "«آب»",  # punctuation
    "1405",  # digits, whatever their family
    "۱۴۰۶",
    "۲ آذر",
    "آب",  # آ before ا
    "آبان",
    "ابر",
    "اثر",
    "بهار",
    "پارک",  # پ after ب
    "پرونده",
    "تهران",
    "جاده",
    "چاپ",  # چ after ج
    "حوض",
    "راه",
    "ژاله",  # ژ after ز, before س
    "سد",
    "فرش",
    "کار",
    "كاشان",  # an Arabic ك among the Persian ones
    "کتاب خانه",  # a space comes before every letter
    "کتاب‌خانه",  # and so does a half-space
    "کتاب‌ها",
    "کتابخانه",
    "گاز",  # گ after ک
    "لاله",
    "مسئول",  # a hamza after ا, before ب
    "مسجد",
    "نور",
    "وام",
    "هدف",  # و before ه, as Persians say them
    "يزد",  # an Arabic ي
    "یکتا",
    "PDF",  # Latin last, capitals and small letters together
    "xlsx",
    "XML",
]
ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی" + "ءأؤئۀةيك" + "َُِّ" + "‌ ـ" + "۰۵٣9" + "aBz" + "-.،«»"


def shuffled(names, seed=5):
    names = list(names)
    random.Random(seed).shuffle(names)
    return names


def make_groups(names):
    Group.objects.bulk_create(Group(name=name) for name in shuffled(names))
    return Group.objects.filter(name__in=names)


def names_of(groups):
    return list(groups.values_list("name", flat=True))


def test_the_key_sorts_as_a_dictionary_does():
    assert sorted(shuffled(IN_ORDER), key=sort_key) == IN_ORDER


def test_a_query_sorts_as_a_dictionary_does(db):
    groups = make_groups(IN_ORDER)
    assert names_of(groups.order_by("name")) == IN_ORDER
    assert names_of(groups.order_by("-name")) == IN_ORDER[::-1]
    assert names_of(groups.order_by("name").reverse()) == IN_ORDER[::-1]
    assert names_of(groups.order_by(F("name").asc(nulls_last=True))) == IN_ORDER
    assert groups.order_by("name").first().name == IN_ORDER[0]
    assert groups.order_by("name").last().name == IN_ORDER[-1]
    assert names_of(groups.order_by("name")[7:12]) == IN_ORDER[7:12]


def test_random_words_have_one_order_in_python_and_in_the_database(db):
    choose = random.Random(1405)
    letters = [ALPHABET[:8], ALPHABET[:33], ALPHABET]
    names = {
        "".join(choose.choices(choose.choice(letters), k=choose.randint(1, 6))).strip() or "آ"
        for _ in range(4000)
    }
    assert names_of(make_groups(names).order_by("name")) == sorted(names, key=sort_key)


@given(st.text(), st.text())
def test_two_texts_share_a_place_only_when_they_are_the_same(one, other):
    assert (sort_key(one) == sort_key(other)) is (one == other)


@given(st.text(), st.text(alphabet=ALPHABET))
def test_a_text_comes_before_what_begins_with_it(text, more):
    assert sort_key(text) <= sort_key(text + "ب" + more)


def test_arabic_forms_stand_among_the_persian_ones(db):
    names = ["علي اکبری", "علی بهرامی", "علي پارسا", "علی تهرانی", "كامران", "کاوه"]
    assert names_of(make_groups(names).order_by("name")) == names


def test_expressions_and_annotations_are_sorted_too(db):
    groups = make_groups(["چاپ", "جاده", "حوض", "پارک"])
    wanted = ["پارک", "جاده", "چاپ", "حوض"]
    label = Concat("name", Value(""), output_field=CharField())
    assert names_of(groups.order_by(Lower("name"))) == wanted
    assert names_of(groups.annotate(label=label).order_by("label")) == wanted
    assert list(groups.annotate(label=label).order_by("label").values_list("label", flat=True)) == wanted
    same = Subquery(Group.objects.filter(pk=OuterRef("pk")).values("name")[:1])
    assert names_of(groups.annotate(same=same).order_by("same", "pk")) == wanted


def test_each_name_stands_once_and_in_its_place(db):
    unit = UnitFactory(name="چاپ")
    TopicFactory.create_batch(2, unit=unit)
    TopicFactory(unit=UnitFactory(name="جاده"))
    topics = Topic.objects.order_by("unit__name")
    assert list(topics.values_list("unit__name", flat=True).distinct()) == ["جاده", "چاپ"]
    assert list(Unit.objects.filter(topics__in=Topic.objects.all()).distinct()) == list(
        Unit.objects.order_by("name")
    )
    newest = Unit.objects.filter(name__in=topics.values("unit__name").distinct()[:1])
    assert [unit.name for unit in newest] == ["جاده"]


def test_groups_of_rows_are_counted_as_before(db):
    unit = UnitFactory(name="چاپ")
    TopicFactory.create_batch(2, unit=unit, title="چاه")
    TopicFactory(unit=UnitFactory(name="جاده"), title="حوض")
    counted = Topic.objects.values("unit__name").annotate(count=Count("pk")).order_by("unit__name")
    assert list(counted.values_list("unit__name", "count")) == [("جاده", 1), ("چاپ", 2)]
    latest = Unit.objects.annotate(latest=Max("topics__title")).order_by("latest", "name")
    assert [unit.latest for unit in latest] == ["چاه", "حوض"]
    lower = Topic.objects.values(low=Lower("unit__name")).annotate(count=Count("pk")).order_by("low")
    assert list(lower.values_list("low", "count")) == [("جاده", 1), ("چاپ", 2)]


def test_unions_work_as_before(db):
    groups = make_groups(["چاپ", "جاده"])
    both = groups.filter(name="چاپ").union(groups.filter(name="جاده")).order_by("name")
    assert set(names_of(both)) == {"چاپ", "جاده"}


def test_users_units_and_tags_follow(db):
    for name in ["چمنی", "جلالی", "پارسا", "آذری", "گلابی", "کاشانی"]:
        UserFactory(first_name="مریم", last_name=name)
        UnitFactory(name=name)
        Tag.objects.create(name=name)
    wanted = ["آذری", "پارسا", "جلالی", "چمنی", "کاشانی", "گلابی"]
    assert [unit.name for unit in Unit.objects.filter(name__in=wanted)] == wanted
    assert list(Tag.objects.order_by("name").values_list("name", flat=True)) == wanted


def test_the_admin_s_lists_of_units_and_of_pages_by_title_follow(pr_head, site):
    for name in ["چاپ", "جاده", "پارک"]:
        UnitFactory(name=f"واحد {name}")
        StandardPageFactory(title=f"برگ {name}", parent=site.root_page)
    units = pr_head.get(reverse("wagtailsnippets_contact_unit:list")).content.decode()
    assert units.index("واحد پارک") < units.index("واحد جاده") < units.index("واحد چاپ")
    explorer = reverse("wagtailadmin_explore", args=[site.root_page.pk])
    pages = pr_head.get(explorer, {"ordering": "title"}).content.decode()
    assert pages.index("برگ پارک") < pages.index("برگ جاده") < pages.index("برگ چاپ")


@pytest.mark.parametrize("order", ["path", "url_path", "slug", "pk", "latest_revision_created_at"])
def test_what_machines_sort_by_stays_as_it_was(db, order):
    with CaptureQueriesContext(connection) as queries:
        list(Page.objects.order_by(order))
    sql = queries[-1]["sql"]
    assert "ORDER BY" in sql
    assert "COLLATE" not in sql.upper() and "persian_sort_key" not in sql


def test_children_of_a_page_are_read_from_the_index(site):
    plan = site.root_page.get_children().order_by("path").explain().lower()
    assert "temp b-tree" not in plan  # SQLite's word for sorting what no index has sorted


def test_codes_with_choices_keep_their_order():
    assert not ordering.is_for_people(Message.objects.order_by("status").query.resolve_ref("status"))
    assert ordering.is_for_people(Topic.objects.order_by("title").query.resolve_ref("title"))


def test_a_database_that_knows_no_persian_sorts_as_before(db, monkeypatch):
    monkeypatch.setattr(ordering, "sorts_persian", lambda connection: False)
    groups = make_groups(IN_ORDER)
    assert set(names_of(groups.order_by("name"))) == set(IN_ORDER)
    assert "COLLATE" not in str(groups.order_by("name").query)


def test_installing_twice_wraps_once():
    once = SQLCompiler.get_order_by
    ordering.install()
    assert SQLCompiler.get_order_by is once
