"""Logs are read, copied and kept: no one-time secret stands in them."""

import io
import logging

import pytest
from gunicorn.config import Config

from contact.models import ContactPage
from operations.log_filter import HideSecrets, hide_secrets
from operations.web_server import AccessLogger, printable


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
    "path",
    [
        "/contact/lost/3-Gk5U0N/",
        "/contact/track/answer/3-Gk5U0N/",
        "/contact/outside/3-Gk5U0N/",
        "/Contact/Outside/3-Gk5U0N/",
        "/contact/track/?code=Gk5U0N",
        "/contact/sent/?r=Gk5U0N",
        "/contact/sent/?anew=1&r=Gk5U0N",
    ],
)
def test_what_opens_or_names_a_citizens_message_is_not_written(log, path):
    logger, lines = log
    logger.warning("Not Found: %s", path)
    assert "Gk5U0N" not in lines[0]
    assert "not found: /contact/" in lines[0].lower()


def test_every_address_of_the_contact_page_that_carries_a_secret_is_known():
    routes = [str(route.pattern) for route in ContactPage.get_subpage_urls()]
    secret = [route for route in routes if "token" in route]
    assert len(secret) == 3
    for route in secret:
        path = route.replace("<str:token>", "3-Gk5U0N")
        assert "Gk5U0N" not in hide_secrets(f"GET https://www.example.ir/contact/{path} failed")
        assert "Gk5U0N" not in printable(f"/contact/{path}?from=mail")


def test_nor_in_a_traceback(log):
    logger, lines = log
    try:
        raise ValueError("no such page: /admin/first-admin/Gk5U0N/")
    except ValueError:
        logger.exception("it failed")
    assert "Gk5U0N" not in lines[0]
    assert "ValueError" in lines[0]


def test_nor_in_a_traceback_that_another_handler_wrote_before(log):
    logger, lines = log
    before = logging.StreamHandler(io.StringIO())
    logger.handlers.insert(0, before)
    try:
        raise ValueError("no such page: /contact/sent/?r=Gk5U0N")
    except ValueError:
        logger.exception("it failed")
    logger.removeHandler(before)
    assert "Gk5U0N" not in lines[0]


def test_nor_in_the_web_servers_own_log_of_errors(capfd):
    """Gunicorn writes the whole address of a request that failed outside the site, and the first line of one that is no HTTP."""
    log = AccessLogger(Config())
    try:
        raise ValueError("broken at /contact/lost/3-Gk5U0N/")
    except ValueError:
        log.exception("Error handling request %s %s", "GET", "/contact/sent/?r=Gk5U0N")
    log.warning(
        "Invalid request from ip=192.0.2.7: Invalid HTTP Version: GET /contact/outside/3-Gk5U0N/ HTTX/1.1"
    )
    written = capfd.readouterr().err
    assert "Gk5U0N" not in written
    assert "192.0.2.7" not in written
    assert "Error handling request GET /contact/sent/?..." in written
    assert "/contact/outside/..." in written


def test_other_lines_stay_as_they_are(log):
    logger, lines = log
    logger.warning("%d messages at /admin/desk/", 3)
    assert lines == ["3 messages at /admin/desk/"]


def test_every_handler_of_the_site_has_the_filter(settings):
    assert all("secrets" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
