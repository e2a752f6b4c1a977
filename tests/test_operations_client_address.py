"""Whose address a request has: proxies are believed only when we trust them, and only from the right end."""

import pytest
from django.test import RequestFactory

from operations.client_address import client_ip, is_operator


def request(remote, forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # not a proxy of ours: it may claim what it likes
        ("10.0.0.5", "198.51.100.1", "198.51.100.1"),
        (
            "10.0.0.5",
            "127.0.0.1, 198.51.100.1",
            "198.51.100.1",
        ),  # what stands to the left was written by the visitor
        ("10.0.0.5", "198.51.100.1, 10.0.0.6", "198.51.100.1"),
        ("10.0.0.5", "10.0.0.7, 10.0.0.6", "10.0.0.7"),
        ("10.0.0.5", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.5", "[2001:db8::7]:443", "2001:db8::7"),
        ("10.0.0.5", "not an address", "10.0.0.5"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("::ffff:10.0.0.5", "198.51.100.1", "198.51.100.1"),  # IPv4 over a socket of both kinds
        ("fe80::1%eth0", None, "fe80::1"),
        ("", None, ""),
    ],
)
def test_the_visitors_address(settings, remote, forwarded, expected):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    assert client_ip(request(remote, forwarded)) == expected


def test_operators_are_known_by_their_network(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.5"]
    settings.OPERATOR_NETWORKS = ["127.0.0.0/8", "::1/128", "192.0.2.0/24"]
    assert is_operator(request("127.0.0.1"))
    assert is_operator(request("::1"))
    assert is_operator(request("10.0.0.5", "192.0.2.77"))
    assert not is_operator(request("10.0.0.5", "198.51.100.1"))
    assert not is_operator(request("10.0.0.5", "127.0.0.1, 198.51.100.1"))
    assert not is_operator(request(""))
