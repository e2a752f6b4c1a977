"""«Enter a message by hand»: what came by telephone, in person or by letter becomes a case like any other.

The codes stand on the answer to the post and nowhere else, to be read out to the sender. Posting the same form again makes no
second case: for half an hour it shows the same codes.
"""

import logging
import re
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from contact.intake import Origin, store
from contact.models import Message, TimelineEntry
from contact.public.choice import Choice
from contact.public.tokens import FormToken
from contact.public.uploads import Tray
from contact.secrets import FIRST_VERSION, format_secret, secret_of
from operations.connections import renew_if_broken
from pages.models import ContactDetails

from .entry_form import CHANNELS, EntryForm, StartForm, topics_for
from .listing import DESK

logger = logging.getLogger(__name__)

RIGHT = "contact.add_message_by_hand"
ENTER = _("Enter a message by hand")
ANOTHER = _("The earlier message is registered. If this is another one, press “Register” again.")
#: How long the same form shows its codes again.
SHOWN_AGAIN = timedelta(minutes=30)
#: What may be typed and not asked for just now, as another topic is chosen; it is carried along.
_CARRIED = re.compile(r"q_[0-9]{1,18}|municipality|organization|post|letter_number|letter_date")
_MOST_CARRIED = 60


class EntryView(WagtailAdminTemplateMixin, View):
    """First three choices, then the whole form; JavaScript is not needed."""

    template_name = "contact/desk/entry.html"
    page_title = ENTER
    header_icon = "plus"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        self.choice = Choice.of_staff(asked, topics_for(request.user))
        channel = asked.get("channel")
        self.channel = channel if channel in dict(CHANNELS) else CHANNELS[0][0]
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        desk = {"url": reverse("desk:index"), "label": DESK}
        return [*self.breadcrumbs_items, desk, {"url": "", "label": self.page_title}]

    def form(self, data: Any = None, **initial: Any) -> EntryForm:
        chosen = {"channel": self.channel, "lane": self.choice.lane}
        if self.choice.topic:
            chosen["topic"] = self.choice.topic.pk
        return EntryForm(data, choice=self.choice, channel=self.channel, initial={**initial, **chosen})

    def get(self, request: HttpRequest) -> HttpResponse:
        if self.choice.topic is None:
            asked = request.GET if "channel" in request.GET else None
            first = {"channel": self.channel, "lane": self.choice.lane}
            start = StartForm(list(self.choice.topics), data=asked, initial=first)
            return self.render_to_response(self.get_context_data(start=start))
        token = FormToken.new()
        return self.show(self.form(**EntryForm.at_first()), Tray(token.key), token)

    def post(self, request: HttpRequest) -> HttpResponse:
        token = FormToken.read(request.POST.get("form_token", "")) or FormToken.new()
        tray = Tray.of(token.key)
        tray.take(request, is_limited=False)
        if removed := request.POST.get("remove"):
            tray.remove(removed)
        for _field, words in tray.errors:
            messages.error(request, words)
        if removed or request.POST.get("step") == "choose":
            return self.show(self.form(**request.POST.dict()), tray, token)
        form = self.form(request.POST)
        if earlier := Message.objects.filter(form_key=token.key).first():
            if self.is_of(earlier, form, tray):
                tray.empty()
                return self.receipt(earlier)
            token = FormToken.new()
            tray.move_to(token.key)
            if form.is_valid():
                return self.refuse(form, tray, token, ANOTHER)
        if not form.is_valid():
            return self.refuse(form, tray, token, _("Not saved. Look at what is marked below."))
        if tray.errors:
            return self.refuse(
                form,
                tray,
                token,
                _("Not saved yet: a file was refused. Register without it, or add another."),
            )
        return self.keep(form, tray, token)

    def is_of(self, earlier: Message, form: EntryForm, tray: Tray) -> bool:
        """Whether this very form made `earlier`, by this person."""
        mine = earlier.entered_by_id == self.request.user.pk and form.is_valid()
        return mine and form.says_the_same_as(earlier) and tray.brings_nothing_new_to(earlier)

    def keep(self, form: EntryForm, tray: Tray, token: FormToken) -> HttpResponse:
        origin = Origin(
            key=token.key,
            sender_hash="",
            entered_by=self.request.user,
            received=form.cleaned_data["received"],
            channel=form.cleaned_data["channel"],
        )
        try:
            message = store(form.message_data(), origin, ContactDetails.for_request(self.request))
        except DatabaseError:
            logger.exception("a message entered by hand could not be saved")
            renew_if_broken()
            return self.refuse(
                form, tray, token, _("It could not be saved just now. Press “Register” again in a moment.")
            )
        return self.receipt(message)

    def receipt(self, message: Message) -> HttpResponse:
        """The codes, once; whoever may not see the case sees nothing else of it."""
        entry = message.timeline.filter(kind=TimelineEntry.Kind.RECEIVED).first()
        entered = (entry and entry.data.get("entered_at")) or ""
        is_new = entered > (timezone.now() - SHOWN_AGAIN).isoformat()
        is_first = is_new and message.secret_version == FIRST_VERSION and not message.anonymised_at
        secret = secret_of(message) if is_first else None
        context = {
            "case": message,
            "secret": format_secret(secret) if secret else "",
            "may_see": self.request.user.has_perm("contact.view_message")
            and Message.objects.visible_to(self.request.user).filter(pk=message.pk).exists(),
        }
        return self._never_kept(context, "contact/desk/entered.html")

    def refuse(self, form: EntryForm, tray: Tray, token: FormToken, words: str | Promise) -> HttpResponse:
        messages.error(self.request, words)
        return self.show(form, tray, token)

    def show(self, form: EntryForm, tray: Tray, token: FormToken) -> HttpResponse:
        posted = self.request.POST
        names = [name for name in posted if _CARRIED.fullmatch(name) and name not in form.fields]
        context = {
            "form": form,
            **form.parts(),
            "form_token": token.dump(),
            "files": tray.waiting,
            "carried": [(name, posted[name]) for name in names[:_MOST_CARRIED] if posted[name]],
        }
        return self._never_kept(context, self.template_name)

    def _never_kept(self, context: dict[str, Any], template: str) -> HttpResponse:
        self.template_name = template
        response = self.render_to_response(self.get_context_data(**context))
        add_never_cache_headers(response)
        return response
