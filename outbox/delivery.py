"""Sending what is due: once, by whichever worker holds the lease, for as long as it takes.

A server that is away costs time and nothing else: such failures are retried for ever. A server that answers and refuses
this very mail does so a few times; then the mail is given up, and stands in the admin.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from time import sleep

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import F
from django.utils import timezone

from .models import OutgoingMail
from .withheld import fill

logger = logging.getLogger(__name__)

#: Longer than a send can take (each step of it waits EMAIL_TIMEOUT at most). A killed worker's mail waits that long.
LEASE = timedelta(minutes=4)
#: After a failure on the way, in minutes: short, so that everything leaves within five minutes of the server's recovery.
BACK_OFF = (1, 2, 4)
#: After a refusal, in minutes; when these are used up the mail is given up.
REFUSED_BACK_OFF = (10, 60, 6 * 60, 24 * 60)
#: How long one run may go on; the next one takes over.
RUN = timedelta(minutes=10)


def deliver_due() -> int:
    """Send every mail that is due and return how many were sent. Safe to run in any number of processes at once."""
    if not settings.EMAIL_CONFIGURED:
        return 0
    sent, until, smtp = 0, timezone.now() + RUN, get_connection(settings.MAIL_TRANSPORT)
    try:
        while timezone.now() < until and (mail := lease_next()):
            try:
                send(mail, smtp)
            except Exception as problem:  # whatever is wrong with one mail must not hold up the others
                _close(smtp)
                if is_refusal(problem):
                    _refused(mail, describe(problem))
                    continue
                _try_again(mail, describe(problem), BACK_OFF[min(mail.attempts, len(BACK_OFF)) - 1])
                if not isinstance(problem, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
                    break  # no answer at all: the next mail would wait for the same server
            else:
                _sent(mail)
                sent += 1
    finally:
        _close(smtp)
    return sent


def lease_next() -> OutgoingMail | None:
    """Take one due mail: a conditional UPDATE, of which only one worker's can find the row still free."""
    while True:
        now = timezone.now()
        due = OutgoingMail.objects.due(now)
        pk = due.order_by("next_try_at", "pk").values_list("pk", flat=True).first()
        if pk is None:
            return None
        if due.filter(pk=pk).update(leased_until=now + LEASE, attempts=F("attempts") + 1):
            return OutgoingMail.objects.get(pk=pk)


def send(mail: OutgoingMail, smtp: BaseEmailBackend) -> None:
    """Hand one mail to the server."""
    text, html = fill(mail)
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=text,
        to=mail.to,
        reply_to=mail.reply_to,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if html:
        message.attach_alternative(html, "text/html")
    smtp.open()
    smtp.send_messages([message])


def is_refusal(problem: Exception) -> bool:
    """True when this very mail cannot go: the server answered 5xx to its sender, recipients or content (RFC 5321, 4.2.1),
    or it could not even be put together. Anything else is the server's trouble, and passes."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return problem.smtp_code >= 500
    return isinstance(problem, smtplib.SMTPNotSupportedError) or not isinstance(problem, OSError)


def fitness() -> tuple[bool, str]:
    """Whether delivery is at work, and a word on it: unfit when mail has been due for long and nobody even tried."""
    dead = OutgoingMail.objects.filter(state=OutgoingMail.State.DEAD).count()
    waiting = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED).count()
    forgotten = OutgoingMail.objects.due().filter(next_try_at__lt=timezone.now() - 4 * LEASE).exists()
    return not (forgotten and settings.EMAIL_CONFIGURED), f"{waiting} waiting, {dead} given up"


def _sent(mail: OutgoingMail) -> None:
    """Note it, and stubbornly: a sent mail that is not noted would be sent again."""
    for pause in (0.2, 1, 5, 0):
        try:
            OutgoingMail.objects.filter(pk=mail.pk).update(
                state=OutgoingMail.State.SENT, sent_at=timezone.now(), leased_until=None, last_error=""
            )
            return
        except DatabaseError:
            if not pause or connection.in_atomic_block:
                raise
            close_old_connections()
            sleep(pause)


def _try_again(mail: OutgoingMail, error: str, minutes: int, **more: object) -> None:
    logger.warning("e-mail %s was not sent: %s", mail.pk, error)
    when: datetime = timezone.now() + timedelta(minutes=minutes)
    _held(mail).update(next_try_at=when, leased_until=None, last_error=error, **more)


def _refused(mail: OutgoingMail, error: str) -> None:
    if mail.refusals < len(REFUSED_BACK_OFF):
        _try_again(mail, error, REFUSED_BACK_OFF[mail.refusals], refusals=mail.refusals + 1)
        return
    logger.error("e-mail %s is given up: %s", mail.pk, error)
    _held(mail).update(
        state=OutgoingMail.State.DEAD, refusals=mail.refusals + 1, leased_until=None, last_error=error
    )


def _held(mail: OutgoingMail):
    """The row, if our lease still stands; another worker's news of it must not be overwritten."""
    return OutgoingMail.objects.filter(
        pk=mail.pk, state=OutgoingMail.State.QUEUED, leased_until=mail.leased_until
    )


def _close(smtp: BaseEmailBackend) -> None:
    try:
        smtp.close()
    except Exception as problem:  # the server is gone already
        logger.info("closing the connection to the mail server: %s", problem)


def describe(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:1000]
