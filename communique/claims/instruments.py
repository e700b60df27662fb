"""Instruments: the texts that a unit names, once each, with what it says of them."""

from __future__ import annotations

import re
from typing import Any

from communique.claims import textstatus
from communique.claims.build import claim
from communique.claims.context import Context
from communique.claims.named import parties_of
from communique.claims.standing import QUOTES
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, folded
from communique.model import Claim, Mention

DASHES = re.compile(r"[-\u2010-\u2015\uff0d]")
RANGE = re.compile(r"[0-9]\s?[-\u2013]\s?[0-9]")
FIELD = 6
"""How many letters may stand before the words that count a text (*[of the field] several documents*)."""

LONG = 3
"""Letters of a small word, and longer words of a proper name."""

OWNERS = frozenset({"pair", "state", "bloc", "body", "group"})
"""Whose a text may be, named between the years that it is for and its head."""


def instruments(context: Context) -> list[Claim]:
    """Return a claim for each named text of the unit, with the status that its clause gives it."""
    unit = context.marked.scan.unit
    groups: dict[str, list[Mention]] = {}
    for row in context.marked.mentions:
        for m in row:
            if m.kind == "instrument" and (m.value["quoted"] or _named(context, m)) and not _periodical(context, m):
                name = _letters(m.value["name"])
                key = next((k for k in groups if name in k or k in name), name)
                groups.setdefault(key, []).append(m)
    out = []
    for rows in groups.values():
        best = max(rows, key=lambda m: (bool(m.value["acronym"]), len(m.value["name"]), -m.start))
        name, start, end = _mutual(context, best, *_of_years(context, best))
        values: dict[str, Any] = {
            "name": name,
            "acronym": best.value["acronym"],
            "date": _signed(context, best),
            "parties": parties_of(context, best),
            "status": textstatus.status(context, rows),
        }
        out.append(claim(unit, "instrument", values, [(start, end, None)], f"{context.pack.code}/instrument"))
    return out


def _letters(name: str) -> str:
    """A name without marks and dashes between its words, by which two ways of writing it are one."""
    return " ".join(DASHES.sub(" ", name.strip(QUOTES)).split())


def _periodical(context: Context, m: Mention) -> bool:
    """Whether a title is that of a paper or a broadcast, by its end, and not that of a text."""
    name = fold(m.value["name"], context.pack.reading)
    heads = folded(context.pack.phrases.instrument_heads, context.pack.reading)
    return name.endswith(tuple(context.pack.phrases.not_texts)) and not name.endswith(heads)


def _of_years(context: Context, m: Mention) -> tuple[str, int, int]:
    """The name of a text, and where it begins and ends: with the years that it is for, where they stand beside it."""
    name, years, last = _bare(context, m), _years(context, m), m.start + len(m.value["name"])
    behind = _behind(context, m, last)
    if behind > last:
        return context.raw[m.start : behind], m.start, behind
    if years is None or not (years.value["date"].last is not None or _plan(context, m)):
        return name, m.start, m.end
    return context.raw[years.start : last], years.start, m.end


def _behind(context: Context, m: Mention, at: int) -> int:
    """Where the years end that a plan or a law is of, behind its name, where blanks stand between words.

    Any text may be for a range of years, only a plan or a law is of one year.
    """
    pattern = context.pack.phrases.of_years if context.pack.reading.words_apart and not m.value["quoted"] else None
    whole = context.raw[m.start : at] == m.value["name"] and m.value["acronym"] is None
    found = re.compile(pattern).match(context.text, at) if pattern and whole else None
    return found.end() if found and (_planned(context, m) or RANGE.search(found.group())) else at


def _planned(context: Context, m: Mention) -> bool:
    """Whether the head of a text is that of a plan or a law."""
    return fold(m.value["head"], context.pack.reading) in folded(context.pack.phrases.plans, context.pack.reading)


def _years(context: Context, m: Mention) -> Mention | None:
    """The years before an unquoted name and whose text it is, where no blanks stand between words."""
    if context.pack.reading.words_apart or m.value["quoted"]:
        return None
    row = context.marked.row(m)
    joints = ("", *folded(context.pack.phrases.stages, context.pack.reading))
    joints = (
        (*joints, *folded(context.pack.phrases.pair_joiners, context.pack.reading)) if _plan(context, m) else joints
    )
    at = m.start
    for x in reversed([x for x in row if x.end <= m.start]):
        if context.text[x.end : at] not in joints:
            return None
        if x.kind == "date":
            return x if x.value["date"].kind != "day" else None
        if x.kind not in OWNERS or not _plan(context, m):
            return None
        at = x.start
    return None


def _plan(context: Context, m: Mention) -> bool:
    """Whether a text is one for years to come by its head, so that they are a part of its name."""
    return fold(m.value["name"], context.pack.reading).endswith(
        folded(context.pack.phrases.plans, context.pack.reading)
    )


def _mutual(context: Context, m: Mention, name: str, start: int, end: int) -> tuple[str, int, int]:
    """The name of a text and its place, with the word for both that its name begins with (*bilateral*)."""
    words = () if m.value["quoted"] else folded(context.pack.phrases.mutual, context.pack.reading)
    word = next((w for w in words if context.text.endswith(w, 0, start)), "")
    at = start - len(word)
    return (context.raw[at:start] + name, at, end) if word and start == m.start else (name, start, end)


def _bare(context: Context, m: Mention) -> str:
    """The name of a text without the words that only count it (*one*, *several*)."""
    name: str = m.value["name"]
    if context.pack.reading.words_apart or m.value["quoted"]:
        return name
    words, text = folded(context.pack.nouns.articles, context.pack.reading), fold(name, context.pack.reading)
    inside = max((at + len(w) for w in words if len(w) > 1 and 0 <= (at := text.find(w)) <= FIELD), default=0)
    word = max((w for w in words if text.startswith(w)), key=len, default="")
    count = _several(context.pack).match(text)
    cut = max(inside, len(word), count.end() if count else 0)
    return name[cut:] if len(name) > cut else name


@kept
def _several(pack: LanguagePack) -> re.Pattern[str]:
    """The number before texts of which none is named."""
    return re.compile(pack.phrases.several or r"(?!)")


@kept
def _own_names(pack: LanguagePack) -> re.Pattern[str]:
    """Names of texts that are more than a plain head."""
    return re.compile(pack.phrases.named_texts or r"(?!)")


def _named(context: Context, m: Mention) -> bool:
    """Whether an unquoted noun is the name of a text: it is more than its head, or it was adopted."""
    name = _bare(context, m)
    if not context.pack.reading.words_apart and _several(context.pack).match(
        fold(m.value["name"], context.pack.reading)
    ):
        return False
    if _own_names(context.pack).fullmatch(fold(name, context.pack.reading)):
        return True
    years = _years(context, m)
    if years is not None and _plan(context, m) or (_plan(context, m) and len(set(parties_of(context, m))) > 1):
        return True
    last = m.start + len(m.value["name"])
    if m.value.get("numbered") or _planned(context, m) and _behind(context, m, last) > last:
        return True
    if name in context.pack.phrases.plain_texts:
        return False
    more = len(name) > len(m.value["head"]) + 1
    if more and textstatus.of_place(context, m) in ("under_negotiation", "proposed"):
        return True
    if _proper(context, name):
        return True
    adopted = any(d.instrument is not None and d.instrument.start == m.start for d in context.drafts)
    return adopted or (more and m.value["head"] not in context.pack.phrases.plain_texts)


def _proper(context: Context, name: str) -> bool:
    """Whether a head is a proper name by itself: three longer words or more, all with a capital."""
    words = [w for w in name.split() if len(w) > LONG] if context.pack.reading.words_apart else []
    known = fold(name, context.pack.reading) in folded(context.pack.phrases.issued, context.pack.reading)
    return len(words) >= LONG and all(w[0].isupper() for w in words) and not known and not context.pack.nouns.right


def _signed(context: Context, m: Mention) -> str | None:
    for d in context.drafts:
        if d.type in ("signing", "adoption", "decision") and d.instrument is not None and d.instrument.start == m.start:
            return d.date.edtf if d.date else None
    return None
