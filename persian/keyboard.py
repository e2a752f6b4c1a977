"""Persian words typed while the keyboard was still Latin: "hofhv" is «اخبار», key by key.

Source: the standard layout of ISIRI 9147 and that of Windows, which differ in where «پ» and «ئ» are.
"""

_KEYS = str.maketrans(
    "qwertyuiop[]asdfghjkl;'zxcvbn,HC",
    "ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدوآژ",
)
_LAYOUTS = (str.maketrans("m`\\", "پپژ"), str.maketrans("m`\\", "ئپپ"))


def persian_from_latin(typed: str) -> list[str]:
    """Return what the keys of `typed` give on the Persian layouts, each once; [] unless it has Latin letters only."""
    if not any(sign.isascii() and sign.isalpha() for sign in typed) or not typed.isascii():
        return []
    found = (typed.translate(_KEYS).translate(layout) for layout in _LAYOUTS)
    return list(dict.fromkeys(text.lower().translate(_KEYS) for text in found))
