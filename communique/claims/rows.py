"""Lists of people whom commas part, where no blanks stand between words: *minister A, minister B and minister C*."""

from __future__ import annotations

from collections.abc import Sequence

from communique.claims.clausewords import ClauseGrammar, marker_before
from communique.model import Mention


def listed(
    text: str, bounds: tuple[int, int], actors: Sequence[Mention], k: int, row: Sequence[Mention], g: ClauseGrammar
) -> bool:
    """Whether actor ``k`` goes on a list that ``row`` begins, though only a comma parts the two.

    They are people, three or more or closed by a word such as *and*, and they begin a clause, or two behind whom stands
    what both do (*minister A, minister B attended*); or the sentence, which begins and ends at ``bounds``, ends with
    two of them (*called on A, the minister B.*).
    """
    a, b = row[-1], actors[k]
    if g.apart or {a.kind, b.kind} != {"person"} or text[a.end : b.start].strip() != ",":
        return False
    first, last, many, joined = row[0], b, len(row) + 1, False
    for x, y in zip(actors[k:], actors[k + 1 :], strict=False):
        between = text[x.end : y.start].strip()
        if y.kind != "person" or (between != "," and between not in g.joints):
            break
        last, many, joined = y, many + 1, joined or any(c.isalpha() for c in between)
    begins = not text[bounds[0] : first.start].strip(" *") or text[bounds[0] : first.start].rstrip(" *")[-1:] in (
        ",",
        ":",
    )
    if begins:
        return joined or many > 2 or text.startswith(g.in_row, last.end)
    return len(row) == 1 and not text[last.end : bounds[1]].strip(" \u3002;!?")


def met_there(text: str, start: int, row: Sequence[Mention], between: str, g: ClauseGrammar) -> bool:
    """Whether the states of ``row`` are only where somebody meets whom ``between`` parts from them.

    *In A with B's minister*, *went to A with B's minister*, where no blanks part words and one joins and marks.
    """
    if g.apart or between not in g.partner or any(x.kind != "state" for x in row):
        return False
    first = row[0].start
    return marker_before(text, start, first, g) == "at" or text.endswith(g.goes, start, first)
