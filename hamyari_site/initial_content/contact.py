"""The contact page, the answering unit and the topics."""

CONTACT_PAGE = {
    "title": "تماس با ما",
    "slug": "contact",
    "lead": "پیام شما همان دم ثبت می‌شود، به واحد پاسخ‌گو می‌رسد و کد رهگیری می‌گیرد.",
    "search_description": "نشانی، تلفن و فرم ارسال پیام به روابط عمومی سازمان همیاری شهرداری‌های استان اصفهان",
    "receipt_text": "<p>واحد پاسخ‌گو پیام شما را می‌خواند و به راهی که خواسته‌اید پاسخ می‌دهد.</p>",
    "follow_up_text": (
        "<p>پیش‌تر پیامی فرستاده‌اید؟ وضعیت و پاسخ آن را با کد رهگیری و رمز پیگیری ببینید. "
        "تلفنی هم می‌توانید بپرسید: تنها کد رهگیری را بخوانید.</p>"
    ),
}

TRAINING_TOPIC = "شرکت در دورهٔ آموزشی"

TOPICS = [
    ("خدمات و فعالیت‌های سازمان", ""),
    ("خبر و اطلاع‌رسانی", ""),
    (TRAINING_TOPIC, "زمان برگزاری دوره هنوز تعیین نشده است. اگر مایل به شرکت هستید، بنویسید تا ثبت شود."),
    ("همکاری با روابط عمومی", ""),
    ("این سایت و دسترسی به آن", "اگر بخشی از سایت درست کار نمی‌کند، نشانی صفحه و نوع دستگاه خود را بنویسید."),
    ("سایر", ""),
]

#: What the topics below hold, as columns of Topic, with their questions. They stand before «سایر».
MEETING = {
    "title": "درخواست ملاقات",
    "guidance": (
        "بنویسید با چه کسی و دربارهٔ چه می‌خواهید گفت‌وگو کنید. ارسال این درخواست به معنای تعیین وقت نیست؛ "
        "نتیجه به راهی که برمی‌گزینید به شما گفته می‌شود."
    ),
    "allows_anonymous": False,
}
MEETING_QUESTIONS: list[dict[str, object]] = [
    {"label": "ملاقات با", "help_text": "نام یا سمت کسی که می‌خواهید با او دیدار کنید", "is_required": True},
    {"label": "زمان پیشنهادی شما", "help_text": "روز یا ساعتی که برایتان مناسب است"},
]

CHIEF = {
    "title": "ارتباط با مدیرعامل",
    "guidance": "پیام شما در واحد روابط عمومی ثبت و پیگیری می‌شود.",
    "allows_anonymous": False,
}

#: The law's article 8 gives ten days; off until the unit confirms that the by-law binds it (the checklist asks).
INFORMATION = {
    "title": "درخواست دسترسی به اطلاعات",
    "guidance": (
        "پیش از نوشتن، سامانهٔ ملی انتشار و دسترسی آزاد به اطلاعات (foia.iran.gov.ir) را ببینید: شاید اطلاعات "
        "منتشر شده باشد، و درخواست را می‌توان همان‌جا ثبت کرد. اگر در اینجا می‌نویسید، روشن بگویید چه اطلاعاتی می‌خواهید."
    ),
    "allows_anonymous": False,
    "is_active": False,
    "is_information_request": True,
    "deadline_days": 10,
}
INFORMATION_QUESTIONS: list[dict[str, object]] = [
    {
        "label": "اطلاعات درخواستی",
        "kind": "long",
        "help_text": "نام سند، دوره یا موضوع آن",
        "is_required": True,
    },
]
