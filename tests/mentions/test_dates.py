"""The date cases that language packs carry, and what must hold of any text."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.loader.dates import DateCase, DatesPack
from communique.loader.yamlfile import check, read
from communique.mentions.dates import Anchor, Dated, DateMention, Resolved, anchor_for, dated, find, resolve_all

LANGUAGES = Path(__file__).resolve().parents[2] / "packs" / "languages"
FILES = sorted(LANGUAGES.glob("*/dates.yaml"))
CODES = [path.parent.name for path in FILES]


@cache
def pack(code: str) -> DatesPack:
    path = LANGUAGES / code / "dates.yaml"
    data, lines = read(path)
    return check(DatesPack, data["dates"], lines, path)


def anchor(case: DateCase) -> Anchor:
    unit = [Dated(*reversed(item.split())) if " " in item else item for item in case.anchor.unit]
    return anchor_for(unit, case.anchor.published, case.anchor.page)


def params() -> list[Any]:
    rows = []
    for code in CODES:
        for i, case in enumerate(pack(code).cases):
            marks = pytest.mark.xfail(reason=case.fails, strict=True) if case.fails else ()
            rows.append(pytest.param(code, case, id=f"{code}-{i}-{case.text[:20]}", marks=marks))
    return rows


@pytest.mark.parametrize(("code", "case"), params())
def test_case(code: str, case: DateCase) -> None:
    found = find(case.text, pack(code))
    told = resolve_all(found, anchor(case), case.anchor.mood)
    assert [case.text[m.start : m.end] for m in found] == [e.text for e in case.dates]
    for mention, resolved, expected in zip(found, told, case.dates, strict=True):
        assert resolved.edtf == expected.edtf
        for name in ("basis", "kind", "bound", "term", "part", "count", "not_before", "not_after"):
            value = getattr(expected, name)
            if value is not None:
                said = getattr(mention, name) if hasattr(mention, name) else getattr(resolved, name)
                assert said == value, name
        for edtf in (resolved.edtf, resolved.not_before, resolved.not_after):
            if edtf is not None:
                parse_edtf(edtf)


def test_chinese_has_many_cases() -> None:
    assert sum(not case.fails for case in pack("zh").cases) >= 120


PIECES = st.sampled_from(
    [w for words in pack("zh").values.values() for w in words]
    + [letter for form in pack("zh").forms for letter in form.say if not letter.isalnum() or not letter.isascii()]
    + [*"0123456789", "2026", "1930", "12", "31", " ", "\n", "\u3000", *pack("zh").to, *pack("zh").bound_after]
    + [*pack("zh").numerals.letters, *pack("zh").words["D"], *pack("zh").words["M"]]
)
DATELIKE = st.lists(PIECES, max_size=40).map("".join)
SPACED = st.sampled_from(sorted(c for c in CODES if c != "zh")).flatmap(
    lambda code: st.lists(
        st.sampled_from(
            [w for words in pack(code).values.values() for w in words]
            + [*pack(code).to, *pack(code).lists, *pack(code).lead, *pack(code).between.opens]
            + ["2026", "9999", "31", "1", "January", "December", "tháng", "12"]
        ),
        max_size=12,
    ).map(" ".join)
)
TEXTS = st.one_of(st.text(max_size=80), DATELIKE, SPACED)
ANCHORS = st.builds(
    anchor_for,
    st.lists(st.sampled_from(["2021-06-28", "2005", "0001", "9999-12-31", "2026-XX", "x"]), max_size=3),
    st.sampled_from([None, "2026-02-13", "2024-02-29", "2025", "2025-03", "0001-01-01", "9999-12-31", "bad"]),
    st.lists(st.sampled_from(["2025-12-31", "2026", "2025-11/2026-02", "1999-01-01"]), max_size=2),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, ANCHORS, st.sampled_from(["held", "ongoing", "planned", "proposed", None]))
def test_any_text_gives_ordered_spans_and_valid_dates(text: str, anchor: Anchor, mood: Any) -> None:
    for code in CODES:
        found = find(text, pack(code))
        ends = [0]
        for mention in found:
            assert ends[-1] <= mention.start < mention.end <= len(text)
            ends.append(mention.end)
        assert found == find(text, pack(code))
        for resolved in resolve_all(found, anchor, mood):
            for edtf in (resolved.edtf, resolved.not_before, resolved.not_after):
                if edtf is not None:
                    parse_edtf(edtf)
        anchor_for(dated(found), None)


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("weekday", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
def test_weekdays_at_the_ends_of_the_calendar(weekday: str, published: str) -> None:
    for text in (f"from 31 December till {weekday}", f"from {weekday} till 1 January"):
        for resolved in resolve_all(find(text, pack("en")), Anchor(published=published), "planned"):
            assert resolved.edtf is None or parse_edtf(resolved.edtf)


@settings(max_examples=100, deadline=None)
@given(DATELIKE)
def test_wide_forms_of_figures_and_signs_read_alike(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert find(wide, pack("zh")) == find(text, pack("zh"))


@settings(max_examples=100, deadline=None)
@given(st.dates(), st.sampled_from(["{0.year}年{0.month}月{0.day}日", "{0.year} 年 {0.month:02} 月 {0.day:02} 日"]))
def test_a_full_date_stands_for_itself(day: Any, form: str) -> None:
    said = form.format(day)
    text = f"会谈于{said}举行"
    found = find(text, pack("zh"))
    if day.year >= 1000 and day.year < 2200:
        assert [text[m.start : m.end] for m in found] == [said]
        assert resolve_all(found, Anchor())[0].edtf == day.isoformat()


def test_a_pack_and_its_mentions_travel_between_processes() -> None:
    zh = pack("zh")
    found = find("会谈于2024年5月17日举行", zh)
    copy: DatesPack = pickle.loads(pickle.dumps(zh))
    assert find("会谈于2024年5月17日举行", copy) == found
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("piece", ["1", "一", "年", "2026年1月", "1-", "1、", "(2010)、", "周年(", "第", "上"])
def test_long_runs_cost_no_more_than_their_length(piece: str) -> None:
    import time

    def cost(size: int) -> float:
        text = (piece * size)[:size]
        begun = time.process_time()
        find(text, zh)
        return time.process_time() - begun

    # Eight times the text: about eight times the cost where it is in line, sixty-four where it is not. A machine that
    # is busy with other things is asked again.
    zh = pack("zh")
    small = max(min(cost(10_000) for _ in range(3)), 0.005)
    assert any(cost(80_000) < 30 * small for _ in range(3))


def test_the_unit_tells_its_own_year() -> None:
    text = "庆祝建交65周年(1960年12月2日-2025年12月2日),12月5日下午举行见面会。"
    found = find(text, pack("zh"))
    assert resolve_all(found, anchor_for(dated(found)))[-1] == Resolved("2025-12-05", "unit")
    assert isinstance(found[-1], DateMention)


def test_an_unknown_slot_names_the_form() -> None:
    with pytest.raises(ValueError, match="colour"):
        DatesPack.model_validate({"forms": [{"say": "{colour}"}]})
