"""The four groups of the staff, in the place of the CMS's two."""

from django.db import migrations

from hamyari_site.permissions import make_groups

DEFAULT_GROUPS = ["Editors", "Moderators"]
DEFAULT_WORKFLOW = "Moderators approval"


def make(apps, schema_editor):
    make_groups(apps, schema_editor.connection.alias)


def remove_defaults(apps, schema_editor):
    """Wagtail's Editors and Moderators go, and the workflow that only Moderators could approve.

    Where people are in them, or pages in that workflow, this is no new site: those stay, for a superuser to settle.
    """
    using = schema_editor.connection.alias
    for group in apps.get_model("auth", "Group").objects.using(using).filter(name__in=DEFAULT_GROUPS):
        if not group.user_set.exists():
            group.delete()
    for workflow in apps.get_model("wagtailcore", "Workflow").objects.using(using).filter(name=DEFAULT_WORKFLOW):
        if not workflow.workflow_states.exists():
            workflow.delete()
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.using(using).filter(name=DEFAULT_WORKFLOW):
        if not task.groups.exists() and not task.workflow_tasks.exists() and not task.task_states.exists():
            task.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("hamyari_site", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    # Backwards the groups stay: people are in them, and nothing earlier minds them.
    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.RunPython(remove_defaults, migrations.RunPython.noop),
    ]
