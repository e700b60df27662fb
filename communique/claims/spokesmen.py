"""Of which state somebody is by the ministry that tells of him."""

from __future__ import annotations

from collections.abc import Sequence

from communique.claims.moodwords import grammar
from communique.loader.language import LanguagePack
from communique.mentions.mark import Marked
from communique.model import Mention


def told_by(marked: Marked, mentions: Sequence[Mention], pack: LanguagePack) -> str | None:
    """Return the state of the body that says right before what its official does: *A's ministry said, the minister B*.

    Only where no blanks part words, and the official's own words, in all ``mentions``, name no state.
    """
    if pack.reading.words_apart:
        return None
    return next((c for m in mentions if (c := _told_by(marked, m, pack))), None)


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
