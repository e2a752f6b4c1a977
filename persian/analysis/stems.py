"""Light stemming: which words a word may be a form of. An ending goes only where what remains is known or long enough."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from . import lexicon, verbs

PLURAL_ENDINGS = ("هایشان", "هایتان", "هایمان", "هایم", "هایت", "هایش", "هایی", "های", "ها")
SPOKEN_PLURAL_ENDINGS = ("هامون", "هاتون", "هاشون", "هام", "هات", "هاش")
# «کتابا», «دوستامون», of listed words of four letters or more: from three on it would be many a name, as «رانا».
_SHORT_PLURAL_ENDINGS = ("ا", "ای", "ایی", "ام", "اش", "امون", "اتون", "اشون")
_OTHER_SPACED = (
    "تر",
    "ترین",
    "ترها",
    "ترینها",
    "مان",
    "تان",
    "شان",
    "مون",
    "تون",
    "شون",
    "ای",
    "ی",
    "ام",
    "ات",
    "اش",
    "اند",
)
_ONLY_JOINED = (
    *_SHORT_PLURAL_ENDINGS,
    "یی",
    "یم",
    "یت",
    "یش",
    "م",
    "ت",
    "ش",
    "ایم",
    "اید",
    "ست",
    "جات",
    "ان",
    "گان",
    "یان",
    "ین",
)
# Endings that may stand apart, after a half-space or a space, and all of them.
SPACED_ENDINGS = frozenset(PLURAL_ENDINGS + SPOKEN_PLURAL_ENDINGS + _OTHER_SPACED)
ENDINGS = SPACED_ENDINGS.union(_ONLY_JOINED)
VERB_PREFIXES = frozenset(["می", "نمی"])
_LONGEST_COMPOUND = 24  # letters
# What an unknown word ends with may be an ending or not.
_WEAK_ENDINGS = frozenset(["ی", "م", "ت", "ش", "ان", "ات", "تر", "شان", "مان", "تان"])
# Nouns of two letters that people speak of as theirs: «دلم», «حقش».
_SHORT_NOUNS = frozenset(
    [
        "دل",
        "سر",
        "حق",
        "لب",
        "تن",
        "قد",
        "تب",
        "رگ",
        "غم",
        "سن",
        "خط",
        "شب",
        "گل",
        "دم",
        "کت",
        "صف",
        "زن",
        "کف",
        "جد",
    ]
)
_OF_ME = ("م", "ت", "ش")
_CONSONANTS = "بپتثجچحخدذرزژسشصضطظعغفقکگلمن"
_LONG_REST = 4


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
    *(_Ending(text) for text in SPOKEN_PLURAL_ENDINGS),
    *(_Ending(text, after=_CONSONANTS, shortest=4) for text in _SHORT_PLURAL_ENDINGS),
    *(_Ending(text, after="ی", shortest=5) for text in _SHORT_PLURAL_ENDINGS),
    *(_Ending(text, unknown_from=4) for text in ("ترین", "ترینها", "ترها")),
    _Ending("تر"),
    *(_Ending(text, unknown_from=6) for text in ("شان", "مان", "تان")),
    *(_Ending(text) for text in ("شون", "مون", "تون")),
    *(_Ending(text, after="اوه") for text in ("یم", "یت", "یش", "یشان", "یمان", "یتان")),
    _Ending("گان", ("ه",), unknown_from=4),
    _Ending("یان", after="او", unknown_from=5),
    _Ending("ان"),
    _Ending("یون", ("ی",), unknown_from=4),
    _Ending("ین", shortest=4),
    _Ending("یجات", ("ی", ""), unknown_from=3),
    _Ending("جات", ("", "ه"), unknown_from=3),
    _Ending("یات", ("ه", "یه", "ی", "")),
    *(_Ending(text, unknown_from=3, shortest=3) for text in ("آلات", "الات")),
    _Ending("ات", ("ه", "", "ت"), shortest=3),
    *(_Ending(text, after="هی") for text in ("ام", "ات", "اش", "اند")),
    *(_Ending(text, after="ه") for text in ("ای", "ست")),
    _Ending("یی", after="او"),
    *(_Ending(text, after="او") for text in ("یست", "ست")),
    _Ending("ند", shortest=3),
    *(_Ending(text, shortest=3) for text in ("م", "ت", "ش")),
    _Ending("ی", after="ا", unknown_from=3),
    _Ending("ی"),
)


_BY_TEXT: dict[str, list[_Ending]] = {}
for _rule in _RULES:
    _BY_TEXT.setdefault(_rule.text, []).append(_rule)
_LONGEST_ENDING = max(map(len, _BY_TEXT))


def _endings_of(word: str) -> Iterator[tuple[str, _Ending]]:
    """Each ending that `word` may have, the longest first, with the rest of the word."""
    for length in range(min(_LONGEST_ENDING, len(word) - 1), 0, -1):
        for rule in _BY_TEXT.get(word[-length:], ()):
            rest = word[:-length]
            is_long = len(rest) >= rule.shortest or (rule.text in _OF_ME and rest in _SHORT_NOUNS)
            if is_long and (not rule.after or rest[-1] in rule.after):
                yield rest, rule


@lru_cache(maxsize=32768)
def _known(word: str, depth: int = 3) -> frozenset[str]:
    """Words of the lexicon that `word` is a form of; empty when there is none."""
    if singulars := lexicon.plurals().get(word):
        return frozenset(singulars)
    if word in lexicon.words():
        return frozenset(filter(None, [word, verbs.participles().get(word)]))
    found = verbs.forms().get(word, frozenset())
    if known := lexicon.words_without_madda().get(lexicon.plain_alef(word)):
        found |= _known(known, 0)
    if found or not depth:
        return found
    for rest, rule in _endings_of(word):
        for replacement in rule.replacements:
            if not _may_take(rest + replacement, rule):
                continue
            if found := _known(rest + replacement, depth - 1):
                return found
    return verbs.bare_forms().get(word, frozenset())


def _may_take(word: str, rule: _Ending) -> bool:
    """Whether a word takes an ending: adverbs take none, «جاهلی» no ت («جاهلیت»), «سلی» and «فرا» no م («سلیم»)."""
    if rule.text in _SHORT_PLURAL_ENDINGS and rule.after in (_CONSONANTS, "ی"):
        return (
            word in lexicon.words()
            and f"{word}ا" not in lexicon.words()
            and f"{word}ا" not in lexicon.plurals()
        )
    if rule.text in ("م", "ت") and word.endswith(("ی", "ا")) and word not in lexicon.plurals():
        return (len(word) > 4 and rule.text == "م") or (word in lexicon.words() and len(word) > 3)
    return word not in lexicon.adverbs()


def _is_compound(word: str) -> bool:
    """Whether an unlisted word is made of two known ones: «کارآموز», «بی‌پایان»."""
    heads, ends = lexicon.words(), lexicon.compound_ends()
    return any(word[:cut] in heads and word[cut:] in ends for cut in range(2, len(word) - 2))


def _compound(word: str, depth: int = 2) -> str:
    """The compound of known words that `word` is a form of, or "".

    A ی stays: «برنامه‌ریزی» is another word than «برنامه‌ریز».
    """
    if _is_compound(word):
        return word
    rests = (
        rest + rule.replacements[0]
        for rest, rule in _endings_of(word)
        if rule.text not in ("ی", *_SHORT_PLURAL_ENDINGS)
    )
    return next(filter(None, (_compound(rest, depth - 1) for rest in rests)), "") if depth else ""


def _guess(word: str) -> frozenset[str]:
    """An unknown word, or its rest without an ending that few words have by chance; with one that many have, both."""
    for rest, rule in _endings_of(word):
        if len(rest) >= rule.unknown_from:
            # «فلسفهای» is «فلسفه» with ای, or «فلسف» with های.
            others = {f"{rest}ه"} if rule.text == "های" else set()
            return frozenset(stem + rule.replacements[0] for stem in _guess(rest)) | others
    perhaps = (
        rest + replacement
        for rest, rule in _endings_of(word)
        if rule.text in _WEAK_ENDINGS and len(rest) >= _LONG_REST
        for replacement in rule.replacements
    )
    return frozenset([word, *perhaps])


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
    return _plain(_known(word))


@lru_cache(maxsize=32768)
def stems_of(word: str) -> frozenset[str]:
    """Stems of a folded word without ZWNJ, at least one, each without madda unless that would make another word."""
    if not is_persian(word):
        is_plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
        return frozenset([word[:-1] if is_plural else word])
    if known := known_stems_of(word):
        return known
    if len(word) <= _LONGEST_COMPOUND and (compound := _compound(word)):
        return _plain(frozenset([compound]))
    return _plain(_guess(word))


@lru_cache(maxsize=16384)
def canonical(word: str) -> str:
    """The first spelling of a folded word without ZWNJ, whatever ending it has: «اطاقها» → «اتاقها», «رسمن» → «رسما»."""
    if word in lexicon.words():
        return word
    spellings = lexicon.spellings()
    for length in range(len(word), 2, -1):
        first = spellings.get(word[:length])
        if first and (length == len(word) or _is_ending_after(word[:length], word[length:])):
            return first + word[length:]
    if "گزار" in word[1:] and not _has_listed_head(word):
        word = word.replace("گزار", "گذار")  # «نمره‌گزاری»; whoever gives thanks or prays is listed
    if word.endswith("ن") and (adverb := f"{word[:-1]}ا") in lexicon.adverbs():
        return adverb
    return word


def _has_listed_head(word: str) -> bool:
    head = word[: word.index("گزار", 1) + 4]
    return not lexicon.words().isdisjoint((head, f"{head}ی")) or head in lexicon.first_spellings()


def _is_ending_after(word: str, rest: str) -> bool:
    """Whether `rest` is an ending of `word`, or makes a compound of it: «باطری‌سازی»; «خون‌های» is no «خونه‌ای»."""
    if len(word) > 3 and len(rest) > 2 and rest in lexicon.words():
        return True
    is_plural_of_another = word.endswith("ه") and rest.startswith("ا") and word[:-1] in lexicon.words()
    return rest in ENDINGS and not is_plural_of_another
