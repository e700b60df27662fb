"""What tests share: a browser where there is one, and a plain word where there is none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _missing(what: str, how: str) -> None:
    """Skip for want of ``what``; fail where the run says that it must be there."""
    if what in os.environ.get("COMMUNIQUE_REQUIRE", "").split():
        pytest.fail(f"{what} is required here (COMMUNIQUE_REQUIRE) and was not found: {how}")
    pytest.skip(f"no {what}: {how}")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def demo_pages() -> Path:
    """The folder of the demo pages."""
    return ROOT / "cases" / "demo"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium to drive headless (``COMMUNIQUE_CHROMIUM`` names another)."""
    names = (os.environ.get("COMMUNIQUE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    for name in names:
        if name and (path := shutil.which(name)):
            return path
    _missing("chromium", "install Debian's package chromium, or name one in COMMUNIQUE_CHROMIUM")
    raise AssertionError
