"""What is found by which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import VIETNAMESE, record, told

from communique import views
from communique.store import Store
from communique.store.tokens import phrases, tokens


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, database: str) -> Store:
    return record(tmp_path_factory.mktemp("search") / "r.db")


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ("越南", {"forum.txt", "talks.txt"}),
        ("国防", {"talks.txt"}),
        ("防部", {"talks.txt"}),
        ("国部", set()),
        ("海港论坛", {"forum.txt", "again.txt"}),
        ("海港 搜救", {"forum.txt"}),
        ('"海港 搜救"', set()),
        ("坛", {"forum.txt", "again.txt"}),
        ("练", {"forum.txt"}),
        ("第五届海港", {"forum.txt"}),
        ("Dinh Hai Son", {"viet.txt"}),
        ("đinh hải sơn", {"viet.txt"}),
        ("ĐINH HẢI SƠN", {"viet.txt"}),
        ('"hai son"', {"viet.txt"}),
        ('"son hai"', set()),
        ("Ha Noi", {"viet.txt"}),
        ("petrov", {"talks.txt"}),
        ("7月6日", {"talks.txt"}),
        ("２０２１", {"forum.txt", "talks.txt", "viet.txt"}),
        ("无此词", set()),
        ("OR", set()),
        ('"', {"forum.txt", "talks.txt", "again.txt", "viet.txt"}),
    ],
)
def test_units_by_words(store: Store, query: str, sources: set[str]) -> None:
    assert {u.source for u in views.find_units(store, views.Filter(text=query)).units} == sources


@pytest.mark.parametrize(
    ("query", "kinds"),
    [("会见", {"engagement"}), ("丁海", {"person", "engagement"}), ("副部", {"person", "engagement"})],
)
def test_items_by_words(store: Store, query: str, kinds: set[str]) -> None:
    page = views.find(store, views.Filter(text=query))
    assert {i.kind for i in page.items} == kinds


def test_the_hit_is_shown_verbatim_where_it_stands(store: Store) -> None:
    for query in ("河内", "hai son", "搜救"):
        for u in views.find_units(store, views.Filter(text=query)).units:
            assert u.snippet
            assert u.text[u.at : u.at + len(u.snippet)] == u.snippet


def test_pairs_and_the_last_letter_alone() -> None:
    assert tokens("越南国防") == ["越南", "南国", "国防", "防"]
    assert tokens("第15届") == ["第", "15", "届"]
    assert tokens("Đà Nẵng") == ["da", "nang"]
    assert phrases("越南") == [(["越南"], False)]
    assert phrases("越") == [(["越"], True)]


@given(st.text(alphabet="越南国防部abđ1 。第届", max_size=30), st.integers(0, 29), st.integers(1, 8))
def test_every_piece_of_a_text_finds_it(text: str, at: int, size: int) -> None:
    """A piece without blanks that begins where a word or a run begins, or inside a run, is found."""
    words = tokens(text)
    for piece in text.split():
        for phrase, prefix in phrases(piece):
            windows = [words[i : i + len(phrase)] for i in range(len(words))]
            found = [w[:-1] == phrase[:-1] and w[-1:] and w[-1].startswith(phrase[-1]) for w in windows]
            assert phrase in windows or (prefix and any(found))


def test_hostile_queries_are_only_words(store: Store) -> None:
    for query in ("a* OR b", "NEAR(越南)", "units_words:越", "'; DROP TABLE claims; --", "\x00", "((", "越南*"):
        views.find(store, views.Filter(text=query))
        views.find_units(store, views.Filter(text=query))


def test_what_is_withdrawn_is_found_no_more(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", VIETNAMESE, told("b.txt", "另页", "丁海山", []))
    store.forget("viet.txt")
    assert not views.find_units(store, views.Filter(text="hai")).total
    assert views.find_units(store, views.Filter(text="丁海")).total == 1
