"""The link by which somebody answers, once, what the unit asked. It shows the question and no more of the case."""

import logging
import uuid
from typing import Any

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from contact import by_sender
from contact.by_sender import Act, Refused
from contact.links import is_good, row_key
from contact.models import OneTimeLink
from contact.workflow import Status

from .access import guarded
from .case_forms import form_for
from .case_page import FAILED
from .handling import REJECTED, SeeOther
from .pages import Notice
from .story import question_of
from .tokens import FormToken
from .uploads import Tray

logger = logging.getLogger(__name__)

ANSWER = OneTimeLink.Purpose.ANSWER
#: What may be the matter with a link.
USED, OVER = "used", "over"


def open_link(page: Any, request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the question with a form, because mail scanners open links; POST takes the answer, once."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    link = find_link(token)
    state = state_of(link)
    if link is None or state:
        typed = "" if _is_kept(link, request) else request.POST.get("text", "")
        return _page(page, request, state=state, typed=typed)
    if request.method != "POST":
        return _form_page(page, request, link)
    return _receive(page, request, link, token)


def rejected(page: Any, request: HttpRequest, token: str) -> HttpResponse:
    """Django's own check refused the CSRF token: the form again, with what was typed."""
    link = find_link(token)
    if link is None or state_of(link):
        return _page(page, request, state=state_of(link), status=403)
    return _form_page(page, request, link, initial=request.POST.dict(), notice=REJECTED, status=403)


def find_link(token: str, *, lock: bool = False) -> OneTimeLink | None:
    """The link of a token with its case, whatever became of it; None for a token that was never one. `lock`: in a transaction."""
    rows = OneTimeLink.objects.filter(purpose=ANSWER, pk=row_key(token) or 0)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    link = rows.select_related("message__unit").first()
    return link if is_good(token, ANSWER, link) else None


def state_of(link: OneTimeLink | None) -> str:
    """Why nothing can be answered by this link; "" when something can."""
    if link is not None and link.used_at:
        return USED
    if link is None or link.expires_at <= timezone.now():
        return OVER
    is_waiting = link.message.status == Status.WAITING and not link.message.anonymised_at
    return "" if is_waiting else OVER


@transaction.atomic
def use_link(token: str, key: uuid.UUID, text: str) -> bool:
    """Take the answer and use the link up, in one. False when somebody was faster."""
    link = find_link(token, lock=True)
    if link is None or state_of(link):
        return False
    by_sender.answer(link.message, key=key, text=text)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return True


def _is_kept(link: OneTimeLink | None, request: HttpRequest) -> bool:
    """Whether what was posted stands in the case already, as it is kept: cleaned by the form."""
    form = form_for(Act.ANSWER, request.POST, has_files=True)
    if link is None or not form.is_valid():
        return False
    return link.message.timeline.filter(kind="added", text=form.cleaned_data["text"]).exists()


def _receive(page: Any, request: HttpRequest, link: OneTimeLink, token: str) -> HttpResponse:
    posted = FormToken.read(request.POST.get("form_token", ""))
    mine = posted or FormToken.new()
    tray = Tray.of(mine.key)
    tray.take(request)
    if "remove" in request.POST:
        tray.remove(request.POST["remove"])
        if not tray.errors:
            return _form_page(page, request, link, mine, tray, initial=request.POST.dict())
    form = form_for(Act.ANSWER, request.POST, has_files=bool(tray.waiting))
    for field, words in tray.errors:
        form.add_error(field if field in form.fields else None, words)
    if posted is None or not form.is_valid():
        return _form_page(page, request, link, mine, tray, form=form)
    try:
        use_link(token, mine.key, form.cleaned_data["text"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _form_page(page, request, link, mine, tray, form=form)
    except DatabaseError:
        logger.exception("an answer could not be saved")
        return _form_page(page, request, link, mine, tray, form=form, notice=FAILED, status=503)
    return guarded(SeeOther(request.path))


def _form_page(
    page: Any,
    request: HttpRequest,
    link: OneTimeLink,
    token: FormToken | None = None,
    tray: Tray | None = None,
    *,
    form: Any = None,
    initial: dict[str, Any] | None = None,
    notice: Notice | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form or form_for(Act.ANSWER, initial=initial),
        "act": Act.ANSWER,
        "token": (token or FormToken.new()).dump(),
        "files": tray.waiting if tray else [],
        "question": question_of(link.message),
        "unit": link.message.unit,
        "notice": notice,
    }
    return _page(page, request, status=status, **context)


def _page(page: Any, request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    response = page.render(request, template="contact/track_answer.html", context_overrides=context)
    response.status_code = status
    return guarded(response)
