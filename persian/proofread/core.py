"""From rules to proposals: pass after pass until nothing is left to propose, then told in places of the first text."""

from bisect import bisect_right
from collections.abc import Iterable

from .half_spaces import half_spaces, hamzas
from .marks import digits, letters, punctuation, quotes, spaces
from .model import Edit, Proposal
from .shields import is_free, shields

# Where two rules want the same characters, the earlier one has them; the later one comes with the next pass.
_RULES = (letters, half_spaces, hamzas, digits, punctuation, quotes, spaces)
_MOST_PASSES = 12


def propose(text: str) -> list[Proposal]:
    """Return the changes proposed for a plain text: sorted, apart from each other, each acceptable without the others.

    When all are accepted nothing more is proposed. Newlines part the paragraphs; any Unicode is a text.
    """
    edits: list[Edit] = []
    current = text
    for _pass in range(_MOST_PASSES):
        found = _apart(current)
        if not found:
            break
        edits = _merge(current, edits, found)
        current = _apply(text, edits)
    return [
        Proposal(edit.start, edit.end, text[edit.start : edit.end], edit.replacement, edit.kind)
        for edit in edits
        if text[edit.start : edit.end] != edit.replacement
    ]


def accept(text: str, proposals: Iterable[Proposal]) -> str:
    """Return `text` with these of its proposals carried out. ValueError when one is of another text."""
    chosen = sorted(proposals, key=lambda proposal: proposal.start)
    if any(text[proposal.start : proposal.end] != proposal.found for proposal in chosen):
        raise ValueError("A proposal was made for another text.")
    return _apply(text, chosen)


def _apart(text: str) -> list[Edit]:
    """One pass: what the rules find, outside the shields, no two with a character in common."""
    spans = shields(text)
    taken: list[Edit] = []
    for rule in _RULES:
        free = [edit for edit in rule(text) if is_free(spans, edit.start, edit.end)]
        taken = _without_overlaps(taken, free)
    return taken


def _without_overlaps(first: list[Edit], later: Iterable[Edit]) -> list[Edit]:
    result = list(first)
    for edit in later:
        index = bisect_right(result, edit)
        clear_before = index == 0 or result[index - 1].end <= edit.start
        clear_after = index == len(result) or edit.end <= result[index].start
        if clear_before and clear_after:
            result.insert(index, edit)
    return result


def _apply(text: str, edits: Iterable[Edit | Proposal]) -> str:
    parts, done = [], 0
    for edit in edits:
        parts += [text[done : edit.start], edit.replacement]
        done = edit.end
    return "".join([*parts, text[done:]])


def _merge(current: str, edits: list[Edit], found: list[Edit]) -> list[Edit]:
    """Return `edits` (places in the first text) and then `found` (places in `current`, which they made) as one list.

    A new edit that touches what an earlier one wrote becomes one with it, and keeps the earlier one's kind.
    """
    result: list[Edit] = []
    shift = 0  # first text's place minus current's, after the edits gone by
    earlier = list(edits)
    index = 0
    for new in found:
        # Earlier edits that end before the new one begins.
        while index < len(earlier) and _end_in_current(earlier[index], shift) <= new.start:
            shift += _gain(earlier[index])
            result.append(earlier[index])
            index += 1
        start, end, replacement, kind = new.start + shift, new.end, new.replacement, new.kind
        tail_shift, first = shift, True
        while index < len(earlier) and earlier[index].start - tail_shift < new.end:
            old = earlier[index]
            old_start = old.start - tail_shift
            old_end = old_start + len(old.replacement)
            if first:
                kind, first = old.kind, False
                if old_start < new.start:
                    start = old.start
                    replacement = current[old_start : new.start] + replacement
            if old_end > new.end:
                replacement += current[new.end : old_end]
                end = old_end
            tail_shift += _gain(old)
            index += 1
        result.append(Edit(start, end + tail_shift, replacement, kind))
        shift = tail_shift
    return [*result, *earlier[index:]]


def _end_in_current(edit: Edit, shift: int) -> int:
    return edit.start - shift + len(edit.replacement)


def _gain(edit: Edit) -> int:
    return edit.end - edit.start - len(edit.replacement)
