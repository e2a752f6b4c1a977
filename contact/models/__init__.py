"""The contact page, the messages that come in through it, and what the desk keeps about them."""

from .attachments import Attachment, StagedFile
from .cases import Message
from .casework import OneTimeLink, Original, OutsideQuestion, SavedFilter, Try
from .replies import CannedReply, DraftReply, PublicAnswer
from .timeline import TimelineEntry
from .topics import Lane, Topic, TopicQuestion
from .units import Absence, Municipality, Unit

from contact.page import ContactPage  # isort: skip  # its views need the models above

__all__ = [
    "Absence",
    "Attachment",
    "CannedReply",
    "ContactPage",
    "DraftReply",
    "Lane",
    "Message",
    "Municipality",
    "OneTimeLink",
    "Original",
    "OutsideQuestion",
    "PublicAnswer",
    "SavedFilter",
    "StagedFile",
    "TimelineEntry",
    "Topic",
    "TopicQuestion",
    "Try",
    "Unit",
]
