"""The months of the Jalali year, for the calendar and for the analyser of texts. Standard library only."""

MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
SEASONS = ("بهار", "تابستان", "پاییز", "زمستان")
