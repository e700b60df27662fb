"""Names of the level of a tie, in any language, made comparable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from communique.loader.levels import LevelsPack


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels by language: id and pattern, in order."""

    forms: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, packs: tuple[LevelsPack, ...]) -> Levels:
        """Return the levels of packs, in their order."""
        found = [level for p in packs for level in p.levels]
        langs = dict.fromkeys(lang for level in found for lang in level.forms)
        return cls(
            {lang: tuple((x.id, re.compile(x.forms[lang], re.I)) for x in found if lang in x.forms) for lang in langs}
        )

    def of_words(self, words: str, lang: str) -> str | None:
        """Return the id of a level as a language writes it, in plain letters; None where it is no known one."""
        plain = unicodedata.normalize("NFC", words).casefold()
        return next((i for i, p in self.forms.get(lang.partition("-")[0], ()) if p.search(plain)), None)
