"""A lost code comes back: by a letter with links, or by a new secret that the staff gives on the telephone."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from .letters import LINK_SOURCE, queue_letter
from .limits import too_many
from .links import is_good, row_key
from .models import Message, OneTimeLink, TimelineEntry
from .secrets import hash_secret, make_secret
from .workflow import Status

LINK_AGE = timedelta(hours=24)
#: The newest cases of an address that one letter lists.
MOST_CASES = 10
#: Nobody's post is flooded by somebody who knows their address.
LETTERS_A_DAY = 3


def send_links(address: str) -> None:
    """Queue one letter with a link to each of the newest cases of this address; nothing where there is none.

    It goes to the address as the case has it, never to a look-alike that was typed.
    """
    mine = Message.objects.filter(email__iexact=address, anonymised_at=None).exclude(status=Status.SPAM)
    cases = list(mine[:MOST_CASES])
    recipient = salted_hmac("contact.lost", address.casefold(), algorithm="sha256").hexdigest()
    if not cases or too_many("lost_address", recipient, LETTERS_A_DAY, LINK_AGE):
        return
    with transaction.atomic():
        expires = timezone.now() + LINK_AGE
        links = [case.links.create(purpose=OneTimeLink.Purpose.RECOVER, expires_at=expires) for case in cases]
        placeholders = [f"[[link-{link.pk}]]" for link in links]
        queue_letter(
            "lost_code",
            cases[0],
            to=[cases[0].email],
            subject=gettext("Links to your messages"),
            context={"cases": list(zip(cases, placeholders, strict=True)), "expires": expires},
            withheld={
                placeholder: (LINK_SOURCE, str(link.pk))
                for placeholder, link in zip(placeholders, links, strict=True)
            },
        )


def find_link(token: str, *, lock: bool = False) -> OneTimeLink | None:
    """The link of a token with its case, as long as it is good for something. `lock`: inside a transaction."""
    rows = OneTimeLink.objects.filter(purpose=OneTimeLink.Purpose.RECOVER, used_at=None)
    if lock:
        rows = rows.select_for_update()
    link = rows.filter(pk=row_key(token) or 0, expires_at__gt=timezone.now()).first()
    return link if is_good(token, OneTimeLink.Purpose.RECOVER, link) else None


@transaction.atomic
def use_link(token: str) -> Message | None:
    """Give the case of a link a new secret and use up its links; None when the link is good for nothing (any more)."""
    link = find_link(token, lock=True)
    if link is None:
        return None
    OneTimeLink.objects.filter(
        message=link.message_id, purpose=OneTimeLink.Purpose.RECOVER, used_at=None
    ).update(used_at=timezone.now())
    return new_secret(link.message_id, how="link")


@transaction.atomic
def new_secret(pk: int, *, by: Any = None, how: str) -> Message:
    """Give a case another secret and write it down; the earlier one opens nothing from now on. `how`: "link", "telephone"."""
    case = Message.objects.select_for_update().get(pk=pk)
    case.secret_version += 1
    case.secret_hash = hash_secret(make_secret(case.form_key, case.secret_version))
    case.save(update_fields=["secret_version", "secret_hash"])
    case.timeline.create(kind=TimelineEntry.Kind.CODE, author=by, data={"how": how})
    return case
