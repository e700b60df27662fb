"""The scorer: figures computed by hand, the laws that it keeps, and the reference scorer where it is at hand."""

from __future__ import annotations

import copy
import os
import random
from pathlib import Path
from typing import Any

import pytest

from bench.quality import GOLD, Half, differences, half, halves, read
from bench.scoring import Count, Placed, join, score
from bench.values import nested_dates, places, plain, shared

TEXT = "海港论坛\n\n5月3日,第二届海港论坛在岘港举行,丁海山主持会议。"
TEXT += "5月4日,丁海山会见了伊万·彼得罗夫。双方同意加强搜救合作。"


def unit(**more: Any) -> dict[str, Any]:
    return {"kind": "unit", "id": "p.article", "role": "article", "title": "海港论坛", "published": None, **more}


def item(kind: str, quote: str, **values: Any) -> dict[str, Any]:
    return {"kind": kind, "unit": "p.article", "quote": quote, **values}


def session(**more: Any) -> dict[str, Any]:
    values = {
        "type": "session", "status": "held", "scope": "multilateral", "date": "2021-05-03",
        "place": {"country": "VN", "city": "岘港"}, "mode": None, "mechanism": "海港论坛", "ordinal": 2,
        "participants": [{"name": "丁海山", "country": "VN", "role": "chair"}],
    }  # fmt: skip
    return item("engagement", **{"quote": "第二届海港论坛在岘港举行", **values, **more})


def talks(**more: Any) -> dict[str, Any]:
    people = [
        {"name": "丁海山", "country": "VN", "role": "host"},
        {"name": "伊万·彼得罗夫", "country": "RU", "role": "guest"},
    ]
    values = {"type": "talks", "status": "held", "scope": "bilateral", "date": "2021-05-04", "participants": people}
    return item("engagement", **{"quote": "丁海山会见了伊万·彼得罗夫", **values, **more})


def person(name: str, **more: Any) -> dict[str, Any]:
    return item("person", name, name=name, **{"country": "VN", "offices": [], "rank": None, "latin": None, **more})


def promise(quote: str, **more: Any) -> dict[str, Any]:
    return item("commitment", quote, **{"act": "agree", "actors": ["VN", "RU"], "counterparties": [], **more})


def exported(coding: list[dict[str, Any]], text: str = TEXT, source: str = "p.txt") -> list[dict[str, Any]]:
    """Turn coding into the lines of an export that says the same."""
    out = []
    for line in copy.deepcopy(coding):
        if line["kind"] == "unit":
            out.append({**line, "source": source, "text": text})
        else:
            quote = line.pop("quote")
            at = text.index(quote)
            out.append({**line, "evidence": [{"start": at, "end": at + len(quote), "quote": quote}]})
    return out


def figures(gold: list[dict[str, Any]], system: list[dict[str, Any]]) -> dict[str, Any]:
    return score({"p": gold}, exported(system)).figures()


def test_equal_coding_scores_one_everywhere() -> None:
    coding = [unit(), session(), talks(), person("丁海山", offices=["部长"]), promise("加强搜救合作")]
    told = figures(coding, coding)
    assert told.pop("bad_offsets") == 0
    told = {name: f for name, f in told.items() if f.get("gold", 1)}
    assert {name: f.get("f1", f.get("acc")) for name, f in told.items()} == dict.fromkeys(told, 1.0)


def test_figures_computed_by_hand() -> None:
    gold = [
        unit(not_before="2021-05-04"),
        session(),
        talks(),
        person("丁海山", offices=["国防部部长", "中央委员"], rank="上将"),
        person("伊万·彼得罗夫", country="RU", latin="Ivan Petrov"),
        promise("双方同意加强搜救合作"),
    ]
    system = [
        unit(not_before="2021"),
        session(date="2021-05", ordinal=2, place={"country": "VN", "city": None}),
        talks(participants=[{"name": "海山", "country": "VN", "role": "guest"}]),
        person("丁海山", offices=["国防部部长", "议员"]),
        person("彼得罗夫", country="RU"),
        promise("加强搜救合作", act="pledge"),
        promise("丁海山主持会议"),
    ]
    told = figures(gold, system)
    assert told["engagement"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 2, "system": 2}
    assert told["engagement.strict"]["f1"] == 0.0, "one has a coarser day, the other lacks a state"
    assert told["engagement.date"] == {"acc": 0.5, "n": 2}
    assert told["engagement.place.country"] == {"acc": 1.0, "n": 1}
    assert told["engagement.place.city"] == {"acc": 0.0, "n": 1}
    assert told["engagement.participants"] == {"p": 1.0, "r": 0.667, "f1": 0.8, "gold": 3, "system": 2}
    assert told["engagement.role"] == {"acc": 0.5, "n": 2}
    assert told["person"] == {"p": 0.5, "r": 0.5, "f1": 0.5, "gold": 2, "system": 2}
    assert told["person.loose"]["f1"] == 1.0
    assert told["person.offices"] == {"p": 0.5, "r": 0.5, "f1": 0.5, "gold": 2, "system": 2}
    assert told["person.rank"] == {"acc": 0.0, "n": 1}
    assert "person.latin" not in told, "only persons of exactly the same name are compared"
    assert told["commitment"] == {"p": 0.5, "r": 1.0, "f1": 0.667, "gold": 1, "system": 2}
    assert told["commitment.strict"]["gold"] == 1
    assert told["commitment.strict"]["f1"] == 0.0
    assert told["commitment.act"] == {"acc": 0.0, "n": 1}
    assert told["unit.not_before"] == {"acc": 1.0, "n": 1}


def test_a_round_is_the_same_wherever_it_is_told() -> None:
    far = {**session(), "quote": "海港论坛"}
    named = item("mechanism", "海港论坛", name="海港论坛", acronym="HBF", parent=None, founded=None)
    assert figures([unit(), session()], [unit(), {**far, "ordinal": 3}])["engagement"]["f1"] == 0.0
    assert figures([unit(), session()], [unit(), {**far, "quote": "丁海山主持会议"}])["engagement"]["f1"] == 1.0
    by_acronym = {**far, "quote": "丁海山主持会议", "mechanism": "HBF"}
    assert figures([unit(), session()], [unit(), by_acronym])["engagement"]["f1"] == 0.0
    assert figures([unit(), session(), named], [unit(), by_acronym])["engagement"]["f1"] == 1.0


def test_invented_units_and_items_count_against_the_system() -> None:
    extra = unit(id="x", role="teaser", title="别的")
    lines = [*exported([unit(), session(), extra]), {**exported([unit(), talks()])[1], "unit": "x"}]
    told = score({"p": [unit(), session()]}, lines).figures()
    assert told["unit"] == {"p": 0.5, "r": 1.0, "f1": 0.667, "gold": 1, "system": 2}
    assert told["engagement"]["system"] == 2
    assert score({"p": [unit(), session()]}, []).figures()["engagement"]["r"] == 0.0


def test_a_quote_that_does_not_stand_there_is_told() -> None:
    lines = exported([unit(), session()])
    lines[1]["evidence"][0]["start"] += 1
    assert score({"p": [unit(), session()]}, lines).bad_offsets == 1
    del lines[1]["evidence"]
    assert score({"p": [unit(), session()]}, lines).bad_offsets == 1


def test_only_units_in_the_languages_asked_for() -> None:
    coding = [unit(lang="vi"), session()]
    assert "engagement" not in score({"p": coding}, exported(coding), ("zh",)).figures()
    assert score({"p": coding}, exported(coding), ("zh", "vi")).figures()["engagement"]["f1"] == 1.0


def test_types_are_counted_apart() -> None:
    sheet = score({"p": [unit(), session(), talks()]}, exported([unit(), session(), talks(type="visit")]))
    assert dict(sheet.by_type) == {"session": Count(1), "talks": Count(0, 1), "visit": Count(0, 0, 1)}
    assert [s.item["type"] for s in sheet.missed + sheet.extra] == ["talks", "visit"]


def test_best_pairs_are_joined_first() -> None:
    left, right = [Placed({"n": n}) for n in (1, 2)], [Placed({"n": n}) for n in (2, 3)]
    near = {(1, 2): 0.6, (1, 3): 0.5, (2, 2): 0.9, (2, 3): 0.8}
    pairs = join(left, right, lambda g, s: near[g.item["n"], s.item["n"]], 0.5)
    assert [(g.item["n"], s.item["n"]) for g, s in pairs] == [(2, 2), (1, 3)]


def test_words_spans_and_dates() -> None:
    assert plain(" A.D.M.M-3 «会议》") == "admm3«会议"
    assert places("aaa", "aa") == [(0, 2), (1, 3)]
    assert places("aaa", "") == []
    assert shared([(0, 10)], [(5, 40)]) == 0.5
    assert shared([(0, 10)], [(5, 40)], of_longer=0.2) == 0.0
    assert nested_dates("2021", "2021-07-06")
    assert not nested_dates("2021", None)
    assert nested_dates(None, "")


# --- the reference --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scorer() -> Path:
    """The reference scorer, where COMMUNIQUE_SCORER names it."""
    path = os.environ.get("COMMUNIQUE_SCORER")
    if not path:
        pytest.skip("no reference scorer: name its script in COMMUNIQUE_SCORER")
    return Path(path)


def damaged(coding: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """Return coding as a poor coder would have it: items lost, doubled, with other values and shorter quotes."""
    values: dict[str, list[Any]] = {}
    for line in coding:
        for name, value in line.items():
            values.setdefault(name, []).append(value)
    out: list[dict[str, Any]] = []
    for line in coding:
        if line["kind"] == "unit":
            out.append(copy.deepcopy(line))
            continue
        if chance.random() < 0.15:
            continue
        for _ in range(1 + (chance.random() < 0.1)):
            new = copy.deepcopy(line)
            for name in new:
                if name not in ("kind", "unit", "quote") and chance.random() < 0.2:
                    new[name] = copy.deepcopy(chance.choice([None, *values[name]]))
            size = len(new["quote"])
            at, end = chance.randrange(size), chance.randrange(size)
            if chance.random() < 0.4 and at != end:
                new["quote"] = new["quote"][min(at, end) : max(at, end)]
            out.append(new)
    return out


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_the_reference_on_poor_codings(scorer: Path, seed: int) -> None:
    gold = [
        unit(), session(), talks(), person("丁海山", offices=["部长"]), person("伊万·彼得罗夫", latin="Ivan"),
        item("mechanism", "海港论坛", name="海港论坛", acronym="HBF", parent="ADMM", founded="2016"),
        item("mechanism", "论坛", name="论坛", acronym=None, parent=None, founded=None),
        item("instrument", "海港论坛", name="海港宣言", acronym=None, status="adopted"),
        item("tie", "双方", a="VN", b="RU", level="全面战略伙伴关系", since="2012"),
        promise("双方同意加强搜救合作"), promise("加强搜救合作", act="pledge", due="2030"), talks(quote="会见"),
    ]  # fmt: skip
    lines = exported(damaged(gold, random.Random(seed)))
    assert not differences(Half("hand", {"p": gold}, (), (), {}), lines, score({"p": gold}, lines), scorer, ())


@pytest.mark.parametrize("name", halves())
def test_agrees_with_the_reference_on_our_gold(scorer: Path, name: str) -> None:
    gold = half(GOLD / name, name=name)
    if gold is None:
        pytest.skip("no gold yet")
    lines = read(gold)
    for langs in ((), ("zh",), ("vi", "en")):
        assert not differences(gold, lines, score(gold.coding, lines, langs), scorer, langs)
