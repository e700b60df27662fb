"""Reprints of one report are one origin, whatever was changed in them and in whatever order they came."""

from __future__ import annotations

import itertools
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from support import record, session, told

from communique import views
from communique.record.copies import bands, is_copy
from communique.store import Store

REPORT = (
    "第三届海港论坛2018年5月2日在港城开幕，各方代表就海上搜救、人员培训和军事医学等议题交换意见。"
    "主办方表示，论坛为各方增进互信、扩大务实合作提供了平台，今后将继续每年举办一次。"
    "与会代表参观了港口和训练中心，并商定明年在另一座城市举行第四届论坛，具体日期将由各方另行商定。"
)
OTHER = (
    "第三届海港论坛2018年5月2日闭幕。记者从会场获悉，多国军官讨论了航道安全与打击海盗问题，也有专家认为议题过于宽泛。"
    "东道主的一名发言人说，会议没有发表联合声明，但通过了一份行动计划，涉及情报交流、通信规则以及联合演练的筹备工作。"
)
ITEM = session("第三届海港论坛", 3, "2018-05-02", "VN", "海港论坛")
PAGES = [
    told("a.txt", "海港论坛开幕", REPORT, [ITEM], outlet="agency"),
    told("b.txt", "第三届海港论坛在港城开幕", "本报讯　" + REPORT.replace("代表", "代表们"), [ITEM], outlet="paper"),
    told("c.txt", "论坛开幕", REPORT[:110], [ITEM], outlet="radio"),
    told("d.txt", "论坛闭幕", OTHER, [ITEM], outlet="weekly"),
]


def origins(store: Store) -> set[frozenset[str]]:
    by_origin: dict[str, set[str]] = {}
    for item in views.find(store).items:
        by_origin.setdefault(item.origin, set()).add(item.source)
    return {frozenset(v) for v in by_origin.values()}


def test_reprints_are_one_origin_in_any_order(tmp_path: Path) -> None:
    for i, order in enumerate(itertools.permutations(PAGES)):
        assert origins(record(tmp_path / f"{i}.db", *order)) == {
            frozenset({"a.txt", "b.txt", "c.txt"}), frozenset({"d.txt"}),
        }  # fmt: skip


def test_an_origin_ends_with_what_joined_it(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", *PAGES)
    for gone in ("a.txt", "b.txt"):
        store.forget(gone)
    assert origins(store) == {frozenset({"c.txt"}), frozenset({"d.txt"})}
    store.add(PAGES[0])
    assert origins(store) == {frozenset({"a.txt", "c.txt"}), frozenset({"d.txt"})}


def test_an_entry_counts_a_report_and_its_reprints_once(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", *PAGES)
    found = views.entry(store, views.find(store).items[0].entry)
    assert found is not None
    assert (len(found.tellings), found.origins) == (4, 2)


@given(st.text(max_size=300))
def test_a_text_is_a_copy_of_itself_and_shares_all_its_bands(text: str) -> None:
    assert is_copy(text, text) is bool(bands(text))
    assert bands(text) == bands(text)
