"""Watching feeds of a real server: each article once, through failures, changes and sudden ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import warcs
from web_server import LOOPBACK, Handler, Site, serving

from communique import views
from communique.engines.plan import Plan, load
from communique.engines.watch import Watch, alone, signs
from communique.errors import CommuniqueError
from communique.source import Archive, Bounds, Web
from communique.source.ledger import FeedState, Item
from communique.store import Store, open_store


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path / "r.db", create=True)
    yield made
    made.close()


def rss(site: Site, *numbers: int, day: str = "Mon") -> bytes:
    items = "".join(f"<item><link>{site.url(f'/{n}')}</link><pubDate>{day}</pubDate></item>" for n in numbers)
    return f"<rss><channel>{items}</channel></rss>".encode()


def watch(site: Site, store: Store, folder: Path, every: float = 1, again: float = 0, **more: object) -> list[str]:
    """Watch until nothing is left to do, and return what was said."""
    feed = {"name": "paper", "address": site.url("/rss"), "every": every, "again": again}
    plan = Plan.model_validate({"pause": 0, "feed": [feed]})
    said: list[str] = []
    with Archive(folder) as archive:
        web = Web(LOOPBACK, archive, pause=0.0, tries=1, patience=0.5, bounds=Bounds(step=2, whole=4))
        made = Watch(plan, store, archive, web, said.append)
        made.run(threading.Event(), time.monotonic() + float(more.get("seconds", 1.5)))  # type: ignore[arg-type]
    return said


def sources(store: Store, state: str = "live") -> list[str]:
    return sorted(s.source.rpartition("/")[2] for s in views.sources(store, state=state))


def test_new_articles_are_read_once_however_often_the_watch_starts(site: Site, store: Store, tmp_path: Path) -> None:
    site.pages |= {"/rss": rss(site, 1, 2), "/1": warcs.page(1), "/2": warcs.page(2)}
    said = watch(site, store, tmp_path / "kept")
    assert sorted(x.split()[1] for x in said if x.startswith("read: ")) == [site.url("/1"), site.url("/2")]
    site.pages |= {"/rss": rss(site, 2, 3), "/3": warcs.page(3)}
    said = watch(site, store, tmp_path / "kept", seconds=2.5)
    assert [x.split()[1] for x in said] == [site.url("/3")]
    assert sources(store) == ["1", "2", "3"]
    assert sorted(p for p in site.paths() if p != "/rss") == ["/1", "/2", "/3"]


def test_a_changed_article_takes_the_place_of_the_earlier_one(site: Site, store: Store, tmp_path: Path) -> None:
    site.pages |= {"/rss": rss(site, 1), "/1": warcs.page(1)}
    watch(site, store, tmp_path / "kept")
    site.pages |= {"/rss": rss(site, 1, day="Tue"), "/1": warcs.page(8)}
    watch(site, store, tmp_path / "kept", seconds=2)
    assert (sources(store), sources(store, "superseded")) == (["1"], ["1"])


def test_a_silent_change_is_found_after_a_while(site: Site, store: Store, tmp_path: Path) -> None:
    site.pages |= {"/rss": rss(site, 1), "/1": warcs.page(1)}
    watch(site, store, tmp_path / "kept", again=0.0001)
    site.pages["/1"] = warcs.page(8)
    said = watch(site, store, tmp_path / "kept", again=0.0001, seconds=2.5)
    assert len([x for x in said if x.startswith("read: ")]) == 1
    assert sources(store, "superseded") == ["1"]


def test_what_fails_is_tried_again_and_the_rest_goes_on(
    site: Site, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communique.source.ledger.FIRST_WAIT", 0.2)
    answers = iter([503, 200])

    def shaky(h: Handler) -> None:
        status = next(answers)
        h.answer(warcs.page(1), status, **({} if status == 200 else {"Retry-After": "0"}))

    site.pages |= {"/rss": rss(site, 1, 2, 3, 4), "/1": shaky, "/2": warcs.page(2), "/4": b"<html><body></body></html>"}
    said = watch(site, store, tmp_path / "kept", seconds=4)
    assert sources(store) == ["1", "2"]
    failed = sorted(x for x in said if x.startswith("failed: "))
    assert len(failed) == 2
    assert "status 404" in failed[0]
    assert "no article found" in failed[1]


def test_killed_between_fetching_and_reading_nothing_is_lost(
    site: Site, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages |= {"/rss": rss(site, 1), "/1": warcs.page(1)}
    with monkeypatch.context() as patched:
        patched.setattr(Watch, "_read", lambda _self: 0)
        watch(site, store, tmp_path / "kept")
    assert sources(store) == []
    del site.pages["/1"], site.pages["/rss"]
    watch(site, store, tmp_path / "kept")
    assert sources(store) == ["1"]


def test_a_feed_that_fails_is_told(site: Site, store: Store, tmp_path: Path) -> None:
    said = watch(site, store, tmp_path / "kept")
    assert said == ["failed: paper: status 404"]


def test_two_watches_of_one_archive_do_not_meet(tmp_path: Path) -> None:
    with alone(tmp_path / "kept"), pytest.raises(CommuniqueError, match="another watch"), alone(tmp_path / "kept"):
        pass


def state(last: list[Item], reason: str = "") -> FeedState:
    return FeedState("paper", 0, 0, reason, 0, {}, tuple(last), 0)


def item(units: int = 6, claims: int = 12, letters: int = 900, failed: str = "") -> Item:
    return Item("a", "failed" if failed else "read", units, claims, letters, failed)


def test_a_sudden_drop_says_that_a_layout_changed() -> None:
    usual = [item() for _ in range(60)]
    assert signs(state(usual), 0) == []
    assert signs(state([item(units=1)] * 10 + usual), 0) == ["layout? units an article fell from 6.0 to 1.0"]
    assert "items an article fell from 12.0 to 1.0" in signs(state([item(claims=1)] * 10 + usual), 0)[0]
    assert "letters" in signs(state([item(letters=90)] * 10 + usual), 0)[0]
    (said,) = signs(state([item(failed="no article found in the page")] * 6 + usual), 0)
    assert said == "layout? 6 of the last 10 articles failed: no article found in the page"
    assert signs(state([item(units=1)] * 4), 0) == []
    assert signs(state(usual, "status 503"), 0) == ["the feed fails: status 503"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "feed"),
        ("[[feed]]\nname = 'a'\n", "address"),
        ("[[feed]]\nname = 'a'\naddress = 'ftp://a/'\n", "no address of the web"),
        ("[[feed]]\nname = 'a'\naddress = 'https://a.example/'\nevry = 3\n", "evry"),
        ("[[feed]]\nname = 'a'\naddress = 'https://a.example/'\n" * 2, "two feeds are named 'a'"),
        ("[[feed", "no TOML"),
    ],
)
def test_a_plan_that_does_not_hold_is_told_in_a_line(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "feeds.toml").write_text(text)
    with pytest.raises(CommuniqueError) as told:
        load(tmp_path / "feeds.toml")
    assert reason in str(told.value)
    assert "feeds.toml" in str(told.value)
    assert "\n" not in str(told.value)
