"""The speed script: the text that it makes, what it computes from laps, and one small real run."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest

from bench import speed
from bench.speed import Lap, Result


def test_text_is_made_of_the_sentences_at_hand_and_is_the_same_for_a_seed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("题目\n\n第一句。第二句!\n第一句。", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": "第三句。\n尾"}) + "\n", encoding="utf-8")
    pool = speed.sentences([tmp_path, tmp_path / "b.jsonl", tmp_path / "missing"])
    assert pool == ["题目", "第一句。", "第二句!", "第三句。", "尾"]
    first, again = (list(islice(speed.articles(pool, 3), 4)) for _ in range(2))
    assert first == again
    assert first != list(islice(speed.articles(pool, 4), 4))
    assert all(speed.PAGE <= len(text) < 2 * speed.PAGE for text in first)
    assert set("".join(first)) <= set("".join(pool)) | {"\n"}


def result(once: float, tenfold: float, lac: float, peaks: tuple[float, float] = (300.0, 310.0)) -> Result:
    laps = {"once": once, "tenfold": tenfold, "lac": lac}
    made = {name: [Lap(1000, 1000 / s, 1.0) for s in (s / 2, s, s * 2)] for name, s in laps.items()}
    return Result(1000, made, {"once": peaks[0], "tenfold": peaks[1], "lac": 100.0})


def test_figures_are_medians_and_promises_are_checked() -> None:
    good = result(30_000, 29_000, 18_000)
    assert good.speed("once") == pytest.approx(30_000)
    assert good.growth() == pytest.approx(30 / 29 - 1)
    assert good.memory_growth() == pytest.approx(1 / 30)
    assert all(good.kept().values())
    assert list(result(20_000, 20_000, 18_000).kept().values()) == [False, True, True]
    assert list(result(30_000, 26_000, 18_000).kept().values()) == [True, False, True]
    assert list(result(30_000, 30_000, 18_000, (300, 340)).kept().values()) == [True, True, False]


def test_a_small_run_measures_everything_in_turn(capsys: pytest.CaptureFixture[str]) -> None:
    assert speed.main(["--mb", "0.003", "--rounds", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"once", "tenfold", "lac", "lac1"} <= set(told["speed"])
    assert all(s > 0 for s in told["speed"].values())
    assert all(peak > 50 for peak in told["peak_mb"].values())
    assert "jieba" in told["speed"] or "pip install jieba" in told["missing"][0]
