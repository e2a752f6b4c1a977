"""What the package adds to the admin."""

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks

from . import arabic  # noqa: F401  registers its button
from .editor_check import hooks as editor_check  # noqa: F401  registers its own
from .reader import reads_persian
from .working_days.viewsets import WorkingDaysGroup


@hooks.register("register_admin_viewset")
def working_days() -> WorkingDaysGroup:
    return WorkingDaysGroup()


@hooks.register("insert_global_admin_css")
def direction_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("persian/css/direction.css"))


@hooks.register("insert_global_admin_css")
def date_picker_css() -> SafeString | str:
    if not reads_persian():
        return ""
    return format_html('<link rel="stylesheet" href="{}">', static("persian/css/date_picker.css"))


@hooks.register("insert_global_admin_js")
def date_picker() -> SafeString | str:
    """The dialog in place of the CMS's Gregorian picker, which stays for who reads another language."""
    if not reads_persian():
        return ""
    return render_to_string("persian/date_picker.html", {"time_zone": timezone.get_current_timezone_name()})


@hooks.register("insert_global_admin_js")
def words() -> SafeString:
    """For the libraries whose words no catalogue reaches."""
    return format_html(
        '<script src="{}" data-no-results="{}" data-results="{}" data-server-error="{}" data-no-connection="{}"></script>',
        static("persian/js/words.js"),
        _("Nothing was found."),
        _("{count} proposals: choose with the arrow keys and Enter."),
        _("The server could not take the file."),
        _("There was no connection with the server."),
    )


@hooks.register("insert_global_admin_js")
def digits() -> SafeString:
    return format_html('<script src="{}"></script>', static("persian/js/digits.js"))


@hooks.register("insert_editor_js")
def pasted_tables() -> SafeString:
    return format_html('<script src="{}"></script>', static("persian/js/pasted_tables.js"))
