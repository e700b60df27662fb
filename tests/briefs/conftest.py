"""A record of which a part was accepted, and a program that opens Word documents."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hostile import HOSTILE
from support import PAGES, record

from communique.store import Store

HELD_IN = "第二届海港论坛于2017年3月在越南举办"


@pytest.fixture(scope="package")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Five documents; a round, the talks and who took part were accepted, one round corrected."""
    made = record(tmp_path_factory.mktemp("briefs") / "r.db", *PAGES, HOSTILE)
    for page in PAGES[:2]:
        for claim in page.claims:
            if claim.evidence[0].quote == HELD_IN or page is PAGES[1]:
                made.decide(claim.id, "accept", "reader", "")
    fifth = next(c for c in PAGES[0].claims if c.values.get("ordinal") == 5)
    made.decide(fifth.id, "correct", "reader", "", {"date": "2021-09"})
    yield made
    made.close()


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """Open a document in LibreOffice and save it in another format."""
    office = shutil.which("soffice")
    if office is None:
        if "libreoffice" in os.environ.get("COMMUNIQUE_REQUIRE", "").split():
            pytest.fail("libreoffice is required here and was not found: apt-get install libreoffice-writer-nogui")
        pytest.skip("no LibreOffice: install Debian's package libreoffice-writer-nogui")
    home = tmp_path_factory.mktemp("office")

    def saved(path: Path, form: str) -> Path:
        command = [office, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", form, "--outdir",
                   str(home), str(path)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return home / path.with_suffix(f".{form}").name

    return saved
