"""Light stemming: which words a word may be a form of. An ending goes only where what remains is known or long enough."""

from dataclasses import dataclass
from functools import cache, lru_cache

from . import lexicon, verbs

PLURAL_ENDINGS = tuple("هایشان هایتان هایمان هاشون هایم هایت هایش هایی هام هات هاش های ها".split())  # noqa: SIM905 one line reads better
# Endings that may stand apart, after a half-space or a space, and those that only stand joined.
SPACED_ENDINGS = frozenset([*PLURAL_ENDINGS, *"تر ترین ترها ترینها مان تان شان ای ی ام ات اش".split()])  # noqa: SIM905
ENDINGS = SPACED_ENDINGS.union("یی یم یت یش م ت ش اند ایم اید ست جات ان گان یان ین".split())  # noqa: SIM905
VERB_PREFIXES = frozenset(["می", "نمی"])


@dataclass(frozen=True, slots=True)
class _Ending:
    """An ending, what may stand in its place, what must come before it, and from which length on an unknown rest will do."""

    text: str
    replacements: tuple[str, ...] = ("",)
    after: str = ""  # letters, one of which comes before; "" for any
    unknown_from: int = 99
    shortest: int = 2  # of a known rest


_RULES = (
    *(_Ending(text, unknown_from=3) for text in PLURAL_ENDINGS),
    *(_Ending(text, unknown_from=4) for text in ("ترین", "ترینها", "ترها")),
    _Ending("تر"),
    *(_Ending(text, unknown_from=6) for text in ("شان", "مان", "تان")),
    *(_Ending(text, after="اوه") for text in ("یم", "یت", "یش", "یشان", "یمان", "یتان")),
    _Ending("گان", ("ه",), unknown_from=4),
    _Ending("یان", after="او", unknown_from=4),
    _Ending("ان"),
    _Ending("یون", ("ی",), unknown_from=4),
    _Ending("ین", shortest=4),
    _Ending("یجات", ("ی", ""), unknown_from=3),
    _Ending("جات", ("", "ه"), unknown_from=3),
    _Ending("یات", ("ه", "یه", "ی", "")),
    _Ending("ات", ("ه", "", "ت"), shortest=3),
    *(_Ending(text, after="ه") for text in ("ام", "ات", "اش", "ای", "اند", "ست")),
    _Ending("یی", after="او"),
    _Ending("یست", after="او"),
    *(_Ending(text, shortest=3) for text in ("م", "ت", "ش")),
    _Ending("ی"),
)


@lru_cache(maxsize=16384)
def _analyse(word: str, depth: int = 3) -> frozenset[str]:
    """Known words that `word` is a form of; empty when there is none."""
    if singulars := lexicon.plurals().get(word):
        return frozenset(singulars)
    if word in lexicon.words():
        return frozenset([word])
    found = set(verbs.forms().get(word, ()))
    if known := lexicon.words_without_madda().get(word):
        found.add(known)
    if not found and depth:
        for rule in _RULES:
            found |= _without(word, rule, depth)
            if found:
                break
    return frozenset(found)


def _without(word: str, rule: _Ending, depth: int) -> frozenset[str]:
    if not word.endswith(rule.text):
        return frozenset()
    rest = word[: -len(rule.text)]
    if len(rest) < rule.shortest or (rule.after and rest[-1] not in rule.after):
        return frozenset()
    for replacement in rule.replacements:
        if found := _analyse(rest + replacement, depth - 1):
            return found
    return frozenset()


def _guess(word: str) -> str:
    """The rest of an unknown word without an ending that few words have by chance, or the word."""
    for rule in _RULES:
        rest = word.removesuffix(rule.text)
        if rest != word and len(rest) >= rule.unknown_from and (not rule.after or rest[-1] in rule.after):
            return _guess(rest) + rule.replacements[0]
    return word


@cache
def _keeps_madda() -> frozenset[str]:
    """Words that would become another known word without their madda: «آستان», «آجر»."""
    return frozenset(
        word for word in lexicon.words() if "آ" in word and lexicon.plain_alef(word) in lexicon.words()
    )


def _plain(stems: frozenset[str]) -> frozenset[str]:
    return frozenset(stem if stem in _keeps_madda() else lexicon.plain_alef(stem) for stem in stems)


def is_persian(word: str) -> bool:
    """Whether a folded word is of Arabic script; no index token mixes two scripts."""
    return "ؠ" <= word[:1] <= "ۿ"


def known_stems_of(word: str) -> frozenset[str]:
    """Stems of a folded word without ZWNJ that the lexicon knows; often none."""
    return _plain(_analyse(word))


def stems_of(word: str) -> frozenset[str]:
    """Stems of a folded word without ZWNJ, at least one, each without madda unless that would make another word."""
    if not is_persian(word):
        return frozenset(
            [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word]
        )
    return known_stems_of(word) or _plain(frozenset([_guess(word)]))


@lru_cache(maxsize=16384)
def canonical(word: str) -> str:
    """The first spelling of a folded word without ZWNJ, whatever ending it has: «اطاقها» → «اتاقها»."""
    spellings = lexicon.spellings()
    for length in range(len(word), 2, -1):
        first = spellings.get(word[:length])
        if first and (length == len(word) or word[length:] in ENDINGS):
            return first + word[length:]
    return word
