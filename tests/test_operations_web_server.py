"""Gunicorn as we set it: long searches reach the site, its log names nobody, its own errors speak Persian."""

import socket

import gunicorn.util
import pytest
from gunicorn.config import Config

from operations import web_server


def test_the_settings_are_understood_by_gunicorn():
    from operations import gunicorn_conf

    config = Config()
    for name in dir(gunicorn_conf):
        if name in config.settings:
            config.set(name, getattr(gunicorn_conf, name))
    assert (config.worker_class_str, config.workers, config.threads) == ("gthread", 2, 4)
    assert config.limit_request_line == gunicorn_conf.message.MAX_REQUEST_LINE == 128 * 1024
    assert config.forwarded_allow_ips == []


@pytest.mark.parametrize(
    ("address", "logged"),
    [
        ("/search/?q=%D8%B1%D8%A7%D8%B2", "/search/"),
        ("/%D8%AE%D8%A8%D8%B1/", "/خبر/"),
        ("/admin/first-admin/xk96uxYAWS1SQjBnC3eZG1dBOiGzyN9v/", "/admin/first-admin/..."),
        ("/admin/password_reset/confirm/MQ/cd2-abc/", "/admin/password_reset/confirm/..."),
        ("/admin/first-admin/%0Asecret", "/admin/first-admin/..."),
        ("/x%0AGET%20/forged%20200", "/x?GET /forged 200"),
        ("/x%E2%80%AEy", "/x?y"),
        ("/" + "x" * 5000, "/" + "x" * 299),
    ],
)
def test_the_log_shows_the_path_and_no_secret(address, logged):
    assert web_server.printable(address) == logged


def answer_of(status, reason="Reason"):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        web_server.write_error(ours, status, reason, "<script>what the visitor sent</script>")
        ours.shutdown(socket.SHUT_WR)
        received = b""
        while chunk := theirs.recv(65536):
            received += chunk
    head, _, body = received.decode().partition("\r\n\r\n")
    return head, body


@pytest.mark.parametrize("status", [400, 414, 431, 500])
def test_what_never_reaches_the_site_is_answered_in_a_page_of_ours(status):
    head, body = answer_of(status)
    assert head.startswith(f"HTTP/1.1 {status} Reason\r\n")
    assert f"Content-Length: {len(body.encode())}" in head
    assert 'lang="fa" dir="rtl"' in body
    assert "script" not in body


def test_when_even_that_fails_gunicorn_answers_itself(monkeypatch):
    monkeypatch.setattr(web_server, "error_page", lambda status: 1 / 0)
    head, body = answer_of(400)
    assert head.startswith("HTTP/1.1 400 Reason")
    assert "script" not in body


def test_the_page_takes_the_place_of_gunicorns():
    from operations import gunicorn_conf  # noqa: F401

    assert gunicorn.util.write_error is web_server.write_error
