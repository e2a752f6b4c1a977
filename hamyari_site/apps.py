from django.apps import AppConfig


class HamyariSiteConfig(AppConfig):
    """The project itself: settings, addresses, groups and seed commands. It knows everyone; nobody imports it."""

    name = "hamyari_site"
    default_auto_field = "django.db.models.BigAutoField"
