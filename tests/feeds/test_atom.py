"""The feed of a search is read by a feed reader, newest first, each entry with its words."""

from __future__ import annotations

import warnings
from typing import Any

from hostile import HOSTILE
from lxml import etree
from support import PAGES

from communique import feeds
from communique.store import Store
from communique.views import Filter

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import feedparser


def feed(store: Store, **asked: Any) -> bytes:
    return feeds.atom(
        store,
        Filter(**asked),
        title="a & b",
        lang="en",
        own="http://desk.example/feeds/atom.xml",
        page="http://desk.example/find",
        address=lambda item: f"http://desk.example/item/{item}",
    )


def test_a_feed_reader_reads_it(store: Store) -> None:
    read = feedparser.parse(feed(store, state="RU", kind="engagement"))
    assert not read.bozo
    assert read.feed.title == "a & b"
    talks = [e for e in read.entries if "丁海山" in e.content[0].value or "丁海山" in e.title]
    assert talks
    assert all(e.id.startswith("urn:communique:") and e.link.startswith("http://desk.example/item/") for e in talks)
    assert all(e.updated_parsed for e in read.entries)
    assert {t.term for t in talks[0].tags} >= {"engagement", "machine"}


def test_what_a_person_rejected_is_gone(store: Store) -> None:
    claim = next(c for c in PAGES[1].claims if c.kind == "engagement")
    assert claim.id.encode() in feed(store)
    store.decide(claim.id, "reject", "reader", "")
    assert claim.id.encode() not in feed(store)
    assert claim.id.encode() in feed(store, review="rejected")


def test_it_changes_only_when_the_record_does(store: Store) -> None:
    once = feed(store)
    assert once == feed(store)
    store.add(HOSTILE)
    again = feed(store)
    assert again != once
    root = etree.fromstring(again)
    assert not root.xpath("//*[local-name()='script' or local-name()='img']")
    assert "\u202e" not in "".join(root.itertext())


def test_a_search_that_finds_nothing_is_an_empty_feed(store: Store) -> None:
    read = feedparser.parse(feed(store, text="nowhere to be found"))
    assert not read.bozo
    assert not read.entries
