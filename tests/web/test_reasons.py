"""Reasons of the record in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import PAGES, record

from communique import flow, views
from communique.loader import packs
from communique.model import Raw
from communique.store import Store
from communique.web.reasons import FORMS, said
from communique.web.speaking import in_speech, speeches

LANGUAGES = sorted(set(speeches()) - {"en"})
ENGLISH = re.compile(r"\b(?:same|both|names?|reads|told|round|the last|due|inferred|stated|reports?|may be|apart)\b")


@pytest.fixture(scope="module")
def demo(demo_pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A record of the demo pages, and of pages coded by hand."""
    store = record(tmp_path_factory.mktemp("reasons") / "r.db", *PAGES)
    raws = [Raw(p.name, p.read_bytes(), "text/plain", p.name) for p in sorted(demo_pages.glob("*.txt"))]
    for reading in flow.read(raws, packs.load()):
        assert not isinstance(reading, Exception)
        store.add(reading)
    return store


def reasons(store: Store) -> Iterator[str]:
    for kind in ("person", "engagement", "mechanism", "instrument", "tie", "commitment"):
        for row in views.entries_list(store, kind, limit=500):
            found = views.entry(store, row.id)
            assert found is not None
            yield from (t.reason for t in found.tellings)
            if kind == "person" and (person := views.person(store, row.id)):
                yield from (d.reason for d in person.doubts)
            if kind == "mechanism" and (series := views.mechanism(store, row.id)):
                yield from (series.series.next.reasons if series.series.next else ())
                yield from (f for r in series.series.rounds for f in r.flags)
    for conflict in views.conflicts(store):
        if conflict.what == "values":
            yield from (x for v in conflict.values for x in v.reasons)
    yield from (p.reason for p in views.due(store, as_of="2026-01-01", every=True))
    yield from (x for d in views.queue(store, limit=200) for x in d.reasons if ": " not in x)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_a_record_is_said(demo: Store, language: str) -> None:
    found = set(reasons(demo))
    assert len(found) > 20
    with in_speech(speeches()[language]):
        # Names and quotes stand in brackets or are no words of ours.
        left = {r: s for r in found if ENGLISH.search(re.sub(r"\([^()]*\)|（[^（）]*）", "", s := said(r)))}
    assert not left


@pytest.mark.parametrize(
    ("reason", "chinese", "vietnamese"),
    [
        ("same day (2021-07-06), same parties (RU, VN), in VN, but told by nobody",
         "同一天（2021年7月6日）、各方相同（俄罗斯、越南）、在越南，但told by nobody",
         "cùng ngày (6 thg 7, 2021), cùng các bên (Nga, Việt Nam), tại Việt Nam, nhưng told by nobody"),
        ("round 7 was 2016-06-01; the last 3 intervals were 1 year to 18 months",
         "第7届在2016年6月1日；最近3次间隔为1年至18个月",
         "kỳ 7 diễn ra 1 thg 6, 2016; 3 khoảng cách gần nhất là 1 năm đến 18 tháng"),
        ("same name (a b (c), and country) and country (VN)", "同名（a b (c), and country）同国（越南）",
         "cùng tên (a b (c), and country) và cùng nước (Việt Nam)"),
        ("Mai: stated, in VN; correction", "Mai: stated, in VN; correction", "Mai: stated, in VN; correction"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_reasons_in_words(reason: str, chinese: str, vietnamese: str) -> None:
    with in_speech(speeches()["zh"]):
        assert said(reason) == chinese
    with in_speech(speeches()["vi"]):
        assert said(reason) == vietnamese


def test_reasons_in_english_say_days_and_states_in_words() -> None:
    assert said("same day (2021-07-06), in VN") == "same day (6 Jul 2021), in Vietnam"
    assert said("Mai: in VN on 2021-07-06") == "Mai: in VN on 2021-07-06"


@given(st.text(alphabet="same day()2021-07, ;:VN%(x)s and reads", max_size=80))
def test_any_text_can_be_said(text: str) -> None:
    with in_speech(speeches()["zh"]):
        assert isinstance(said(text), str)


def test_a_hostile_reason_costs_little() -> None:
    worst = "x and " * 160
    with in_speech(speeches()["zh"]):
        for text in (worst, "a, " * 330, "same name (" * 90, "2021, " * 160):
            said(text)


def test_no_form_is_written_twice() -> None:
    assert len(set(FORMS)) == len(FORMS)


def test_a_verdict_before_its_reasons_is_no_name_of_a_person() -> None:
    found = "may be one: same day (2026-02-13), party in common (VN), both held"
    assert said(found) == "may be one: same day (13 Feb 2026), party in common (Vietnam), both held"
    assert said("Mai: same day (2026-02-13)") == "Mai: same day (2026-02-13)"
