"""The command line as a person meets it: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support import KNOWN, record, session, told

import communique
import communique.errors
from communique import cli
from communique.cli.table import table
from communique.store import open_store

KINDS = [f"{kind}s" for kind in ("person", "engagement", "mechanism", "instrument", "tie", "commitment", "position")]


class Ran:
    """What a command did."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Run the command line in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def _run(*words: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["communique", *words])
        code = 0
        capsys.readouterr()
        try:
            cli.main()
        except SystemExit as e:
            code = int(e.code or 0)
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Ran(code, told.out, told.err)

    return _run


@pytest.fixture
def held(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The hand-made record as the default record of the folder, with what is known of its made-up forum."""
    monkeypatch.setattr("communique.store.store.known_from", lambda _: KNOWN)
    record(tmp_path / "communique.db").close()
    return run


@pytest.fixture
def pages(demo_pages: Path, tmp_path: Path) -> Path:
    """Three demo pages in a folder."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for page in sorted(demo_pages.glob("*.txt"))[:3]:
        shutil.copy(page, folder)
    return folder


def rows(out: str) -> list[list[str]]:
    return [[c.strip() for c in line.split("  ") if c.strip()] for line in out.splitlines()]


def test_version_and_help_with_examples_for_every_command(run) -> None:
    assert run("--version").out == f"communique {communique.__version__}\n"
    names = {c.name or c.callback.__name__ for c in cli.app.registered_commands if c.callback}
    assert names >= {"read", "show", "find", "export", "forget", "serve", "demo", "packs"}
    for name in names:
        told = run(name, "--help")
        assert told.code == 0
        assert "Examples:" in told.out
        assert f"communique {name}" in told.out


def test_show_prints_rounds_and_the_rest_with_sentences(held) -> None:
    told = held("show", "海港论坛")
    assert told.code == 0
    assert "第二届海港论坛于2017年3月在越南举办" in told.out
    assert "missing: rounds 3 to 4" in told.out
    assert told.err == ""


@pytest.mark.parametrize("name", ["VN", "越南", "VN-RU", "丁海山", "talks.txt"])
def test_show_prints_every_item_with_quote_rule_review_and_source(held, name: str) -> None:
    told = held("show", name)
    assert told.code == 0
    line = next(x for x in told.out.splitlines() if "会见俄罗斯国防部副部长" in x and "engagement" in x)
    for word in ("2021-07-06", "talks held", "hand/rule", "machine", "talks.txt"):
        assert word in line


def test_rows_are_single_lines_never_cut(held) -> None:
    told = held("find", "--kind", "engagement")
    assert len(told.out.splitlines()) == 1 + 6
    assert "…" not in told.out
    assert "\x1b" not in told.out


def test_show_of_what_is_not_there_says_what_was_looked_through(held) -> None:
    told = held("show", "Atlantis")
    assert told.code == 1
    assert told.out == ""
    assert "nothing named 'Atlantis' in 4 units of 4 sources" in told.err
    assert len(told.err.splitlines()) == 1


def test_find_by_filters_and_by_words(held) -> None:
    assert len(held("find", "--state", "VN", "--with", "俄罗斯", "--type", "talks").out.splitlines()) == 3
    assert "搜救" in held("find", "搜救").out
    in_text = held("find", "河内")
    assert "河内" in in_text.out
    nothing = held("find", "无此词")
    assert nothing.out == ""
    assert "nothing found in 4 units" in nothing.err
    assert held("find", "--since", "someday").code == 1
    assert "--start 2" in held("find", "--limit", "2").err


def test_export_to_a_file_and_to_standard_output(held, tmp_path: Path) -> None:
    assert held("export", "-o", "out.jsonl").code == 0
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    assert {json.loads(line)["kind"] for line in lines} == {"unit", "person", "engagement", "commitment"}
    assert held("export").out.splitlines() == lines
    assert held("export", "--format", "docx", "-o", "x").code == 1
    assert "--format csv" in held("export", "csv").err  # a word without its option is told where it belongs
    assert "-o FILE" in held("export", "out.jsonl").err


def test_forget(held) -> None:
    told = held("forget", "talks.txt", "--reason", "wrong page")
    assert "1 units, 3 items withdrawn" in told.out
    assert held("forget", "talks.txt").code == 1
    assert held("show", "Ivan Petrov").code == 1
    assert "forgotten" in held("sources").out


def test_sources_are_listed(held) -> None:
    assert [r[0] for r in rows(held("sources").out)][1:] == ["again.txt", "forum.txt", "talks.txt", "viet.txt"]


def test_packs_and_rules_with_their_places(run) -> None:
    assert "mechanism" in run("packs").out
    told = run("packs", "--rules").out.splitlines()
    assert len(told) > 10
    assert all(".yaml:" in line for line in told[1:])


def test_rules_with_the_units_in_which_they_fire(run, pages: Path) -> None:
    told = run("packs", "--fires", "pages")
    head, *lines = [line.split("  ") for line in re.sub(r" {2,}", "  ", told.out).splitlines()]
    assert head == ["rule", "makes", "units", "items", "cases", "place"]
    units = [int(line[2]) for line in lines]
    assert units == sorted(units)
    assert units[0] == 0, "a rule that never fires is listed"
    assert units[-1] > 1
    assert all(int(n) > 0 for _, _, n, items, *_ in lines if int(items)), "what says most of an item fires"
    assert {line[0] for line in lines} >= {"zh/person", "zh/talks.receive"}
    read = dict(row for row in rows(run("read", "pages").out) if len(row) == 2)
    assert sum(int(line[3]) for line in lines) == sum(int(n) for kind, n in read.items() if kind in KINDS)


def test_fires_wants_sources_and_sources_want_fires(run, pages: Path) -> None:
    for words in (("packs", "--fires"), ("packs", "pages")):
        told = run(*words)
        assert told.code == 1
        assert "communique packs --fires SOURCE..." in told.err
    assert run("packs", "--fires", "nowhere").code == 1


def test_no_record_yet(run) -> None:
    told = run("show", "VN")
    assert told.code == 1
    assert "no such record" in told.err


def test_a_record_that_is_none(run, tmp_path: Path, pages: Path) -> None:
    (tmp_path / "communique.db").write_text("a shopping list")
    for words in (("show", "VN"), ("read", str(pages)), ("find", "x"), ("export",), ("forget", "x")):
        told = run(*words)
        assert told.code == 1
        assert "not a database" in told.err
        assert len(told.err.splitlines()) == 1
    assert (tmp_path / "communique.db").read_text() == "a shopping list"


def test_read_twice_and_with_two_processes_gives_the_same_bytes(run, pages: Path, tmp_path: Path) -> None:
    first = run("read", str(pages))
    assert first.code == 0
    assert ["sources read", "3"] in rows(first.out)
    assert "sources unchanged" in run("read", str(pages)).out
    files = [str(p) for p in sorted(pages.iterdir(), reverse=True)]
    assert run("read", *files, "--record", "two.db", "--jobs", "2").code == 0
    run("export", "-o", "one.jsonl")
    run("export", "--record", "two.db", "-o", "two.jsonl")
    one = (tmp_path / "one.jsonl").read_bytes()
    assert one == (tmp_path / "two.jsonl").read_bytes()
    assert one


def test_one_bad_source_costs_no_other(run, pages: Path) -> None:
    (pages / "zero.txt").touch()
    (pages / "noise.txt").write_bytes(bytes(range(256)) * 40)
    told = run("read", str(pages))
    assert told.code == 3
    failed = [line for line in told.err.splitlines() if line.startswith("failed: ")]
    assert any("zero.txt" in line for line in failed)
    assert any("noise.txt" in line for line in failed)
    assert "DONE" not in told.out
    assert run("sources").out.count("live") == 3


def test_of_a_file_that_holds_no_articles_the_first_lines_are_told_and_the_rest_counted(run, pages: Path) -> None:
    (pages / "numbers.jsonl").write_text("".join(f'{{"n": {n}}}\n' for n in range(300)), encoding="utf-8")
    (pages / "words.jsonl").write_text('{"id": "a"}\nno JSON\n', encoding="utf-8")
    told = run("read", str(pages), "--account", "account.jsonl")
    failed = [line for line in told.err.splitlines() if line.startswith(("failed: ", "not read: "))]
    assert sum("numbers.jsonl:" in line for line in failed) == 3 + 1 + 3
    assert sum("words.jsonl:" in line for line in failed) == 2 * 2, "each fault of a file is told"
    assert ["sources failed", "302"] in rows(told.out)
    assert "not read: 297 others; --account FILE lists them all" in failed
    assert sum('"failed"' in line for line in Path("account.jsonl").read_text(encoding="utf-8").splitlines()) == 302


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("noise.txt", bytes(range(256)) * 40),
        ("half.html", b"<html><head><title>x</title></head><body></body></html>"),
        ("list.jsonl", b"[1, 2]\n"),
        ("lacks.jsonl", b'{"id": "a", "title": "b"}\n'),
    ],
)
def test_nothing_but_a_bad_source_is_one_clear_line_and_exit_1(run, tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    told = run("read", name)
    assert told.code == 1
    assert told.err.splitlines()[0].startswith("failed: ")
    assert name in told.err


def test_a_source_that_is_not_there(run) -> None:
    told = run("read", "nowhere.txt")
    assert told.code == 1
    assert "nowhere.txt" in told.err


def test_explain_gives_rules_their_places_and_lists_misses(run, pages: Path) -> None:
    told = run("read", str(pages), "--explain")
    assert ".yaml:" in told.out
    assert "passages that may tell more" in told.out
    again = run("read", str(pages), "--explain")
    assert ".yaml:" in again.out, "what was read before is explained too"


def test_ctrl_c_keeps_what_is_finished_and_says_so(tmp_path: Path, demo_pages: Path, root: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for n in range(40):
        for page in sorted(demo_pages.glob("*.txt")):
            (many / f"{n:02}-{page.name}").write_bytes(page.read_bytes() + f"\n第{n}次。".encode())
    # A shell that runs this in the background has its children ignore Ctrl-C.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heed}; from communique.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "read", str(many), "--record", str(tmp_path / "r.db")],
        stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"},
    ) as child:  # fmt: skip
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not _count(tmp_path / "r.db"):
            time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert "sources are in the record" in err
    assert "Traceback" not in err
    assert _count(tmp_path / "r.db") > 0


def _count(path: Path) -> int:
    from communique import views
    from communique.store import open_store

    if not path.exists() or not path.stat().st_size:
        return 0
    try:
        store = open_store(path, create=False)
        return views.counts(store).sources
    except communique.errors.CommuniqueError:
        return 0


def test_demo_prints_every_table_and_how_to_go_on(run) -> None:
    told = run("demo", "--record", "demo.db")
    assert told.code == 0
    for word in ("Units:", "Engagements:", "People:", "Mechanisms:", "Commitments:", "its rounds", "its sentence"):
        assert word in told.out
    assert "communique serve --record demo.db" in told.out


def test_python_opens_the_same_record(held, tmp_path: Path) -> None:
    with communique.open(tmp_path / "communique.db") as opened:
        assert opened.counts().sources == 4
        assert opened.find(kind="commitment").total == 1
        assert opened.show("VN-RU").what == "pair"
        assert len(opened.rounds("海港论坛").rounds) == 3
        assert opened.export(tmp_path / "a.jsonl") > 0


def test_wide_letters_stand_in_line(capsys: pytest.CaptureFixture[str]) -> None:
    table(("a", "b"), [("越南", "x\ny"), ("VN", "z")])
    assert capsys.readouterr().out == "a     b\n越南  x y\nVN    z\n"


def test_conflicts_and_due_say_what_was_looked_through_where_there_is_nothing(held) -> None:
    assert "no conflict in 4 units of 4 sources" in held("conflicts", "--what", "spelling").err
    assert "no commitment with such a date in 4 units" in held("due").err
    told = held("due", "--all", "--as-of", "2022-01-01")
    assert "open" in told.out
    assert "no day named" in told.out
    assert held("conflicts", "--what", "nonsense").code == 1


def test_show_says_what_it_rests_on_and_why_tellings_are_one(held) -> None:
    assert "rests on 4 items from 2 reports" in held("show", "HBF").out
    found = held("find", "--kind", "engagement", "--type", "talks").out
    item = held("show", found.splitlines()[1].split()[-1]).out
    thing = re.search(r"entry +(e\w+)", item)
    assert thing is not None
    told = held("show", thing[1])
    assert "2 tellings of 2 reports" in told.out
    assert "same talks of 2021-07-06" in told.out


def test_conflicts_lists_the_values_with_their_reasons(held, tmp_path: Path) -> None:
    again = {"quote": "第二届海港论坛于2017年9月举办", "host": "VN", "date": "2017-09"}
    page = told("late.txt", "海港论坛", again["quote"], [session(again["quote"], 2, again["date"], again["host"])])
    store = open_store(tmp_path / "communique.db", known=KNOWN)
    store.add(page)
    store.close()
    out = held("conflicts", "HBF").out
    assert "2017-09 (stated, 1 report)" in out
    assert "2017-03 (stated, 1 report)" in out


def test_show_tells_from_when_to_when_an_office_is_told(held) -> None:
    said = held("show", "丁海山")
    assert "国防部部长: told 2021-07-06; p" in said.out + said.err


def test_a_rule_stands_where_its_own_language_has_it(run) -> None:
    told = run("packs", "--rules")
    rows = [line.split() for line in told.out.splitlines() if ".yaml:" in line]
    assert rows
    assert all(row[-1].startswith((f"languages/{row[0]}/", f"languages/{row[0]}.yaml")) for row in rows)
