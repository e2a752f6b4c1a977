"""What the package adds to the admin."""

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from .working_days.viewsets import WorkingDaysGroup


@hooks.register("register_admin_viewset")
def working_days() -> WorkingDaysGroup:
    return WorkingDaysGroup()


@hooks.register("insert_global_admin_js")
def dates_shown() -> SafeString:
    zone = timezone.get_current_timezone_name()
    return format_html(
        '<script src="{}" data-time-zone="{}"></script>', static("persian/js/dates_shown.js"), zone
    )


@hooks.register("insert_global_admin_js")
def date_inputs() -> SafeString:
    return format_html('<script src="{}"></script>', static("persian/js/date_inputs.js"))
