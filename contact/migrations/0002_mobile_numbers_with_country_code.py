"""Mobile numbers are stored as +989123456789, as every field for them gives them."""

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr


def add_country_code(apps, schema_editor):
    messages = apps.get_model("contact", "Message").objects.using(schema_editor.connection.alias)
    messages.filter(mobile__startswith="09").update(mobile=Concat(Value("+98"), Substr(F("mobile"), 2)))


def drop_country_code(apps, schema_editor):
    messages = apps.get_model("contact", "Message").objects.using(schema_editor.connection.alias)
    messages.filter(mobile__startswith="+98").update(mobile=Concat(Value("0"), Substr(F("mobile"), 4)))


class Migration(migrations.Migration):
    dependencies = [("contact", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="mobile",
            field=models.CharField(blank=True, max_length=13, verbose_name="Mobile"),
        ),
        migrations.RunPython(add_country_code, drop_country_code),
    ]
