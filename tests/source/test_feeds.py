"""Feeds and sitemaps: the addresses that they list, in every form that is about, as a stream."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import SourceError
from communique.source.feed import Entry, read
from communique.source.form import feed_like
from communique.source.limits import Limits

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><link>https://a.example/</link>
<item><title>One</title><link>https://a.example/1</link><pubDate>Mon, 06 May 2024 08:00:00 +0700</pubDate></item>
<item><title><![CDATA[Two & more]]></title><guid>https://a.example/2</guid></item>
<item><title>Three</title><link>/3#top</link></item>
<item><title>One again</title><link>https://a.example/1</link></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><link href="https://a.example/"/>
<entry><title>One</title><link rel="self" href="https://a.example/s"/><link rel="alternate" href="https://a.example/1"/>
<updated>2024-05-06T08:00:00Z</updated></entry>
<entry><title>Two</title><link href="/2"/><updated>2024-05-07T08:00:00Z</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://a.example/"><link>https://a.example/</link></channel>
<item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link></item></rdf:RDF>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://a.example/1</loc><lastmod>2024-05-06</lastmod></url>
<url><loc> https://a.example/2 </loc></url></urlset>"""
INDEX = b"""<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc></sitemap></sitemapindex>"""


def entries(data: bytes, limits: Limits | None = None) -> list[Entry | SourceError]:
    return list(read(io.BytesIO(data), "feed.xml", "https://a.example/rss", limits or Limits()))


def addresses(data: bytes) -> list[str]:
    return [x.address.removeprefix("https://a.example/") for x in entries(data) if isinstance(x, Entry)]


@pytest.mark.parametrize(
    ("data", "found"),
    [(RSS, ["1", "2", "3"]), (ATOM, ["1", "2"]), (RDF, ["1"]), (SITEMAP, ["1", "2"]), (INDEX, ["s1.xml"])],
    ids=["rss", "atom", "rdf", "sitemap", "index"],
)
def test_every_form_gives_its_addresses(data: bytes, found: list[str]) -> None:
    assert feed_like(data)
    assert addresses(data) == found


def test_a_sitemap_of_sitemaps_says_so() -> None:
    (entry,) = entries(INDEX)
    assert isinstance(entry, Entry)
    assert entry.nested


def test_the_mark_changes_with_the_entry_alone() -> None:
    first, changed = entries(ATOM), entries(ATOM.replace(b"2024-05-06T08", b"2024-05-06T09"))
    same = [
        a.mark == b.mark for a, b in zip(first, changed, strict=True) if isinstance(a, Entry) and isinstance(b, Entry)
    ]
    assert same == [False, True]


def test_a_page_is_no_feed() -> None:
    assert not feed_like(b"<!doctype html><html><head><title>rss</title>")
    assert not feed_like(b"<html><body>The &lt;rss> element")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<rss><channel></channel></rss>", "lists nothing"),
        (b"<rss><channel><item><title>no address</title></item></channel></rss>", "without an address"),
        (b"<rss><channel><item><link>javascript:alert(1)</link></item></channel></rss>", "without an address"),
        (b"", "no feed"),
    ],
)
def test_what_is_wrong_is_told(data: bytes, reason: str) -> None:
    errors = [str(x) for x in entries(data) if isinstance(x, SourceError)]
    assert reason in errors[0]


def test_a_broken_feed_gives_what_it_has() -> None:
    assert addresses(RSS[: RSS.index(b"One again")]) == ["1", "2", "3"]
    assert sorted(addresses(RSS.replace(b"One<", b"One &nbsp; & <b><"))) == ["1", "2", "3"]


def test_what_a_feed_may_list_is_bounded() -> None:
    many = b"<urlset>" + b"".join(b"<url><loc>https://a.example/%d</loc></url>" % n for n in range(30)) + b"</urlset>"
    found = entries(many, Limits(entries=10))
    assert len(found) == 11
    assert "more than 10 entries" in str(found[-1])


def test_entities_do_not_swell_and_nothing_outside_is_read() -> None:
    swell = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 9))
    bomb = b'<!DOCTYPE rss [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">' + swell + b"]><rss><channel>"
    bomb += b"<item><title>&l8;&f;</title><link>https://a.example/1</link></item></channel></rss>"
    assert addresses(bomb) in (["1"], [])


def test_memory_stays_flat() -> None:
    def peak(number: int) -> int:
        data = io.BytesIO(
            b"<urlset>"
            + b"".join(b"<url><loc>https://a.example/%d</loc></url>" % n for n in range(number))
            + b"</urlset>"
        )
        tracemalloc.start()
        for _ in read(data, "x", None, Limits()):
            pass
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(40_000) < peak(2_000) + 6_000_000


@given(st.binary(max_size=300))
def test_no_feed_breaks_the_reader(data: bytes) -> None:
    for found in entries(b"<rss><channel><item>" + data):
        assert isinstance(found, Entry | SourceError)
