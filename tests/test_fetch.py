"""The HTTP client against a real server on the loopback."""

import threading

import pytest

from lapwing.errors import InputError
from lapwing.fetch import Limits, fetch
from tests.loopback import Handler, served

OWN = Limits(bytes=100_000, timeout_s=2, private=True)
ROBOTS = b"User-agent: *\nDisallow: /closed/\n"


class Site(Handler):
    robots = (200, ROBOTS)

    def do_GET(self):
        if self.path == "/robots.txt":
            self.answer(*self.robots)
        elif self.path == "/page":
            self.answer(200, "<p>Täglich</p>".encode())
        elif self.path == "/moved":
            self.answer(302, b"", location="/page")
        elif self.path == "/loop":
            self.answer(302, b"", location="/loop")
        elif self.path == "/out":
            self.answer(302, b"", location="file:///etc/hosts")
        elif self.path == "/large":
            self.answer(200, b"x" * 200_000)
        elif self.path == "/slow":
            threading.Event().wait(4)
        else:
            self.answer(404, b"none")


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setattr(Site, "robots", (200, ROBOTS))
    with served(Site) as address:
        yield address


def test_a_page_is_read_and_redirects_are_followed(site):
    assert fetch(f"{site}/page", OWN).content == "<p>Täglich</p>".encode()
    assert fetch(f"{site}/moved", OWN).url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/closed/page", "robots"),
        ("/missing", "404"),
        ("/loop", "redirects"),
        ("/large", "larger"),
        ("/slow", "in time"),
        ("/out", "not an http"),
    ],
)
def test_what_cannot_be_had_is_explained(site, path, why):
    with pytest.raises(InputError, match=why):
        fetch(f"{site}{path}", OWN)


@pytest.mark.parametrize(("status", "read"), [(404, True), (503, False)])
def test_a_site_without_robots_txt_may_be_read_a_failing_one_not(site, monkeypatch, status, read):
    monkeypatch.setattr(Site, "robots", (status, b""))
    if read:
        assert fetch(f"{site}/page", OWN).content
    else:
        with pytest.raises(InputError, match="robots"):
            fetch(f"{site}/page", OWN)


@pytest.mark.parametrize("url", ["http://127.0.0.1/x", "http://localhost:9/x", "http://[::1]/x", "http://10.0.0.1/", "http://169.254.1.1/"])
def test_private_addresses_are_refused(url):
    with pytest.raises(InputError, match="private"):
        fetch(url)


@pytest.mark.parametrize("url", ["ftp://example.org/x", "http://", "http://[bad/", "http://no-such-host.invalid/"])
def test_bad_addresses_are_explained(url):
    with pytest.raises(InputError, match=r"address|host"):
        fetch(url)
