from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Runs and watches the site; knows none of its features: each app registers its checks and jobs here."""

    name = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, health, jobs, setup_items, sqlite_limits

        checks.register_own()
        health.register_own()
        jobs.register_own()
        setup_items.register_own()
        sqlite_limits.register_own()
