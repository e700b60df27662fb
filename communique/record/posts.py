"""Offices as written, in any language, made comparable: the post that an office is, where it is a known one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from communique.loader.posts import PostForms, PostsPack

Post = tuple[str, str]
"""Grade and field; the field is empty where the grade says enough."""


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts by language: grades (id, whether it stands alone, pattern) and fields (id, pattern), in order.

    ``past`` is by language what marks an office as no longer held.
    """

    grades: Mapping[str, tuple[tuple[str, bool, re.Pattern[str]], ...]] = field(default_factory=dict)
    fields: Mapping[str, tuple[tuple[str, bool, re.Pattern[str]], ...]] = field(default_factory=dict)
    past: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, packs: tuple[PostsPack, ...]) -> Posts:
        """Return the posts of packs, in their order."""
        return cls(
            _by_language([g for p in packs for g in p.grades]),
            _by_language([f for p in packs for f in p.fields]),
            {lang: re.compile(pattern, re.I) for p in packs for lang, pattern in p.former.items()},
        )

    def of_office(self, office: str, lang: str) -> Post | None:
        """Return the post that an office is in a language; None where it is no known one, or its field is open."""
        lang = lang.partition("-")[0]
        words = _plain(office)
        grade = next((g for g in self.grades.get(lang, ()) if g[2].search(words)), None)
        if grade is None:
            return None
        if grade[1]:
            return grade[0], ""
        of = next((f for f in self.fields.get(lang, ()) if f[2].search(words)), None)
        return (grade[0], of[0]) if of else None

    def grade(self, office: str, lang: str) -> str | None:
        """Return the grade of an office in a language, also where its field is open; None where it is no known one."""
        words = _plain(office)
        return next((g[0] for g in self.grades.get(lang.partition("-")[0], ()) if g[2].search(words)), None)

    def current(self, office: str, lang: str) -> str | None:
        """Return an office that is told as past without what marks it so; None where it is told as held."""
        mark = self.past.get(lang.partition("-")[0])
        found = mark.match(office) if mark else None
        return office[found.end() :].strip() if found else None


def _plain(office: str) -> str:
    return unicodedata.normalize("NFC", office).casefold()


def _by_language(forms: list[PostForms]) -> dict[str, tuple[tuple[str, bool, re.Pattern[str]], ...]]:
    langs = dict.fromkeys(lang for f in forms for lang in f.forms)
    return {
        lang: tuple((f.id, f.alone, re.compile(f.forms[lang], re.I)) for f in forms if lang in f.forms)
        for lang in langs
    }
