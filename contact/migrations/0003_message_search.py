from django.db import migrations, models


class Migration(migrations.Migration):
    """Messages are found by the search index. The default lets the column come back when this is undone."""

    dependencies = [("contact", "0002_mobile_numbers_with_country_code")]

    operations = [
        migrations.AlterField("message", "search_text", models.TextField(default="", editable=False)),
        migrations.RemoveField("message", "search_text"),
    ]
