"""Every common form of common verbs, by table: a form that was made beats one that is guessed."""

from functools import cache

from . import lexicon

_PAST_ENDINGS = ("م", "ی", "", "یم", "ید", "ند")
_PRESENT_ENDINGS = ("م", "ی", "د", "یم", "ید", "ند")
_SPOKEN_ENDINGS = ("ه", "ین", "ن")
_AFTER_SPOKEN_STEM = ("م", "ی", "یم", "ین", "ن")
_PERFECT_ENDINGS = ("", "ام", "ای", "است", "ایم", "اید", "اند")


def _prefixed(prefix: str, form: str) -> str:
    """«ب» and «ن» before آ or ا take a ی: بیاید, نیندازد."""
    if form.startswith("آ"):
        return f"{prefix}یا{form[1:]}"
    if form.startswith("ا"):
        return f"{prefix}ی{form[1:]}"
    return prefix + form


def _finite_past(stem: str) -> list[str]:
    return [stem + ending for ending in _PAST_ENDINGS]


def _past_forms(stem: str) -> list[str]:
    finite = _finite_past(stem)
    perfect = [f"{stem}ه{ending}" for ending in _PERFECT_ENDINGS]
    return [
        *finite,
        *perfect,
        *(_prefixed("ن", form) for form in finite + perfect),
        *(mark + form for mark in ("می", "نمی") for form in finite + perfect),
        *(stem + ending for ending in ("ن", "نی", "ها", "های", "گان", "هشد", "هشده")),
        _prefixed("ن", stem + "ن"),
    ]


def _present_forms(stem: str) -> tuple[list[str], list[str]]:
    """Forms with a prefix, which only a verb has, and bare ones, which may be nouns too («رود», «برند»)."""
    if not stem:
        return [], []
    bare = [stem + ending for ending in _PRESENT_ENDINGS]
    imperative = stem[:-1] if stem.endswith("ی") and len(stem) > 1 else stem
    wishes = [*bare, imperative]
    marked = [mark + form for mark in ("می", "نمی") for form in bare]
    return marked + [_prefixed(prefix, form) for prefix in ("ب", "ن") for form in wishes], bare


def _present(verb: lexicon.Verb) -> list[str]:
    marked = _present_forms(verb.present)[0]
    return [form for form in marked if form.startswith(("می", "نمی"))] if verb.is_rare else marked


def _spoken_forms(verb: lexicon.Verb) -> list[str]:
    """«می‌کنه», «نمی‌تونن», «بذارین»; with ب and ن only of stems that are long enough to be told from nouns."""
    if verb.is_rare:
        return []
    regular = [verb.present + ending for ending in _SPOKEN_ENDINGS]
    own = [
        stem + ending
        for stem in verb.spoken
        for ending in (
            *_AFTER_SPOKEN_STEM,
            "د" if stem.endswith(("ا", "آ")) else "ه",
            *(["ید"] if len(stem) > 1 else []),
        )
    ]
    long = [form for form in own if len(form) > 3]
    return [
        *(mark + form for mark in ("می", "نمی") for form in regular + own),
        *(_prefixed(prefix, form) for prefix in ("ب", "ن") for form in regular + long),
    ]


@cache
def forms() -> dict[str, frozenset[str]]:
    """Each known form with the stems of its verbs; a known noun is none of them («بدهی», «نشست»)."""
    table: dict[str, set[str]] = {}
    for verb in lexicon.verbs():
        for form in [*_past_forms(verb.past), *_present(verb), *verb.irregular]:
            if verb.stem.endswith(verb.past) or form not in _finite_past(verb.past):  # «مردم» are people
                _enter(table, verb, form)
        if verb.before:  # «برگردد» needs no می to be a verb
            for form in _bare(verb):
                _enter(table, verb, form)
    spoken: dict[str, set[str]] = {}
    for verb in lexicon.verbs():
        for form in _spoken_forms(verb):
            _enter(spoken, verb, form)
    return {form: frozenset(stems) for form, stems in (spoken | table).items()}


@cache
def bare_forms() -> dict[str, frozenset[str]]:
    """Present forms without prefix; where one can be read as a noun, it is: «کارم» is «کار» of mine."""
    table: dict[str, set[str]] = {}
    for verb in lexicon.verbs():
        for form in _bare(verb):
            _enter(table, verb, form)
    return {form: frozenset(stems) for form, stems in table.items()}


def _bare(verb: lexicon.Verb) -> list[str]:
    """Present forms without prefix but that of you: «جمع‌آوری», «واکاوی» is seldom a verb."""
    bare = [] if verb.is_rare else _present_forms(verb.present)[1]
    return [form for form in bare if form != f"{verb.present}ی"]


@cache
def participles() -> dict[str, str]:
    """Past participles that are words as well, with the stem of their verbs: «بسته» → «بست»."""
    return {f"{verb.before}{verb.past}ه": verb.stem for verb in lexicon.verbs()}


@cache
def preverbs() -> frozenset[str]:
    """What may stand apart before a verb: «بر», «باز»."""
    return frozenset(verb.before for verb in lexicon.verbs() if verb.before)


def _enter(table: dict[str, set[str]], verb: lexicon.Verb, form: str) -> None:
    whole = verb.before + form
    if len(whole) > 2 and (whole == verb.stem or whole not in lexicon.words()):
        table.setdefault(whole, set()).add(verb.stem)
        table.setdefault(lexicon.plain_alef(whole), set()).add(verb.stem)
