"""Words for invented news: general enough to be nobody's, and each text says that it is invented."""

import json
import random
import uuid
from typing import Any

from django.utils.text import slugify

MARK = "دادهٔ نمونه"  # the tag of everything invented, images too
SLUG_PREFIX = "نمونه-"

EVENTS = [
    "نشست هم‌اندیشی",
    "کارگاه آموزشی",
    "گردهمایی",
    "جلسهٔ هماهنگی",
    "دورهٔ کوتاه‌مدت",
    "همایش",
    "میزگرد",
    "نمایشگاه",
]
SUBJECTS = [
    "مدیریت پسماند",
    "حمل‌ونقل شهری",
    "فضای سبز",
    "نوسازی بافت فرسوده",
    "خدمات الکترونیکی شهرداری‌ها",
    "بودجه‌ریزی شهری",
    "آموزش شهروندی",
    "مدیریت بحران",
    "زیباسازی شهر",
    "مصرف بهینهٔ آب",
    "ایمنی شهری",
    "گردشگری شهری",
    "روابط عمومی دیجیتالی",
    "پاسخ‌گویی به شهروندان",
    "کتابخانه‌های محلی",
    "دسترس‌پذیری پیاده‌راه‌ها",
]
ENDINGS = ["برگزار شد", "به پایان رسید", "به کار خود پایان داد", "با استقبال روبه‌رو شد"]
GUESTS = [
    "",
    "با حضور نمایندگان شهرداری‌ها",
    "با همراهی کارشناسان",
    "با مشارکت شهروندان",
    "در سه نوبت",
]
SENTENCES = [
    "شرکت‌کنندگان تجربه‌های خود را دربارهٔ {subject} با یکدیگر در میان گذاشتند.",
    "در این برنامه راه‌های بهبود {subject} بررسی شد.",
    "کارشناسان گفتند که {subject} بدون همراهی مردم به نتیجه نمی‌رسد.",
    "قرار شد پیشنهادها تا پایان ماه گردآوری و جمع‌بندی شود.",
    "بخشی از زمان به پرسش‌های حاضران و پاسخ به آن‌ها گذشت.",
    "گزارش کامل این برنامه پس از آماده شدن در دسترس همگان قرار می‌گیرد.",
    "برگزارکنندگان بر ارتباط دوسویه با شهروندان تأکید کردند.",
    "از واحدهای دیگر نیز خواسته شد که دیدگاه‌های خود را دربارهٔ {subject} بنویسند.",
    "نشست بعدی با همین موضوع در هفته‌های آینده برگزار خواهد شد.",
    "در پایان، نتیجهٔ کارگروه‌ها خوانده و دربارهٔ آن گفت‌وگو شد.",
    "نیازسنجی نشان داده است که {subject} از خواسته‌های اصلی مخاطبان است.",
    "این برنامه با امکانات موجود و بدون هزینهٔ جداگانه اجرا شد.",
]
HEADINGS = ["چه گذشت؟", "آنچه گفته شد", "گام‌های بعدی", "دیدگاه شرکت‌کنندگان"]
QUOTE = "ارتباط هنگامی درست است که دو سو داشته باشد."
OVER_TITLE = "نمونه، {subject}"
IMAGE = {
    "title": "تصویر نمونه {number}",
    "description": "رنگ‌آمیزی ساختگی، بی‌هیچ نقشی",
    "credit": MARK,
}
TAGS = ["شهرداری", "آموزش", "نشست", "شهروندان", "محیط زیست", "فناوری"]

NOTICE = "<p>این خبر ساختگی است و تنها برای آزمایش سایت ساخته شده است.</p>"


def invent(rng: random.Random, number: int) -> dict[str, Any]:
    """Return the words of one item: slug, title, over_title, lead, and the body as raw JSON."""
    event, subject, ending, guest = (rng.choice(words) for words in (EVENTS, SUBJECTS, ENDINGS, GUESTS))
    title = " ".join(part for part in (event, subject, guest, ending) if part)
    return {
        "slug": f"{SLUG_PREFIX}{number}-{slugify(f'{event} {subject}', allow_unicode=True)}",
        "title": title,
        "over_title": OVER_TITLE.format(subject=subject),
        "lead": f"{_sentence(rng, subject)} {_sentence(rng, subject)}",
        "body": json.dumps(_body(rng, subject), ensure_ascii=False),
    }


def _sentence(rng: random.Random, subject: str) -> str:
    return rng.choice(SENTENCES).format(subject=subject)


def _paragraph(rng: random.Random, subject: str) -> str:
    chosen = rng.sample(SENTENCES, rng.randint(3, 6))
    return f"<p>{' '.join(sentence.format(subject=subject) for sentence in chosen)}</p>"


def _body(rng: random.Random, subject: str) -> list[dict[str, Any]]:
    blocks: list[tuple[str, Any]] = [("callout", {"tone": "important", "title": MARK, "text": NOTICE})]
    blocks += [("paragraph", _paragraph(rng, subject)) for _ in range(rng.randint(1, 2))]
    if rng.random() < 0.6:
        blocks.append(("heading", {"text": rng.choice(HEADINGS), "level": "h2"}))
        blocks.append(("paragraph", _paragraph(rng, subject)))
    if rng.random() < 0.2:
        blocks.append(("quote", {"text": QUOTE, "source": MARK}))
    return [{"type": kind, "value": value, "id": str(random_uuid(rng))} for kind, value in blocks]


def random_uuid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)
