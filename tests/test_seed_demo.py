"""Invented data in volume: marked, repeatable, in order, and gone without a trace."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, ReferenceIndex

from contact.models import Message
from news import demo
from news.models import NewsPage
from pages.models import SiteImage
from tests.factories import MessageFactory, NewsCategoryFactory
from tests.newsroom import make_newsroom, publish, titles


@pytest.fixture
def newsroom(db):
    for name, slug in (("خبر", "news"), ("اطلاعیه", "notice")):
        NewsCategoryFactory(name=name, slug=slug)
    return make_newsroom()


def seed_demo(**options) -> None:
    call_command("seed_demo", **options)


def everything() -> list:
    """What a reader of the site could tell one set of data from another by."""
    return [
        (
            *(
                item.slug,
                item.title,
                item.over_title,
                item.lead,
                item.date,
                item.path,
                str(item.translation_key),
            ),
            *(item.category.slug, item.main_image and item.main_image.title, sorted(item.tags.names())),
            str(list(item.body.raw_data)),
        )
        for item in NewsPage.objects.order_by("path").select_related("category", "main_image")
    ]


def test_the_same_seed_gives_the_same_data(newsroom):
    seed_demo(news=25, seed=7)
    first = everything()
    seed_demo(news=25, seed=7, clear=True)
    assert everything() == first
    seed_demo(news=25, seed=8, clear=True)
    assert everything() != first


def test_as_many_items_are_made_and_the_tree_is_sound(newsroom, monkeypatch):
    monkeypatch.setattr(demo, "CHUNK", 10)
    publish(newsroom)
    seed_demo(news=25)
    assert NewsPage.objects.published().count() == 26
    assert not any(Page.find_problems())
    newsroom.refresh_from_db()
    assert newsroom.numchild == 26
    assert {page.specific_class for page in newsroom.get_children()} == {NewsPage}
    publish(newsroom)  # the tree takes new pages as before
    assert not any(Page.find_problems())


def test_every_item_says_that_it_is_invented(newsroom, client):
    seed_demo(news=3)
    for item in NewsPage.objects.all():
        page = client.get(item.url).content.decode()
        assert "این خبر ساختگی است" in page
        assert demo.MARK in page
        assert "نمونه" in item.over_title
    assert len(titles(client.get("/news/"))) == 3


def test_the_items_are_found(newsroom, client):
    seed_demo(news=3)
    item = NewsPage.objects.first()
    assert item.get_url() in client.get("/search/", {"q": item.title}).content.decode()
    assert NewsPage.objects.search(item.title).count()


def test_the_library_knows_where_its_images_are_used(newsroom):
    seed_demo(news=20)
    item = NewsPage.objects.exclude(main_image=None).first()
    written = references(item)
    assert len(written) >= 3
    ReferenceIndex.create_or_update_for_object(item)  # what a save would have noted
    assert references(item) == written


def references(item) -> set[tuple]:
    noted = ReferenceIndex.objects.filter(object_id=str(item.pk), base_content_type__model="page")
    return set(noted.values_list("to_content_type", "to_object_id", "model_path", "content_path"))


def test_editors_can_edit_an_invented_item(newsroom, admin_client):
    seed_demo(news=1)
    assert admin_client.get(f"/admin/pages/{NewsPage.objects.get().pk}/edit/").status_code == 200


def test_it_does_not_pile_up(newsroom):
    seed_demo(news=2)
    with pytest.raises(CommandError, match="already"):
        seed_demo(news=2)
    assert NewsPage.objects.count() == 2


def test_clearing_leaves_what_editors_wrote(newsroom):
    (own,) = publish(newsroom)
    own.tags.add(demo.MARK)
    own.save()
    seed_demo(news=12)
    seed_demo(clear=True)
    assert list(NewsPage.objects.all()) == [own]
    assert not SiteImage.objects.exists()
    assert not any(Page.find_problems())
    newsroom.refresh_from_db()
    assert newsroom.numchild == 1
    assert not ReferenceIndex.objects.filter(model_path="main_image").exists()


def test_a_site_without_content_is_left_alone(db):
    with pytest.raises(CommandError, match="load_initial_content"):
        seed_demo(news=5)
    with pytest.raises(CommandError, match="negative"):
        seed_demo(news=-5)


def test_messages_are_made_and_cleared_beside_the_news(newsroom):
    seed_demo(news=2, feedback=5, seed=3)
    codes = set(Message.objects.values_list("tracking_code", flat=True))
    assert len(codes) == 5
    own = MessageFactory()
    seed_demo(clear=True)
    assert list(Message.objects.all()) == [own]
    seed_demo(feedback=5, seed=3)
    assert set(Message.objects.exclude(pk=own.pk).values_list("tracking_code", flat=True)) == codes


def test_it_draws_a_bar_on_a_terminal(newsroom, monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    seed_demo(news=2)
    assert f"[{'#' * 30}] 2/2" in capsys.readouterr().err
