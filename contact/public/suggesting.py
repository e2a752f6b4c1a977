"""Answers that are public already, offered to whoever is writing: perhaps nothing needs to be sent."""

import logging
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from contact.models import PublicAnswer, Topic
from persian.analysis import index_text, query_terms
from persian.text import clean

from .choice import number

logger = logging.getLogger(__name__)

#: How many are offered, out of how many that the search finds.
OFFERED, LOOKED_AT = 3, 20
LONGEST = 300


def suggested_answers(title: str, body: str, topic: Topic | None = None) -> list[PublicAnswer]:
    """Public answers that have two words or more of the title in common with it, and half of them; failing that, of the
    text three; those of the same topic first. One query where nothing is public yet, a few otherwise."""
    answers = PublicAnswer.objects.approved()
    try:
        if not answers.exists():
            return []
        return _like(title, answers, topic, least=2) or _like(body[:LONGEST], answers, topic, least=3)
    except DatabaseError:  # the form stands without
        logger.exception("no answers could be suggested")
        return []


def _like(text: str, answers: Any, topic: Topic | None, least: int) -> list[PublicAnswer]:
    words = " ".join(clean(text).split())
    terms = [[set(tokens) for tokens in term.loose] for term in query_terms(words)]
    if len(terms) < least:
        return []
    scored = []
    for place, answer in enumerate(answers.select_related("topic").like(words)[:LOOKED_AT]):
        held = set(index_text(f"{answer.question}\n{answer.details}\n{answer.answer}").split())
        score = sum(any(tokens <= held for tokens in term) for term in terms)
        if score >= least and score * 2 >= len(terms):
            is_other = topic is None or answer.topic_id != topic.pk
            scored.append((is_other, -score, place, answer))
    return [answer for *_order, answer in sorted(scored, key=lambda one: one[:3])[:OFFERED]]


def fragment(page: Any, request: HttpRequest) -> HttpResponse:
    """A plain list for the form's script. By POST: what somebody begins to write belongs into no log of addresses."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    topic = Topic.objects.filter(pk=number(request.POST.get("topic"))).first()
    found = suggested_answers(request.POST.get("title", "")[:LONGEST], "", topic)
    response = TemplateResponse(request, "contact/form/suggested.html", {"page": page, "suggested": found})
    add_never_cache_headers(response)
    return response
