"""What managers do for many cases at once: count deadlines anew, hand cases over, see what will be anonymised."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from contact import handover
from contact.clock import recount, retention
from contact.models import Message
from persian.text import to_persian_digits

from .people_forms import User, display_name, readers_of_messages

RIGHT = "contact.manage_cases"
UPKEEP = _("Upkeep of cases")
#: The last anonymised cases that the log shows.
LOGGED = 50


def may_keep_up(user: Any) -> bool:
    """These screens tell of the cases of all units."""
    return bool(user.has_perms([RIGHT, "contact.view_all_messages"]))


def _said(request: HttpRequest, words: str, count: int) -> None:
    messages.success(request, to_persian_digits(words % {"count": count}))


class UpkeepView(WagtailAdminTemplateMixin, View):
    """The three of them with what waits there."""

    header_icon = "tasks"
    page_title = UPKEEP
    template_name = "contact/desk/upkeep.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_keep_up(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items]
        if self.page_title != UPKEEP:
            items.append({"url": reverse("desk-upkeep:index"), "label": UPKEEP})
        return [*items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        counts = {
            "changes": recount.waiting(),
            "left": handover.of_those_who_left().count(),
            "ended": retention.ended().count(),
        }
        return self.render_to_response(self.get_context_data(**counts))


class DeadlinesView(UpkeepView):
    """Deadlines that come out at another day by now; a POST changes those that were shown and chosen."""

    page_title = _("Deadlines to count anew")
    template_name = "contact/desk/upkeep_deadlines.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data(changes=recount.changes()))

    def post(self, request: HttpRequest) -> HttpResponse:
        agreed = {}
        for typed in request.POST.getlist("change"):  # «12:2026-11-25», as the page was made
            key, _colon, day = typed.partition(":")
            try:
                agreed[int(key)] = datetime.date.fromisoformat(day)
            except ValueError:
                continue
        count = recount.apply(agreed, by=request.user)
        if count:
            words = ngettext("%(count)d deadline was changed", "%(count)d deadlines were changed", count)
            _said(request, words, count)
        if count < len(agreed) or not agreed:
            messages.warning(request, _("Some deadlines were not changed. Look at what is left here."))
        return redirect("desk-upkeep:deadlines")


class HandoverForm(forms.Form):
    """From whom to whom. Nobody: the units have the cases again."""

    giver = forms.ModelChoiceField(User.objects.none(), label=_("Whose open messages"))
    taker = forms.ModelChoiceField(
        User.objects.none(),
        label=_("To whom"),
        required=False,
        empty_label=_("Nobody; their units have them"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        giver: Any = self.fields["giver"]
        giver.queryset = handover.holders(User.objects.all())
        giver.label_from_instance = self._holder
        taker: Any = self.fields["taker"]
        taker.queryset = readers_of_messages().order_by("last_name", "first_name", "username")
        taker.label_from_instance = display_name

    @staticmethod
    def _holder(user: Any) -> str:
        facts = [to_persian_digits(str(user.open_cases)), *([] if user.is_active else [gettext("has left")])]
        return f"{display_name(user)} ({'، '.join(facts)})"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("giver") and data.get("giver") == data.get("taker"):
            self.add_error("taker", _("Choose another colleague."))
        return data


class HandoverView(UpkeepView):
    """GET with both colleagues shows what would go; POST hands over what was shown."""

    page_title = _("Hand cases over")
    template_name = "contact/desk/upkeep_handover.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        form = HandoverForm(request.GET if "taker" in request.GET else None, initial=request.GET.dict())
        return self._shown(form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = HandoverForm(request.POST)
        if not form.is_valid():
            return self._shown(form)
        keys = [int(key) for key in request.POST.getlist("case") if key.isascii() and key.isdigit()]
        cases = handover.open_cases_of(form.cleaned_data["giver"]).filter(pk__in=keys)
        count = handover.hand_over(cases, to=form.cleaned_data["taker"], by=request.user)
        words = ngettext("%(count)d message was handed over", "%(count)d messages were handed over", count)
        _said(request, words, count)
        return redirect("desk-upkeep:handover")

    def _shown(self, form: HandoverForm) -> HttpResponse:
        plan = None
        if form.is_bound and form.is_valid():
            cases = handover.open_cases_of(form.cleaned_data["giver"]).select_related("topic", "unit")
            plan = handover.plan(cases, form.cleaned_data["taker"])
        return self.render_to_response(self.get_context_data(form=form, plan=plan))


class RetentionView(UpkeepView):
    """What the next night anonymises, and what was anonymised lately."""

    page_title = _("End of keeping")
    template_name = "contact/desk/upkeep_retention.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        over = retention.ended().select_related("topic", "unit")[: retention.MOST]
        done = Message.objects.exclude(anonymised_at=None).select_related("topic", "unit")
        log = done.order_by("-anonymised_at", "-pk")[:LOGGED]
        return self.render_to_response(self.get_context_data(over=over, log=log))


class UpkeepMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_keep_up(request.user)


class UpkeepViewSet(ViewSet):
    name = "desk-upkeep"
    icon = "tasks"
    menu_label = UPKEEP
    menu_item_class = UpkeepMenuItem
    menu_order = 310
    add_to_settings_menu = True

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", UpkeepView.as_view(), name="index"),
            path("deadlines/", DeadlinesView.as_view(), name="deadlines"),
            path("handover/", HandoverView.as_view(), name="handover"),
            path("retention/", RetentionView.as_view(), name="retention"),
        ]
