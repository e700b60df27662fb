"""What is installed: the wheel holds the packs, the demo pages, templates and migrations, and runs from anywhere."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder), "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_all_that_is_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    packs = {f"communique/packs/{p.relative_to(ROOT / 'packs').as_posix()}" for p in (ROOT / "packs").rglob("*.yaml")}
    pages = {f"communique/demo/{p.name}" for p in (ROOT / "cases" / "demo").glob("*.txt")}
    web = {p.relative_to(ROOT).as_posix() for p in (ROOT / "communique" / "web").rglob("*.html")}
    assert packs | pages | web <= names
    assert "communique/py.typed" in names


def test_the_installed_wheel_reads_its_demo_pages(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    site = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    ours = [p for p in sys.path if p.endswith("site-packages")]
    code = (
        f"import sys; sys.path += {ours!r}; from communique.cli import main; sys.argv = ['communique', 'demo']; main()"
    )
    done = subprocess.run(
        [python, "-I", "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "ADMM" in done.stdout
    assert not list(tmp_path.glob("*.db")), "the demo leaves nothing in the working folder"


def test_locks_hold_names_versions_and_hashes_only() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / name).read_text("utf-8").splitlines()
        for line in lines:
            plain = line.rstrip(" \\")
            assert not plain or plain.startswith(("#", "    --hash=sha256:")) or "==" in plain, line
            assert "://" not in line


def test_locks_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text("utf-8").lower()
    dev = (ROOT / "requirements-dev.lock").read_text("utf-8").lower()
    for wanted, held in ((project["dependencies"], lock), (project["optional-dependencies"]["dev"], dev)):
        for requirement in wanted:
            name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower()
            assert f"\n{name}==" in held, f"{name} is not locked; run: make lock"
