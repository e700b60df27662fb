"""Several processes that serve one record: all answer, each sees what another wrote, and one Ctrl-C ends them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from support import PAGES, record
from webpages import PASSWORD, visitor

import communique
from communique import views
from communique.store import accounts, open_store

ROOT = Path(communique.__file__).parents[1]
TOKEN = re.compile(r'name="token" value="([^"]+)"')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a record with an account."""
    store = record(tmp_path / "r.db", *PAGES)
    accounts.add(store, "Mai", PASSWORD)
    store.close()
    return tmp_path / "r.db"


@contextmanager
def served(path: Path, workers: int) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    # A shell that runs this in the background has its children ignore Ctrl-C.
    heed = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heed}; from communique.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--record", str(path), "--port", str(port)]
    with subprocess.Popen(
        [*command, "--workers", str(workers)], cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        at = f"http://127.0.0.1:{port}"
        try:
            until = time.monotonic() + 90
            while True:
                try:
                    httpx.get(f"{at}/about", trust_env=False, timeout=60)
                    break
                except httpx.TransportError:
                    assert child.poll() is None, child.stderr and child.stderr.read()
                    assert time.monotonic() < until
                    time.sleep(0.1)
            yield at, child
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)


def below(process: int) -> set[int]:
    """The processes that a process started."""
    told = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return {int(x) for x in told}


def test_what_one_process_wrote_every_process_shows_at_once(path: Path) -> None:
    store = open_store(path)
    item = views.find(store, views.Filter(source="talks.txt", kind="engagement")).items[0]
    store.close()
    with served(path, 3) as (at, _), visitor(at) as mai:

        def post(page: str, to: str = "", **fields: str) -> None:
            word = TOKEN.findall(mai.get(page).text)[-1]
            got = mai.post(page + to, data={"token": word, **fields})
            assert got.status_code == 200, got.text

        post("/review/sign-in", name="Mai", password=PASSWORD)
        for day in ("2021-07-07", "2021-07-08", "2021-07-09"):
            post(f"/review/item/{item.id}", "/correct", **{"field:date": day})
            # Every question by a connection of its own, so that each process is asked.
            for _ in range(12):
                told = httpx.get(f"{at}/api/find?source=talks.txt&kind=engagement", trust_env=False, timeout=60).json()
                assert [i["values"]["date"] for i in told["items"]] == [day]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_they_end_together(path: Path, how: signal.Signals) -> None:
    with served(path, 2) as (_, child):
        mine = below(child.pid)
        assert len(mine) >= 2
        os.killpg(child.pid, how) if how == signal.SIGINT else child.send_signal(how)
        assert child.wait(30) in (0, 130, -how)
        until = time.monotonic() + 10
        while any(Path(f"/proc/{p}").exists() for p in mine):
            assert time.monotonic() < until
            time.sleep(0.1)
        assert child.stderr is not None
        said = child.stderr.read()
        assert "Traceback" not in said, said


def test_one_that_dies_is_replaced(path: Path) -> None:
    with served(path, 2) as (at, child):
        gone = max(below(child.pid))
        os.kill(gone, signal.SIGKILL)
        until = time.monotonic() + 60
        while len(below(child.pid)) < 2 or gone in below(child.pid):
            assert time.monotonic() < until
            time.sleep(0.1)
        assert all(httpx.get(f"{at}/", trust_env=False, timeout=60).status_code == 200 for _ in range(4))


def test_a_taken_port_says_so(path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(
            [sys.executable, "-c", "from communique.cli import main; main()", "serve", "--record", str(path),
             "--port", str(taken.getsockname()[1]), "--workers", "2"],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode != 0
    assert "give another --port" in done.stderr
    assert "Traceback" not in done.stderr
