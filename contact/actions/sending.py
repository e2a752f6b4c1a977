"""Letters to senders and colleagues about what was done to a case."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from contact.addresses import public_address
from contact.clock.recipients import Recipients
from contact.letters import queue_letter
from contact.links_mail import Withheld
from contact.models import Message
from outbox.models import OutgoingMail
from persian.text import isolate_ltr

#: Stands in a preview where the letter has its link.
SAMPLE_LINK = "https://www.example.ir/"


def wants_mail(case: Message) -> bool:
    """Whether the sender wished to be answered by e-mail."""
    return bool(case.email) and case.answer_by == Message.AnswerBy.EMAIL


def reply_context(case: Message, text: str, files: Iterable[str], link: str = "") -> dict[str, Any]:
    """What the letter `reply` is made of; the preview is made of the same."""
    return {"text": text, "files": list(files), "link": link, "track": public_address("track/")}


def reply_subject(case: Message, link: str = "") -> str:
    words = (
        gettext("A question about your message %(code)s")
        if link
        else gettext("Answer to your message %(code)s")
    )
    return words % {"code": isolate_ltr(case.code_display)}


def send_reply_letter(
    case: Message, text: str, files: Iterable[str] = (), link: str = "", withheld: Withheld | None = None
) -> OutgoingMail:
    return queue_letter(
        "question" if link else "reply",
        case,
        to=[case.email],
        subject=reply_subject(case, link),
        context=reply_context(case, text, files, link),
        reply_to=[case.unit.email] if case.unit.email else [],
        withheld=withheld,
    )


def tell_sender(
    case: Message,
    heading: str,
    text: str = "",
    rows: Iterable[tuple[str, str]] = (),
    withheld: Withheld | None = None,
) -> OutgoingMail | None:
    """Tell the sender of news, where there is an address. `text` may be typed; `rows` are labels and values."""
    if not case.email:
        return None
    return queue_letter(
        "news",
        case,
        to=[case.email],
        subject=gettext("About your message %(code)s") % {"code": isolate_ltr(case.code_display)},
        context={"heading": heading, "text": text, "rows": list(rows), "track": public_address("track/")},
        withheld=withheld,
    )


def tell_staff(
    case: Message, to: Iterable[str], heading: str, text: str = "", reply_to: Iterable[str] = ()
) -> OutgoingMail | None:
    """Tell colleagues of news; None where nobody of them has an address. Of a confidential case the words stay on the desk."""
    addresses = [address for address in to if address]
    if not addresses:
        return None
    return queue_letter(
        "desk_news",
        case,
        to=addresses,
        subject=gettext("Message %(code)s on the desk") % {"code": isolate_ltr(case.code_display)},
        context={"heading": heading, "text": "" if case.topic.is_confidential else text},
        reply_to=reply_to,
    )


def those_who_answer(case: Message) -> list[str]:
    """The addresses of the colleague who has the case and of today's stand-in, or of its unit."""
    return Recipients.today().of(case)
