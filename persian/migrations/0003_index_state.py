import django.utils.timezone
from django.db import migrations, models


def a_new_site_is_not_stale(apps, schema_editor):
    """Where nothing is indexed yet, all that follows is of this version; an older index has to be built anew."""
    from persian.search.state import ONLY_ROW, current_version

    if not apps.get_model("wagtailsearch", "IndexEntry").objects.exists():
        apps.get_model("persian", "IndexState").objects.create(pk=ONLY_ROW, version=current_version())


class Migration(migrations.Migration):
    dependencies = [("persian", "0002_first_days_off"), ("wagtailsearch", "0010_add_text_fields")]

    operations = [
        migrations.CreateModel(
            name="IndexState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=60)),
                ("built_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="IndexedWord",
            fields=[
                ("word", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("written", models.CharField(max_length=60)),
            ],
        ),
        migrations.RunPython(a_new_site_is_not_stale, migrations.RunPython.noop),
    ]
