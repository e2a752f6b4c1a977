"""Logs are read, copied and kept: no one-time secret stands in them."""

import logging

import pytest

from operations.log_filter import HideSecrets


@pytest.fixture
def log():
    """A logger with the filter; `lines` is what a handler would write."""

    class Lines(logging.Handler):
        def __init__(self):
            super().__init__()
            self.addFilter(HideSecrets())
            self.lines = []

        def emit(self, record):
            self.lines.append(self.format(record))

    handler = Lines()
    logger = logging.getLogger("test.secrets")
    logger.propagate = False
    logger.addHandler(handler)
    yield logger, handler.lines
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    "path", ["first-admin/Gk5U0N", "invitation/3/abc-Gk5U0N", "password_reset/confirm/Mg/Gk5U0N"]
)
def test_the_secret_of_a_one_time_link_is_not_written(log, path):
    logger, lines = log
    logger.warning("Forbidden (%s): %s", "CSRF cookie not set.", f"/admin/{path}/")
    assert "Gk5U0N" not in lines[0]
    assert "Forbidden (CSRF cookie not set.): /admin/" in lines[0]


@pytest.mark.parametrize(
    "path", ["/contact/lost/3-Gk5U0N/", "/contact/track/answer/3-Gk5U0N/", "/contact/track/?code=Gk5U0N"]
)
def test_what_opens_or_names_a_citizens_message_is_not_written(log, path):
    logger, lines = log
    logger.warning("Not Found: %s", path)
    assert "Gk5U0N" not in lines[0]
    assert "Not Found: /contact/" in lines[0]


def test_nor_in_a_traceback(log):
    logger, lines = log
    try:
        raise ValueError("no such page: /admin/first-admin/Gk5U0N/")
    except ValueError:
        logger.exception("it failed")
    assert "Gk5U0N" not in lines[0]
    assert "ValueError" in lines[0]


def test_other_lines_stay_as_they_are(log):
    logger, lines = log
    logger.warning("%d messages at /admin/desk/", 3)
    assert lines == ["3 messages at /admin/desk/"]


def test_every_handler_of_the_site_has_the_filter(settings):
    assert all("secrets" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
