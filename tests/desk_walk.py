"""A desk full of cases of every kind, and everybody who might ask for them: what the permission walk walks through.

Every text of a case holds a word of its own, so that any answer can be searched for what its reader may not read.
"""

import json
import zipfile
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.test import Client
from django.utils import timezone

from contact.models import Absence, CannedReply, DraftReply, Message, Municipality, Original, PublicAnswer
from outbox.models import OutgoingMail, OutgoingSms
from tests.desk_fixtures import log_in
from tests.factories import MessageFactory, TopicFactory, UnitFactory, UserFactory

READ, CHANGE, ALL = "contact.view_message", "contact.change_message", "contact.view_all_messages"
MANAGE, REDACT, ORIGINAL = "contact.manage_cases", "contact.redact_message", "contact.view_original"
APPROVE, REPORTS, MAILS, TRIAL = (
    "contact.approve_publicanswer",
    "contact.view_reports",
    "outbox.view_outgoingmail",
    "outbox.test_mail",
)
SNIPPETS = ("topic", "unit", "municipality", "cannedreply", "publicanswer", "absence")
EVERYTHING = frozenset(
    {
        READ,
        CHANGE,
        ALL,
        MANAGE,
        REDACT,
        ORIGINAL,
        APPROVE,
        REPORTS,
        MAILS,
        TRIAL,
        "contact.add_message_by_hand",
    }
    | {f"contact.{action}_{name}" for action in ("add", "change", "delete") for name in SNIPPETS}
)
OFFICER = frozenset({READ, CHANGE, "contact.add_message_by_hand", "contact.add_publicanswer"})

#: Where a case may stand: in the unit of the officer, in another one, in a confidential topic of the officer's own unit.
PLACES = ("ours", "theirs", "secret")
STATES: dict[str, dict[str, Any]] = {
    "open": {"status": "in_progress"},
    "answered": {"status": "answered", "answered_at": timezone.now()},
    "closed": {"status": "closed", "answered_at": timezone.now(), "closed_at": timezone.now()},
    "spam": {"status": "spam"},
    "merged": {"status": "closed", "closed_at": timezone.now()},
    "anonymised": {"status": "closed", "closed_at": timezone.now(), "anonymised_at": timezone.now()},
}


@dataclass(frozen=True)
class Role:
    """What somebody may do, in words of the permissions, and in which places they see cases."""

    rights: frozenset[str] = frozenset()
    places: tuple[str, ...] = ()
    #: Whether the admin lets them in at all.
    is_staff: bool = True


ROLES = {
    "superuser": Role(EVERYTHING, PLACES),
    "head of public relations": Role(EVERYTHING - {"contact.delete_unit", TRIAL}, PLACES),
    "news officer": Role(),
    "answering officer": Role(OFFICER, ("ours",)),
    "officer of another unit": Role(OFFICER, ("theirs",)),
    "system keeper": Role(frozenset({TRIAL, MAILS})),
    "reader of the confidential topic": Role(OFFICER, ("secret",)),
    "assignee": Role(OFFICER, ("theirs",)),
    "stand-in": Role(OFFICER, ("theirs",)),
    "no right": Role(is_staff=False),
    "anonymous": Role(is_staff=False),
}


@dataclass
class World:
    """All that there is, and which words who may read."""

    cases: dict[tuple[str, str], Message]
    people: SimpleNamespace
    topics: SimpleNamespace
    rows: dict[str, Any]
    answers: dict[str, PublicAnswer]
    #: (word, places whose readers may read it, a right that is needed besides)
    words: list[tuple[str, str, str]] = field(default_factory=list)

    def hidden_from(self, role: Role) -> list[str]:
        return [
            word
            for word, place, right in self.words
            if place not in role.places or (right and right not in role.rights)
        ]


_numbers = count(1)


def make_word() -> str:
    """A word that stands nowhere else, of letters only: digits are written anew on their way out."""
    number = next(_numbers)
    return "ژغظ" + "".join("بپتثجچحخدذ"[int(digit)] for digit in f"{number:04d}") + "ظغژ"


def _case(topic: Any, place: str, state: str, world: World) -> Message:
    word = make_word()
    world.words.append((word, place, ""))
    values = {"name": f"نام {word}", "organization": f"سازمان {word}", "post": f"سمت {word}"}
    case = MessageFactory(
        topic=topic,
        title=f"چراغ خیابان {word}",
        body=f"چراغ خیابان {word} خاموش است",
        answers=[{"label": "نشانی", "kind": "text", "value": f"کوچهٔ {word}"}],
        close_text=f"بسته شد {word}",
        satisfaction_text=f"سپاس {word}",
        assignee=None if place == "ours" else world.people.assignee,
        **values,
        **STATES[state],
    )
    case.place, case.state_of_case = place, state  # type: ignore[attr-defined]
    if state == "merged":
        case.merged_into = world.cases[place, "open"]
        case.save()
    for kind in ("received", "note", "reply"):
        entry = case.timeline.create(kind=kind, text=f"نوشتهٔ {word}", author=world.people.head)
    path = f"cases/aa/{case.pk}"
    (Path(settings.PRIVATE_ROOT) / path).parent.mkdir(parents=True, exist_ok=True)
    (Path(settings.PRIVATE_ROOT) / path).write_text(word, encoding="utf-8")
    file = case.attachments.create(entry=entry, name=f"پروندهٔ {word}.pdf", path=path, size=9, is_public=False)
    case.outside_questions.create(
        organization=f"شرکت {word}", email="bargh@example.ir", question=f"پرسش {word}",
        expires_at=timezone.now() + timedelta(9),
    )  # fmt: skip
    if state == "open":
        _draft(case, word, world)
    original = make_word()
    world.words.append((original, place, ORIGINAL))
    for kept in (None, file):
        Original.objects.create(
            message=case, attachment=kept, field="body", text=f"پیش از پوشاندن {original}", reason="نام"
        )
    OutgoingMail.objects.create(
        kind="reply", to=["sara@example.com"], subject=f"دربارهٔ پیام {case.code_display}", text=f"متن {word}",
        html=f"<p>{word}</p>", reference=f"case:{case.pk}", message_id=f"<{case.pk}@example.ir>",
    )  # fmt: skip
    return case


def _draft(case: Message, word: str, world: World) -> None:
    draft = DraftReply.objects.create(message=case, author=world.people.head, text=f"پیش‌نویس {word}")
    case.attachments.create(draft=draft, name=f"پیوست {word}.pdf", path=f"cases/ab/{case.pk}", size=9)


def _joined(world: World) -> None:
    """A confidential case and one of another unit led into ours, and parts split off from each to the others."""
    into = world.cases["ours", "open"]
    for place in ("theirs", "secret"):
        for values in ({"merged_into": into, "status": "closed"}, {"split_from": into}):
            word = make_word()
            world.words.append((word, place, ""))
            MessageFactory(topic=world.cases[place, "open"].topic, title=f"چراغ خیابان {word}", **values)
            into.timeline.create(
                kind="merged", data={"case": Message.objects.order_by("pk").last().pk, "code": "۱"}
            )
    into.split_from = world.cases["secret", "open"]
    into.save()


def make_world(*, all_places: bool) -> World:
    """Every state of a case in the officer's own unit, or in `all_places`; elsewhere an open and an answered one."""
    ours = TopicFactory(title="روشنایی", unit=UnitFactory(name="واحد ما"))
    theirs = TopicFactory(title="فضای سبز", unit=UnitFactory(name="واحد دیگر"))
    secret = TopicFactory(title="بازرسی", unit=ours.unit, is_confidential=True)
    topics = SimpleNamespace(ours=ours, theirs=theirs, secret=secret, new=TopicFactory(title="بی‌پیام"))
    head = log_in("مسئول روابط عمومی").user
    assignee, stand_in = log_in("کارشناس پاسخ‌گویی"), log_in("کارشناس پاسخ‌گویی")
    people = SimpleNamespace(head=head, assignee=assignee.user, stand_in=stand_in.user)
    today = timezone.localdate()
    leave = Absence.objects.create(
        user=assignee.user, stand_in=stand_in.user, first_day=today, last_day=today
    )
    rows = {
        "topic": topics.new,
        "unit": UnitFactory(name="بی‌پیام"),
        "municipality": Municipality.objects.create(name="شهرداری نمونه"),
        "cannedreply": CannedReply.objects.create(title="سپاس", text="با سپاس از پیام شما"),
        "absence": leave,
    }
    world = World({}, people, topics, rows, {})
    for place in PLACES:
        for state in STATES if all_places or place == "ours" else ("open", "answered"):
            world.cases[place, state] = _case(getattr(topics, place), place, state, world)
    _joined(world)
    for place in PLACES:
        case, word = world.cases[place, "answered"], make_word()
        world.words.append((word, place, "contact.add_publicanswer"))
        world.answers[place] = PublicAnswer.objects.create(
            topic=getattr(topics, place), message=case, question=f"پرسش خیابان {word}", answer=f"پاسخ {word}"
        )
    OutgoingMail.objects.filter(reference=f"case:{world.cases['ours', 'open'].pk}").update(state="dead")
    OutgoingSms.objects.create(to="+989120000000", text="کد", kind="receipt", state="dead")
    rows["publicanswer"] = world.answers["ours"]
    return world


def client_of(name: str, world: World) -> Client:
    """Somebody of this role, logged in."""
    people, topics = world.people, world.topics
    known = {
        "head of public relations": people.head,
        "assignee": people.assignee,
        "stand-in": people.stand_in,
    }
    groups = {"news officer": "کارشناس خبر", "system keeper": "مدیر سامانه"}
    if name == "anonymous":
        return Client()
    if name in known or name in ("superuser", "no right"):
        user = known.get(name) or UserFactory(is_superuser=name == "superuser")
        client = Client()
        client.force_login(user)
        client.user = user  # type: ignore[attr-defined]
        return client
    client = log_in(groups.get(name, "کارشناس پاسخ‌گویی"))
    units = {"answering officer": topics.ours.unit, "officer of another unit": topics.theirs.unit}
    if name in units:
        units[name].members.add(client.user)
    if name == "reader of the confidential topic":
        topics.secret.readers.add(client.user)
    return client


def text_of(response: Any) -> str:
    """All that an answer says: its text, whatever it is packed in, and its headers."""
    body = response.getvalue() if response.streaming else response.content
    kind = response.get("Content-Type", "")
    if "json" in kind and body:
        words = json.dumps(json.loads(body), ensure_ascii=False)
    elif body[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(body)) as book:
            words = "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    else:
        words = body.decode("utf-8", "replace")
    return words + "".join(unquote(f"{name}: {value}\n") for name, value in response.items())


def snapshot(models: tuple[Any, ...]) -> list[Any]:
    """Every row of these tables, so that nothing changes unseen."""
    return [(model._meta.label, list(model.objects.order_by("pk").values_list())) for model in models]
