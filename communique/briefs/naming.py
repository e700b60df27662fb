"""What a search is called."""

from __future__ import annotations

from communique.briefs.words import Words
from communique.loader.briefs import brief_pack
from communique.store import Store
from communique.views import Filter


def name_of(store: Store, asked: Filter, lang: str) -> str:
    """Return what a search is about, in words of a language of ``packs/briefs``.

    Raises:
        CommuniqueError: there is no such language.
    """
    words = Words(brief_pack(lang), store.known)
    given = asked.given()
    states = [words.state(store.known.state(given[f]) or given[f]) for f in ("state", "other") if f in given]
    named = [words.mechanism(given["mechanism"])] if "mechanism" in given else []
    rest = [v for k, v in given.items() if k not in ("state", "other", "mechanism")]
    return ", ".join(filter(None, [" \u2013 ".join(states), *named, *rest])) or words.pack.feed["every"]
