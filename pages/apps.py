from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """The page tree: base page, home, standard and goals pages, blocks, menus, site settings, search."""

    name = "pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from operations import schedule

        from . import checklist  # noqa: F401  registers what the unit has yet to fill in
        from .search import missed

        schedule.register("add_up_missed_searches", missed.add_up, every=timedelta(minutes=5))
