"""The words around dates that a ``dates:`` section lists, compiled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from communique.loader.anyword import any_word
from communique.loader.dategrammar import BLANK

if TYPE_CHECKING:
    from communique.loader.dates import DatesPack

Bound = Literal["before", "until", "since", "after"]


@dataclass(frozen=True)
class Around:
    """Expressions for the sets of words around dates; each takes up to two blanks before the word.

    ``to``, ``lists`` and ``joins`` take the blanks behind the word too; ``term_before`` and ``plan_before`` end where
    the date begins. ``prefixes`` and ``leads`` are tried the longest first; ``undone`` are endings of the text before a
    prefix that undo it.
    """

    to: re.Pattern[str]
    lists: re.Pattern[str]
    joins: re.Pattern[str]
    closes: re.Pattern[str]
    opens: tuple[str, ...]
    period: re.Pattern[str]
    term: re.Pattern[str]
    term_before: re.Pattern[str]
    plan: re.Pattern[str]
    plan_before: re.Pattern[str]
    origin: re.Pattern[str]
    origin_before: re.Pattern[str]
    origin_aside: re.Pattern[str]
    elapsed: re.Pattern[str]
    bound: re.Pattern[str]
    occasion: re.Pattern[str]
    sitting: re.Pattern[str]
    sitting_before: re.Pattern[str]
    come: tuple[str, ...]
    reach: int
    ahead: re.Pattern[str]
    bounds: Mapping[str, Bound]
    prefixes: tuple[tuple[str, Bound], ...]
    leads: tuple[str, ...]
    runs: tuple[str, ...]
    undone: tuple[str, ...]
    folds: bool

    def fold(self, word: str) -> str:
        """Return the word in the letters in which the pack's words are compared."""
        return word.casefold() if self.folds else word


def compile_around(pack: DatesPack) -> Around:
    """Return the compiled words of a pack."""
    flags = re.IGNORECASE if pack.fold else 0
    blank = BLANK + "{0,2}"
    guard = f"(?!{BLANK}?{any_word(pack.bound_not_before)})" if pack.bound_not_before else ""
    edge, front = (r"(?!\w)", r"(?<!\w)") if pack.edges else ("", "")

    def words(of: Sequence[str], after: str = "") -> re.Pattern[str]:
        return re.compile(f"{blank}({any_word(of)}){after}" if of else "(?!)", flags)

    def fold(word: str) -> str:
        return word.casefold() if pack.fold else word

    # What a word of a list parts from a term of office is another thing's: *the agreement and the 2017 statement*.
    between = f"(?:(?!{any_word(pack.lists)})[^,.;\u3002\n]){{0,2}}"
    return Around(
        to=words(pack.to, blank),
        lists=words(pack.lists, blank),
        joins=words(pack.between.joins, blank),
        closes=words(pack.between.closes, edge),
        opens=tuple(map(fold, pack.between.opens)),
        period=words(pack.period, edge),
        term=words(pack.term, edge),
        term_before=re.compile(f"{any_word(pack.term)}{between}\\Z" if pack.term else "(?!)", flags),
        plan=re.compile("|".join(pack.plan) or "(?!)", flags),
        plan_before=re.compile(f"(?:{'|'.join(pack.plan_before)})\\Z" if pack.plan_before else "(?!)", flags),
        origin=re.compile("|".join(pack.origin) or "(?!)", flags),
        origin_before=re.compile(f"(?:{'|'.join(pack.origin_before)})\\Z" if pack.origin_before else "(?!)", flags),
        origin_aside=re.compile("|".join(pack.origin_aside) or "(?!)", flags),
        elapsed=re.compile("|".join(pack.elapsed) or "(?!)", flags),
        bound=words(tuple(pack.bound_after), edge + guard),
        occasion=words(pack.occasion),
        sitting=re.compile("|".join(pack.sitting) if pack.sitting else "(?!)", flags),
        sitting_before=re.compile(f"(?:{'|'.join(pack.sitting_before)})\\Z" if pack.sitting_before else "(?!)", flags),
        come=tuple(map(fold, pack.come)),
        reach=pack.reach,
        ahead=re.compile(f"{blank}{front}(?:{'|'.join(pack.ahead)}){edge}" if pack.ahead else "(?!)", flags),
        bounds={fold(word): bound for word, bound in pack.bound_after.items()},
        prefixes=tuple(
            sorted(((fold(w), b) for w, b in pack.bound_before.items()), key=lambda p: (-len(p[0]), p[0]))
        ),
        leads=tuple(sorted(map(fold, pack.lead), key=lambda w: (-len(w), w))),
        runs=tuple(map(fold, pack.runs)),
        undone=tuple(map(fold, pack.bound_not_after)),
        folds=pack.fold,
    )  # fmt: skip
