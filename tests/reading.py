"""What stands on a screen, and what of it no Persian reader should meet: Latin digits, English words, Gregorian dates."""

import re
from dataclasses import dataclass
from functools import cache

#: Every text of a document, that of closed menus, templates and dialogs too: all of it is shown sooner or later.
#: Left out: what machines read (scripts, code, values of fields) and what is marked to run from left to right (telephone
#: numbers, codes, addresses). The answer: [where it stands, the text] of each.
READ = r"""(root) => {
  const MACHINES = 'script, style, noscript, code, pre, samp, kbd, textarea, svg, iframe, [contenteditable=true], [dir=ltr]';
  const NEVER_SHOWN = '[data-side-panel-toggle-counter][hidden]';  // filled by a script before it is shown
  const SPOKEN = ['title', 'aria-label', 'aria-description', 'placeholder', 'alt', 'data-w-tooltip-content-value'];
  const found = [];
  const where = e => e.tagName.toLowerCase() + [...e.classList].slice(0, 2).map(name => '.' + name).join('');
  const place = e => [e.parentElement?.parentElement, e.parentElement, e].filter(Boolean).map(where).join(' > ');
  const read = node => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.nodeValue.replace(/\s+/g, ' ').trim();
      if (text && node.parentElement) found.push([place(node.parentElement), text]);
      return;
    }
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches('input[type=text]') && node.value) found.push([place(node) + '@typed', node.value]);
      if (node.matches(NEVER_SHOWN) || (node.matches(MACHINES) && node.tagName !== 'TEXTAREA')) return;
      SPOKEN.filter(name => node.hasAttribute(name))
        .forEach(name => found.push([place(node) + '@' + name, node.getAttribute(name)]));
      if (node.matches('input[type=submit], input[type=button]')) found.push([place(node) + '@value', node.value]);
      if (node.matches(MACHINES)) return;
    }
    (node.tagName === 'TEMPLATE' ? node.content : node).childNodes.forEach(read);
  };
  read(root);
  return found;
}"""

#: Words that stay Latin, by the reason.
ALLOWED = {
    "formats, as Persian speakers write them": "CSV DOCX GIF JPEG JPG ODS ODT PDF PNG PPTX TSV TXT WEBP XLSX ZIP",
    "techniques, as Persian speakers write them": "Atom HTML HTTPS RSS SMTP TLS URL",
    "names in the settings of the server, which the keeper types as they are": "BACKUP_NIGHTLY SITE_URL EMAIL_URL backup",
    "the maker of the CMS, as its name": "Wagtail",
    "login names of the people in this crawl": "sarparast modir khabarnegar pasokhgoo negahban nasiri janeshin raftegan",
}
_WORDS = {word for words in ALLOWED.values() for word in words.split()}
_FORMATS = set(ALLOWED["formats, as Persian speakers write them"].split())
# What machines read is no running text: addresses, file names, versions, types of content, keys of the keyboard.
_OF_MACHINES = re.compile(
    r"""https?://\S+ | \S+@\S+\.\w+ | (?<![\w/.])/[\w\-./%۰-۹]* | \b\d+\.\d+\.\d+[.\d]*(?::\d+)?
      | \bv\d+(?:\.\d+)+ | \S+\.(?:pdf|docx|jpe?g|png|csv|txt)\b | \b(?:contact|news|pages)\.[a-z]+page\b
      | \b(?:Ctrl|Shift|Alt|Enter|Esc|Tab)\b(?:\s*\+\s*\w+)*""",
    re.VERBOSE | re.ASCII,
)
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’_]+")
_LATIN_DIGIT = re.compile(r"[0-9]")
_MONTHS = "ژانویهٔ?|فوریهٔ?|مارس|آوریل|مهٔ?|ژوئن|ژوئیهٔ?|اوت|سپتامبر|اکتبر|نوامبر|دسامبر"
_GREGORIAN = re.compile(
    rf"""\b(?:20\d\d)\s*[-/.]\s*\d | \d\s*[-/.]\s*20\d\d\b | \d\s*(?:{_MONTHS})\b | \b(?:{_MONTHS})\s*،?\s*\d
       | \b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d""",
    re.VERBOSE,
)


_TO_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a text: `kind` is "digit", "English" or "Gregorian"."""

    kind: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:100]!r} in {self.place}"


def faults(texts: list[list[str]]) -> list[Fault]:
    """Return what is wrong with the texts that `READ` found; [] for a good screen."""
    return [
        Fault(kind, place, text) for place, text in texts for kind in _kinds(text, place.endswith("@typed"))
    ]


@cache  # most screens have most words in common
def _kinds(text: str, is_typed: bool) -> list[str]:
    """`is_typed` of what a field or a cell holds: its words and digits are read by machines too."""
    kinds = ["Gregorian"] if _GREGORIAN.search(text.translate(_TO_LATIN)) else []
    prose = "" if is_typed else _OF_MACHINES.sub(" ", text)
    if _LATIN_DIGIT.search(prose):
        kinds.append("digit")
    if any(word not in _WORDS and word.upper() not in _FORMATS for word in _LATIN_WORD.findall(prose)):
        kinds.append("English")
    return kinds
