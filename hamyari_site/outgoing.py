"""The outbox knows nobody, and the machinery knows no feature: here the one is handed to the other."""

from datetime import time, timedelta

from django.conf import settings

from operations import health, schedule
from operations.health import UnfitError
from outbox import bounces, delivery, handed_over


def outbox() -> str:
    """Mail that is due is being tried."""
    fit, word = delivery.fitness()
    if not fit:
        raise UnfitError(f"nobody delivers: {word}")
    return word


def register() -> None:
    """Called when the app is ready, when every model is loaded."""
    schedule.register("deliver_due", delivery.deliver_due, every=timedelta(minutes=1))
    schedule.register("sweep_handed_over", handed_over.sweep, every=timedelta(days=1), at=time(3, 40))
    if settings.BOUNCES_URL:
        schedule.register("read_bounces", bounces.read_mailbox, every=timedelta(minutes=5))
    health.register("outbox", outbox)
