"""Proofreading: wrong half-spaces, letters, digits, marks and spaces as proposals that a person accepts or not.

Pure functions, standard library only. What is not Persian (addresses, code, Latin passages, verses) is left alone.
"""

from .core import accept, propose
from .markup import accept_html, arabic_spans, propose_html, words
from .model import Kind, Proposal

__all__ = ["Kind", "Proposal", "accept", "accept_html", "arabic_spans", "propose", "propose_html", "words"]
