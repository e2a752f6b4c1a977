"""Following a message up: both codes open its page for half an hour, and there its sender reads, adds, rates and reopens."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from contact.by_sender import Act
from contact.codes import format_code, parse_code
from contact.files.serving import respond
from contact.intake import sender_hash
from contact.limits import forgive, too_many
from contact.models import Message

from .access import Door, find_case, guarded, opened_case
from .case_forms import CaseToken, TrackForm
from .case_page import CasePage
from .handling import SeeOther
from .pages import Notice
from .story import public_files
from .uploads import Tray

#: Wrong pairs that one sender may try in an hour.
TRIES_AN_HOUR = 20
_TRY = "track"

WRONG = _("No message opens with these two codes. Compare both with your receipt.")
LEFT: Notice = (_("You have closed your message"), _("On this device it opens with both codes only."))
OVER: Notice = (
    _("Your message was closed after half an hour"),
    _("Open it with both codes once more. What you typed is kept: it stands on the next page, to be sent."),
)
REJECTED: Notice = (
    _("For your safety the form must be sent once more"),
    _("Nothing you typed is lost. If you come back here, allow cookies for this site, or call us."),
)


def ask(page: Any, request: HttpRequest) -> HttpResponse:
    """The form for both codes. The right pair opens the case; all others get one answer."""
    if request.method != "POST":
        code = parse_code(request.GET.get("code", ""))
        form = TrackForm(initial={"code": format_code(code)} if code else {})
        notice = LEFT if "left" in request.GET else None
        return _form_page(page, request, form, notice, opened=opened_case(request))
    form = TrackForm(request.POST)
    if not form.is_valid():
        return _form_page(page, request, form)
    sender = sender_hash(request)
    if wait := too_many(_TRY, sender, TRIES_AN_HOUR):
        response = _form_page(page, request, form, is_too_often=True, status=429)
        response["Retry-After"] = str(wait)
        return response
    case = find_case(form.cleaned_data["code"], form.cleaned_data["secret"])
    if case is None:
        form.add_error(None, WRONG)
        return _form_page(page, request, form)
    forgive(_TRY, sender)
    return _let_in(page, request, case)


def show_case(page: Any, request: HttpRequest) -> HttpResponse:
    """The page of the opened case, and whatever its sender does there."""
    case = opened_case(request)
    door = Door.of(page, request)
    if case is None:
        if request.method == "POST":
            return _form_page(page, request, TrackForm(), OVER)
        return guarded(SeeOther(door.path))
    shown = CasePage(page, request, case, f"{door.path}case/")
    response = shown.act() if request.method == "POST" else shown.show()
    door.let_in(response, case)
    return guarded(response)


def leave(page: Any, request: HttpRequest) -> HttpResponse:
    """Close the case on this device."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    door = Door.of(page, request)
    response = SeeOther(f"{door.path}?left=1")
    door.close(response)
    return guarded(response)


def send_file(page: Any, request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of the opened case; a 404 for every other."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    case = opened_case(request)
    file = next((row for row in public_files(case) if row.pk == pk), None) if case else None
    if case is None or file is None:
        raise Http404
    response = respond(file)
    Door.of(page, request).let_in(response, case)
    return guarded(response)


def rejected(page: Any, request: HttpRequest) -> HttpResponse:
    """Django's own check refused the CSRF token: what was typed stands there again, with a token that is good."""
    case = opened_case(request)
    if case is not None and request.POST.get("act"):
        shown = CasePage(page, request, case, f"{Door.of(page, request).path}case/")
        return guarded(shown.show_typed(REJECTED, status=403))
    form = TrackForm(request.POST if "code" in request.POST else None)
    return _form_page(page, request, form, REJECTED, status=403)


def _let_in(page: Any, request: HttpRequest, case: Message) -> HttpResponse:
    """Open the case; what was typed before the door closed is shown again there."""
    door = Door.of(page, request)
    response: HttpResponse = SeeOther(f"{door.path}case/")
    if request.POST.get("act") in Act.values:
        whole = Message.objects.select_related("topic", "unit", "municipality").get(pk=case.pk)
        response = CasePage(page, request, whole, f"{door.path}case/").show_typed()
    door.let_in(response, case)
    return guarded(response)


def _form_page(
    page: Any,
    request: HttpRequest,
    form: TrackForm,
    notice: Notice | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "notice": notice, "carried": _carried(request), **more}
    response = page.render(request, template="contact/track.html", context_overrides=context)
    response.status_code = status
    return guarded(response)


def _carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed on the page of a case that had closed meanwhile. Its files wait under its token."""
    if request.POST.get("act") not in Act.values:
        return []
    if request.FILES and (token := CaseToken.read(request.POST.get("form_token", ""))):
        Tray.of(token.key).take(request)
    names = ("act", "form_token", "text", "satisfied", "reasons")
    return [(name, value) for name in names for value in request.POST.getlist(name)]
