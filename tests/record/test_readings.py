"""Names read from another script, on the table that ships: what it gives, what it leaves alone, what is one name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.loader.packs import load
from communique.loader.readings import ReadingCase, ReadingsPack
from communique.record import known_from
from communique.record.readings import Reader

PACKS = load()
KNOWN = known_from(PACKS)
TABLES = {p.id: Reader.of(p) for p in PACKS.readings}
TABLE = TABLES["sino-vietnamese"]
NAMES = st.text(alphabet=sorted(TABLE.table), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("table", "case"), [(p.id, c) for p in PACKS.readings for c in p.cases], ids=lambda x: getattr(x, "name", x)
)
def test_a_table_reads_its_cases(table: str, case: ReadingCase) -> None:
    given_readings = TABLES[table].reads(case.name)
    assert given_readings[: len(case.reads)] == case.reads
    assert bool(given_readings) is bool(case.reads)


def test_the_table_covers_the_letters_of_names() -> None:
    assert len(TABLE.table) >= 1500


@pytest.mark.parametrize("written", ["吴春历", "吳春歷", "吳春曆"])
def test_traditional_and_simplified_letters_read_alike(written: str) -> None:
    assert KNOWN.reads(written, "VN", "zh-Hant") == ("Ngô Xuân Lịch",)


@pytest.mark.parametrize(
    ("name", "country", "lang"),
    [
        ("吴春历", "CN", "zh-Hans"),  # a Chinese of the same letters
        ("吴春历", None, "zh-Hans"),
        ("Ngô Xuân Lịch", "VN", "vi"),
        ("吴春历", "VN", "vi"),
        ("伊万·彼得罗夫", "VN", "zh-Hans"),
        ("阮囧", "VN", "zh-Hans"),
        ("", "VN", "zh-Hans"),
    ],
)
def test_where_no_table_serves_nothing_is_made_up(name: str, country: str | None, lang: str) -> None:
    assert KNOWN.reads(name, country, lang) == ()


@given(NAMES)
def test_readings_are_the_same_every_time_and_never_twice(name: str) -> None:
    readings = TABLE.reads(name)
    assert readings == Reader.of(PACKS.readings[0]).reads(name)
    assert 1 <= len(readings) <= 12
    assert len(set(readings)) == len(readings)
    assert all(len(r.split(" ")) == len(name) for r in readings)


@given(NAMES)
def test_both_forms_of_unicode_and_case_make_no_other_name(name: str) -> None:
    for reading in TABLE.reads(name):
        for other in (unicodedata.normalize("NFD", reading), unicodedata.normalize("NFC", reading).upper()):
            assert TABLE.marked(other) == TABLE.marked(reading)
            assert TABLE.bare(other) == TABLE.bare(reading)


@given(NAMES)
def test_leaving_the_marks_out_gives_the_bare_form(name: str) -> None:
    for reading in TABLE.reads(name):
        stripped = "".join(c for c in unicodedata.normalize("NFD", reading) if not unicodedata.combining(c))
        stripped = stripped.replace("đ", "d").replace("Đ", "D")
        assert stripped.isascii()
        assert TABLE.bare(stripped) == TABLE.bare(reading)
        assert not TABLE.has_marks(stripped)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Trương Hòa Bình", "Trương Hoà Bình", True),
        ("Nguyễn Thúy Anh", "Nguyễn Thuý Anh", True),
        ("Đinh Công Sỹ", "Đinh Công Sĩ", True),
        ("NGÔ XUÂN LỊCH", "Ngô Xuân Lịch", True),
        ("Nguyễn Văn Đại", "Nguyễn Văn Đài", False),
        ("Vũ Văn Ninh", "Võ Văn Ninh", False),
        ("Trần Đăng", "Trần Dâng", False),
    ],
)
def test_which_spellings_are_one_name(one: str, other: str, same: bool) -> None:
    assert (TABLE.marked(one) == TABLE.marked(other)) is same


def test_a_letter_with_two_homes_is_an_error_of_the_pack() -> None:
    with pytest.raises(ValueError, match="stands twice"):
        ReadingsPack.model_validate(
            {
                "id": "x",
                "written": ["xx"],
                "language": "yy",
                "countries": ["XA"],
                "letters": {"A": "甲", "B": "甲"},
                "cases": [],
            }
        )
