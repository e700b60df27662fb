"""Who an office without a name means in a headline that stands alone: that of the home state."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from communique.claims.draft import Party
from communique.claims.persons import Person
from communique.claims.posts import title_words
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.model import Mention


def author(
    raw: str,
    m: Mention,
    people: Sequence[Person],
    home: str | None,
    party: Callable[[Person], Party],
    pack: LanguagePack,
) -> list[Party]:
    """Return who *I* or an office alone is where nobody acted yet: the one person named before, else nobody.

    *[The minister] receives the envoy of A*: a headline (``home`` is given) that stands alone means the home state's;
    where the unit names anybody with the office, its own words tell. ``party`` makes one of a person.
    """
    before = [p for p in people if p.mention.start < m.start] if pack.reading.words_apart else []
    words = raw[m.start : m.end]
    plain = set(fold(words, pack.reading).split()) - set(pack.nouns.articles)
    if len(before) == 1 or home is None or not pack.reading.words_apart or not plain or not plain <= title_words(pack):
        return [party(before[0])] if len(before) == 1 else []
    named = any(plain <= set(fold(x, pack.reading).split()) for p in people for x in p.offices)
    return [] if named else [Party(words, home, "group")]
