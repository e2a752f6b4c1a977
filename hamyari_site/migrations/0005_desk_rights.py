"""The rights of the desk: entering by hand, approving, redacting, managing cases, reports, public answers."""

from django.db import migrations

from hamyari_site.permissions import make_groups


def make(apps, schema_editor):
    make_groups(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("hamyari_site", "0004_search_rights"),
        ("contact", "0004_desk"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
