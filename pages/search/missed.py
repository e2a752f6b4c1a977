"""What people searched for and did not find, counted without a trace of who they are.

A search is a visitor's GET, which writes nothing to the database: it leaves a line in a spool file, and the scheduler adds
the lines up. Nothing of the visitor goes along: no address, no session, no hour. Whatever looks like a number, a code or an
address is left out, and the words themselves are kept only from the `SHOWN_FROM`th time on; until then there is only a keyed
digest of them, so that what one person typed once cannot be read by anybody.
"""

import datetime
import json
import logging
import re
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from persian.analysis import tokenize
from persian.text import clean

from .models import MissedSearch

logger = logging.getLogger(__name__)

LONGEST = 60
MOST_WORDS = 6
SPOOL_LIMIT = 1_000_000  # bytes: a flood of nonsense must not fill the disk
PEOPLE_KEPT = datetime.timedelta(days=180)
RARE_KEPT = datetime.timedelta(days=30)
# Telephones, codes and years of birth have four digits in a row or more, however they are spaced.
_PERSONAL = re.compile(r"(\d[\s\u200c./()-]*){4}|[@:\\]|//|www\.")


def key(query: str) -> str:
    """Return what the ways to write the same words have in common."""
    return "".join(token.surface for token in tokenize(query))


def is_impersonal(query: str) -> bool:
    """Return whether `query` could not be a number, a code, an address or a whole message."""
    return len(query) <= LONGEST and len(query.split()) <= MOST_WORDS and not _PERSONAL.search(query)


def note(query: str) -> None:
    """Leave `query`, which found nothing, for `add_up` to count. Never fails: the visitor has nothing to do with it."""
    words = " ".join(clean(query).split())
    if not key(words) or not is_impersonal(words):
        return
    spool = Path(settings.SPOOL_DIR) / "missed-searches.jsonl"
    try:
        spool.parent.mkdir(parents=True, exist_ok=True)
        if not spool.exists() or spool.stat().st_size < SPOOL_LIMIT:
            with spool.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(words, ensure_ascii=False) + "\n")
    except OSError:
        logger.warning("a search that found nothing could not be counted", exc_info=True)


def add_up() -> int:
    """Count what the spool holds, empty it and forget what is old. Returns how many searches were counted."""
    texts = _take()
    today = timezone.localdate()
    counts = Counter(key(text) for text in texts)
    as_typed = {key(text): text for text in texts}
    with transaction.atomic():
        for words, times in counts.items():
            _count(as_typed[words], _digest(words), times, today)
        MissedSearch.objects.filter(last_missed__lt=today - PEOPLE_KEPT).delete()
        MissedSearch.objects.filter(text="", last_missed__lt=today - RARE_KEPT).delete()
    _counting().unlink(missing_ok=True)
    return counts.total()


def _counting() -> Path:
    return Path(settings.SPOOL_DIR) / "missed-searches.counting"


def _take() -> list[str]:
    """The waiting searches, put aside so that new ones begin a new file. A run that was cut short left its own behind."""
    counting = _counting()
    if not counting.exists():
        try:
            counting.with_suffix(".jsonl").rename(counting)
        except FileNotFoundError:
            return []
    found = []
    for line in counting.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:  # a line that a killed process did not finish
            continue
    return [text for text in found if isinstance(text, str) and key(text)]


def _digest(words: str) -> str:
    return salted_hmac("pages.search.missed", words, algorithm="sha256").hexdigest()[:40]


def _count(text: str, digest: str, times: int, today: datetime.date) -> None:
    row, _made = MissedSearch.objects.get_or_create(digest=digest, defaults={"last_missed": today})
    shown = {"text": text} if row.count + times >= MissedSearch.SHOWN_FROM and not row.text else {}
    MissedSearch.objects.filter(pk=row.pk).update(count=F("count") + times, last_missed=today, **shown)
