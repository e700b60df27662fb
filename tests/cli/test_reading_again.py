"""Reading again and a shared record, as a person meets them on the command line."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from support import place

from communique import cli


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Run the command line in a folder of its own; return exit code, output and messages."""
    monkeypatch.chdir(tmp_path)

    def _run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["communique", *words])
        capsys.readouterr()
        code = 0
        try:
            cli.main()
        except SystemExit as e:
            code = int(e.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return _run


@pytest.fixture
def pages(demo_pages: Path, tmp_path: Path) -> Path:
    """Two demo pages in a folder."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for page in sorted(demo_pages.glob("*.txt"))[3:5]:
        shutil.copy(page, folder)
    return folder


def test_an_article_that_changed_is_shown_line_by_line(run, pages: Path) -> None:
    assert run("read", "pages")[0] == 0
    assert "nothing was read again" in run("diff")[2]
    page = min(pages.glob("*.txt"))
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole.rstrip() + "\n更正：会谈于2013年在河内举行。\n", encoding="utf-8")
    code, out, _ = run("read", "pages")
    assert (code, "in place of an earlier version" in out) == (0, True)
    code, out, err = run("diff")
    assert code == 0
    (line,) = [x for x in out.splitlines() if "更正" in x]
    assert line.split()[:2] == [page.name, "text"]
    assert "1 sources read again, 1 of them changed" in err
    assert page.name in run("sources", "--state", "superseded")[1]
    assert "nothing was read again of 'other.txt'" in run("diff", "other.txt")[2]


def test_a_newer_version_says_what_it_reads_otherwise(run, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("read", "pages")[0] == 0
    before = run("export")[1]
    monkeypatch.setattr("communique.cli.reading.coder", lambda: "communique 9")
    code, out, _ = run("read", "pages", "--verbose")
    assert (code, "read again, with other packs or a newer version" in out) == (0, True)
    assert run("diff")[2].strip() == "2 sources read again, 0 of them changed; items: 0 came, 0 went, 0 changed"
    assert run("export")[1] == before


def test_each_source_is_named_once_it_is_kept(run, pages: Path) -> None:
    _, _, err = run("read", "pages", "--verbose")
    assert [x for x in err.splitlines() if x.startswith("added: ")] == [
        f"added: pages/{p.name}" for p in sorted(pages.iterdir())
    ]
    assert "added" not in run("read", "pages", "--verbose")[2]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_shared_record_answers_as_a_file_does(run, pages: Path, tmp_path: Path, database: str) -> None:
    assert database == "postgresql"
    shared = place(tmp_path / "shared.db")
    for record in (shared, "file.db"):
        assert run("read", "pages", "--record", record)[0] == 0
    for words in (("export",), ("show", "VN-RU"), ("find", "国防"), ("find", "--kind", "person", "--state", "VN")):
        there, here = (run(*words, "--record", record) for record in (shared, "file.db"))
        assert there == here
        assert len(here[1].splitlines()) > 1
    assert run("forget", min(pages.iterdir()).name, "--record", shared)[0] == 0
    code, _, err = run("show", "nobody", "--record", shared)
    assert code == 1
    assert "postgresql" in err
    assert "communique:***@" in err
