"""What a person sees after ``communique demo``: rounds of a series, a day on which two pages differ, what was found."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = [sys.executable, "-c", "from communique.cli import main; main()"]
HOSTS = "MY SG TH VN ID KH BN MM MY LA PH SG TH VN BN KH".split()


def _run(*words: str) -> str:
    done = subprocess.run([*PROGRAM, *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "demo.db"


@pytest.fixture(scope="module")
def printed(record: Path) -> str:
    return _run("demo", "--record", str(record))


def test_the_demo_prints_every_table(printed: str) -> None:
    for title in ("Units", "Engagements", "People", "Mechanisms", "Commitments"):
        assert re.search(rf"^{title}: [1-9]", printed, re.MULTILINE), title
    assert re.search(r"sources read +16$", printed, re.MULTILINE)
    assert re.search(r"sources failed +0$", printed, re.MULTILINE)
    assert "communique serve" in printed


def test_the_demo_tells_one_series_as_a_timeline(printed: str) -> None:
    lines = printed.partition(": its rounds\n")[2].partition("\n\n")[0].splitlines()
    rows = [line.split() for line in lines if re.match(r"\d{4}", line)]
    assert [int(r[2]) for r in rows] == list(range(1, 17))
    assert [r[3] for r in rows] == HOSTS
    assert [r[0][:4] for r in rows] == [
        "2006", "2007", "2009", "2010", "2011", "2012", "2013", "2014",
        "2015", "2016", "2017", "2018", "2019", "2020", "2021", "2022",
    ]  # fmt: skip


def test_two_pages_that_differ_on_a_day_are_both_kept(printed: str, record: Path) -> None:
    assert printed
    shown = _run("show", "ADMM", "--record", str(record))
    twelfth = next(line for line in shown.splitlines() if re.match(r"12 ", line))
    assert "dates differ" in twelfth
    found = _run(
        "find", "--mechanism", "ADMM", "--since", "2018-10-01", "--until", "2018-10-31", "--record", str(record)
    )
    assert {"2018-10-18", "2018-10-19"} <= set(re.findall(r"2018-10-\d\d", found))


def test_every_kind_of_event_of_the_pages_is_found(printed: str, record: Path) -> None:
    assert printed
    for kind in ("visit", "talks", "session", "call", "message", "signing", "adoption", "upgrade", "exercise",
                 "deployment", "aid", "appointment"):  # fmt: skip
        assert _run("find", "--kind", "engagement", "--type", kind, "--record", str(record)).count("\n") > 1, kind
    assert "推迟" in _run("find", "--status", "postponed", "--record", str(record))


def test_reading_the_pages_again_changes_nothing(printed: str, record: Path) -> None:
    assert printed
    before = _run("export", "--format", "jsonl", "--record", str(record))
    _run("read", str(ROOT / "cases" / "demo"), "--record", str(record))
    assert _run("export", "--format", "jsonl", "--record", str(record)) == before
