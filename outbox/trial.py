"""Trying the mail settings out at once, and saying in plain words what happened."""

import smtplib
import ssl
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: The keeper waits for the answer, so less patience than delivery has.
TIMEOUT = 10

#: The first that fits the error names it.
OUTCOMES: list[tuple[tuple[type[Exception], ...], Promise]] = [
    ((smtplib.SMTPAuthenticationError,), _("The mail server refused the user name or the password.")),
    ((smtplib.SMTPSenderRefused,), _("The mail server refused the sender's address.")),
    ((smtplib.SMTPRecipientsRefused,), _("The mail server refused your address.")),
    ((smtplib.SMTPDataError,), _("The mail server refused the e-mail itself.")),
    (
        (smtplib.SMTPNotSupportedError,),
        _("The mail server does not offer the encryption or login asked for."),
    ),
    ((ssl.SSLError,), _("No secure connection to the mail server could be made.")),
    (
        (ConnectionRefusedError,),
        _("The mail server refused the connection: wrong address or port, or it is down."),
    ),
    ((TimeoutError,), _("The mail server did not answer in time.")),
    ((smtplib.SMTPServerDisconnected,), _("The mail server broke the connection off.")),
    ((OSError,), _("The mail server could not be reached: its name is wrong, or the network is down.")),
]


def send_trial(address: str) -> tuple[bool, str, str]:
    """Send a test e-mail to `address` now: whether it was accepted, that in Persian, and the machine's own words."""
    if not settings.EMAIL_CONFIGURED:
        return False, gettext("No mail server is configured (EMAIL_URL); nothing was sent."), ""
    if not address:
        return False, gettext("Your account has no e-mail address; nothing was sent."), ""
    message = EmailMultiAlternatives(
        subject=gettext("Test of the mail settings"),
        body=render_to_string("emails/trial.txt"),
        to=[address],
        headers={
            "Message-ID": make_msgid(domain=urlsplit(settings.SITE_URL).hostname or "localhost"),
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string("emails/trial.html"), "text/html")
    try:
        connection = get_connection(settings.MAIL_TRANSPORT)
        connection.timeout = TIMEOUT  # type: ignore[attr-defined]
        connection.send_messages([message])
    except Exception as problem:  # every failure is an answer to the question that was asked
        said = next((text for kinds, text in OUTCOMES if isinstance(problem, kinds)), None)
        words = str(said) if said else gettext("The e-mail could not be sent.")
        return False, words, f"{type(problem).__name__}: {problem}"[:500]
    return True, gettext("The mail server accepted the test e-mail. Look into your inbox."), ""
