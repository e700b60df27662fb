"""Who acts for whom: *minister, [president A's] envoy B*."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from communique.mentions.lexicon import Hit

T = TypeVar("T")

STATE = 2
"""Letters of the code of a state; that of a bloc has more."""


def sends(text: str, at: int, begins: Collection[int], words: Sequence[str]) -> bool:
    """Whether a word for an envoy and the envoy's own name stand at ``at``."""
    return any(text.startswith(w, at) and at + len(w) in begins for w in words)


def listed(text: str, at: int, words: Sequence[str], glue: tuple[str, ...]) -> bool:
    """Whether the envoy of a person begins there, whose own offices follow: *the president's envoy, minister B*."""
    word = next((w for w in words if text.startswith(w, at)), None)
    return word is not None and text.startswith(glue, at + len(word))


def shared(chain: list[T], passed: list[T], sending: bool) -> tuple[list[T], list[T], list[T]]:
    """Return a name's own offices, those that stand before another's name, and those left for the next name.

    Of the offices before one who sends an envoy only the last is his own.
    """
    return (chain[-1:], [], chain[:-1]) if sending else (chain, passed, [])


def anothers(behind: str | None, before: str) -> bool:
    """Return whether two offices in a row, of states or blocs, are two persons': not of a state and of a bloc.

    *The speaker of A, president of the bloc's assembly, X* is one.
    """
    return behind not in (None, before) and (len(behind or "") <= STATE or len(before) > STATE)


def paired(hit: Hit, owners: Mapping[int, Hit]) -> int | None:
    """Return where two states of one letter each begin that stand before an office, which is then of neither."""
    before = owners.get(hit.start - 1)
    short = before is not None and before.end == hit.start and hit.end - hit.start == 1
    return hit.start - 1 if short and before is not None and {hit.entry.kind, before.entry.kind} == {"state"} else None
