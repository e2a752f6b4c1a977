"""What is done to the chosen cases of the list: assigned, closed, marked as spam, and spam taken back.

The list posts what was chosen. Where words are needed, a page asks for them and posts again. What was not possible for a case
is said with its name.
"""

from typing import Any

from django.contrib import messages as plain_messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from contact.actions import many
from contact.actions.common import CaseError
from contact.actions.spam import unmark_spam
from contact.models import Message, TimelineEntry
from persian.text import to_persian_digits

from .listing import DESK
from .many_forms import AssignManyForm, CloseManyForm, ManyForm
from .queries import list_address

#: The longest page that a list may have.
MOST = 100
UNDO = "contact.desk.undo"
UNDO_SECONDS = 30 * 60


class OfMany(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    permission_required = "change"
    index_url_name = ""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Whoever had to log in again lands here: on the list."""
        return redirect("desk:index")

    @property
    def back(self) -> HttpResponse:
        return redirect(list_address(self.request.POST.get("back", "")))


class ManyView(OfMany):
    """`do` says what; `case` which ones, or `all` of those in `shown`; `agreed` comes from the page that asks for words."""

    template_name = "contact/desk/many.html"
    header_icon = "list-ul"
    forms: dict[str, type[ManyForm]] = {"assign": AssignManyForm, "close": CloseManyForm, "spam": ManyForm}
    titles = {"assign": _("Assign the chosen messages"), "close": _("Close the chosen messages")}
    buttons = {"assign": _("Assign"), "close": _("Close the messages")}

    def post(self, request: HttpRequest) -> HttpResponse:
        self.do = request.POST.get("do", "")
        chosen = self.chosen()
        if self.do not in self.forms or not chosen:
            messages.error(request, _("Choose messages in the list first."))
            return self.back
        if len(chosen) > MOST:
            messages.error(request, to_persian_digits(gettext("At most %d messages at once.") % MOST))
            return self.back
        visible = Message.objects.visible_to(request.user).filter(pk__in=chosen)
        self.cases = list(visible.select_related("topic", "unit").order_by("-created_at", "-pk"))
        self.unseen = len(chosen) - len(self.cases)
        if self.do in self.titles and "agreed" not in request.POST:
            return self.show(self.forms[self.do](cases=self.cases))
        form = self.forms[self.do](request.POST, cases=self.cases)
        return self.act(form) if form.is_valid() else self.show(form)

    def chosen(self) -> set[int]:
        post = self.request.POST
        keys = post.get("shown", "").split(",") if "all" in post else post.getlist("case")
        return {int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19}

    def act(self, form: ManyForm) -> HttpResponse:
        data = {**form.cleaned_data, "by": self.request.user}
        if self.do == "assign":
            outcome = many.assign_many(self.cases, **data)
            words = ngettext(
                "%(count)d message was assigned.", "%(count)d messages were assigned.", len(outcome.done)
            )
        elif self.do == "close":
            outcome = many.close_many(self.cases, **data)
            words = ngettext(
                "%(count)d message was closed.", "%(count)d messages were closed.", len(outcome.done)
            )
        else:
            outcome = many.mark_many(self.cases, **data)
            words = ngettext(
                "%(count)d message was marked as spam.",
                "%(count)d messages were marked as spam.",
                len(outcome.done),
            )
        if outcome.done:
            words = to_persian_digits(words % {"count": len(outcome.done)})
            if self.do == "spam":
                self.offer_undo(words, outcome.done, data["key"])
            else:
                messages.success(self.request, words)
        if outcome.refused or self.unseen:
            refused = render_to_string(
                "contact/desk/many_refused.html", {"refused": outcome.refused, "unseen": self.unseen}
            )
            plain_messages.warning(self.request, refused)
        return self.back

    def offer_undo(self, words: str, cases: list[Message], key: str) -> None:
        moves = TimelineEntry.objects.filter(message__in=cases, kind=TimelineEntry.Kind.MOVE, data__key=key)
        entries = list(moves.order_by("pk").values_list("pk", flat=True))
        context = {
            "words": words,
            "token": signing.dumps({"by": self.request.user.pk, "moves": entries}, salt=UNDO),
            "back": self.request.POST.get("back", ""),
        }
        plain_messages.success(
            self.request, render_to_string("contact/desk/undo.html", context, self.request)
        )

    def show(self, form: ManyForm) -> HttpResponse:
        if not self.cases or self.do not in self.titles:
            messages.error(self.request, _("Choose messages in the list first."))
            return self.back
        if form.is_bound:
            reasons = " ".join(str(words) for errors in form.errors.values() for words in errors)
            messages.error(self.request, _("Not saved: %(reasons)s") % {"reasons": reasons})
        back = self.request.POST.get("back", "")
        context = {
            "form": form,
            "cases": self.cases,
            "do": self.do,
            "button": self.buttons[self.do],
            "back": back,
            "back_url": list_address(back),
        }
        return self.render_to_response(self.get_context_data(**context))

    def get_page_title(self) -> str:
        return str(self.titles[self.do])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        desk = {"url": list_address(self.request.POST.get("back", "")), "label": DESK}
        return [*self.breadcrumbs_items, desk, {"url": "", "label": self.get_page_title()}]


class UndoView(OfMany):
    """Takes a mark as spam back for who made it, for half an hour, where nothing has happened to the case since."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            token = signing.loads(request.POST.get("token", ""), salt=UNDO, max_age=UNDO_SECONDS)
        except signing.BadSignature:
            token = {}
        if token.get("by") != request.user.pk:
            messages.error(request, _("This can be taken back for half an hour only, by whoever did it."))
            return self.back
        cases = Message.objects.visible_to(request.user)
        moves = TimelineEntry.objects.filter(pk__in=token["moves"], message__in=cases.values("pk"))
        count, refused = 0, []
        for entry in moves.select_related("message").order_by("pk"):
            try:
                unmark_spam(entry.message, by=request.user, entry=entry)
                count += 1
            except CaseError as problem:
                refused.append((entry.message, str(problem)))
        if count:
            words = ngettext("%(count)d message was put back.", "%(count)d messages were put back.", count)
            messages.success(request, to_persian_digits(words % {"count": count}))
        if refused:
            plain_messages.warning(
                request, render_to_string("contact/desk/many_refused.html", {"refused": refused})
            )
        return self.back
