"""Permissions bear Persian names: Django stores English ones when it migrates, and the screens of groups read them out."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

OF_ACTIONS = {
    "add": _("Add: %(model)s"),
    "change": _("Change: %(model)s"),
    "delete": _("Delete: %(model)s"),
    "view": _("See: %(model)s"),
}


def name_permissions(using: str = "default", app_config: AppConfig | None = None, **kwargs: Any) -> int:
    """Put every permission's name into the site's language; return how many had another.

    Called after every `migrate`, for the last application; Django's own receiver, which makes its permissions, may come later.
    """
    if app_config:
        create_permissions(app_config, verbosity=0, using=using)
    with override(settings.LANGUAGE_CODE):
        names = {key: name for model in apps.get_models() for key, name in _names(model)}
        changed = []
        for permission in Permission.objects.using(using).select_related("content_type"):
            kind = permission.content_type
            name = names.get((kind.app_label, kind.model, permission.codename))
            if name and name != permission.name:
                permission.name = name
                changed.append(permission)
    Permission.objects.using(using).bulk_update(changed, ["name"])
    return len(changed)


def _names(model: type[Model]) -> list[tuple[tuple[str, str | None, str], str]]:
    """The name of each permission of a model, by (app label, model name, codename), in the active language."""
    options = model._meta
    words = {"model": options.verbose_name}
    named = {
        get_permission_codename(action, options): str(OF_ACTIONS[action]) % words
        for action in options.default_permissions
        if action in OF_ACTIONS
    } | {codename: gettext(str(name)) for codename, name in options.permissions}
    length = Permission._meta.get_field("name").max_length
    return [
        ((options.app_label, options.model_name, codename), name[:length]) for codename, name in named.items()
    ]
