"""Tellings that share no key and are one happening all the same: in any order, undone by taking one away."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from support import Told, dump, person, record, session, told

from communique import views
from communique.store import Store, happenings

TEXT = "丁海山会见伊万·彼得罗夫。伊凡·彼得罗夫来访。丁海山会见奥列格。第三届海港论坛举行。海港论坛举行。"
SON, IVAN, IWAN, OLEG = ("丁海山", "VN"), ("伊万·彼得罗夫", "RU"), ("伊凡·彼得罗夫", "RU"), ("奥列格", "RU")


def met(date: str | None, *who: tuple[str, str], quote: str = "丁海山会见伊万·彼得罗夫", **more: Any) -> dict[str, Any]:
    return {
        "kind": "engagement", "quote": quote, "type": "talks", "status": "held", "date": date, "place": None,
        "participants": [{"name": n, "country": c, "role": "attendee"} for n, c in who], **more,
    }  # fmt: skip


def page(n: int, *items: dict[str, Any], published: str | None = None) -> Told:
    people = [person(n, n, c) for n, c in (SON, IVAN, IWAN, OLEG)]
    return told(f"{n:02}.txt", f"第{n}页", TEXT, [*people, *items], published=published)


PAGES = [
    page(1, met("2021-07-06", SON, IVAN)),
    page(2, met("XXXX-07-06", SON, IWAN)),
    page(3, met(None, SON, IWAN), published="2021-07-07"),
    page(4, met("2021-07-06", SON, OLEG, quote="丁海山会见奥列格")),
    page(5, met("2021-07-06", SON, ("俄罗斯", "RU"))),
    page(6, met("2021-07-16", SON, IVAN)),
    page(7, session("第三届海港论坛举行", 3, "2018-05-02", "VN"), met("2021-07", SON, IVAN)),
    page(8, session("海港论坛举行", None, "2018-05-02/2018-05-03", "VN")),
]


def things(store: Store) -> set[frozenset[str]]:
    """Return which pages tell each happening that several tell."""
    told_by: dict[str, set[str]] = {}
    for item in views.find(store, views.Filter(kind="engagement"), limit=1000).items:
        told_by.setdefault(item.entry, set()).add(item.source[:2])
    return {frozenset(pages) for pages in told_by.values() if len(pages) > 1}


def pairs(store: Store) -> list[Any]:
    with store.reading() as c:
        return sorted(
            (r.verdict, r.score, *r.reasons, r.used, r.but or "") for r in c.execute(happenings.pairs.select()).all()
        )


def test_tellings_meet_and_what_could_be_either_of_two_does_not(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", *PAGES)
    assert things(store) == {frozenset({"01", "02", "03"}), frozenset({"07", "08"})}


def test_the_reader_is_told_why(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", *PAGES[:2])
    item = views.find(store, views.Filter(kind="engagement")).items[0]
    found = views.entry(store, item.entry)
    assert found is not None
    assert len(found.tellings) == 2
    assert all("same day of a year (2021-07-06, XXXX-07-06)" in t.reason for t in found.tellings)
    assert all("names alike" in t.reason for t in found.tellings)


@pytest.mark.parametrize("seed", range(4))
def test_any_order_and_what_was_withdrawn_leaves_no_trace(tmp_path: Path, seed: int) -> None:
    order = random.Random(seed).sample(PAGES, len(PAGES))
    store = record(tmp_path / "a.db", *order)
    assert dump(store) == dump(whole := record(tmp_path / "b.db", *PAGES))
    assert pairs(store) == pairs(whole)
    for gone in order[:3]:
        store.forget(gone.document.source)
    rest = record(tmp_path / "c.db", *order[3:])
    assert dump(store) == dump(rest)
    assert pairs(store) == pairs(rest)


def test_a_block_that_is_too_full_tells_nothing_until_it_is_less_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(happenings, "MOST", 3)
    store = record(tmp_path / "r.db", *PAGES)
    assert frozenset({"01", "02", "03"}) not in things(store)
    for n in (4, 5, 6, 7):
        store.forget(f"{n:02}.txt")
    assert frozenset({"01", "02", "03"}) in things(store)
    assert dump(store) == dump(record(tmp_path / "b.db", *PAGES[:3], PAGES[7]))


def test_an_entry_that_was_joined_is_still_found_by_its_own_id(tmp_path: Path) -> None:
    alone = [record(tmp_path / f"{i}.db", p) for i, p in enumerate(PAGES[:2])]
    ids = [views.find(s, views.Filter(kind="engagement")).items[0].entry for s in alone]
    store = record(tmp_path / "r.db", *PAGES[:2])
    whole = {e.id for i in ids if (e := views.entry(store, i))}
    assert len(set(ids)) == 2
    assert len(whole) == 1
