"""Who is asking: the visitor's address behind proxies that we trust, and whether it is an operator's."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_ip(request: HttpRequest) -> str:
    """The visitor's address as text; "" when the connection has none (a Unix socket).

    X-Forwarded-For is read from its right end, only for as long as the hop before is one of
    `TRUSTED_PROXIES`: whatever stands further left was written by the visitor and proves nothing.
    """
    current = _parse(request.META.get("REMOTE_ADDR", ""))
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    while hops and current is not None and _within(current, settings.TRUSTED_PROXIES):
        claimed = _parse(hops.pop())
        if claimed is None:
            break
        current = claimed
    return str(current) if current is not None else ""


def is_operator(request: HttpRequest) -> bool:
    """True when the visitor's address lies in one of `OPERATOR_NETWORKS`."""
    address = _parse(client_ip(request))
    return address is not None and _within(address, settings.OPERATOR_NETWORKS)


def _parse(text: str) -> Address | None:
    """An address from `1.2.3.4`, `1.2.3.4:567`, `::1` or `[::1]:567`; mapped IPv4 is read as IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _within(address: Address, networks: Iterable[str]) -> bool:
    return any(address in ip_network(network, strict=False) for network in networks)
