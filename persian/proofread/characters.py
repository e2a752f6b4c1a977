"""The classes of characters that the rules are written in, for use inside `[...]` of a pattern."""

LETTERS = "\u0620-\u063a\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
MARKS = "\u064b-\u065f\u0670"  # harakat, and the small hamza of «خانهٔ»
FORMS = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufe70-\ufefc"  # what old programs wrote: letters drawn, not typed
TATWEEL = "\u0640"
WORD = LETTERS + MARKS + TATWEEL
LATIN = "A-Za-z\u00c0-\u024f"
PERSIAN_DIGITS = "۰-۹"
DIGITS = "0-9٠-٩۰-۹"
ZWNJ = "\u200c"
SPACES = "[ \u00a0]+"
#: A word begins, ends here: no letter and no half-space stands beside.
BEGIN = f"(?<![{WORD}{ZWNJ}])"
END = f"(?![{WORD}{ZWNJ}])"
#: Stands in a text for what is none of its words: a passage in another language, a picture.
FOREIGN = "\ufffc"
