"""A list of words as one expression."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.loader.anyword import any_word

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
