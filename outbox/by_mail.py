"""E-mail by SMTP, or by whatever `MAIL_TRANSPORT` names."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from .models import OutgoingMail
from .way import Way
from .withheld import fill

logger = logging.getLogger(__name__)


class ByMail(Way):
    model = OutgoingMail
    name = "e-mail"

    def __init__(self) -> None:
        self.smtp: BaseEmailBackend = get_connection(settings.MAIL_TRANSPORT)

    @staticmethod
    def is_configured() -> bool:
        return bool(settings.EMAIL_CONFIGURED)

    def send(self, row: OutgoingMail) -> None:  # type: ignore[override]
        text, html = fill(row)
        message = EmailMultiAlternatives(
            subject=row.subject,
            body=text,
            to=row.to,
            reply_to=row.reply_to,
            headers={"Message-ID": row.message_id, "Auto-Submitted": "auto-generated"},
        )
        if html:
            message.attach_alternative(html, "text/html")
        self.smtp.open()
        self.smtp.send_messages([message])

    def close(self) -> None:
        try:
            self.smtp.close()
        except Exception as problem:  # the server is gone already
            logger.info("closing the connection to the mail server: %s", problem)

    def is_refusal(self, problem: Exception) -> bool:
        """The server answered 5xx to its sender, recipients or content (RFC 5321, 4.2.1), or it could not even be put
        together."""
        if isinstance(problem, smtplib.SMTPRecipientsRefused):
            return all(code >= 500 for code, _ in problem.recipients.values())
        if isinstance(problem, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
            return problem.smtp_code >= 500
        return isinstance(problem, smtplib.SMTPNotSupportedError) or not isinstance(problem, OSError)

    def is_answer(self, problem: Exception) -> bool:
        return isinstance(problem, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)
