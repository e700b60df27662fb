"""What another reading says differently, and that nothing is told twice or kept silent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from communique.model import Claim, Evidence, item_id
from communique.record import changes, lines

TEXT = "2021年7月6日，丁海山在河内会见伊万·彼得罗夫。双方同意每年举行一次演练。"


def claim(quote: str, kind: str = "engagement", **values: Any) -> Claim:
    at = TEXT.index(quote)
    evidence = (Evidence(at, at + len(quote), quote),)
    return Claim(item_id("u", kind, evidence, values), "u", kind, values, evidence, "hand/rule", "hand 1")


TALKS = claim("丁海山在河内会见伊万·彼得罗夫", type="talks", date="2021-07-06")
PERSON = claim("丁海山", "person", name="丁海山")
PLEDGE = claim("同意每年举行一次演练", "commitment", act="agree", content="每年举行一次演练")


def said(old: list[Claim], new: list[Claim], same_text: bool = True) -> list[tuple[str, str, list[str]]]:
    return [(c.what, c.kind, sorted(c.fields)) for c in changes(old, new, same_text)]


def test_the_same_reading_changes_nothing() -> None:
    assert said([TALKS, PERSON], [PERSON, TALKS]) == []


def test_what_came_and_what_went() -> None:
    assert said([TALKS, PERSON], [TALKS, PLEDGE]) == [("came", "commitment", []), ("went", "person", [])]


def test_a_field_that_changed_is_told_with_both_values() -> None:
    now = claim("丁海山在河内会见", type="visit", date="2021-07-06")
    (found,) = changes([TALKS, PERSON], [now, PERSON])
    assert found.fields == {"type": ("talks", "visit"), "quote": (TALKS.evidence[0].quote, "丁海山在河内会见")}
    assert (found.what, found.item) == ("changed", now.id)


def test_in_another_text_the_words_decide_and_not_the_place() -> None:
    e = TALKS.evidence[0]
    moved = replace(TALKS, id="e2", evidence=(replace(e, start=e.start + 300, end=e.end + 300),))
    assert said([TALKS], [moved], same_text=False) == []
    assert said([TALKS], [replace(moved, values={"type": "call"})], False) == [
        ("changed", "engagement", ["date", "type"])
    ]
    assert said([TALKS], [replace(moved, values={"type": "call"})]) == [
        ("came", "engagement", []),
        ("went", "engagement", []),
    ]


def test_lines_that_went_and_came() -> None:
    assert lines("a\nb\nb\n\nc", "a\nb\nd\n\nc") == (("-", "b"), ("+", "d"))
    assert lines("same", "same") == ()


CLAIMS = st.lists(
    st.builds(
        lambda at, size, kind, value: claim(TEXT[at : at + size], kind, name=value),
        st.integers(0, 30), st.integers(1, 8), st.sampled_from(["person", "engagement"]), st.sampled_from("xyz"),
    ),
    max_size=8, unique_by=lambda c: c.id,
)  # fmt: skip


@given(CLAIMS, CLAIMS)
def test_every_claim_is_told_at_most_once_and_back_and_forth_are_mirrors(old: list[Claim], new: list[Claim]) -> None:
    forth, back = changes(old, new), changes(new, old)
    assert changes(old, old) == ()
    assert forth == changes(old, new)
    ids = [c.item for c in forth]
    assert len(ids) == len(set(ids))
    came = {c.item for c in forth if c.what == "came"}
    assert came <= {c.id for c in new} - {c.id for c in old}
    assert sum(c.what == "came" for c in forth) - sum(c.what == "went" for c in forth) == len(new) - len(old)
    assert sum(c.what == "came" for c in back) - sum(c.what == "went" for c in back) == len(old) - len(new)
