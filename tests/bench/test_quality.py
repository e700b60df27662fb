"""The quality gate: our gold is not read worse than before, the floor only rises, held-out texts stay unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import quality

PAGE = "海港论坛\n\n2021年5月3日,越南国防部长丁海山会见了俄罗斯国防部长谢尔盖·彼得罗夫。\n"
PAGE_VI = "Ngày 3/5/2021, Bộ trưởng Đinh Hải Sơn hội đàm với Bộ trưởng Sergei Petrov."
SECRET = "丁海山"


def test_no_figure_lies_below_its_floor(capsys: pytest.CaptureFixture[str]) -> None:
    if not quality.FLOOR.is_file():
        pytest.skip("no floor yet: python bench/quality.py --raise writes it")
    code = quality.main(["--check"])
    assert code == 0, capsys.readouterr().err


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Gold of one page in each half, which codes one talk that is there and one that is not."""
    monkeypatch.setattr(quality, "GOLD", tmp_path)
    unit = {"kind": "unit", "id": "01.article", "role": "article", "title": "海港论坛", "lang": "zh-Hans"}
    people = [{"name": "丁海山", "country": "VN", "role": "host"}]
    talks = {
        "kind": "engagement", "unit": "01.article", "type": "talks", "status": "held", "date": "2021-05-03",
        "participants": people, "quote": "丁海山会见了俄罗斯国防部长谢尔盖·彼得罗夫",
    }  # fmt: skip
    absent = {**talks, "type": "signing", "quote": "海港论坛"}
    for name in quality.HALVES:
        folder = tmp_path / name
        (folder / "second").mkdir(parents=True)
        (folder / "01.txt").write_text(PAGE, encoding="utf-8")
        for file, coding in (("01.jsonl", [unit, talks, absent]), ("second/01.jsonl", [unit, talks])):
            text = "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in coding)
            (folder / file).write_text(text, encoding="utf-8")
    return tmp_path


def test_misses_of_the_held_out_half_are_never_printed(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert quality.main(["--half", "dev", "--misses", "9", "--types"]) == 0
    told = capsys.readouterr().out
    assert "missed  engagement  01.article    signing" in told
    assert quality.main(["--half", "heldout", "--misses", "9", "--types", "--agreement"]) == 0
    told = capsys.readouterr()
    assert "engagement" in told.out
    assert "missed" not in told.out
    assert SECRET not in told.out + told.err


def test_languages_stand_apart_and_start_their_floor_late(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floor = ["--floor", str(gold / "floor.yaml")]
    assert quality.main(["--raise", *floor]) == 0
    folder = gold / "vi-heldout"
    folder.mkdir(parents=True)
    (folder / "01.txt").write_text(f"Cảng biển\n\n{PAGE_VI}\n", encoding="utf-8")
    unit = {"kind": "unit", "id": "01.article", "role": "article", "title": "Cảng biển", "lang": "vi"}
    talks = {"kind": "engagement", "unit": "01.article", "type": "talks", "status": "held", "quote": PAGE_VI[:-1]}
    text = "".join(json.dumps(x, ensure_ascii=False) + "\n" for x in (unit, talks))
    (folder / "01.jsonl").write_text(text, encoding="utf-8")
    assert quality.halves() == ["dev", "heldout", "opened", "vi-heldout"]
    assert quality.main(["--check", *floor]) == 0, "what has no floor yet holds nothing up"
    capsys.readouterr()
    assert quality.main(["--lang", "vi", "--misses", "9", "--types"]) == 0
    told = capsys.readouterr().out
    assert "vi-heldout" in told
    assert "dev" not in told
    assert "hội đàm" not in told
    assert quality.main(["--gold", str(folder), "--misses", "9"]) == 0
    assert "hội đàm" not in capsys.readouterr().out
    assert quality.main(["--lang", "vi", "--raise", *floor]) == 0
    assert list(quality.load_floor(gold / "floor.yaml")) == ["dev", "heldout", "opened", "vi-heldout"]
    (folder / "01.txt").write_text("Cảng biển\n", encoding="utf-8")
    assert quality.main(["--check", *floor]) == 1
    assert "vi-heldout: the gold changed" in capsys.readouterr().err


def test_two_coders_are_scored_against_each_other(gold: Path) -> None:
    found = quality.half(gold / "dev")
    assert found is not None
    sheet = quality.agreement(found)
    assert sheet is not None
    assert sheet.figures()["engagement"] == {"p": 1.0, "r": 0.5, "f1": 0.667, "gold": 2, "system": 1}


def test_the_floor_is_written_checked_and_only_rises(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    floor = gold / "floor.yaml"
    assert quality.main(["--check", "--floor", str(floor)]) == 1
    assert "no floor yet" in capsys.readouterr().err
    assert quality.main(["--raise", "--floor", str(floor)]) == 0
    assert quality.main(["--check", "--floor", str(floor)]) == 0
    (gold / "dev" / "01.txt").write_text(PAGE + "\n另一行。\n", encoding="utf-8")
    assert quality.main(["--check", "--floor", str(floor)]) == 1
    assert "the gold changed" in capsys.readouterr().err


def test_what_a_floor_lets_through() -> None:
    floor = {"gold": "d", "figures": {"engagement": 0.8, "person": 0.9}}
    assert quality.below("dev", "d", {"engagement": 0.799, "person": 1.0}, floor) == []
    assert quality.below("dev", "d", {"engagement": 0.79}, floor) == [
        "dev: engagement is 0.790, its floor 0.800",
        "dev: person is 0.000, its floor 0.900",
    ]
    assert quality.raised("dev", "d", {"engagement": 0.7, "person": 0.95}, floor) == {
        "gold": "d", "figures": {"engagement": 0.8, "person": 0.95},
    }  # fmt: skip
    with pytest.raises(SystemExit, match=r"engagement 0\.800 -> 0\.700"):
        quality.raised("dev", "other gold", {"engagement": 0.7, "person": 0.95}, floor)
    lowered = quality.raised("dev", "other gold", {"engagement": 0.7}, floor, lower=True)
    assert lowered == {"gold": "other gold", "figures": {"engagement": 0.7}}


def test_no_gold_says_so(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no gold coding"):
        quality.main(["--gold", str(tmp_path)])
