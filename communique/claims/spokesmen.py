"""Of which state somebody is by the ministry that tells of him, or by the ship or the unit that he commands."""

from __future__ import annotations

from collections.abc import Sequence

from communique.claims.moodwords import grammar
from communique.loader.language import LanguagePack
from communique.mentions.mark import Marked
from communique.model import Mention

UNITS = frozenset({"group", "body", "delegation"})
BEHIND = 28  # letters behind a name and a comma in which the words for a command stand


def told_by(marked: Marked, mentions: Sequence[Mention], pack: LanguagePack) -> str | None:
    """Return the state of the body that says right before what its official does: *A's ministry said, the minister B*.

    Only where no blanks part words, and the official's own words, in all ``mentions``, name no state. Where they do,
    and else, too, that of the ship or unit told before, of whoever commands one.
    """
    told = None if pack.reading.words_apart else next((c for m in mentions if (c := _told_by(marked, m, pack))), None)
    return told or next((c for m in mentions if (c := _commands(marked, m, pack))), None)


def _told_by(marked: Marked, m: Mention, pack: LanguagePack) -> str | None:
    said, text = grammar(pack).said, marked.scan.text
    if not m.value["offices"] or said is None:
        return None
    if m.start == 0 or text[m.start - 1] not in pack.markers.cuts:
        return None
    row = [x for x in marked.row(m) if x.end < m.start and x.kind != "date"]
    body = row[-1] if row and row[-1].kind in ("body", "person") else None
    ends = {x.end() for x in said.finditer(text, body.end, m.start - 1)} if body is not None else set()
    return str(body.value["country"]) if body is not None and m.start - 1 in ends and body.value["country"] else None


def _commands(marked: Marked, m: Mention, pack: LanguagePack) -> str | None:
    """The state of the ship or unit told last before whoever commands one (*the commanding officer, A*)."""
    persons, text = pack.persons, marked.scan.text
    offices = persons.commands if persons else ()
    behind = pack.reading.words_apart and text.startswith(", ", m.end)
    spans = [*m.value["offices"], *([(m.end, m.end + BEHIND)] if behind else [])]
    if persons is None or not any(w in text[a:b] for a, b in spans for w in offices):
        return None
    return commanded(marked, m, pack)


def commanded(marked: Marked, m: Mention, pack: LanguagePack) -> str | None:
    """The state of the ship or unit that was told before: the last one; of those that come, where no blanks part words.

    There the first is hers who comes, and the others are those whom she meets (*A's ship arrived; B's escorted her*).
    """
    words, text = pack.persons.commanded if pack.persons else (), marked.scan.text
    rows = (x for row in marked.mentions for x in row if x.kind in UNITS and x.end <= m.start)
    units = [x for x in rows if x.value.get("country") and any(w in text[x.start : x.end] for w in words)]
    return str(units[-1 if pack.reading.words_apart else 0].value["country"]) if units else None


def crew(marked: Marked, m: Mention, pack: LanguagePack) -> str | None:
    """The state of a ship's captain or crew who are named by that alone, where no blanks part words."""
    words = pack.persons.commands if pack.persons and not pack.reading.words_apart else ()
    return commanded(marked, m, pack) if marked.scan.text.startswith(words or ("\0",), m.start) else None
