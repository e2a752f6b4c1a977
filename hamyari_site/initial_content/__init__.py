"""The site's first content: the unit's own facts, put in once and never again."""

from .loader import load

__all__ = ["load"]
