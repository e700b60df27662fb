"""The documentation tells the truth: links lead somewhere, commands exist, generated pages are current."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer.main

from communique.cli import app

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    dead = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        where, _, anchor = target.partition("#")
        other = (page.parent / where).resolve() if where else page
        if not other.exists():
            dead.append(target)
        elif anchor and anchor not in map(_anchor, re.findall(r"^#+ (.+)$", other.read_text("utf-8"), re.M)):
            dead.append(target)
    assert not dead


def test_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "docs/make_reference.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _reference() -> Any:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_and_option_is_told_and_explained() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    root: Any = typer.main.get_command(app)
    missing, silent = [], []
    for path, command in _reference()._commands(root, ("communique",)):
        name = " ".join(path)
        if f"## {name}\n" not in page:
            missing.append(name)
        if not command.help:
            silent.append(name)
        for param in command.params:
            if getattr(param, "hidden", False):
                continue
            missing += [f"{name} {o}" for o in param.opts if o.startswith("--") and f"`{o}`" not in page]
            if not getattr(param, "help", None):
                silent.append(f"{name} {param.opts[0]}")
    assert not missing
    assert not silent, "needs a word of help"


def test_make_targets_in_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.M))
    for page in PAGES:
        used = set(re.findall(r"(?:^|`)make ([a-z][\w-]*)", page.read_text(encoding="utf-8"), re.M))
        assert used <= targets, f"{_name(page)}: {used - targets}"


def test_commands_in_the_pages_exist() -> None:
    root: Any = typer.main.get_command(app)
    known = {path[1] for path, _ in _reference()._commands(root, ("communique",))}
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        used = set(re.findall(r"^(?:\$ )?(?:\.venv/bin/)?communique ([a-z]+)", text, re.M))
        assert used <= known, f"{_name(page)}: {used - known}"


def test_every_page_is_reachable_from_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    told = {p for p in (ROOT / "docs").rglob("*.md") if p.name != "index.md"}
    linked = {(ROOT / "docs" / t).resolve() for t in re.findall(r"\]\(([^)#\s]+)", index)}
    assert not {_name(p) for p in told - linked}
