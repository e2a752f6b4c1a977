"""What is proposed for a page's draft, and what becomes of it when some of that is accepted."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

from wagtail.log_actions import log
from wagtail.models import Page

from persian.proofread import Proposal, words

from .texts import Text, User, texts_of

ACTION = "persian.proofread"
_CONTEXT = 40  # characters shown on either side


class TooLongError(ValueError):
    """The accepted changes make a text longer than its field holds. Its argument is the field's label."""


@dataclass(frozen=True, slots=True)
class Item:
    """A proposal as the editor sees it: whole words before and after the change, and what stands around them."""

    key: str
    proposal: Proposal
    before: str
    found: str
    replacement: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """The proposals for one text of the page."""

    label: str
    items: list[Item]


class Draft:
    """The latest draft of a page with its proposals. `version` tells whether its texts are still those that were shown."""

    def __init__(self, page: Page, user: User) -> None:
        self.page: Page = page.get_latest_revision_as_object()
        self._user = user
        self._texts = texts_of(self.page, user)
        self._proposals = [text.proposals() for text in self._texts]
        content = json.dumps([[text.label, text.value] for text in self._texts])
        self.version = hashlib.sha256(content.encode()).hexdigest()[:32]

    @property
    def count(self) -> int:
        return sum(map(len, self._proposals))

    def groups(self) -> list[Group]:
        pairs = enumerate(zip(self._texts, self._proposals, strict=True))
        return [
            Group(text.label, [_item(index, text, proposal) for proposal in proposals])
            for index, (text, proposals) in pairs
            if proposals
        ]

    def accept(self, keys: Collection[str] | None) -> int:
        """Save a new draft with the proposals of these keys, or with all for None; return how many. `TooLongError`."""
        accepted = 0
        for index, (text, proposals) in enumerate(zip(self._texts, self._proposals, strict=True)):
            chosen = [p for p in proposals if keys is None or _key(index, p) in keys]
            if not chosen:
                continue
            mended = text.with_accepted(chosen)
            if text.limit and len(mended) > text.limit and len(mended) > len(text.value):
                raise TooLongError(text.label)
            text.write(mended)
            accepted += len(chosen)
        if accepted:
            self._save(accepted)
        return accepted

    def _save(self, accepted: int) -> None:
        # Not cleaned: a draft may lack what publishing asks for, as in the CMS's own editor.
        revision = self.page.save_revision(user=self._user, clean=False)
        log(
            instance=self.page,
            action=ACTION,
            user=self._user,
            revision=revision,
            content_changed=True,
            data={"count": accepted},
        )


def _key(index: int, proposal: Proposal) -> str:
    return f"{index}-{proposal.start}-{proposal.end}"


def _item(index: int, text: Text, proposal: Proposal) -> Item:
    """Show whole words: the difference between a space and a half-space is seen in a word, not alone."""
    content = words(text.value) if text.is_html else text.value
    start, end = proposal.start, proposal.end
    while start and proposal.start - start < _CONTEXT and not content[start - 1].isspace():
        start -= 1
    while end < len(content) and end - proposal.end < _CONTEXT and not content[end].isspace():
        end += 1
    return Item(
        _key(index, proposal),
        proposal,
        before=content[max(0, start - _CONTEXT) : start].rpartition("\n")[2],
        found=content[start:end],
        replacement=content[start : proposal.start] + proposal.replacement + content[proposal.end : end],
        after=content[end : end + _CONTEXT].partition("\n")[0],
    )
