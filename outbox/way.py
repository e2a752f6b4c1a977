"""A way out of the site. Delivery is the same for all: lease, attempts, back-off; a way knows its rows and how to send one."""

from abc import ABC, abstractmethod

from .models import Outgoing


class Way(ABC):
    """One run over one way: opened by its first `send`, closed at its end or after a failure."""

    model: type[Outgoing]
    #: What its rows are called in the log.
    name: str

    @staticmethod
    @abstractmethod
    def is_configured() -> bool:
        """Whether there is anybody to hand rows to. Otherwise they wait untouched."""

    @abstractmethod
    def send(self, row: Outgoing) -> None:
        """Hand one row over; any exception means that it was not taken."""

    def close(self) -> None:  # noqa: B027  a way without a connection has nothing to close
        """Let go of the connection, if there is one."""

    @abstractmethod
    def is_refusal(self, problem: Exception) -> bool:
        """True when this very row cannot go; False for trouble of the other side, which passes."""

    @abstractmethod
    def is_answer(self, problem: Exception) -> bool:
        """Whether the other side said something; where it did not, the next row would wait for the same silence."""
