"""What became of every acknowledged message and every notice, read from the database, the disk and the mail server's memory."""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from .citizen import Written
from .mail_server import DIES, Taken

RECOVERY = 300.0  # seconds from the recovery to the last notice; the promise
#: A notice that a killed process had just handed over may come twice; seconds between the acceptance and the kill.
A_MOMENT = 0.5


@dataclass
class Verdict:
    figures: dict[str, object] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def on_messages(written: list[Written], verdict: Verdict) -> None:
    """Every acknowledged message is stored once and whole; none that was not acknowledged is stored twice or half."""
    from contact.files.storing import open_stored
    from contact.models import Message

    acknowledged = [message for message in written if message.code]
    stored = Message.objects.prefetch_related("attachments", "timeline")
    by_title = defaultdict(list)
    for row in stored:
        by_title[row.title].append(row)
    lost = files = 0
    for message in written:
        rows = by_title[message.title]
        if len(rows) > 1:
            verdict.faults.append(f"«{message.title}» is stored {len(rows)} times")
        if not rows:
            if message.code:
                lost += 1
                verdict.faults.append(f"«{message.title}» was acknowledged and is lost")
            continue
        (row, *_others) = rows
        if message.code and row.tracking_code != message.code:
            verdict.faults.append(f"«{message.title}» has another code than its receipt")
        if row.body != message.body:
            verdict.faults.append(f"«{message.title}» has another text")
        if sum(entry.kind == "received" for entry in row.timeline.all()) != 1:
            verdict.faults.append(f"«{message.title}» has no timeline, or two")
        kept = []
        for attachment in row.attachments.all():
            with open_stored(attachment.path) as file:
                kept.append(hashlib.file_digest(file, "sha256").hexdigest())
        files += len(kept)
        if sorted(kept) != sorted(file.sha256 for file in message.files):
            verdict.faults.append(f"«{message.title}» has {len(kept)} of {len(message.files)} files")
    verdict.figures |= {
        "messages acknowledged": len(acknowledged),
        "of them lost": lost,
        "messages stored": sum(map(len, by_title.values())),
        "files stored": files,
        "never acknowledged": len(written) - len(acknowledged),
    }
    if len(acknowledged) < len(written):
        verdict.faults.append(f"{len(written) - len(acknowledged)} messages were never acknowledged")


def on_notices(
    taken: list[Taken], recovered: float, kills: list[tuple[float, str]], verdict: Verdict
) -> None:
    """Every notice arrived within five minutes of recovery, once; twice only where the server died after acceptance."""
    from contact.letters import CASE
    from contact.models import Message
    from outbox.models import OutgoingMail, State

    mails = list(OutgoingMail.objects.filter(reference__startswith=f"{CASE}:"))
    told = {mail.reference for mail in mails if mail.kind == "new_message"}
    silent = Message.objects.exclude(pk__in=[reference.partition(":")[2] for reference in told]).count()
    if silent:
        verdict.faults.append(f"{silent} messages have no notice to their unit")
    arrivals = defaultdict(list)
    for one in taken:
        arrivals[one.message_id].append(one)
    latest = 0.0
    twice: Counter[str] = Counter()
    for mail in mails:
        came = arrivals[mail.message_id]
        if not came or mail.state != State.SENT:
            verdict.faults.append(
                f"the notice {mail.pk} ({mail.kind}) did not arrive: {mail.state} {mail.last_error}"
            )
            continue
        latest = max(latest, min(one.at for one in came))
        if len(came) > 1:
            twice[_why_again(came, kills)] += 1
        if len(came) > 2:
            verdict.faults.append(f"the notice {mail.pk} arrived {len(came)} times")
    if twice["for no reason"]:
        verdict.faults.append(f"{twice['for no reason']} notices arrived twice for no reason")
    if latest - recovered > RECOVERY:
        verdict.faults.append(f"the last notice arrived {latest - recovered:.0f} s after recovery")
    verdict.figures |= {
        "notices": len(mails),
        "arrived once": sum(len(arrivals[mail.message_id]) == 1 for mail in mails),
        "arrived twice, the server died after acceptance": twice["the server died"],
        "arrived twice, a worker was killed in that moment": twice["a worker was killed"],
        "last arrival after recovery (s)": round(max(0.0, latest - recovered), 1),
    }


def _why_again(came: list[Taken], kills: list[tuple[float, str]]) -> str:
    if any(one.mode == DIES for one in came[:-1]):
        return "the server died"
    delivering = [at for at, kind in kills if kind in ("task worker", "scheduler")]
    if any(-0.05 <= at - came[0].at <= A_MOMENT for at in delivering):
        return "a worker was killed"
    return "for no reason"
