"""Names made comparable: width, case, spaces and punctuation do not make another name; a plus sign does."""

from __future__ import annotations

import unicodedata


def fold(name: str | None) -> str:
    """Return ``name`` for comparison: NFKC, without case, spaces and punctuation but with ``+``. Diacritics stay."""
    plain = unicodedata.normalize("NFKC", name or "").casefold()
    return "".join(c for c in plain if c == "+" or unicodedata.category(c)[0] in "LMN")


def is_code(actor: str) -> bool:
    """Tell whether an actor is a code of a state or bloc (``XA``, ``BLOC``) and not a name as written."""
    return actor.isascii() and actor.isalpha() and actor.isupper() and len(actor) >= 2
