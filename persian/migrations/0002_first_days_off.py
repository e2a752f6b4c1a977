"""The starting value of the weekend and the recurring holidays; where there are rules already, they stay as they are."""

from django.db import migrations

from persian.working_days.starting_values import ALL, NOTE, WEEKLY


def put_in(apps, schema_editor):
    rules = apps.get_model("persian", "DayOffRule").objects.using(schema_editor.connection.alias)
    if rules.exists():
        return
    for rule in ALL:
        rules.create(
            kind=rule.kind,
            name=rule.name,
            weekday=rule.weekday,
            month=rule.month,
            day=rule.day,
            note=NOTE if rule in WEEKLY else "",
        )


class Migration(migrations.Migration):
    dependencies = [("persian", "0001_working_days")]

    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
