"""Lines that a machine broke: where one goes on in the next."""

from __future__ import annotations

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from communique.document.wrapped import broken

PARAGRAPH = (
    "The two sides agreed to hold the next round of the talks in the capital before the end of the year, and said "
    "that the working group would draw up a plan for the exchange of cadets and for the visits of ships of the navies."
)


def test_every_line_of_a_wrapped_paragraph_goes_on() -> None:
    text = textwrap.fill(PARAGRAPH, 72)
    assert len(broken(text)) == text.count("\n")


def test_paragraphs_stay_apart() -> None:
    text = "\n\n".join(textwrap.fill(PARAGRAPH, 72) for _ in range(2))
    ends = broken(text)
    assert len(ends) == 2 * textwrap.fill(PARAGRAPH, 72).count("\n")


def test_lines_that_end_in_a_stop_prove_nothing() -> None:
    assert broken("\n".join(["The minister met his counterpart in the capital on Monday."] * 9)) == []


def test_short_lines_and_entries_of_a_list_stay() -> None:
    assert broken("Media note\nOffice of the Spokesman\nWashington\nof the day\n") == []
    rows = "\n".join(f"{n}. a point of the plan that both sides have agreed to carry out together" for n in range(9))
    assert broken(rows) == []


@given(st.text(alphabet="ab .\n中", max_size=400))
def test_only_line_ends_are_given(text: str) -> None:
    assert all(text[i] == "\n" for i in broken(text))
