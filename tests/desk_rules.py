"""Who may what at each address of the desk: the tables of the permission walk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from persian.working_days.loading import current
from tests.desk_walk import (
    APPROVE,
    CHANGE,
    MAILS,
    MANAGE,
    ORIGINAL,
    READ,
    REDACT,
    REPORTS,
    SNIPPETS,
    STATES,
    TRIAL,
    World,
)


@dataclass(frozen=True)
class Rule:
    """An address: the right (one of several) to read it, the right to post to it, and what a good post holds."""

    get: str | tuple[str, ...]
    post: str | tuple[str, ...] = ()
    data: Callable[[World, Any], dict[str, Any]] = lambda _world, _row: {}
    #: The states of a case in which the post does something.
    works_in: tuple[str, ...] = ("open",)
    #: The states in which there is something to read.
    shown_in: tuple[str, ...] = ("", *STATES)


def _later(_world: World, _case: Any) -> dict[str, Any]:
    day = current().add_working_days(timezone.localdate(), 20).date
    return {"day": day.isoformat(), "reason": "تعطیلی"}


def _words(**data: Any) -> Callable[[World, Any], dict[str, Any]]:
    return lambda _world, _row: data


CASES: dict[str, Rule] = {
    "desk:case": Rule(READ, CHANGE, _words(note="یادداشت من")),
    "desk:ask": Rule(CHANGE, CHANGE, _words(text="نشانی را بنویسید")),
    "desk:call": Rule(CHANGE, CHANGE, _words(text="گفته شد", is_answer="on")),
    "desk:assign": Rule(CHANGE, CHANGE, lambda world, _case: {"to": world.people.head.pk}),
    "desk:reroute": Rule(
        CHANGE, CHANGE, lambda world, _case: {"topic": world.topics.new.pk, "deadline": "keep"}
    ),
    "desk:outside": Rule(
        CHANGE, CHANGE, _words(organization="شرکت گاز", email="gaz@example.ir", question="با شماست؟")
    ),
    "desk:register": Rule(CHANGE, CHANGE, _words(number="۱۲")),
    "desk:deadline": Rule(MANAGE, MANAGE, _later),
    "desk:merge": Rule(
        MANAGE,
        MANAGE,
        lambda world, case: dict.fromkeys(
            ("code", "agreed"), world.cases[case.place, "answered"].tracking_code
        ),
    ),
    "desk:split": Rule(
        MANAGE, MANAGE, lambda world, _case: {"topic": world.topics.new.pk, "title": "بخش", "body": "بخش"}
    ),
    "desk:redact": Rule(REDACT, REDACT, _words(passages="خاموش", reason="نام")),
    "desk:hold": Rule(MANAGE, MANAGE, _words(reason="دستور")),
    "desk:close": Rule(CHANGE, CHANGE, _words(text="انجام شد")),
    "desk:reply": Rule(CHANGE, CHANGE, _words(text="پاسخ من", to_status="answered")),
    "desk:reply_preview": Rule(CHANGE, shown_in=("open",)),
    "desk:lock": Rule(CHANGE, CHANGE),
    "desk:originals": Rule(ORIGINAL),
    "desk:original_file": Rule(ORIGINAL),
    "desk:print": Rule(READ),
    "desk:pdf": Rule(READ),
    "desk:secret": Rule(MANAGE, MANAGE),
    "desk:file": Rule(READ),
    "desk:withdraw": Rule(CHANGE, CHANGE),
    "publish_answer": Rule(
        "contact.add_publicanswer",
        "contact.add_publicanswer",
        _words(question="ساعت؟", answer="هشت"),
        works_in=("answered",),
    ),
}


def _topic(world: World, _row: Any) -> dict[str, Any]:
    counts = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    values = {"title": "موضوع نو", "unit": world.topics.ours.unit.pk, "sort_order": 0}
    return values | {f"questions-{name}": number for name, number in counts.items()}


def _leave(world: World, _row: Any) -> dict[str, Any]:
    days = {"first_day": "۱۴۰۵/۱/۱۵", "last_day": "۱۴۰۵/۱/۱۶"}
    return {"user": world.people.assignee.pk, "stand_in": world.people.head.pk, **days}


def _entry(world: World, _row: Any) -> dict[str, Any]:
    said = {"kind": "question", "title": "نو", "body": "پرسش", "answer_by": "none", "name": "سارا"}
    came = {"channel": "telephone", "lane": "citizen", "came_on": timezone.localdate().isoformat()}
    return {**said, **came, "came_at": "0:00", "topic": world.topics.new.pk}


FORMS: dict[str, Callable[[World, Any], dict[str, Any]]] = {
    "topic": _topic,
    "unit": _words(name="واحد نو"),
    "municipality": _words(name="شهرداری نو"),
    "cannedreply": _words(title="نو", text="با سپاس"),
    "publicanswer": lambda world, _row: {"question": "نو؟", "answer": "آری", "topic": world.topics.new.pk},
    "absence": _leave,
}


def _snippets() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for name in SNIPPETS:
        add, change, delete = (f"contact.{action}_{name}" for action in ("add", "change", "delete"))
        at, some, form = f"wagtailsnippets_contact_{name}", (add, change, delete), FORMS[name]
        rules |= {
            f"{at}:{view}": Rule(some) for view in ("list", "list_results", "history", "history_results")
        }
        rules[f"{at}:usage"] = Rule(change)
        rules[f"{at}:add"] = Rule(add, add, form)
        rules[f"{at}:edit"] = Rule(change, change, form)
        rules[f"{at}:delete"] = Rule(delete, delete)
    rules["wagtailsnippets_contact_cannedreply:copy"] = rules["wagtailsnippets_contact_cannedreply:add"]
    # Another case's draft: only those who may change answers read it; whoever approves changes it.
    rules["wagtailsnippets_contact_publicanswer:inspect"] = Rule(
        "contact.add_publicanswer", APPROVE, _words(step="approve")
    )
    return rules


OTHERS: dict[str, Rule] = _snippets() | {
    "desk:add": Rule("contact.add_message_by_hand", "contact.add_message_by_hand", _entry),
    "desk:index": Rule(READ),
    "desk:index_results": Rule(READ),
    "desk:saved": Rule(READ, READ, _words(do="save", name="فهرست من", query="status=spam")),
    # What is done to chosen cases has a walk of its own below.
    "desk:bulk": Rule(CHANGE),
    "desk:undo": Rule(CHANGE),
    "desk-upkeep:index": Rule(MANAGE),
    "desk-upkeep:deadlines": Rule(MANAGE),
    "desk-upkeep:handover": Rule(
        MANAGE,
        MANAGE,
        lambda world, _row: {
            "giver": world.people.assignee.pk,
            "taker": world.people.head.pk,
            "case": [case.pk for case in world.cases.values()],
        },
    ),
    "desk-upkeep:retention": Rule(MANAGE),
    "desk_report": Rule(REPORTS),
    "desk_report_print": Rule(REPORTS),
    "desk_report_pdf": Rule(REPORTS),
    "desk_report_xlsx": Rule(REPORTS),
    "outgoing-mail:index": Rule(MAILS),
    "outgoing-mail:index_results": Rule(MAILS),
    "outgoing-mail:act": Rule(MAILS, MAILS, _words(again="1"), shown_in=()),
    "outgoing-sms:index": Rule(MAILS),
    "outgoing-sms:index_results": Rule(MAILS),
    "outgoing-sms:act": Rule(MAILS, MAILS, _words(again="1"), shown_in=()),
    "outbox_trial": Rule(TRIAL, TRIAL),
}
