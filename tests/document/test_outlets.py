"""Every case of every outlet pack, run as a reader of the page would check it."""

from __future__ import annotations

import pickle

import pytest
from document_packs import PACKS, read_text

from communique.loader.outlet import OutletCase, OutletPack

CASES = [(pack, case) for pack in PACKS.outlets for case in pack.cases]


@pytest.mark.parametrize(("pack", "case"), CASES, ids=[f"{p.code}: {c.name}" for p, c in CASES])
def test_case(pack: OutletPack, case: OutletCase) -> None:
    document = read_text(case.page, case.media, "case", case.url)
    article, want = document.units[0], case.expect
    asked = want.model_fields_set
    if case.not_mine:
        assert article.outlet != pack.name
    for field in asked & {"outlet", "lang", "dateline", "published", "basis"}:
        assert getattr(article, field) == getattr(want, field), field
    if want.titles is not None:
        assert tuple(u.title for u in document.units) == want.titles
    if want.parts is not None:
        assert tuple((p.kind, article.text[p.start : p.end]) for p in article.parts) == want.parts
    for words in want.absent:
        assert words not in article.text


def test_one_pack_is_generic() -> None:
    assert [p.code for p in PACKS.outlets if p.generic] == ["generic"]


def test_packs_travel_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(PACKS.outlets)) == PACKS.outlets


def test_an_outlet_answers_to_its_name_and_its_hosts() -> None:
    pack = next(p for p in PACKS.outlets if p.code == "xinhua")
    assert pack.answers_to("新华社")
    assert pack.answers_to("english.news.cn")
    assert not pack.answers_to("fakenews.cn")
