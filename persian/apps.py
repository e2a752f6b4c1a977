from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from . import inputs


class PersianConfig(AppConfig):
    """Persian text, digits, calendar and working days. Imports none of ours."""

    name = "persian"
    verbose_name = _("Persian")
    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        # Before the models of any app: forms and blocks ask for their inputs' attributes when they are made.
        inputs.install()

    def ready(self) -> None:
        from . import (
            cms_compare,
            cms_dates,
            cms_lists,
            cms_words,
            date_inputs,
            exports,
            file_names,
            form_fields,
            hygiene,
            jalali_format,
            ordering,
            user_names,
        )
        from .search import checks as search_checks
        from .working_days import checks

        form_fields.install()
        hygiene.install()
        file_names.install()
        user_names.install()
        ordering.install()
        date_inputs.install()
        jalali_format.install()
        cms_compare.install()
        cms_dates.install()
        cms_words.install()
        cms_lists.install()
        exports.install()
        checks.register_own()
        search_checks.register_own()
