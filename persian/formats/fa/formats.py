"""How Persian writes dates and times, in Django's format letters, for `FORMAT_MODULE_PATH`.

Like `persian.calendar`'s own functions: two digits where columns should stand in line. The rest is Django's.
"""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y، ساعت H:i"
SHORT_DATE_FORMAT = "Y/m/d"
SHORT_DATETIME_FORMAT = "Y/m/d H:i"
FIRST_DAY_OF_WEEK = 6  # Saturday
