"""What the database has seen of the migrations, against what the code knows."""

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Names = set[tuple[str, str]]


def applied() -> Names:
    """(app, migration) of every migration that the database has seen."""
    return set(MigrationRecorder(connection).applied_migrations())


def pending() -> list[tuple[str, str]]:
    """What `migrate` would do now, in its order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(migration.app_label, migration.name) for migration, _ in plan]


def unknown_to_code(seen: Names) -> Names:
    """Those of `seen` that the installed apps do not have: a newer version of the site made them.

    Rows of apps that are not installed are left out, since an app that was removed leaves them too.
    """
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known: Names = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known |= set(migration.replaces)
    installed = {config.label for config in apps.get_app_configs()}
    return {(app, name) for app, name in seen if app in installed and (app, name) not in known}
