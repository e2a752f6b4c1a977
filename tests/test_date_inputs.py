"""Inputs show Jalali dates, and what they show comes back as what was stored."""

import datetime
import zoneinfo

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import querydict_from_html

from news.models import NewsPage
from persian import date_inputs, wagtail_hooks

TEHRAN = zoneinfo.ZoneInfo("Asia/Tehran")
DAY = datetime.date(2026, 11, 23)
MOMENT = datetime.datetime(2026, 11, 23, 11, 0, tzinfo=datetime.UTC)  # half past two in Tehran
TIME = datetime.time(14, 30)


@pytest.fixture(autouse=True)
def persian():
    with timezone.override("Asia/Tehran"), translation.override("fa"):
        yield


class Meeting(forms.Form):
    day = forms.DateField(widget=AdminDateInput)
    moment = forms.DateTimeField(widget=AdminDateTimeInput)
    time = forms.TimeField(widget=AdminTimeInput)
    plain_day = forms.DateField()
    plain_moment = forms.DateTimeField()
    plain_time = forms.TimeField()


INITIAL = {"day": DAY, "moment": MOMENT, "time": TIME}
INITIAL |= {f"plain_{name}": value for name, value in INITIAL.items()}


def shown(form: forms.Form) -> dict[str, str]:
    """What the inputs of a form show, as the browser would send it back."""
    return {
        name: form[name].field.widget.format_value(form[name].field.prepare_value(form[name].value()))
        for name in form.fields
    }


def test_inputs_show_jalali_dates_and_persian_digits():
    texts = shown(Meeting(initial=INITIAL))
    assert texts["day"] == texts["plain_day"] == "۱۴۰۵/۰۹/۰۲"
    assert texts["moment"] == texts["plain_moment"] == "۱۴۰۵/۰۹/۰۲ ۱۴:۳۰"
    assert texts["time"] == texts["plain_time"] == "۱۴:۳۰"
    assert 'value="۱۴۰۵/۰۹/۰۲ ۱۴:۳۰"' in str(Meeting(initial=INITIAL)["moment"])


def test_a_form_that_was_not_touched_has_not_changed():
    form = Meeting(shown(Meeting(initial=INITIAL)), initial=INITIAL)
    assert form.is_valid(), form.errors
    assert form.changed_data == []
    assert form.cleaned_data == INITIAL


@given(
    st.datetimes(datetime.datetime(1822, 1, 1), datetime.datetime(2320, 1, 1)).filter(
        lambda moment: timezone._datetime_ambiguous_or_imaginary(moment, TEHRAN) is False
    )
)
def test_what_is_shown_of_any_moment_is_read_back_to_the_second(naive):
    initial = {
        "moment": naive.replace(tzinfo=TEHRAN, microsecond=0).astimezone(datetime.UTC),
        "day": naive.date(),
        "time": naive.time().replace(microsecond=0),
    }
    initial |= {f"plain_{name}": value for name, value in initial.items()}
    with timezone.override("Asia/Tehran"), translation.override("fa"):
        form = Meeting(shown(Meeting(initial=initial)), initial=initial)
        assert form.is_valid(), form.errors
        assert form.changed_data == []


@pytest.mark.parametrize(
    "day", [datetime.date(1500, 5, 1), datetime.date(1821, 1, 1), datetime.date(2400, 1, 1)]
)
def test_a_day_that_could_not_be_read_back_as_jalali_is_shown_in_iso(day):
    assert forms.DateInput().format_value(day) == day.isoformat()


def test_a_widget_shows_only_what_its_field_holds():
    assert forms.DateInput().format_value(MOMENT) == "۱۴۰۵/۰۹/۰۲"
    assert forms.TimeInput().format_value(MOMENT) == "۱۴:۳۰"
    assert forms.DateTimeInput().format_value(DAY) == "۱۴۰۵/۰۹/۰۲"
    assert forms.TimeInput().format_value(datetime.time()) == "۰۰:۰۰"
    assert forms.DateInput().format_value(None) is None


def test_what_was_refused_comes_back_as_it_was_typed():
    form = Meeting({"day": "۳۱ آذر ۱۴۰۵"})
    assert 'value="۳۱ آذر ۱۴۰۵"' in str(form["day"])


@pytest.mark.parametrize("kind", ["date", "datetime-local"])
def test_the_browser_s_own_inputs_want_iso(kind):
    assert forms.DateInput({"type": kind}).format_value(DAY) == "2026-11-23"


def test_hidden_copies_stay_as_machines_write_them():
    assert 'value="2026-11-23"' in Meeting(initial=INITIAL)["day"].as_hidden()


def test_readers_of_other_languages_see_what_they_saw():
    with translation.override("en"):
        assert (
            AdminDateTimeInput().format_value(datetime.datetime(2026, 11, 23, 14, 30)) == "2026-11-23 14:30"
        )


def test_the_picker_is_for_who_reads_persian():
    assert "date_picker.js" in wagtail_hooks.date_picker()
    with translation.override("en"):
        assert not wagtail_hooks.date_picker()
        assert not wagtail_hooks.date_picker_css()


@pytest.mark.parametrize("typed", ["۱۴:۳۰", "١٤:٣٠", "14:30", "14:30:00", "ساعت ۱۴:۳۰", " ۱۴:۳۰ ", TIME])
def test_times_are_read_in_all_digits(typed):
    assert forms.TimeField().clean(typed) == TIME


@pytest.mark.parametrize("typed", ["۲۵:۰۰", "ظهر", "ساعت"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        forms.TimeField().clean(typed)


def test_installing_twice_wraps_once():
    once = forms.DateInput.format_value
    date_inputs.install()
    assert forms.DateInput.format_value is once


# --- In the CMS ---


@pytest.mark.parametrize(
    ("block", "value", "text"),
    [
        (blocks.DateBlock(), DAY, "۱۴۰۵/۰۹/۰۲"),
        (blocks.DateTimeBlock(), MOMENT, "۱۴۰۵/۰۹/۰۲ ۱۴:۳۰"),
        (blocks.TimeBlock(), TIME, "۱۴:۳۰"),
    ],
)
def test_a_date_block_shows_jalali_and_takes_it_back(block, value, text):
    block.set_name("when")
    assert block.get_form_state(value) == text
    assert block.clean(block.value_from_datadict({"when": text}, {}, "when")) == value


@pytest.mark.parametrize("accept", ["text/html", "application/json"], ids=["pressed", "saved by itself"])
def test_an_untouched_schedule_stays_to_the_second(pr_head, accept):
    item = NewsPage.objects.live().first()
    item.expire_at = datetime.datetime(2030, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    item.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[item.pk])
    data = querydict_from_html(pr_head.get(address).content.decode(), form_id="page-edit-form").dict()
    assert data["expire_at"] == "۱۴۰۸/۱۰/۱۳ ۰۶:۳۴:۰۵"
    data = {name: text for name, text in data.items() if not name.startswith("action-")}
    pr_head.post(address, {"body-count": "0"} | data | {"title": "تیتر تازه"}, headers={"Accept": accept})
    saved = NewsPage.objects.get(pk=item.pk).get_latest_revision_as_object()
    assert (saved.title, saved.expire_at) == ("تیتر تازه", item.expire_at)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("۱۴۰۵/۹/۲", "۲ آذر ۱۴۰۵", True),
        ("۱۴۰۵/۰۹/۰۳", "", False),
        ("", "1405-09-01", False),
        ("2026-11-23", "2026-11-23", True),
    ],
)
def test_history_is_filtered_by_jalali_days(pr_head, first, last, found):
    item = NewsPage.objects.live().first()
    item.save_revision(user=pr_head.user, log_action=True)
    PageLogEntry.objects.filter(page=item).update(timestamp=MOMENT)
    address = reverse("wagtailadmin_pages:history", args=[item.pk])
    response = pr_head.get(address, {"timestamp_from": first, "timestamp_to": last})
    assert bool(response.context["object_list"]) == found
    assert f'value="{first}"' in response.content.decode() or not first  # the form keeps what was typed
    chips = " ".join(str(chip.value) for chip in response.context["active_filters"])
    assert "آذر ۱۴۰۵" in chips


def test_a_filter_says_why_it_refuses_a_day(pr_head):
    address = reverse("wagtailadmin_reports:site_history")
    response = pr_head.get(address, {"timestamp_from": "۱۴۰۵/۱۳/۱"})
    assert "ماه ۱۳ نداریم" in response.content.decode()
