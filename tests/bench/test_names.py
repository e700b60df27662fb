"""The list of names by which readings are measured, and the script that does it."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
import yaml

from bench import names
from communique.loader.packs import load
from communique.record.readings import Reader

ROWS = yaml.safe_load(names.LIST.read_text(encoding="utf-8"))
TABLE = Reader.of(load().readings[0])


def test_the_list_has_enough_names_and_sixty_set_aside_each_time() -> None:
    halves = Counter(r["half"] for r in ROWS)
    assert set(halves) == set(names.HALVES)
    assert halves["held"] == halves["second"] == halves["third"] == 60
    assert sum(halves.values()) >= 120
    assert len({r["zh"] for r in ROWS}) == len(ROWS)
    assert all(r["vi"] == unicodedata.normalize("NFC", r["vi"]) for r in ROWS)


def test_misses_are_listed_with_the_rank_that_the_name_had() -> None:
    found = names.measure(
        [
            {"zh": "苏林", "vi": "Tô Lâm"},
            {"zh": "武文赏", "vi": "Vũ Văn Thưởng"},
            {"zh": "阮文酉", "vi": "Nguyễn Văn Giàu"},
        ],
        TABLE,
    )
    assert (found.names, round(found.first, 2), round(found.within, 2)) == (3, 0.33, 0.67)
    assert [(m.letters, m.rank) for m in found.misses] == [("武文赏", 2), ("阮文酉", 0)]


def test_a_name_that_differs_in_one_mark_is_a_miss() -> None:
    assert names.measure([{"zh": "苏林", "vi": "Tô Lam"}], TABLE).first == 0


def test_the_script_prints_every_half(capsys: pytest.CaptureFixture[str]) -> None:
    assert names.main([]) == 0
    said = capsys.readouterr().out
    assert all(f"\n{half}" in said for half in names.HALVES)
