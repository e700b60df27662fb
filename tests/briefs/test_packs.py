"""The words of briefs: every language says the same things, and each case of a pack comes out as it says."""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any

import pytest
from support import KNOWN

from communique.briefs.sentences import commitment, engagement
from communique.briefs.words import Words, sentence
from communique.errors import PackError
from communique.loader.briefs import BriefPack, brief_pack, brief_packs

PACKS = brief_packs()


@pytest.mark.parametrize("code", PACKS)
def test_cases(code: str) -> None:
    words = Words(brief_pack(code), KNOWN)
    for case in PACKS[code].cases:
        make = commitment if case.values["kind"] == "commitment" else engagement
        values = {k: v for k, v in case.values.items() if k != "kind"} | {"date": str(case.values.get("date") or "")}
        assert sentence(make(words, values, case.quote)) == case.says


def _slots(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _slots(v) for k, v in value.items()}
    return sorted({f for _, f, _, _ in string.Formatter().parse(str(value)) if f})


@pytest.mark.parametrize("code", PACKS)
def test_every_language_has_every_word_with_the_same_slots(code: str) -> None:
    groups = [f for f in BriefPack.model_fields if f not in ("code", "locale", "latin", "quotes", "cases")]
    first = next(iter(PACKS.values()))
    for group in groups:
        mine, theirs = (_slots(getattr(p, group)) for p in (PACKS[code], first))
        assert mine == theirs, group


def test_a_template_can_reach_into_nothing() -> None:
    for bad in ("{a.b}", "{a[0]}", "{a!r}", "{a:>9}", "{0}"):
        with pytest.raises(ValueError, match="is no plain word"):
            BriefPack.model_validate(
                next(iter(PACKS.values())).model_dump() | {"instrument": bad},
            )


def test_a_pack_that_does_not_hold_is_named(tmp_path: Any) -> None:
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "xx.yaml").write_text("code: xx\nlocal: xx\n")
    with pytest.raises(PackError, match=r"xx\.yaml"):
        brief_packs(tmp_path)
