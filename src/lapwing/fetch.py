"""URL → Page.  The only HTTP client: robots.txt obeyed, one size and one time limit, private addresses refused.

An address is checked after its name is looked up and again at each redirect, so that a public name cannot lead into a private network.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx2
from protego import Protego

from lapwing.errors import InputError
from lapwing.records import Page

AGENT = "Lapwing/0.1 (+news monitoring; obeys robots.txt)"
LARGEST = 20_000_000
"""Bytes of a page; more is refused."""
TIMEOUT_S = 20.0
REDIRECTS = 5
ROBOTS_LARGEST = 500_000


@dataclass(frozen=True)
class Limits:
    """What a fetch may do; `private` allows loopback and private addresses, for a site of one's own and for tests."""

    bytes: int = LARGEST
    timeout_s: float = TIMEOUT_S
    private: bool = False
    robots: bool = True
    """Ask robots.txt first; not for a query service, which is there to be asked by programs."""


def fetch(url: str, limits: Limits | None = None) -> Page:
    """The page at `url`, its id and url the address it was found at in the end; InputError says why it could not be had."""
    chosen = limits or Limits()
    with httpx2.Client(timeout=chosen.timeout_s, headers={"User-Agent": AGENT}, follow_redirects=False) as client:
        for _ in range(REDIRECTS + 1):
            _check_address(url, chosen)
            if chosen.robots and not _allowed(client, url, chosen):
                raise InputError(f"{url}: its robots.txt does not allow reading; save the page and read the file")
            status, headers, body = _get(client, url, chosen.bytes)
            if status in (301, 302, 303, 307, 308) and headers.get("location"):
                url = urljoin(url, headers["location"])
                continue
            if status != 200:
                raise InputError(f"{url}: the server answered {status}")
            return Page(url, body, url)
    raise InputError(f"{url}: more than {REDIRECTS} redirects")


def _get(client: httpx2.Client, url: str, largest: int) -> tuple[int, dict[str, str], bytes]:
    try:
        with client.stream("GET", url) as response:
            body = bytearray()
            for part in response.iter_bytes():
                body += part
                if len(body) > largest:
                    raise InputError(f"{url}: larger than {largest // 1_000_000} MB; save what you need of it and read the file")
            return response.status_code, {k.lower(): v for k, v in response.headers.items()}, bytes(body)
    except httpx2.TimeoutException:
        raise InputError(f"{url}: no answer in time") from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise InputError(f"{url}: {error or error.__class__.__name__}") from None


def _allowed(client: httpx2.Client, url: str, limits: Limits) -> bool:
    """Does the site's robots.txt allow us?  No such file allows all; a server's error forbids (RFC 9309)."""
    address = urljoin(url, "/robots.txt")
    for _ in range(REDIRECTS):
        _check_address(address, limits)
        status, headers, body = _get(client, address, ROBOTS_LARGEST)
        if status in (301, 302, 303, 307, 308) and headers.get("location"):
            address = urljoin(address, headers["location"])
            continue
        if status >= 500:
            return False
        return status != 200 or bool(Protego.parse(body.decode("utf-8", "replace")).can_fetch(url, AGENT))
    return True


def _check_address(url: str, limits: Limits) -> None:
    """InputError unless the URL is http(s) and its host, looked up, is a public address (or private ones are allowed)."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise InputError(f"{url}: not an address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise InputError(f"{url}: not an http address")
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        raise InputError(f"{url}: no such host; is there a network?") from None
    if not limits.private and not all(ipaddress.ip_address(str(a).split("%")[0]).is_global for a in found):
        raise InputError(f"{url}: leads to a private address, which is not read")
