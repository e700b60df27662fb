"""Reading again: machine claims give way, people's decisions stay, and what changed can be told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from support import FORUM, TALKS, person, record, told

from communique import exports, views
from communique.model import Raw

TITLE, BODY = TALKS.document.units[0].text.split("\n\n")


def test_a_newer_coder_is_told_by_item_and_field(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS, FORUM)
    minister, _, talks = TALKS.claims
    call = replace(talks, id="e-call", values={**talks.values, "type": "call"})
    store.add(replace(TALKS, claims=(minister, call)), coder="hand 2")
    store.add(FORUM, coder="hand 2")
    changed, same = views.changes(store)
    assert (changed.source, changed.what, changed.now) == ("talks.txt", "reread", "hand 2")
    assert [(i.what, i.kind, dict(i.fields)) for i in changed.items] == [
        ("changed", "engagement", {"type": ("talks", "call")}),
        ("went", "person", {}),
    ]
    assert (changed.lines, same.items, same.lines) == ((), (), ())


def test_only_the_last_coder_is_told_unless_all_are_asked_for(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    store.add(replace(TALKS, claims=TALKS.claims[:1]), coder="hand 2")
    store.add(TALKS, coder="hand 3")
    assert [c.now for c in views.changes(store)] == ["hand 3"]
    assert [c.now for c in views.changes(store, everything=True)] == ["hand 2", "hand 3"]
    assert not list(views.changes(store, "forum.txt"))


def test_a_correction_stands_after_everything_was_read_again(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS, FORUM)
    item = views.find(store, views.Filter(type="talks")).items[0]
    decision = store.decide(item.id, "correct", "Mai", "it was a call", {"type": "call"})
    for coder in ("hand 2", "hand 3"):
        for page in (TALKS, FORUM):
            store.add(page, coder=coder)
    found = views.find(store, views.Filter(type="call")).items
    assert [(i.id, i.review) for i in found] == [(item.id, "corrected")]
    assert not views.find(store, views.Filter(type="talks")).items
    assert decision in b"".join(exports.pieces(store, "jsonl")).decode()


def test_an_article_that_changed_keeps_both_versions_and_shows_the_difference(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", FORUM)
    first, second = (Raw("talks.txt", t.encode(), "text/plain", "pages/talks.txt") for t in ("as it was", "as it is"))
    store.add(replace(TALKS, document=replace(TALKS.document, digest=first.digest)), first)
    item = views.find(store, views.Filter(source="talks.txt", kind="person")).items[0]
    store.decide(item.id, "accept", "Mai", "read it")
    told_of = person(item.quote, item.values["name"], item.values["country"])
    page = told("talks.txt", TITLE, f"{BODY}\n更正：会见在岘港举行。", [told_of])
    assert store.add(replace(page, document=replace(page.document, digest=second.digest)), second).state == "replaced"
    (found,) = views.changes(store, "talks.txt")
    assert found.what == "replaced"
    assert found.lines == (("+", "更正：会见在岘港举行。"),)
    assert sorted(i.kind for i in found.items if i.what == "went") == ["engagement", "person"]
    assert [store.bytes_of(d) for d in found.digests] == [first.data, second.data]
    kept = views.find(store, views.Filter(source="talks.txt", kind="person")).items
    assert [i.review for i in kept] == ["accepted"]
    assert {s.state for s in views.sources(store) if s.source == "talks.txt"} == {"live", "superseded"}
