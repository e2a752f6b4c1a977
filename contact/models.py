"""The contact page, and the messages that come in through it."""

from .cases import Message, TimelineEntry, Topic, Unit
from .page import ContactPage

__all__ = ["ContactPage", "Message", "TimelineEntry", "Topic", "Unit"]
