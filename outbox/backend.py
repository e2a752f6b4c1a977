"""Every e-mail of the site goes through the outbox: Django's and the CMS's own, too, such as a new password's."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .mail import queue_mail


class OutboxBackend(BaseEmailBackend):
    """EMAIL_BACKEND: writes rows, which the worker sends by `MAIL_TRANSPORT`. A server that is down costs time only.

    Without a mail server nothing is kept: a link for a new password that leaves weeks later helps nobody.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if not settings.EMAIL_CONFIGURED:
            return 0
        for message in email_messages:
            if message.attachments or message.bcc:  # all recipients stand in one head
                raise ValueError("The outbox carries no attachments and no blind copies.")
            alternatives: Any = getattr(message, "alternatives", [])
            queue_mail(
                kind="site",
                to=message.recipients(),
                subject=str(message.subject),
                text=str(message.body),
                html=next((str(content) for content, kind in alternatives if kind == "text/html"), ""),
                reply_to=message.reply_to,
            )
        return len(email_messages)
