"""The rights to edit working days, for the PR head and the keeper of the system."""

from django.db import migrations

from hamyari_site.permissions import make_groups


def make(apps, schema_editor):
    make_groups(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("hamyari_site", "0002_groups"),
        ("persian", "0001_working_days"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
