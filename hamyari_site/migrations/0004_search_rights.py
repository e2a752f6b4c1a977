"""The rights to promote search results and to see what was not found, for the PR head."""

from django.db import migrations

from hamyari_site.permissions import make_groups


def make(apps, schema_editor):
    make_groups(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("hamyari_site", "0003_working_days_rights"),
        ("pages", "0002_missed_search"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
