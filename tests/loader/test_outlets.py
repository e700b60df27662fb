"""What the maker of an outlet pack notices: shared pieces of patterns, and what is said when one is misspelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import PackError
from communique.loader.outlet import load_outlet

PACK = """code: trial
name: Trial
pieces:
  day: '(?P<day>[0-9]{1,2})'
  date: '<<day>>/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})'
datelines:
  - '(?P<place>[A-Z]{2,20}), <<date>> -\\s'
printed:
  - 'Printed: <<USED>>'
layouts:
  - text: {}
cases:
  - {name: a, page: "A\\n\\nB.", expect: {}}
  - {name: b, page: "A\\n\\nC.", not_mine: true, expect: {}}
"""


def made(folder: Path, used: str) -> Path:
    path = folder / "trial.yaml"
    path.write_text(PACK.replace("USED", used), encoding="utf-8")
    return path


def test_a_piece_stands_where_it_is_named(tmp_path: Path) -> None:
    pack = load_outlet(made(tmp_path, "date"))
    (line,), (printed,) = pack.datelines, pack.printed
    found = line.match("SUVA, 4/5/2023 - Ministers met.")
    assert found
    assert found.groupdict() == {"place": "SUVA", "day": "4", "month": "5", "year": "2023"}
    assert printed.fullmatch("Printed: 4/5/2023")


def test_a_piece_that_is_not_there_is_named_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="dat is no piece of this pack") as told:
        load_outlet(made(tmp_path, "dat"))
    assert "trial.yaml" in str(told.value)
