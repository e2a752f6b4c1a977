"""One-time links carry their secret in the path, receipts theirs in the query: no log, ours or a library's, may hold it."""

import logging
import re

# The first administrator's link, invitations, Wagtail's password links, citizens' links to their cases, organizations'
# links to questions, receipts: what follows the prefix is secret.
SECRET_PATHS = re.compile(
    r"(/admin/(?:first-admin|invitation|password_reset/confirm)/"
    r"|/contact/(?:lost|outside|track/answer)/|/contact/(?:track|sent)/\?)[^\s'\"]+",
    re.IGNORECASE,  # an address in capitals leads to its page too
)


def hide_secrets(text: str) -> str:
    return SECRET_PATHS.sub(r"\1...", text)


class HideSecrets(logging.Filter):
    """Takes the secrets out of a record: of its message, and of the traceback that would follow it."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (hidden := hide_secrets(message)) != message:
            record.msg, record.args = hidden, ()
        if record.exc_info:  # what another handler made of it before is kept in `exc_text`
            traceback = record.exc_text or logging.Formatter().formatException(record.exc_info)
            record.exc_text = hide_secrets(traceback)
        return True
