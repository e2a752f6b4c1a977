"""Puts the first content in, piece by piece; a piece that was once put in is left to the editors for good."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from wagtail.models import Collection, GroupApprovalTask, Page, Site, Workflow, WorkflowPage, WorkflowTask

from contact.models import ContactPage, Topic, TopicQuestion, Unit
from hamyari_site.models import LoadedContent
from hamyari_site.permissions import PR_HEAD, grant_page_permissions
from hamyari_site.site_record import sync_site_record
from news.models import NewsCategory, NewsIndexPage, NewsPage
from pages.models import ContactDetails, Goal, GoalsPage, HomePage, QuickLink, SiteMapPage, StandardPage

from . import about, contact, details, home, newsroom, statements

Values = Mapping[str, Any]


@transaction.atomic
def load() -> list[str]:
    """Put in what was never put in before, all or nothing; return the keys of those pieces."""
    loaded: list[str] = []

    def once(key: str, piece: Callable[[], object]) -> None:
        if not LoadedContent.objects.filter(key=key).exists():
            piece()
            LoadedContent.objects.create(key=key)
            loaded.append(key)

    once("home", _home)
    once("details", _details)
    once("contact", _contact)
    once("topic-meeting", lambda: _topic(contact.MEETING, contact.MEETING_QUESTIONS))
    once("topic-chief", lambda: _topic(contact.CHIEF, []))
    once("topic-information", lambda: _topic(contact.INFORMATION, contact.INFORMATION_QUESTIONS))
    once("mission", lambda: _publish(StandardPage, about.MISSION))
    once("goals", _goals)
    once("approach", lambda: _publish(StandardPage, about.APPROACH))
    once("training", _training)
    once("newsroom", _newsroom)
    once("menu-order", _contact_comes_last)
    once("quick-links", _quick_links)
    for statement in (statements.ACCESSIBILITY, statements.PRIVACY, statements.SERVICE_LEVEL):
        once(str(statement["slug"]), partial(_publish, StandardPage, statement, show_in_menus=False))
    once("service-level-measured", _measured)
    once("sitemap", lambda: _publish(SiteMapPage, statements.SITE_MAP, show_in_menus=False))
    for draft in statements.DRAFTS:
        once(str(draft["slug"]), partial(_draft, draft))
    once("workflow", _workflow)
    once("page-permissions", grant_page_permissions)
    once("root-names", _name_roots)
    sync_site_record()  # not once: every start may bring another SITE_URL
    return loaded


def _root() -> HomePage:
    return HomePage.objects.get()


def _publish(model: type[Page], values: Values, parent: Page | None = None, **more: Any) -> Page:
    """Add a page under `parent` (the home page when None) and publish it with a revision, as an editor would."""
    page = model(**{"show_in_menus": True, **values, **more})
    (parent or _root()).add_child(instance=page)
    page.save_revision().publish()
    return page


def _draft(values: Values) -> None:
    page = StandardPage(**values, live=False, has_unpublished_changes=True, show_in_menus=False)
    _root().add_child(instance=page)
    page.save_revision()


def _home() -> None:
    """The home page takes the place of the CMS's welcome page."""
    root = Page.get_first_root_node()
    page = HomePage(**home.HOME, slug="home", show_in_menus=False)
    welcome = list(
        root.get_children().filter(content_type__model="page", content_type__app_label="wagtailcore")
    )
    for old in welcome:
        title = "صفحهٔ خوشامد"  # the history names it when it is deleted
        Page.objects.filter(pk=old.pk).update(slug=f"{old.slug}-replaced", title=title, draft_title=title)
    root = Page.objects.get(pk=root.pk)
    root.add_child(instance=page)
    page.save_revision().publish()
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": page})
    for old in welcome:
        Page.objects.get(pk=old.pk).delete()


def _details() -> None:
    site = Site.objects.get(is_default_site=True)
    ContactDetails.objects.update_or_create(site=site, defaults=details.DETAILS)


def _contact() -> None:
    page = _publish(ContactPage, contact.CONTACT_PAGE)
    front = _root()
    front.hero_link_page = page
    front.save_revision().publish()
    unit = Unit.objects.create(name=details.UNIT_NAME)
    for order, (title, guidance) in enumerate(contact.TOPICS):
        Topic.objects.create(title=title, guidance=guidance, unit=unit, sort_order=order)


def _topic(values: Values, questions: Sequence[Values]) -> None:
    """A topic of the unit that answers most, just before the last of the list."""
    unit = Unit.objects.annotate(count=Count("topics")).order_by("-count", "pk").first()
    last = Topic.objects.order_by("-sort_order").first()
    Topic.objects.create(
        **values,
        unit=unit or Unit.objects.create(name=details.UNIT_NAME),
        sort_order=max(0, last.sort_order - 1) if last else 0,
        questions=[TopicQuestion(**question, sort_order=order) for order, question in enumerate(questions)],
    )


def _goals() -> None:
    page = GoalsPage(**home.GOALS_PAGE, show_in_menus=True)
    page.goals = [Goal(title=title, text=text, sort_order=n) for n, (title, text) in enumerate(home.GOALS)]  # type: ignore[misc]
    _root().add_child(instance=page)
    page.save_revision().publish()


def _training() -> None:
    topic = Topic.objects.get(title=contact.TRAINING_TOPIC)
    _publish(StandardPage, about.training(f"/contact/?kind=request&topic={topic.pk}"))


def _newsroom() -> None:
    index = _publish(NewsIndexPage, newsroom.NEWS_INDEX)
    categories = {
        slug: NewsCategory.objects.create(name=name, slug=slug, sort_order=order)
        for order, (name, slug) in enumerate(newsroom.CATEGORIES)
    }
    now = timezone.now()
    for minutes, item in enumerate(reversed(newsroom.NEWS)):
        values = {
            **item,
            "category": categories[str(item["category"])],
            "date": now - timedelta(minutes=minutes),
        }
        _publish(NewsPage, values, parent=index, show_in_menus=False)


def _measured() -> None:
    """What was measured, under what stands on the service-level page; one that somebody is changing just now stays as it is."""
    page = StandardPage.objects.filter(slug=statements.SERVICE_LEVEL["slug"], live=True).first()
    if page and not page.has_unpublished_changes:
        page.body.append(("live", {"source": "service_level"}))
        page.save_revision().publish()


def _contact_comes_last() -> None:
    """In a menu people look for «تماس» at the end."""
    ContactPage.objects.get().move(_root(), pos="last-child")


def _quick_links() -> None:
    front = _root()
    for order, (slug, icon, text) in enumerate(home.QUICK_LINKS):
        page = Page.objects.get(slug=slug, depth=front.depth + 1)
        front.quick_links.add(QuickLink(page=page, icon=icon, text=text, sort_order=order))
    front.save_revision().publish()


def _workflow() -> None:
    """One step for the whole tree: the head of public relations approves. Replaces the CMS's own workflow."""
    WorkflowPage.objects.all().delete()
    Workflow.objects.update(active=False)
    task = GroupApprovalTask.objects.create(name="تأیید مسئول روابط عمومی")
    task.groups.add(Group.objects.get(name=PR_HEAD))
    workflow = Workflow.objects.create(name="تأیید و انتشار")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=Page.get_first_root_node())


def _name_roots() -> None:
    """Wagtail's migrations call the roots of pages and of collections "Root", and editors see them."""
    page, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    if page.title == "Root":
        page.title = page.draft_title = details.ROOT_NAME
        page.save()
    if collection.name == "Root":
        collection.name = details.ROOT_NAME
        collection.save()
