"""Whether a name tells of something that stands between parties, and not of a meeting that only took place."""

from __future__ import annotations

import re

from communique.claims.context import Context
from communique.loader.anyword import any_word
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, folded
from communique.mentions.words import words_pattern
from communique.model import Mention

LONG = 4
"""How many words a name has at most that tells of no series."""
STATE = 2
"""How many letters the code of a state has; one party of more is a bloc, whose meetings are between states."""

MARKS = {"\u201c": "\u201d", "\u300c": "\u300d"}
QUOTES = "\u201c\u201d\u300c\u300d\"'\u2018\u2019"


@kept
def _joint_words(pack: LanguagePack) -> re.Pattern[str] | None:
    return words_pattern([fold(w, pack.reading) for w in pack.phrases.joint_heads], apart=pack.reading.words_apart)


def by_itself(context: Context, m: Mention) -> bool:
    """Whether a name by itself tells of something standing between parties: a joint group, a network, a proper name.

    Where words stand apart, a proper name has a capital in all its longer words.
    """
    name: str = m.value["name"]
    if _forms(context.pack).fullmatch(fold(name, context.pack.reading)) or listed(context, m) or _marked(context, m):
        return True
    if not context.pack.reading.words_apart:
        return False
    words = [w for word in name.split() if len(w := word.strip(QUOTES + "()")) > 3]
    bare = fold(name, context.pack.reading) in context.pack.phrases.mechanism_heads
    if m.value["mkind"] in ("network", "hotline") and len(words) > 1 and not bare:
        return True
    joint = _joint_words(context.pack)
    if m.value["mkind"] == "group" and joint is not None and joint.search(fold(name, context.pack.reading)):
        return True
    least = 2 if m.value["mkind"] in ("dialogue", "framework", "group") and not _titled(context, m) else 3
    if m.value["mkind"] == "meeting" and m.value["sort"] == "session" and _of_bloc(context, m):
        return True
    own = not bare and len(words) >= least and all(w[0].isupper() for w in words) and m.value["mkind"] != "centre"
    among = len(m.value["parties"]) != 1 or len(m.value["parties"][0]) > STATE
    return own and not context.pack.nouns.right and among


def _of_bloc(context: Context, m: Mention) -> bool:
    """Whether a meeting is by its name one of a bloc: *the A ministers' meeting*, *the A Summit*, not *an A meeting*.

    Where words follow their head it begins with a capital and has more than a few words.
    """
    name: str = m.value["name"]
    words = name.split()
    if context.pack.nouns.right:
        return name[0].isupper() and len(words) > LONG and any(len(p) > STATE for p in m.value["parties"])
    first = next((h for h in context.marked.within(m.start, m.end) if h.entry.kind == "bloc"), None)
    led = first is not None and name.startswith(context.raw[first.start : first.end])
    return led and len(words) > 1 and (words[1][0].isupper() or len(words) > 2)


def _marked(context: Context, m: Mention) -> bool:
    """Whether a name stands in marks of its own, or begins with some and meets (*the "A" ministers' meeting*)."""
    name, around = m.value["name"], context.raw[m.start - 1 : m.start] + context.raw[m.end : m.end + 1]
    if len(around) == 2 and around[0] in MARKS and around[1] == MARKS[around[0]]:
        return m.value["mkind"] in ("framework", "network", "dialogue", "group") and not m.value["generic"]
    behind = name.partition(MARKS.get(name[:1], "\0"))[2]
    return len(behind) > 2 and m.value["mkind"] in ("meeting", "dialogue") and m.value["sort"] == "session"


def listed(context: Context, m: Mention) -> bool:
    """Whether a name of more than a head stands in a list that is said to be one of arrangements."""
    pattern = _listed_as(context.pack)
    if pattern is None or m.value["mkind"] == "framework" or not pattern.match(context.text, m.end):
        return False
    name = fold(m.value["name"], context.pack.reading)
    return any(len(h) < len(name) for h in _heads(context.pack) if name.endswith(h))


@kept
def _listed_as(pack: LanguagePack) -> re.Pattern[str] | None:
    return re.compile(pack.phrases.listed_as) if pack.phrases.listed_as else None


@kept
def _heads(pack: LanguagePack) -> tuple[str, ...]:
    return folded([*pack.phrases.mechanism_heads, *pack.phrases.session_heads], pack.reading)


def _titled(context: Context, m: Mention) -> bool:
    """Whether a name stands in the title only, where any word may have a capital."""
    return m.start < len(context.marked.scan.unit.title)


@kept
def _forms(pack: LanguagePack) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{x})" for x in pack.phrases.standing) or r"(?!)")


def drill(context: Context, m: Mention) -> bool:
    """Whether a name is that of a drill or a plan, which two states may have once; meetings of people go on."""
    return m.value["mkind"] == "programme" and (context.pack.reading.words_apart or m.value["sort"] != "session")


def founded_here(context: Context, m: Mention) -> bool:
    """Whether the words right before a name found it, or the name says by its end that it stands between parties."""
    heads = folded(context.pack.phrases.mechanism_heads, context.pack.reading)
    name = fold(m.value["name"], context.pack.reading)
    if name in heads or m.value["mkind"] not in ("group", "hotline", "network", "framework", "dialogue"):
        return False
    head = max((w for w in heads if name.endswith(w) or name.startswith(w)), key=len, default="")
    if len(name) - len(head) < 3:
        return False
    lo = context.text.rfind("\n", 0, m.start) + 1
    reach = 30 if context.pack.reading.words_apart else 12
    return bool(_founding_words(context.pack).search(context.text[max(lo, m.start - reach) : m.start]))


@kept
def _founding_words(pack: LanguagePack) -> re.Pattern[str]:
    words = {fold(w, pack.reading) for r in pack.rules if r.type == "establishment" for w in r.trigger if "~" not in w}
    return re.compile(f"{any_word(words)}[^,;:.]*\\Z")


def at_home(m: Mention) -> bool:
    """Whether a centre belongs to one state alone, so that nothing stands between states."""
    return m.value["mkind"] == "centre" and len(m.value["parties"]) == 1
