"""Which addresses of the admin are screens, and where those stand that no link leads to."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, Resolver404, URLPattern, get_resolver, resolve, reverse
from wagtail.admin.menu import admin_menu
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

import hamyari_site.urls  # noqa: F401  now: `migrate` would import it with translations off, and some labels are made then
from contact.models import PublicAnswer
from news.models import NewsIndexPage
from pages.models import SiteImage, StandardPage

#: Parts of the names of addresses that are no screens, by the reason.
NO_SCREENS = {
    "the admin's programming interface": ("wagtailadmin_api:",),
    "a part of a screen, which that screen shows": (
        "results",
        "choose_page_search",
        ":create",
        "_create",
        "_multiple_from",
    ),
    "a file to keep": ("_xlsx",),
    "data for scripts": (
        "chosen",
        "autocomplete",
        "catalog",
        "sprite",
        "editing_sessions",
        "dismissibles",
        "content_metrics",
        "check_count",
        "url_generator",
    ),
    "the page as visitors see it, not the admin": ("preview", "view_draft", "revisions_view"),
    "a button that takes a form and shows another screen": (
        "logout",
        "process_import",
        "pages:lock",
        "pages:unlock",
        "set_page_position",
        "revisions_index",
        "workflows:remove",
        "forget_missed_search",
        "delete_multiple",
        "delete_upload",
        "edit_multiple",
        "collect_workflow",
        "enable",
        "desk:lock",
        "desk:bulk",
        "desk:undo",
        "outgoing-mail:act",
        "outgoing-sms:act",
    ),
    "a download": ("desk:file", "desk:original_file", "desk:pdf", "desk_report_pdf"),
}
#: Of most screens one is like the other; these differ from page to page.
MANY = {
    "wagtailadmin_pages:edit": 6,
    "wagtailadmin_pages:history": 2,
    "wagtailadmin_pages:add": 3,
    "wagtailusers_groups:edit": 1,
}
#: Screens that this content cannot bring up, by the reason.
NOT_REACHED = {
    "there is no alias": {"wagtailadmin_pages:convert_alias"},
    "embeds are switched off": {"wagtailembeds:chooser", "wagtailembeds:chooser_upload"},
    "an invitation, the first account and a new password have links of one use": {
        "accept_invitation",
        "operations_first_admin",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
    },
    "it fails on purpose": {"wagtailadmin_error_test"},
}
SIGNED_OUT = {"wagtailadmin_login", "wagtailadmin_password_reset", "wagtailadmin_password_reset_done"}


def names(resolver: Any = None, prefix: str = "") -> set[str]:
    """The names of all addresses under /admin/."""
    found: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            ours = resolver or str(entry.pattern).startswith("admin/")
            found |= {f"{prefix}{entry.name}"} if entry.name and ours else set()
        elif resolver or str(entry.pattern) == "admin/":
            found |= names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
    return found


def is_screen(name: str) -> bool:
    return not any(part in name for parts in NO_SCREENS.values() for part in parts)


def name_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def menu_addresses(client: Client) -> set[str]:
    """Where the menu leads; scripts make it, so it stands in no answer. `client.user` is who reads it."""
    request = RequestFactory().get("/admin/")
    request.user = client.user

    def walk(menu):
        for item in menu.menu_items_for_request(request):
            if hasattr(item, "menu"):
                yield from walk(item.menu)
            elif item.url.startswith("/admin/") and "logout" not in item.url:
                yield item.url

    return set(walk(admin_menu))


def unlinked(visited: dict[str, str]) -> list[str]:
    """Screens behind buttons and menus that scripts make, of objects whose other screens were visited (address by name)."""
    mission, newsroom = StandardPage.objects.get(slug="mission"), NewsIndexPage.objects.get()
    waiting = newsroom.get_children().get(slug="waiting")
    scheduled = StandardPage.objects.get(slug="approach")
    of_pages = {
        "copy": [mission.pk],
        "delete": [newsroom.pk],
        "move": [mission.pk],
        "move_confirm": [mission.pk, newsroom.pk],
        "revisions_compare": [mission.pk, "earliest", "latest"],
        "revisions_revert": [mission.pk, mission.latest_revision_id],
        "revisions_unschedule": [scheduled.pk, scheduled.scheduled_revision.pk],
        "confirm_workflow_cancellation": [waiting.pk],
        "workflow_action": [waiting.pk, "reject", waiting.current_workflow_task_state.pk],
    }
    others = {
        "wagtailadmin_choose_page_child": [newsroom.pk],
        "wagtailadmin_workflows:add_task": ["wagtailcore", "groupapprovaltask"],
        "persian_editor_check": [mission.pk],
        "wagtailimages_chooser:select_format": [SiteImage.objects.first().pk],
        "publish_answer": [PublicAnswer.objects.filter(message__isnull=False).first().message_id],
        "wagtailusers_users:invitation": [get_user_model().objects.get(username="nasiri").pk],
    }
    addresses = [reverse(f"wagtailadmin_pages:{name}", args=args) for name, args in of_pages.items()]
    addresses += [reverse(name, args=args) for name, args in others.items()]
    for name in {name for name in names() if is_screen(name)} - set(visited) - SIGNED_OUT:
        section, _colon, action = name.partition(":")
        if action in ("delete", "copy", "history", "usage") and f"{section}:edit" in visited:
            shown = resolve(urlsplit(visited[f"{section}:edit"]).path)
            addresses.append(reverse(name, args=[*shown.args, *shown.kwargs.values()]))
        elif name not in set().union(*NOT_REACHED.values()):
            with suppress(NoReverseMatch):  # needs no object
                addresses.append(reverse(name))
    return addresses


def bulk_addresses() -> list[str]:
    """Where what may be done with many objects at once is confirmed, with one object or two of each kind."""
    bulk_action_registry._scan_for_bulk_actions()
    addresses = []
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            some = apps.get_model(app, model).objects.order_by("-pk").values_list("pk", flat=True)[:2]
            query = "&".join(f"id={pk}" for pk in some)
            addresses += [
                f"{reverse('wagtail_bulk_action', args=[app, model, name])}?{query}" for name in actions
            ]
    return addresses
