"""Runs the cases that packs carry: what each must find, and what it must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.errors import PackError
from communique.loader import packs as loader
from communique.loader.packs import Packs


@pytest.fixture(scope="module")
def packs() -> Packs:
    return loader.load()


def test_the_packs_that_ship_hold(packs: Packs) -> None:
    assert packs.languages
    assert packs.outlets
    assert packs.mechanisms


def test_a_wrong_pack_names_file_line_and_remedy(tmp_path: Path) -> None:
    for folder in ("languages", "mechanisms", "outlets", "schema"):
        (tmp_path / folder).mkdir()
    (tmp_path / "languages" / "xx.yaml").write_text("code: xx\nreading:\n  colour: blue\n", "utf-8")
    with pytest.raises(PackError) as told:
        loader.load(tmp_path)
    line = str(told.value)
    assert "xx.yaml:3" in line
    assert "colour" in line
    assert "docs/packs.md" in line
    assert "\n" not in line
