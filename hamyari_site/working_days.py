"""The lunar holidays that a person has still to confirm, as items of the set-up checklist."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from operations import checklist
from operations.checklist import SetupItem
from persian.text import to_persian_digits
from persian.working_days.loading import current_year, unconfirmed_years


@checklist.register
def lunar_holidays(request: HttpRequest) -> Iterator[SetupItem]:
    """This year's always; the next year's while they are due, from the month of Day on."""
    open_years = unconfirmed_years()
    for year in sorted({current_year(), *open_years}):
        yield SetupItem(
            label=_("Lunar holidays of %(year)s, confirmed with the official calendar")
            % {"year": to_persian_digits(str(year))},
            done=year not in open_years,
            who=_("Head of public relations"),
            url=reverse("holiday-years:year", args=[year]),
            help=_("Until then, deadlines are reckoned with computed days and marked as provisional"),
        )
