"""What the package adds to the admin."""

from wagtail import hooks

from .working_days.viewsets import WorkingDaysGroup


@hooks.register("register_admin_viewset")
def working_days() -> WorkingDaysGroup:
    return WorkingDaysGroup()
