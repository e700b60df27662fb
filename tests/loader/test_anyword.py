"""A list of words as one expression."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.loader.anyword import any_word, needed, stands

LETTERS = st.text(alphabet="ab.^]-\\国防部长", min_size=1, max_size=5)


@given(st.lists(LETTERS, min_size=1, max_size=12), st.text(alphabet="ab.^]-\\国防部长 ", max_size=30), st.booleans())
def test_finds_what_a_list_of_alternatives_finds_the_longest_first(words: list[str], text: str, ended: bool) -> None:
    plain = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    tail = "(?=b|国)" if ended else ""
    wanted = [m.span() for m in re.finditer(f"(?:{plain}){tail}", text)]
    assert [m.span() for m in re.finditer(any_word(words) + tail, text)] == wanted


@pytest.mark.parametrize("words", [[], [""]])
def test_no_words_are_found_nowhere(words: list[str]) -> None:
    assert re.search(any_word(words), "abc") is None


def test_a_word_that_another_begins_with_is_found_too() -> None:
    assert re.findall(any_word(["部长", "部长级", "部"]), "部长级、部长、部") == ["部长级", "部长", "部"]


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("(?:(?<=[,。])|^)[^。;,在]{1,40}?期间", ("期间",)),
        ("值此[^。;]{1,70}?之际", ("值此",)),
        ("在[^。]{1,60}?(?:之前|前夕)", ("之前", "前夕")),
        ("在[^。]{1,60}?(?:之前|前(?=,))", ("在",)),
        ("在[^。]{1,60}?(?:之前|[前])", ("在",)),
        ("对[^]x]{2,40}?一事(?=向|给)", ("一事",)),
        ("ab?c", ("a",)),
        ("ab{0,2}cd", ("cd",)),
        (r"a\.bc", ("bc",)),
        ("此次|本次", ("此次", "本次")),
        ("(?:此次|本次)", ("此次", "本次")),
        ("(?P<when>(?:此|本)次)", ("次",)),
        ("(?:此次|本次)?", ("",)),
        ("(?:此次|本次|)", ("",)),
        ("a|b|c|d|e|f|g|h|i", ("",)),
        ("(?=此次)x", ("x",)),
        ("(?m:^x$)", ("x",)),
        ("(?i:x)", ("",)),
    ],
)
def test_letters_that_a_match_must_hold(pattern: str, letters: tuple[str, ...]) -> None:
    assert needed(pattern) == letters


PARTS = ["a", "b", "国", "[ab]", "(?:a|b)", "(?:ab)?", "(ab|国)", "|", "a?", "b+", "b{0,2}", ".", "(?=a)", "部"]


@given(st.lists(st.sampled_from(PARTS), max_size=8), st.text(alphabet="ab国部", max_size=12))
def test_what_matches_holds_the_letters(pieces: list[str], text: str) -> None:
    pattern = "".join(pieces)
    if found := re.search(pattern, text):
        assert stands(needed(pattern), text, *found.span())
