"""Menus, site map and staff's edit link, for templates: `{% load pages_tags %}`."""

from dataclasses import dataclass, field

from django import template
from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Page as ListPage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page, Site

from pages.models import ContactDetails, Goal
from pages.settings import NAMES_CACHE_KEY

register = template.Library()


@dataclass
class MenuItem:
    """A link of a menu. `is_current`: this very page; `is_ancestor`: the section that the page stands in."""

    title: str
    url: str
    is_current: bool = False
    is_ancestor: bool = False


@dataclass
class Branch:
    """A page of the visible site map, or a view of it, with what stands under it."""

    title: str | Promise
    url: str
    children: list["Branch"] = field(default_factory=list)


def _root(context: template.Context) -> Page | None:
    site = Site.find_for_request(context["request"])
    return site.root_page if site else None


def _public_children(root: Page) -> QuerySet[Page]:
    return root.get_children().live().public()


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> list[MenuItem]:
    """The home page's children that editors marked for menus, in the order of the tree."""
    root = _root(context)
    if root is None:
        return []
    request, current = context["request"], context.get("page")
    current_path = getattr(current, "path", "") or ""
    return [
        MenuItem(
            title=child.title,
            url=child.get_url(request),
            is_current=child.path == current_path,
            is_ancestor=current_path.startswith(child.path) and child.path != current_path,
        )
        for child in _public_children(root).in_menu()  # type: ignore[attr-defined]
    ]


@register.simple_tag(takes_context=True)
def footer_menu(context: template.Context) -> list[MenuItem]:
    """The home page's other children: statements, site map."""
    root = _root(context)
    if root is None:
        return []
    return [
        MenuItem(title=child.title, url=child.get_url(context["request"]))
        for child in _public_children(root).filter(show_in_menus=False)
    ]


@register.simple_tag(takes_context=True)
def site_map(context: template.Context) -> list[Branch]:
    """The public tree under the home page, nested. News items have their own lists, so a page's leaves of that
    kind are left out: only what holds pages or stands directly under the home page is shown."""
    root = _root(context)
    if root is None:
        return []
    request = context["request"]
    pages = root.get_descendants(inclusive=True).live().public().order_by("path")
    pages = pages.filter(depth__lte=root.depth + 1) | pages.filter(content_type__app_label="pages")
    branches: dict[str, Branch] = {}
    top: list[Branch] = []
    for page in pages.specific(defer=True):
        branch = branches[page.path] = Branch(page.title, page.get_url(request))
        views = getattr(page, "inner_views", [])
        branch.children += [Branch(title, f"{branch.url}{path}") for path, title in views]
        parent = branches.get(page.path[: -Page.steplen])
        (parent.children if parent else top).append(branch)
    return top


@register.simple_tag
def goals_teaser() -> QuerySet[Goal]:
    """The published goals, in their order."""
    return Goal.objects.filter(page__live=True).order_by("sort_order")


@register.simple_tag
def page_numbers(page_obj: ListPage) -> list[int]:
    """The numbers a long list links to: the ends and the neighbours of this page; 0 stands for a gap."""
    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else 0 for number in numbers]


@register.simple_tag(takes_context=True)
def contact_details(context: template.Context) -> ContactDetails | None:
    """The unit's names and addresses, or None where there is no site yet."""
    request = context.get("request")
    if request is None or Site.find_for_request(request) is None:
        return None
    return ContactDetails.for_request(request)


@register.simple_tag(takes_context=True)
def unit_names(context: template.Context) -> dict[str, str]:
    """What the unit and its organization are called, for every page of the admin: asked for once a minute in a process."""
    names: dict[str, str] | None = cache.get(NAMES_CACHE_KEY)
    if names is None:
        details = contact_details(context)
        names = {name: getattr(details, name, "") for name in ("unit_name", "organization_name")}
        cache.set(NAMES_CACHE_KEY, names, 60)
    return names


def _may_be_staff(context: template.Context) -> bool:
    """Whether it is worth asking who reads: that makes the answer vary with every cookie, and no cache could keep it."""
    request = context.get("request")
    return request is not None and settings.SESSION_COOKIE_NAME in request.COOKIES  # visitors have no session


@register.simple_tag(takes_context=True)
def staff_bar(context: template.Context) -> str:
    """The CMS's bar with its checks of accessibility, for staff on pages and in previews; "" for everyone else."""
    return wagtailuserbar(context) if _may_be_staff(context) else ""


@register.simple_tag(takes_context=True)
def edit_url(context: template.Context) -> str:
    """The admin address that edits this page, for staff who may; "" for everyone else."""
    request, page = context.get("request"), context.get("page")
    if not _may_be_staff(context):
        return ""
    if not (page and page.pk) or getattr(request, "is_preview", False):
        return ""
    user = getattr(request, "user", None)
    if not (user and user.is_authenticated and page.permissions_for_user(user).can_edit()):
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
