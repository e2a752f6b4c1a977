"""Invented news by the thousand, written in bulk: pages, tags, references and search index, a chunk at a time.

Page by page, as an editor would, 50,000 items take hours. What a save would do besides is done here for whole chunks;
revisions are left out, for nobody edited these pages.
"""

import datetime
import io
import random
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.db import models, transaction
from django.db.models import F
from PIL import Image
from taggit.models import Tag
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.search.backends import get_search_backends

from pages.media import SiteImage

from . import demo_texts
from .demo_texts import IMAGE, MARK, SLUG_PREFIX
from .models import NewsCategory, NewsIndexPage, NewsPage, NewsPageTag

CHUNK = 1000
IMAGES = 8
# The newest item's hour (1 Azar 1405). Fixed: the same seed gives the same data on any day.
NEWEST = datetime.datetime(2026, 11, 22, 18, tzinfo=ZoneInfo("Asia/Tehran"))
SPAN = datetime.timedelta(days=8 * 365)

Progress = Callable[[int], None]


def demo_news() -> models.QuerySet[NewsPage]:
    """What was made here: it has the mark, and an address that editors do not give."""
    return NewsPage.objects.filter(tagged_items__tag__name=MARK, slug__startswith=SLUG_PREFIX)


def seed(count: int, rng: random.Random, progress: Progress = lambda done: None) -> int:
    """Make `count` published items under the news index, the oldest first; return how many. Same `rng`, same items."""
    index = NewsIndexPage.objects.get()
    categories = list(NewsCategory.objects.order_by("slug"))
    tags = {name: _tag(name) for name in (MARK, *demo_texts.TAGS)}
    images = _images(rng)
    dates = sorted(NEWEST - SPAN * rng.random() * min(1, count / 2000) for _ in range(count))
    last_child = index.get_last_child()
    step = int(last_child.path[-Page.steplen :], 36) if last_child else 0
    for start in range(0, count, CHUNK):
        items = []
        for number, date in enumerate(dates[start : start + CHUNK], start + 1):
            item = NewsPage(
                **demo_texts.invent(rng, number),
                **_tree_fields(index, step + number),
                **_published_at(date),
                translation_key=demo_texts.random_uuid(rng),
                category=rng.choice(categories) if categories else None,
                main_image=rng.choice(images) if rng.random() < 0.6 else None,
            )
            item.url_path = f"{index.url_path}{item.slug}/"
            item.draft_title = item.title
            items.append(item)
        chosen = [[MARK, *rng.sample(demo_texts.TAGS, rng.randint(0, 2))] for _ in items]
        _write(index, items, [[tags[name] for name in names] for names in chosen])
        progress(start + len(items))
    return count


def clear(progress: Progress = lambda done: None) -> int:
    """Remove what `seed` made, a chunk at a time; return the number of items."""
    done = 0
    while chunk := list(demo_news().order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            ReferenceIndex.objects.filter(
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id__in=[str(pk) for pk in chunk],
            ).delete()
            NewsPage.objects.filter(pk__in=chunk).delete()
        done += len(chunk)
        progress(done)
    for image in SiteImage.objects.filter(tags__name=MARK):
        image.delete()
    return done


def _tag(name: str) -> Tag:
    found = Tag.objects.filter(name=name).first()
    return found or Tag.objects.create(name=name)


def _tree_fields(index: NewsIndexPage, step: int) -> dict[str, Any]:
    return {
        "path": Page._get_path(index.path, index.depth + 1, step),
        "depth": index.depth + 1,
        "numchild": 0,
        "locale_id": index.locale_id or Locale.get_default().pk,
        "content_type": ContentType.objects.get_for_model(NewsPage),
        "show_in_menus": False,
    }


def _published_at(date: datetime.datetime) -> dict[str, Any]:
    return {
        "date": date,
        "live": True,
        "first_published_at": date,
        "last_published_at": date,
        "latest_revision_created_at": date,
    }


def _write(index: NewsIndexPage, items: list[NewsPage], tags: list[list[Tag]]) -> None:
    """Write one chunk, all of it or nothing; the site serves, and takes messages, between two chunks."""
    page_fields = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    with transaction.atomic():
        pages = [Page(**{name: getattr(item, name) for name in page_fields}) for item in items]
        for item, page in zip(items, Page.objects.bulk_create(pages), strict=True):
            item.pk = item.id = page.pk
        # bulk_create refuses a model whose parent has a table of its own; the parents' rows are there already.
        rows: Any = models.QuerySet(NewsPage)
        fields = NewsPage._meta.local_concrete_fields
        for start in range(0, len(items), 50):
            rows._insert(items[start : start + 50], fields=fields)
        tagged = NewsPageTag.objects.bulk_create(
            NewsPageTag(content_object_id=item.pk, tag=tag)
            for item, chosen in zip(items, tags, strict=True)
            for tag in chosen
        )
        ReferenceIndex.objects.bulk_create(_references(items, tagged))
        Page.objects.filter(pk=index.pk).update(numchild=F("numchild") + len(items))
        for backend in get_search_backends(with_auto_update=True):
            backend.get_index_for_model(NewsPage).add_items(NewsPage, items)


def _references(items: list[NewsPage], tagged: list[NewsPageTag]) -> list[ReferenceIndex]:
    """What the items lean on, as a save would note it, so that the library knows where an image is used."""
    found: list[tuple[int, models.Model, str, str]] = []
    for item in items:
        targets = {"category": item.category, "main_image": item.main_image}
        found += [(item.pk, target, name, name) for name, target in targets.items() if target]
    for link in tagged:
        found.append(
            (link.content_object_id, link.tag, "tagged_items.item.tag", f"tagged_items.{link.pk}.tag")
        )
    type_of = ContentType.objects.get_for_model
    return [
        ReferenceIndex(
            content_type=type_of(NewsPage),
            base_content_type=type_of(Page),
            object_id=str(pk),
            to_content_type=type_of(target),
            to_object_id=str(target.pk),
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for pk, target, model_path, content_path in found
    ]


def _images(rng: random.Random) -> list[SiteImage]:
    """A few gradients. No photograph: nothing here may pass for a record of something that happened."""
    made = []
    for number in range(1, IMAGES + 1):
        start, end = (tuple(rng.randrange(20, 200) for _ in range(3)) for _ in range(2))
        ramp = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270))).resize((1600, 1000))
        picture = Image.composite(Image.new("RGB", ramp.size, start), Image.new("RGB", ramp.size, end), ramp)
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=85)
        image = SiteImage(**{**IMAGE, "title": IMAGE["title"].format(number=number)})
        image.file = ImageFile(file, f"demo-{number}.jpg")
        image.focal_point_x, image.focal_point_y = rng.randrange(200, 1400), rng.randrange(200, 800)
        image.focal_point_width = image.focal_point_height = 200
        image.save()
        image.tags.add(MARK)
        made.append(image)
    return made
