"""Who held what, at what level a tie stood, who sat in the chair and what stands beside a mechanism."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import KNOWN, Told, person, record, session, told

from communique import views
from communique.loader.packs import load
from communique.record import Known, KnownMechanism
from communique.record.levels import Levels
from communique.record.posts import Posts
from communique.views.held import span, when

pytestmark = pytest.mark.usefixtures("database")

PACKS = load()
HARBOUR = KNOWN.mechanisms["harbour-forum"]
SENIOR = KnownMechanism("harbour-seniors", {"zh": ("海港高官会",)}, ("HBS",), prepares_for="harbour-forum")
PLUS = KnownMechanism("harbour-plus", {"zh": ("海港扩大论坛",)}, ("HBF+",), plus_of="harbour-forum")
UNREAD = KnownMechanism("harbour-youth", {"zh": ("海港青年论坛",)}, ("HBY",), parent="harbour-forum")
WITH_PACKS = replace(
    Known.of(KNOWN.states, (HARBOUR, SENIOR, PLUS, UNREAD)),
    posts=Posts.of(PACKS.posts),
    levels=Levels.of(PACKS.levels),
    letters={
        "zh": {ord("國"): "国", ord("長"): "长", ord("戰"): "战", ord("夥"): "伙", ord("關"): "关", ord("係"): "系"}
    },
)


def page(n: int, body: str, *items: dict[str, Any], published: str | None = None, **more: Any) -> Told:
    return told(f"{n}.txt", f"第{n}页", body, list(items), published=published, **more)


def met(quote: str, name: str, date: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "engagement", "quote": quote, "type": "talks", "status": "held", "scope": "bilateral", "date": date,
        "participants": [{"name": name, "country": "VN", "role": "host"}, {"country": "RU", "role": "guest"}], **more,
    }  # fmt: skip


def tie(quote: str, level: str, since: str | None = None) -> dict[str, Any]:
    return {"kind": "tie", "quote": quote, "a": "VN", "b": "RU", "level": level, "since": since}


def offices(tmp_path: Path, *pages: Told) -> list[tuple[str, str]]:
    shown = views.show(record(tmp_path / "r.db", *pages, known=WITH_PACKS), "丁海山").person
    assert shown is not None
    return [(h.name, span(h)) for h in shown.offices]


def test_an_office_is_held_from_the_first_to_the_last_text_that_tells_it(tmp_path: Path) -> None:
    sea = "丁海山"

    def one(n: int, words: str, office: str, day: str, lang: str = "zh-Hans") -> Told:
        return page(n, f"{words}。", person(words, sea, offices=[office]), published=day, lang=lang)

    assert offices(
        tmp_path,
        one(1, "国防部部长丁海山", "国防部部长", "2016-04-09"),
        one(2, "國防部長丁海山", "國防部長", "2019-02-01", "zh-Hant"),
        one(3, "丁海山部长", "部长", "2020-03-03"),
        one(4, "前国防部长丁海山", "前国防部长", "2022-01-05"),
    ) == [("國防部長", "told 2016-04-09 to 2020-03-03; told as past 2022-01-05")]  # fmt: skip


def test_an_office_is_told_of_the_day_of_what_happened(tmp_path: Path) -> None:
    happened = "2015年5月2日国防部副部长丁海山会见客人"
    assert offices(
        tmp_path,
        page(
            1, f"{happened}。国会主席丁海山今日致辞。",
            person(happened, "丁海山", offices=["国防部副部长"]),
            met(happened, "丁海山", "2015-05-02"), published="2024-06-01",
        ),
    ) == [("国防部副部长", "told 2015-05-02")]  # fmt: skip


def test_an_appointment_that_names_the_office_is_told_with_it(tmp_path: Path) -> None:
    named = {
        **met("丁海山出任国防部部长", "丁海山", "2016-04"), "type": "appointment",
        "participants": [{"name": "丁海山", "country": "VN", "role": "subject"}],
    }  # fmt: skip
    minister = person("国防部部长丁海山", "丁海山", offices=["国防部部长"])
    body = "丁海山出任国防部部长。国防部部长丁海山发言。"
    assert offices(tmp_path, page(1, body, named, minister, published="2016-05-01")) == [
        ("国防部部长", "told 2016-05-01; appointment told 2016-04")
    ]


def test_a_state_lists_who_held_its_posts(tmp_path: Path) -> None:
    store = record(
        tmp_path / "r.db",
        page(
            1, "国防部部长吴甲出席。", person("国防部部长吴甲", "吴甲", offices=["国防部部长"]), published="2015-01-01"
        ),
        page(2, "国防部长潘乙出席。", person("国防部长潘乙", "潘乙", offices=["国防部长"]), published="2021-01-01"),
        page(
            4,
            "Bộ trưởng Quốc phòng 潘乙 đến.",
            person("Bộ trưởng Quốc phòng 潘乙", "潘乙", offices=["Bộ trưởng Quốc phòng"]),
            published="2020-01-01",
            lang="vi",
        ),
        page(5, "国防部长潘乙致辞。", person("国防部长潘乙", "潘乙", offices=["国防部长"]), published="2022-01-01"),
        page(3, "馆长黎丙出席。", person("馆长黎丙", "黎丙", offices=["馆长"]), published="2021-01-01"),
        known=WITH_PACKS,
    )
    by_lang = {
        views.show(store, e.id).items[0].lang: e.id for e in views.entries_list(store, "person") if e.name == "潘乙"
    }
    store.judge(by_lang["zh-Hans"], by_lang["vi"], "same", "Mai", "one man")
    shown = views.show(store, "VN").state
    assert shown is not None
    assert [(p.post, p.name, p.held.first) for p in shown.posts] == [
        ("国防部部长", "吴甲", "2015-01-01"),
        ("国防部长", "潘乙", "2020-01-01"),
    ]


def levels(tmp_path: Path, *pages: Told) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    both = views.show(record(tmp_path / "r.db", *pages, known=WITH_PACKS), "VN-RU").pair
    assert both is not None
    steps = [(c.before.name, c.after.name, when(c)) for c in both.changes]
    return [(h.name, span(h, "change told")) for h in both.levels], steps


def test_a_change_of_level_has_the_date_that_a_text_gives(tmp_path: Path) -> None:
    raised = "越俄2012年7月将关系提升为全面战略伙伴关系"
    held, steps = levels(
        tmp_path,
        page(1, "越俄战略伙伴关系", tie("越俄战略伙伴关系", "战略伙伴关系"), published="2009-03-01"),
        page(2, f"{raised}。", tie(raised, "全面战略伙伴关系", "2012-07"), published="2013-01-01"),
        page(3, "越俄全面戰略夥伴關係", tie("越俄全面戰略夥伴關係", "全面戰略夥伴關係"), published="2020-01-01",
             lang="zh-Hant"),
    )  # fmt: skip
    assert held == [
        ("战略伙伴关系", "told 2009-03-01"),
        ("全面战略伙伴关系", "since 2012-07; told 2020-01-01"),
    ]
    assert steps == [("战略伙伴关系", "全面战略伙伴关系", "2012-07")]


def test_a_change_without_a_day_is_told_by_the_day_of_the_telling(tmp_path: Path) -> None:
    raised = {**met("越俄关系升级为", "越南", ""), "type": "upgrade", "date": None}
    both = "越俄关系升级为全面战略伙伴关系"
    _, steps = levels(
        tmp_path,
        page(1, "越俄战略伙伴关系", tie("越俄战略伙伴关系", "战略伙伴关系"), published="2009-03-01"),
        page(2, f"{both}。", raised, tie(both, "全面战略伙伴关系"), published="2012-07-27"),
    )
    assert steps == [("战略伙伴关系", "全面战略伙伴关系", "by 2012-07-27")]


def test_a_change_between_two_texts_lies_between_them(tmp_path: Path) -> None:
    _, steps = levels(
        tmp_path,
        page(1, "越俄战略伙伴关系", tie("越俄战略伙伴关系", "战略伙伴关系"), published="2009-03-01"),
        page(2, "越俄全面战略伙伴关系", tie("越俄全面战略伙伴关系", "全面战略伙伴关系"), published="2020-01-01"),
    )
    assert steps == [("战略伙伴关系", "全面战略伙伴关系", "between 2009-03-01 and 2020-01-01")]


def chaired(quote: str, n: int, date: str, chair: str, host: str) -> dict[str, Any]:
    made = session(quote, n, date, host)
    return {**made, "participants": [*made["participants"], {"name": chair, "country": chair, "role": "chair"}]}


def test_chairs_are_terms_and_the_time_between_is_not_filled(tmp_path: Path) -> None:
    store = record(
        tmp_path / "r.db",
        page(1, "越南主持第一届海港论坛", chaired("越南主持第一届海港论坛", 1, "2010-05-11", "VN", "VN")),
        page(2, "越南主持第十一届海港论坛", chaired("越南主持第十一届海港论坛", 11, "2020-12-09", "VN", "SG")),
        known=WITH_PACKS,
    )
    shown = views.show(store, "HBF").mechanism
    assert shown is not None
    assert [(c.country, c.rights, span(c.held)) for c in shown.chairs] == [
        ("VN", ("host",), "told 2010-05-11"),
        ("VN", (), "told 2020-12-09"),
    ]


def test_relations_that_are_told_come_with_their_text_and_what_is_only_known_without(tmp_path: Path) -> None:
    group = {
        "kind": "mechanism", "quote": "海港论坛下设港务工作组", "name": "港务工作组", "acronym": None, "mkind": "group",
        "parent": "海港论坛", "lifecycle": "active", "founded": None, "parties": [],
    }  # fmt: skip
    store = record(
        tmp_path / "r.db",
        page(1, "第一届海港论坛举行。海港论坛下设港务工作组。", session("第一届海港论坛举行", 1, "2010", "VN"), group),
        page(2, "海港高官会筹备。", session("海港高官会", None, "2010", "VN", "海港高官会")),
        page(3, "海港扩大论坛举行。", session("海港扩大论坛举行", 1, "2010", "VN", "海港扩大论坛")),
        known=WITH_PACKS,
    )
    shown = views.show(store, "HBF").mechanism
    assert shown is not None
    assert [(r.what, r.name, [i.quote for i in r.items]) for r in shown.relations] == [
        ("has under it", "港务工作组", ["海港论坛下设港务工作组"]),
        ("has the plus format", "HBF+", []),
        ("prepared by", "HBS", []),
    ]
    under = views.show(store, "港务工作组").mechanism
    assert under is not None
    assert [(r.what, r.name) for r in under.relations] == [("under", "海港论坛")]
