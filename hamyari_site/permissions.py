"""Who may do what: the four groups of the staff, and the functions that give them their rights.

`ROLES` is the whole table. A group's own rights come from a migration (`make_groups`); rights on pages and files need the
tree, so `load_initial_content` asks for them once it stands. When the table grows, a new migration calls `make_groups`
again: it adds what is missing and takes nothing away that a superuser gave.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions

PR_HEAD = "مسئول روابط عمومی"
NEWS_OFFICER = "کارشناس خبر"
ANSWERING_OFFICER = "کارشناس پاسخ‌گویی"
KEEPER = "مدیر سامانه"

#: What keepers may give others. All else is a superuser's: a keeper could otherwise invite a second address of their own
#: into a group that reads citizens' messages. An answering officer sees none until the PR head puts them into a unit.
GRANTED_BY_KEEPERS = (NEWS_OFFICER, ANSWERING_OFFICER)

ADMIN = "wagtailadmin.access_admin"

#: The weekend, the holidays and the closures: they move every deadline.
WORKING_DAYS = tuple(
    f"persian.{action}_{model}"
    for model in ("dayoffrule", "closure", "holidayyear")
    for action in ("add", "change", "delete")
)


@dataclass(frozen=True)
class Role:
    """What a group may do. Least privilege: what is not named here is refused."""

    #: "app_label.codename", everywhere
    everywhere: tuple[str, ...]
    #: codenames of page permissions, on the home page and all under it
    whole_site: tuple[str, ...] = ()
    #: the same, on the news index and all under it
    newsroom: tuple[str, ...] = ()
    #: "app_label.codename" on the root of the file collections
    files: tuple[str, ...] = ()


ROLES = {
    PR_HEAD: Role(
        everywhere=(
            ADMIN,
            "pages.change_contactdetails",
            "news.add_newscategory",
            "news.change_newscategory",
            "news.delete_newscategory",
            "contact.view_message",
            "contact.change_message",
            "contact.view_all_messages",
            "contact.add_topic",
            "contact.change_topic",
            "contact.delete_topic",
            "contact.add_unit",
            "contact.change_unit",
            "contact.add_message_by_hand",
            "contact.approve_reply",
            "contact.redact_message",
            "contact.view_original",
            "contact.manage_cases",
            "contact.view_reports",
            *(
                f"contact.{action}_{model}"
                for model in ("municipality", "cannedreply", "absence", "publicanswer")
                for action in ("add", "change", "delete")
            ),
            "contact.approve_publicanswer",
            "outbox.view_outgoingmail",
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
            "wagtailredirects.delete_redirect",
            "wagtailsearchpromotions.add_searchpromotion",
            "wagtailsearchpromotions.change_searchpromotion",
            "wagtailsearchpromotions.delete_searchpromotion",
            "pages.view_missedsearch",
            "pages.delete_missedsearch",
            *WORKING_DAYS,
        ),
        whole_site=(
            "add_page",
            "change_page",
            "publish_page",
            "bulk_delete_page",
            "lock_page",
            "unlock_page",
        ),
        files=(
            "wagtailimages.add_image",
            "wagtailimages.change_image",
            "wagtailimages.delete_image",
            "wagtailimages.choose_image",
            "wagtaildocs.add_document",
            "wagtaildocs.change_document",
            "wagtaildocs.delete_document",
            "wagtaildocs.choose_document",
        ),
    ),
    # "add" lets them edit and delete what they themselves uploaded.
    NEWS_OFFICER: Role(
        everywhere=(ADMIN,),
        newsroom=("add_page", "change_page"),
        files=(
            "wagtailimages.add_image",
            "wagtailimages.choose_image",
            "wagtaildocs.add_document",
            "wagtaildocs.choose_document",
        ),
    ),
    # Which messages they see is decided by the units that they belong to.
    ANSWERING_OFFICER: Role(
        everywhere=(
            ADMIN,
            "contact.view_message",
            "contact.change_message",
            "contact.add_message_by_hand",
            "contact.add_publicanswer",
        )
    ),
    # Runs accounts and settings; reads no citizen's message, so neither the mail that quotes them. Staff who leave are
    # deactivated, not deleted: the history keeps their names.
    KEEPER: Role(
        everywhere=(
            ADMIN,
            "auth.add_user",
            "auth.change_user",
            "pages.change_contactdetails",
            "outbox.test_mail",
            *WORKING_DAYS,
        ),
    ),
}


def make_groups(apps: Any, using: str = "default") -> None:
    """Make the groups and give each what `ROLES` says of it "everywhere". `apps` is a migration's, or the real registry.

    The permissions are made first: Django would make them only after the last migration, of the installed models, so
    the features' own migrations need not have run.
    """
    labels = {name.partition(".")[0] for role in ROLES.values() for name in (*role.everywhere, *role.files)}
    for label in sorted(labels):
        create_permissions(installed_apps.get_app_config(label), verbosity=0, using=using)
    for name, role in ROLES.items():
        group, _made = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        group.permissions.add(*_permissions(apps, role.everywhere, using))


def _permissions(apps: Any, names: tuple[str, ...], using: str = "default") -> list[Any]:
    manager = apps.get_model("auth", "Permission").objects.using(using)
    split = [name.partition(".") for name in names]
    return [
        permission
        for label, _dot, codename in split
        for permission in manager.filter(content_type__app_label=label, codename=codename)
    ]


def grant_page_permissions() -> None:
    """Give the groups their rights on pages and files. Needs the tree; adds what is missing and removes nothing."""
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

    from news.models import NewsIndexPage
    from pages.models import HomePage

    pages = Permission.objects.filter(content_type__app_label="wagtailcore", content_type__model="page")
    of_pages = {permission.codename: permission for permission in pages}
    collection = Collection.get_first_root_node()
    for name, role in ROLES.items():
        group = Group.objects.get(name=name)
        for model, codenames in ((HomePage, role.whole_site), (NewsIndexPage, role.newsroom)):
            for page in model.objects.all():
                for codename in codenames:
                    GroupPagePermission.objects.get_or_create(
                        group=group, page_id=page.pk, permission=of_pages[codename]
                    )
        for permission in _permissions(installed_apps, role.files):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
