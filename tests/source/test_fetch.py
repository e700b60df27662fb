"""Fetching, against a real server: where it may go, how long, how much."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
import zlib
from collections.abc import Callable

import pytest
import warcs
from fetching import sent_to, web, why
from hypothesis import given
from hypothesis import strategies as st
from web_server import Handler, Site

from communique.source import FetchError, Guard
from communique.source.fetch import address
from communique.source.guard import is_public

PAGE = warcs.page(1)


# --- where it may go ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1.2.3", "localhost", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]", "2130706433", "0x7f.1",
        "127.1",
    ],
)  # fmt: skip
def test_what_is_not_on_the_public_net_is_refused(host: str) -> None:
    said = why(f"http://{host}/", web(guard=Guard()))
    assert "not on the public net" in said or "no name of a host" in said


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://[fe80::1]/",
        "http://[::ffff:192.168.0.1]/", "http://inner.example/", "http://inner6.example/", "http://mixed.example/",
    ],
)  # fmt: skip
def test_a_redirection_is_checked_anew(site: Site, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    names = {
        "inner.example": ["127.0.0.2", "10.9.8.7"],
        "inner6.example": ["fd00::1"],
        "mixed.example": ["93.184.215.14", "192.168.7.7"],
    }
    _resolve(monkeypatch, names)
    site.pages["/away"] = sent_to(target)
    assert "not on the public net" in why(site.url("/away"))


def test_a_redirection_to_loopback_is_refused_where_the_switch_is_not_set(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    _resolve(monkeypatch, {"news.example": ["127.0.0.1"]})
    site.pages["/away"] = sent_to(site.url("/secret"))
    site.pages["/secret"] = PAGE
    named = Guard([ipaddress.ip_network("127.0.0.1/32")])
    assert web(guard=named).get(site.url("/away", "news.example")).data == PAGE
    assert "not on the public net" in why(site.url("/away", "news.example"), web(guard=Guard()))


def test_a_name_that_leads_elsewhere_the_second_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection goes to the address that was checked: the name is asked for once a request."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *more: object, **named: object) -> object:
        if host == "rebind.example":
            asked.append(host)
            host = "127.0.0.1" if len(asked) % 2 else "127.0.0.3"
        return real(host, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    site.pages["/a"] = PAGE
    only = Guard([ipaddress.ip_network("127.0.0.1/32")])
    by = web(guard=only)
    by._read_rules = lambda *_: None  # type: ignore[method-assign] # one request, one look-up
    assert by.get(site.url("/a", "rebind.example")).data == PAGE
    assert len(asked) == 1
    assert "not on the public net" in why(site.url("/a", "rebind.example"), by)


def _resolve(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]) -> None:
    """Let names lead to addresses, as a hostile DNS would."""
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *more: object, **named: object) -> list[object]:
        found: list[object] = []
        for target in names.get(host, [host]):
            found += real(target, port, *more, **named)  # type: ignore[arg-type]
        return found

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@given(st.ip_addresses(v=4))
def test_no_private_address_is_public_however_it_is_wrapped(inner: ipaddress.IPv4Address) -> None:
    if inner.is_private or inner.is_multicast or inner.is_link_local or inner.is_loopback:
        assert not is_public(inner)
        wrapped = (f"::ffff:{inner}", f"64:ff9b::{inner}", f"2002:{int(inner) >> 16:x}:{int(inner) & 0xFFFF:x}::1")
        assert not any(is_public(ipaddress.ip_address(text)) for text in wrapped)


@pytest.mark.parametrize(
    "text",
    ["ftp://a.example/", "file:///etc/passwd", "http://", "http://user:pw@a.example/", "gopher://a/", "http://a:99999/",
     "http://a b/", "http://[::1", "//a.example/"],
)  # fmt: skip
def test_no_address_of_the_web(text: str) -> None:
    with pytest.raises(FetchError):
        address(text)


def test_an_address_as_it_is_asked_for() -> None:
    assert address("HTTP://Báo.example/tin tức?a=b#c") == "http://xn--bo-mia.example/tin%20t%E1%BB%A9c?a=b"


# --- limits ---------------------------------------------------------------------------------------------------------


def trickle(h: Handler) -> None:
    h.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(300):
        h.raw(b"<p>more")
        time.sleep(0.1)


def slow_headers(h: Handler) -> None:
    h.raw(b"HTTP/1.1 200 OK\r\n")
    for n in range(300):
        h.raw(b"X-%d: y\r\n" % n)
        time.sleep(0.1)


def endless(h: Handler) -> None:
    h.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        h.raw(b"x" * 65536)


def endless_chunks(h: Handler) -> None:
    h.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        h.raw(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")


def endless_headers(h: Handler) -> None:
    h.raw(b"HTTP/1.1 200 OK\r\n")
    while True:
        h.raw(b"X-Header: " + b"y" * 1000 + b"\r\n")


def informational(h: Handler) -> None:
    while True:
        h.raw(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        time.sleep(0.01)


def silent(h: Handler) -> None:
    time.sleep(6)


def lying_long(h: Handler) -> None:
    h.answer(PAGE, Content_Length=str(len(PAGE) + 500))


def lying_huge(h: Handler) -> None:
    h.answer(PAGE, Content_Length="99999999999")


def lying_twice(h: Handler) -> None:
    h.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!")


# Made beforehand: packing takes longer than an answer may.
BOMB, DEFLATE_BOMB = gzip.compress(bytes(100_000_000)), zlib.compress(bytes(100_000_000))


def bomb(h: Handler) -> None:
    h.answer(BOMB, Content_Encoding="gzip")


def layered(h: Handler) -> None:
    h.answer(gzip.compress(BOMB), Content_Encoding="gzip, gzip")


def deflate_bomb(h: Handler) -> None:
    h.answer(DEFLATE_BOMB, Content_Encoding="deflate")


def cut_gzip(h: Handler) -> None:
    h.answer(gzip.compress(PAGE)[:-10], Content_Encoding="gzip")


def strange(h: Handler) -> None:
    h.answer(PAGE, Content_Encoding="x-secret")


def nonsense(h: Handler) -> None:
    h.raw(b"nonsense\r\n\r\n")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (trickle, "no whole answer in 2 seconds"),
        (slow_headers, "no whole answer in 2 seconds"),
        (silent, "no whole answer"),
        (informational, "answer"),
        (endless, "more than a page may have"),
        (endless_chunks, "more than a page may have"),
        (endless_headers, "a broken answer"),
        (lying_long, "a broken answer"),
        (lying_huge, "more than a page may have"),
        (lying_twice, "a broken answer"),
        (bomb, "bytes unpacked"),
        (layered, "bytes unpacked"),
        (deflate_bomb, "bytes unpacked"),
        (cut_gzip, "cut off"),
        (strange, "which is not read"),
        (nonsense, "a broken answer"),
        (sent_to("/page"), "in a circle"),
        (sent_to(""), "in a circle"),
        (sent_to("file:///etc/passwd"), "no address of the web"),
        (sent_to("http://user:pw@127.0.0.1/"), "a name and password"),
    ],
)
def test_a_hostile_answer_ends_within_its_limits(site: Site, page: Callable[[Handler], None], reason: str) -> None:
    site.pages["/page"] = page
    assert reason in why(site.url("/page"))


def test_redirections_without_end(site: Site) -> None:
    for n in range(20):
        site.pages[f"/{n}"] = sent_to(f"/{n + 1}")
    assert "sent elsewhere more than 5 times" in why(site.url("/0"))


def test_a_page_that_was_moved(site: Site) -> None:
    site.pages |= {"/old": sent_to("new", 301), "/new": PAGE}
    got = web().get(site.url("/old"))
    assert (got.asked, got.address, got.data) == (site.url("/old"), site.url("/new"), PAGE)


def test_packed_answers(site: Site) -> None:
    site.pages["/gzip"] = lambda h: h.answer(gzip.compress(PAGE), Content_Encoding="gzip")
    site.pages["/raw"] = lambda h: h.answer(zlib.compress(PAGE)[2:-4], Content_Encoding="deflate")
    assert [web().get(site.url(p)).data for p in ("/gzip", "/raw")] == [PAGE, PAGE]
