"""Where a text names people: those known to have written it, and whoever stands after «آقای», «خانم» and their like."""

import re
from collections.abc import Callable, Iterable, Iterator

from persian.text import TO_PERSIAN_LETTERS, ZWNJ

Span = tuple[int, int]

#: Letters that one name is written with or without; each becomes one character.
FOLDED_LETTERS = str.maketrans("آأإٱؤئةۀۂ", "ااااویههه")
_FOLD: dict[int, int | str] = {**TO_PERSIAN_LETTERS, **FOLDED_LETTERS}
#: Vowel marks and tatweel may stand between any two letters.
_MARKS = "[\u0640\u064b-\u065f\u0670]*"
_LETTERS = "[^\\W\\d_]"
_WORD = f"{_LETTERS}(?:{_MARKS}{ZWNJ}?{_LETTERS})+{_MARKS}"
_SPACE = r"[^\S\n]"

_TITLES = (
    "جناب|سرکار|سرکارخانم|اقای|اقا|اقایان|خانم|خانمها|خانم‌ها|بانو|دکتر|مهندس|حاج|حاجی|سید|سیده|مرحوم|مرحومه"
    "|حجت‌الاسلام|حجت الاسلام|ایت‌الله|ایت الله|اینجانب|این‌جانب|این جانب|اینجانبه|فرزند|به نام|نام خانوادگی|نام پدر"
)
_AFTER_TITLE = re.compile(
    rf"(?<!\w)(?:{_TITLES})(?:(?:{_SPACE}|{ZWNJ}|:)+(?:{_TITLES}))*(?:{_SPACE}|{ZWNJ}|:)+(?=\w)"
)
_NEXT = re.compile(_WORD)
_AND = re.compile(rf"{_SPACE}+و{_SPACE}+(?=\w)")
_GAP = re.compile(rf"{_SPACE}+")

#: Words that stand after a title and name nobody: posts and people in general; words that join, and verbs.
_POSTS = """
مدیر مدیرعامل مدیرکل ریاست رییس معاون شهردار شهرداری استاندار فرماندار مسیول مسوول مسول کارشناس کارمند کارکنان
محترم محترمه عزیز گرامی ارجمند نماینده دبیر منشی راننده همسایه سرپرست پیمانکار مامور نگهبان بازرس رابط وزیر
مشاور همکار ساکن ساکنان شهروند متقاضی مالک مستاجر دانشجو بازنشسته کارگر سازمان شرکت اداره واحد موسسه شورا شورای
دفتر بانک خدا خداوند پدر مادر خود خودم وی
"""
_JOINING = """
از به در با بر که را تا و یا هم نیز برای این ان اگر چون پس ولی اما هر هیچ همه چه چرا کجا ایا نه بی چند یک دو سه
اول دوم است بود باشد هست هستم هستند هستیم بودم بودند شد شده شدند شود کرد کردم کردند کرده کنم کنند کند گفت گفتم
گفتند گفته امد امدم امدند رفت رفتم رفتند داد دادند داده دارد دارم دارند دارای داشت داشتند خواست خواهد خواهم
میخواهم خواهشمند خواهشمندم میگوید میگویند فرمود فرمودند قول مراجعه تماس پاسخ پیگیر پیگیری درخواست تقاضا تقاضای
اعلام بیان ضمن طبق مورد بابت بدون نسبت همچنین لطفا سلام سپاس تشکر احترام شما ما من او انها ایشان بنده پیش بعد
قبل روز امروز دیروز فردا هنوز دیگر خیلی بسیار مهربان دلسوز وظیفه شناس ساعت تاریخ شماره تلفن همراه حدود مسیر
خیابان کوچه محله میدان منطقه ناحیه
"""
_NOBODY = frozenset(_POSTS.split()) | frozenset(_JOINING.split())


def named_people(names: Iterable[str], organizations: Iterable[str] = ()) -> Callable[[str], Iterator[Span]]:
    """A finder of the places that name somebody in a text folded by `FOLDED_LETTERS`."""
    known = _known(names, organizations)

    def find(text: str) -> Iterator[Span]:
        spans = [match.span() for match in known.finditer(text)] if known else []
        spans += _after_titles(text)
        done = 0
        for start, end in _joined(spans):
            if start >= done:
                yield start, end
                done = end

    return find


def _joined(spans: list[Span]) -> list[Span]:
    """Spans that overlap become one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _known(names: Iterable[str], organizations: Iterable[str]) -> re.Pattern[str] | None:
    """Each name as a whole, and the family name alone; however it is spaced, marked or spelled."""
    wanted = {_words(name) for name in organizations}
    for words in map(_words, names):
        wanted |= {words[first:] for first in range(len(words))}
        if len(words) > 2:
            wanted.add(words[:2])  # the second family name left out
    usual = sorted((words for words in wanted if _tells(words)), key=lambda words: -sum(map(len, words)))
    if not usual:
        return None
    joint = rf"{_MARKS}(?:{_SPACE}|{ZWNJ})*"
    ways = (joint.join(_MARKS.join(map(re.escape, word)) for word in words) for words in usual)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)}){_MARKS}(?!\w)", re.IGNORECASE)


def _words(name: str) -> tuple[str, ...]:
    return tuple(re.findall(f"{_LETTERS}+", re.sub(_MARKS, "", name.translate(_FOLD))))


def _tells(words: tuple[str, ...]) -> bool:
    return sum(map(len, words)) >= 3 and not set(words) <= _NOBODY


def _after_titles(text: str) -> Iterator[Span]:
    """The one or two words after a title, unless they name nobody; after «آقایان», those after each «و» too."""
    for title in _AFTER_TITLE.finditer(text):
        at = title.end()
        while (span := _name_at(text, at)) is not None:
            yield span
            more = _AND.match(text, span[1])
            if more is None or not re.search("اقایان|ها|خانوادگی", title[0]):
                break
            at = more.end()


def _name_at(text: str, at: int) -> Span | None:
    first = _NEXT.match(text, at)
    if first is None or _is_nobody(first[0]):
        return None
    gap = _GAP.match(text, first.end())
    second = _NEXT.match(text, gap.end()) if gap else None
    return at, (second.end() if second and not _is_nobody(second[0]) else first.end())


def _is_nobody(word: str) -> bool:
    bare = re.sub(_MARKS, "", word)
    return bare.replace(ZWNJ, "") in _NOBODY or bare.split(ZWNJ)[0] in ("می", "نمی", "بی")
