"""The form of a year's lunar holidays: what is proposed or kept, each with its day, to be moved, taken out or added to."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from persian.calendar import weekday_name
from persian.text import clean, to_persian_digits

from .rules import bounds


class HolidayForm(forms.Form):
    """One line. `year` is the Jalali year that the date must lie in."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto", "size": "40"})
    )
    date = forms.DateField(label=_("Date"), widget=AdminDateInput)
    origin = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        self.year = year
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        return " ".join(clean(self.cleaned_data["name"]).split())

    def clean_date(self) -> datetime.date:
        day = self.cleaned_data["date"]
        first, last = bounds(self.year)
        if not first <= day <= last:
            words = gettext("This day is not in the year %(year)d.") % {"year": self.year}
            raise forms.ValidationError(to_persian_digits(words))
        return day

    @property
    def weekday(self) -> str:
        """The name of the day of the week that the line began with; "" for a new line."""
        day = self.initial.get("date")
        return weekday_name(day) if day else ""

    @property
    def shown_origin(self) -> str:
        return self.initial.get("origin", "")


class BaseHolidayFormSet(forms.BaseFormSet):
    """The lines of a year. The same name may not stand on one day twice."""

    def clean(self) -> None:
        seen = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            if data.get("DELETE") or not data.get("date"):
                continue
            line = data["date"], data.get("name")
            if line in seen:
                form.add_error("name", _("This holiday stands twice on the same day."))
            seen.add(line)

    def kept(self) -> list[dict[str, Any]]:
        """The lines to keep, by date."""
        lines = [data for data in self.cleaned_data if data.get("date") and not data.get("DELETE")]
        return sorted(lines, key=lambda line: line["date"])


HolidayFormSet = forms.formset_factory(
    HolidayForm, formset=BaseHolidayFormSet, extra=2, can_delete=True, max_num=60, absolute_max=80
)
