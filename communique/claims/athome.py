"""Of which state an officer is whose own words name none, by whom he faces and where the story is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from communique.claims import personwords
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.mark import Marked
from communique.mentions.words import words_pattern
from communique.model import Mention

ACTORS = frozenset({"person", "he", "delegation", "group"})
PLACES = frozenset({"place", "state"})
Own = Callable[[Mention], str | None]


@kept
def _meets(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words between two who meet."""
    return words_pattern(sorted({w.strip() for w in personwords.words(pack).meets}, key=len, reverse=True), apart=True)


def state(marked: Marked, m: Mention, pack: LanguagePack, home: str | None, own: Own, alone: bool) -> str | None:
    """Return the state of an officer without one; ``own`` tells the states of others, as far as they are known.

    ``alone``: also where he faces nobody.

    Whom the people of a state meet is of another: at home, where the story is not of their journey, else of the place
    where they are. Who faces nobody is at home, unless his sentence names another state before him.
    """
    row = marked.row(m)
    facing = [c for x in row if _faces(marked, x, m, pack) and (c := _whose(marked, x, own))]
    facing += [c for x in row if _told_apart(marked, x, m, pack) and (c := x.value.get("country"))]
    facing += (gone := _gone(marked, m, row, pack))
    if facing:
        if home and home not in facing:
            return home
        met = next((c for c in facing if c != facing[0]), None)  # *A's minister met B's premier and President C*
        return met if met and not gone else _where(marked, m, {*facing, home})
    if not alone or not m.value["offices"]:
        return None
    if home is None:
        return _of_paragraph(marked, m)
    text, led = marked.scan.text, _led(pack)
    kinds = ("state", "group", "delegation", "body", "person")
    before = [x for x in row if x.end <= m.start and x.kind in kinds and x.value.get("country") not in (None, home)]
    named = [h for h in marked.within(row[0].start, m.start) if h.entry.kind == "state"] if row else []
    meetings = [x for x in row if x.kind == "meeting"]
    named = [h for h in named if h.entry.value != home and not any(x.start <= h.start < x.end for x in meetings)]
    named = [h for h in named if not text.endswith(led, 0, _start(text, h.start, pack))]
    return None if named or any(not text.endswith(led, 0, _start(text, x.start, pack)) for x in before) else home


def listed(marked: Marked, last: Mention, at: int, m: Mention, pack: LanguagePack) -> bool:
    """Whether a comma behind ``last`` makes a list with an officer: not *on a visit to A, the minister B*."""
    text = marked.scan.text
    between = text[last.end : at].strip()
    if last.kind == "state" or between != ",":
        return last.kind != "state" or not between or between[0] == ")"
    behind = text[m.end : m.end + 5].lstrip()
    opens = any(s.start == last.start for s in marked.scan.sentences)
    return opens or at != m.start or behind.startswith(tuple(personwords.words(pack).joints - {""}))


def _gone(marked: Marked, m: Mention, row: Sequence[Mention], pack: LanguagePack) -> list[str]:
    """The state of the place to which an officer goes, or where he is a guest (*A's visit to B*, *A, who is in B*)."""
    text, words = marked.scan.text, personwords.words(pack)
    for x in (x for x in row if x.start >= m.end and x.kind in PLACES and x.value.get("country")):
        gone = text.endswith(words.journeys, 0, x.start) and not text.endswith(words.whither, 0, x.start)
        gone = gone or text[m.end : x.start].lstrip(", ").startswith(_relative(pack))
        if gone or text[m.end : x.start].strip() in words.towards:
            return joined(text, x, row, words.joints)
        return []
    return []


def joined(text: str, x: Mention, row: Sequence[Mention], joints: frozenset[str]) -> list[str]:
    """The state of a place and of those in a row with it (*after visits to A and B*)."""
    out, last = [str(x.value["country"])], x
    for y in (y for y in row if y.start > x.end and y.kind in PLACES and y.value.get("country")):
        if text[last.end : y.start].strip() not in joints - {""}:
            break
        out.append(str(y.value["country"]))
        last = y
    return out


@kept
def _relative(pack: LanguagePack) -> tuple[str, ...]:
    """Words behind somebody that go on to tell where he is."""
    return tuple(f"{fold(w, pack.reading)} " for w in pack.markers.relative)


def _of_paragraph(marked: Marked, m: Mention) -> str | None:
    """The one state that the paragraph names before an officer."""
    start = marked.scan.text.rfind("\n", 0, m.start) + 1
    named = (h for h in marked.within(start, m.start) if h.entry.kind == "state" and h.entry.value)
    states = {str(h.entry.value) for h in named}
    return states.pop() if len(states) == 1 else None


@kept
def _led(pack: LanguagePack) -> tuple[str, ...]:
    """Words right before a state where one goes, or with which something is done, not before who is of it."""
    words = personwords.words(pack)
    told = (w for f in ("about", "ties", "between") for w in pack.markers.before.get(f, ()))
    return (*words.whither, *words.journeys, *(f" {fold(w, pack.reading)} " for w in (*words.towards, *told)))


def _start(text: str, at: int, pack: LanguagePack) -> int:
    """Where a state begins, with the article before it, and with whose it is (*with the government of A*)."""
    articles = tuple(f" {a} " for a in pack.nouns.articles)
    at -= next((len(a) - 1 for a in articles if text.endswith(a, 0, at)), 0)
    of = next((w for w in personwords.words(pack).of if text.endswith(w, 0, at)), None)
    if of is not None:
        at = text.rfind(" ", 0, at - len(of)) + 1
        at -= next((len(a) - 1 for a in articles if text.endswith(a, 0, at)), 0)
    return at


def _faces(marked: Marked, x: Mention, m: Mention, pack: LanguagePack) -> bool:
    """Whether words for a meeting stand between somebody and an officer."""
    if x is m or x.kind not in ACTORS or (x.kind == "he" and x.start > m.start):
        return False
    between = marked.scan.text[x.end : m.start] if x.end <= m.start else marked.scan.text[m.end : x.start]
    meets = _meets(pack)
    met = None if ";" in between or meets is None else meets.search(between)
    of = personwords.words(pack).of  # *welcomed the decision of President A*
    return met is not None and (x.end > m.start or not any(w in between[met.end() :] for w in of))


def _told_apart(marked: Marked, x: Mention, m: Mention, pack: LanguagePack) -> bool:
    """Whether somebody in a row behind an officer is told to be of a state (*Minister A and B's ambassador C*)."""
    words, text = personwords.words(pack), marked.scan.text
    joint, _, more = text[m.end : x.start].strip().partition(" ") if x.start > m.end else ("", "", "")
    own = not more or more in words.articles - set(pack.nouns.newly)  # *Minister A and his B counterpart C*
    return x.kind == "person" and joint in words.joints - {""} and own


def _whose(marked: Marked, x: Mention, own: Own) -> str | None:
    """The state of who acts: his own, or for *he* that of the last person before him, or of the sentence before."""
    if x.kind != "he":
        return own(x)
    here = [y for y in marked.row(x) if y.end <= x.start and y.kind == "person"]
    for row in (here[::-1], *reversed(_before(marked, x))):
        if (told := next((c for y in row if y.kind == "person" and (c := own(y))), None)) is not None:
            return told
    return None


def _before(marked: Marked, m: Mention) -> Sequence[Sequence[Mention]]:
    """What the sentences before a mention name, the last one last."""
    k = next(i for i, s in enumerate(marked.scan.sentences) if s.start <= m.start < s.end)
    return marked.mentions[:k]


def _where(marked: Marked, m: Mention, facing: set[str | None]) -> str | None:
    """The state of the place where those of others are: the one that the sentence, or the last before, names."""
    for row in (marked.row(m), *reversed(_before(marked, m))):
        for x in (x for x in row if x.kind in PLACES and x.value.get("country")):
            if x.value["country"] not in facing:
                return str(x.value["country"])
    return None
