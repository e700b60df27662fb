"""Who tells what a sentence says, and who stands in a row with people of other states: whose state is not theirs."""

from __future__ import annotations

from typing import Any

from communique.claims import moodwords, several
from communique.loader.language import LanguagePack
from communique.mentions.mark import Marked
from communique.model import Mention

REST = 40  # letters behind a verb of telling with which its sentence ends


def tells(marked: Marked, m: Mention, pack: LanguagePack) -> bool:
    """Whether somebody only tells what stands before him: *A's aircraft left C on Monday, Minister B said*."""
    said, text = moodwords.grammar(pack).tells, marked.scan.text
    s = next(x for x in marked.scan.sentences if x.start <= m.start < x.end)
    if said is None or not text.endswith(", ", s.start, m.start) or s.end - m.end > REST:
        return False
    return text.startswith(" ", m.end) and said.match(text, m.end + 1) is not None


def in_row(marked: Marked, m: Mention, pack: LanguagePack) -> set[Any]:
    """The states of those with whom somebody does something: *the president and the ambassadors of A and B*."""
    row = marked.row(m)
    behind = next((x for x in row if x.start >= m.end), None)
    if behind is None or behind.kind != "group":
        return set()
    words = marked.scan.text[m.end : behind.start].split()
    joined = bool(words) and words[0] in pack.nouns.links and {*words[1:]} <= {*pack.nouns.articles}
    return set(several.states_of(marked, behind, pack)) if joined else set()
