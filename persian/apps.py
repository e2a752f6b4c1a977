from django.apps import AppConfig


class PersianConfig(AppConfig):
    """Persian text, digits and calendar. Imports none of ours."""

    name = "persian"

    def ready(self) -> None:
        from . import form_fields

        form_fields.install()
