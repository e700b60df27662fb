"""Lists of words as an expression that a matcher reads letter by letter, and what an expression cannot do without."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

Tree: TypeAlias = "dict[str, Tree]"
END = ""


def any_word(words: Iterable[str]) -> str:
    """Return an expression for any of the words, the longest that fits first; it is a group, and matches no empty word.

    Words that begin alike share their letters: a thousand words take a third of the time that a plain list of
    alternatives takes, for a matcher tries alternatives one by one.
    """
    root: Tree = {}
    for word in sorted({w for w in words if w}, key=lambda w: (-len(w), w)):
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[END] = {}
    # At the root, letters stay alternatives: the matcher makes of them a set of letters that a match can begin with.
    return f"(?:{'|'.join(re.escape(c) + _rest(node) for c, node in root.items())})" if root else "(?!)"


def _rest(node: Tree) -> str:
    longer = {c: more for c, more in node.items() if c != END}
    if not longer:
        return ""
    last = sorted(c for c, more in longer.items() if set(more) == {END})
    rows = [re.escape(c) + _rest(more) for c, more in longer.items() if c not in last]
    rows += [f"[{''.join(map(re.escape, last))}]" if len(last) > 1 else re.escape(c) for c in last[:1]]
    if END in node:
        return f"(?:{'|'.join(rows)})?"
    return rows[0] if len(rows) == 1 else f"(?:{'|'.join(rows)})"


_CLASS = r"\[\^?\]?(?:\\.|[^\]\\])*\]"
_PIECE = re.compile(
    rf"(?P<skip>\\.|{_CLASS}|[.^$])|(?P<more>[?*+]|\{{[^}}]*\}})|(?P<group>\((?!\?)|\(\?(?:P<\w+>|[ms]*:))|"
    r"(?P<look>\()|(?P<close>\))|(?P<or>\|)|(?P<letter>.)",
    re.S,
)
_NOTHING: tuple[str, ...] = ("",)
_MOST = 8


def needed(pattern: str) -> tuple[str, ...]:
    """Return letters of which one run stands in everything that an expression matches; ``("",)`` where none is told.

    A text that holds none of them need not be searched. What is told is the best of what stands in a row or in the
    alternatives of a group: the longest, and of these the fewest. What may be left out or is repeated tells nothing,
    nor does what stands in a class, in a look ahead or behind, or in a group with flags of its own.
    """
    return _alternatives(list(_PIECE.finditer(pattern)), 0)[0]


def _alternatives(pieces: list[re.Match[str]], at: int) -> tuple[tuple[str, ...], int]:
    """What the alternatives from ``at`` up to the end of their group need, and where that is."""
    rows: list[tuple[str, ...]] = []
    best: tuple[str, ...] = _NOTHING
    run = ""
    while at < len(pieces) and pieces[at].lastgroup != "close":
        sort = pieces[at].lastgroup
        at += 1
        if sort == "letter":
            run += pieces[at - 1].group()
            continue
        run = run[:-1] if sort == "more" else run
        best, run = max(best, (run,), key=_worth), ""
        if sort == "or":
            rows.append(best)
            best = _NOTHING
        elif sort in ("group", "look"):
            inner, at = _alternatives(pieces, at)
            at += 1
            told = sort == "group" and not (at < len(pieces) and pieces[at].lastgroup == "more")
            best = max(best, inner, key=_worth) if told else best
    rows.append(max(best, (run,), key=_worth))
    options = tuple(dict.fromkeys(w for row in rows for w in row))
    return (options if all(options) and len(options) <= _MOST else _NOTHING), at


def _worth(options: tuple[str, ...]) -> tuple[int, int]:
    return min(map(len, options)), -len(options)


def stands(words: tuple[str, ...], text: str, start: int, end: int) -> bool:
    """Return whether one of ``words`` stands in ``text[start:end]``."""
    for word in words:  # noqa: SIM110 - asked for every pattern of every sentence
        if text.find(word, start, end) >= 0:
            return True
    return False
