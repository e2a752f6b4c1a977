"""What word processors leave in a text that is pasted from them. Standard library only."""

import re
import unicodedata

from .proofread.characters import FORMS, LETTERS, MARKS, ZWNJ

_FORM = re.compile(f"[{FORMS}]")
# Word writes its half-space as ¬ or as a soft hyphen; older editors as a right-to-left mark. None stands inside a word else.
_WORD_PROCESSORS_ZWNJ = re.compile(f"(?<=[{LETTERS}{MARKS}])[¬\u00ad\u200f{ZWNJ}]+(?=[{LETTERS}])")
_FIXED_SPACE = re.compile("[\u00a0\u2007\u202f]|&nbsp;|&#160;")


def clean_pasted(text: str) -> str:
    """Return `text` with plain spaces for fixed ones, half-spaces for what Word writes for them, and letters for drawn forms.

    What one sees stays the same; marks, digits and stretched letters are proofreading's, which asks first. Idempotent.
    """
    text = _FORM.sub(lambda form: unicodedata.normalize("NFKC", form.group()), text)
    return _WORD_PROCESSORS_ZWNJ.sub(ZWNJ, _FIXED_SPACE.sub(" ", text))
