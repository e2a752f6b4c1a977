from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class HamyariSiteConfig(AppConfig):
    """The project itself: settings, addresses, groups and seed commands. It knows everyone; nobody imports it."""

    name = "hamyari_site"
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        from . import outgoing, working_days  # noqa: F401  registers the holidays to confirm
        from .permission_names import name_permissions
        from .site_record import sync_site_record

        outgoing.register()
        post_migrate.connect(sync_site_record, sender=self, dispatch_uid="sync_site_record")
        # After the last application with models, when Django has made the permissions of all.
        *_earlier, last = (app for app in apps.get_app_configs() if app.models_module)
        post_migrate.connect(name_permissions, sender=last, dispatch_uid="name_permissions")


class StaffConfig(WagtailUsersAppConfig):
    """Wagtail's users section with our rules: colleagues are invited, and nobody gives more than they may."""

    default = False
    user_viewset = "hamyari_site.staff.StaffViewSet"
