"""Dates, ordinals, sentences and marks: what readers see of single values."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import Evidence
from communique.views import Block, Item, UnitRow
from communique.views.context import hits, passage
from communique.web.cards import headline
from communique.web.reading import reading
from communique.web.words import called, day, first_day, ordinal, path, shortest, state


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2021", "2021"),
        ("2021-07", "Jul 2021"),
        ("2021-07-06", "6 Jul 2021"),
        ("2025-09-30", "30 Sep 2025"),
        ("2026-02-02/2026-02-03", "2–3 Feb 2026"),
        ("2026-01-31/2026-02-03", "31 Jan – 3 Feb 2026"),
        ("2025-12-31/2026-01-02", "31 Dec 2025 – 2 Jan 2026"),
        ("2022-01-01/2022-12-31", "2022"),
        ("2022-02-01/2022-02-28", "Feb 2022"),
        ("2022-02-01/2022-03-31", "1 Feb – 31 Mar 2022"),
        ("2021-01-01/2022-12-31", "1 Jan 2021 – 31 Dec 2022"),
        ("2016/2021", "2016–2021"),
        ("2022-05-06/2022-05-06", "6 May 2022"),
        ("2016-05/2021", "May 2016 – 2021"),
        ("XXXX-04-23", "23 Apr, year\u00a0not\u00a0told"),
        ("XXXX-10-24/XXXX-10-25", "24–25 Oct, year\u00a0not\u00a0told"),
        ("XXXX-XX-27", "day 27, month and year not told"),
        ("201X", "2010s"),
        ("2021~", "2021 (about)"),
        ("2021/..", "since 2021"),
        ("../2021", "until 2021"),
        ("spring", "spring"),
        ("2021-13", "13 2021"),
        ("", ""),
        (None, ""),
    ],
)
def test_dates_in_words(edtf: str | None, said: str) -> None:
    assert day(edtf) == said


@pytest.mark.parametrize(
    ("kept", "said"), [("2021-01-01", "2021"), ("2021-07-01", "Jul 2021"), ("2021-07-06", "6 Jul 2021"), ("", "")]
)
def test_a_day_kept_for_a_span_is_shown_no_more_exactly_than_it_is(kept: str, said: str) -> None:
    assert first_day(kept) == said


@given(st.text(alphabet="0123456789X-/.~?% ", max_size=24))
def test_any_date_can_be_shown(edtf: str) -> None:
    assert isinstance(day(edtf), str)


@pytest.mark.parametrize(("n", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (23, "23rd")])
def test_ordinals(n: int, said: str) -> None:
    assert ordinal(n) == said


@pytest.mark.parametrize(
    ("name", "also", "kind", "shown", "others"),
    [
        ("苏林", ("蘇林", "To Lam", "Tô Lâm"), "person", "Tô Lâm", ("苏林", "蘇林", "To Lam")),
        ("苏林", ("蘇林",), "person", "苏林", ("蘇林",)),
        ("Ivan Petrov", ("伊万·彼得罗夫",), "person", "Ivan Petrov", ("伊万·彼得罗夫",)),
        ("海港会谈", ("Harbour Talks",), "instrument", "海港会谈", ("Harbour Talks",)),
    ],
)
def test_a_thing_is_called_as_the_reader_reads(
    name: str, also: tuple[str, ...], kind: str, shown: str, others: tuple[str, ...]
) -> None:
    assert called(name, also, kind) == (shown, others)


def test_the_shortest_name_is_the_acronym_as_a_rule() -> None:
    assert shortest(("東盟國防部長會議", "ADMM", "Hội nghị Bộ trưởng Quốc phòng ASEAN")) == "ADMM"
    assert shortest(()) == ""


def test_states() -> None:
    assert (state("VN"), state("ASEAN"), state(None)) == ("Vietnam", "ASEAN", "")


def test_a_path_holds_any_name() -> None:
    assert path("show", "a/b?c#d 越") == "/show/a%2Fb%3Fc%23d%20%E8%B6%8A"


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("第15届海港论坛", "海港", ["海港"]),
        ("第15届海港论坛", "15", ["15"]),
        ("第15届海港论坛", "海港论坛", ["海港论坛"]),
        ("在2015年", "15", []),
        ("Đinh Hải Sơn", "hai son", ["Hải", "Sơn"]),
        ("Đinh Hải Sơn", '"dinh hai"', ["Đinh Hải"]),
        ("Vietnam and Nam", "nam", ["Nam"]),
        ("ＡＤＭＭ", "admm", ["ＡＤＭＭ"]),
        ("anything", "", []),
        ("(a+b)*", "(a+b)*", ["a+b"]),
    ],
)
def test_hits(text: str, query: str, marked: list[str]) -> None:
    found = [text[a:b] for a, b in hits(text, query)]
    assert found == marked or "".join(found) == "".join(marked).replace("+", "")


@given(st.text(max_size=60), st.text(max_size=20))
def test_hits_are_spans_in_order(text: str, query: str) -> None:
    last = -1
    for a, b in hits(text, query):
        assert last < a < b <= len(text)
        last = b


def test_the_sentence_of_a_quote() -> None:
    found = passage("Before. “Yes.” The forum ", "met", " in 2.5 hours. After.", (True, True))
    assert (found.before, found.after, found.cut) == ("The forum ", " in 2.5 hours.", (False, False))
    found = passage("x" * 50, "met", "y" * 50, (False, False), around=10)
    assert (found.before, found.after, found.cut) == ("x" * 10, "y" * 10, (True, True))


LINES = st.text(alphabet="ab越\n 。", max_size=40)


@given(LINES, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6), st.integers(0, 40))
def test_a_reading_keeps_every_letter_and_marks_every_item(text: str, spans: list[tuple[int, int]], cut: int) -> None:
    spans = [(a, min(b, len(text))) for a, b in spans if a < min(b, len(text))]
    items = tuple(_item(f"e{n}", a, b, text[a:b]) for n, (a, b) in enumerate(spans))
    parts = tuple(
        p for p in (("title", 0, min(cut, len(text))), ("body", min(cut, len(text)), len(text))) if p[1] < p[2]
    )
    made = reading(Block(_unit(text, parts), items))
    shown = "".join(s.text for p in made.paragraphs for s in p.spans)
    assert "".join(shown.split()) == "".join(text.split())
    for item in items:
        marked = "".join(s.text for p in made.paragraphs for s in p.spans if item in s.items)
        assert "".join(marked.split()) == "".join(item.quote.split())
        if item.quote.strip():
            assert sum(item.id in s.begins for p in made.paragraphs for s in p.spans) == 1


@pytest.mark.parametrize(("holder", "said"), [(["RU"], "Russia: maritime security"), ([], "maritime security")])
def test_a_position_is_headed_by_who_holds_it(holder: list[str], said: str) -> None:
    item = replace(_item("p", 0, 1, "x"), kind="position", values={"holder": holder, "topic": "maritime_security"})
    assert headline(item) == said


def _item(name: str, start: int, end: int, quote: str) -> Item:
    evidence = (Evidence(start, end, quote),)
    about = ("r", "c", "machine", "e", "u", "s", "t", None, None, "und", None, None)
    return Item(name, "tie", None, None, None, "", {}, evidence, *about)


def _unit(text: str, parts: tuple[tuple[str, int, int], ...]) -> UnitRow:
    return UnitRow("u", "s", 0, "article", "und", "t", text, None, None, None, None, "unknown", None, None, parts)
