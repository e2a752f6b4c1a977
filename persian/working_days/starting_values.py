"""The rules a new site begins with. A starting value: the unit edits it in the admin, and a later release never overwrites it.

Sources: the act on official holidays of 1359 as amended («لایحهٔ قانونی تعیین تعطیلات رسمی کشور»: Fridays, 29 Esfand to 4
Farvardin, hence 30 Esfand of leap years too, and the days named below), and the official calendar of Iran. Thursday is off by
the order of the executive bodies, not by that act.
"""

from .rules import Kind, Rule

#: Monday is 0.
FRIDAY, THURSDAY = 4, 3
WEEKEND = "پایان هفته"
NOTE = "مقدار آغازین؛ با ساعت کار ابلاغی اداره سنجیده شود"

WEEKLY = (
    Rule(Kind.WEEKLY, WEEKEND, weekday=FRIDAY),
    Rule(Kind.WEEKLY, WEEKEND, weekday=THURSDAY),
)

SOLAR = tuple(
    Rule(Kind.SOLAR, name, month=month, day=day)
    for month, day, name in (
        (1, 1, "نوروز"),
        (1, 2, "نوروز"),
        (1, 3, "نوروز"),
        (1, 4, "نوروز"),
        (1, 12, "روز جمهوری اسلامی"),
        (1, 13, "روز طبیعت"),
        (3, 14, "رحلت امام خمینی"),
        (3, 15, "قیام ۱۵ خرداد"),
        (11, 22, "پیروزی انقلاب اسلامی"),
        (12, 29, "روز ملی شدن صنعت نفت"),
        (12, 30, "آخرین روز سال کبیسه"),
    )
)

#: Day 30 of a month is its last day, whichever that is.
LUNAR = tuple(
    Rule(Kind.LUNAR, name, month=month, day=day)
    for month, day, name in (
        (1, 9, "تاسوعای حسینی"),
        (1, 10, "عاشورای حسینی"),
        (2, 20, "اربعین حسینی"),
        (2, 28, "رحلت پیامبر اکرم و شهادت امام حسن مجتبی"),
        (2, 30, "شهادت امام رضا"),
        (3, 8, "شهادت امام حسن عسکری"),
        (3, 17, "میلاد پیامبر اکرم و امام جعفر صادق"),
        (6, 3, "شهادت حضرت فاطمه"),
        (7, 13, "ولادت امام علی"),
        (7, 27, "مبعث پیامبر اکرم"),
        (8, 15, "نیمهٔ شعبان، ولادت امام زمان"),
        (9, 21, "شهادت امام علی"),
        (10, 1, "عید سعید فطر"),
        (10, 2, "تعطیلی پس از عید فطر"),
        (10, 25, "شهادت امام جعفر صادق"),
        (12, 10, "عید سعید قربان"),
        (12, 18, "عید سعید غدیر خم"),
    )
)

ALL = (*WEEKLY, *SOLAR, *LUNAR)
