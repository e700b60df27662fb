"""Word of new hits: taken by a real mail server and a real webhook, once, and again where it was not taken."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import threading
import warnings
from collections.abc import Iterator
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from hostile import HOSTILE
from support import PAGES, record
from typer.testing import CliRunner

from communique.cli import app
from communique.errors import PackError
from communique.feeds.alertfile import alerts_file
from communique.store import Store

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from aiosmtpd.controller import Controller


class Letters:
    """Keeps what a mail server was given; refuses while ``closed``."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.closed = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        if self.closed:
            return "451 come back later"
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def post() -> Iterator[tuple[Letters, int]]:
    """A mail server and its port."""
    letters = Letters()
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    server = Controller(letters, hostname="127.0.0.1", port=port)
    server.start()
    yield letters, port
    server.stop()


@pytest.fixture
def hook() -> Iterator[tuple[list[tuple[dict[str, str], bytes]], str]]:
    """What a webhook was sent, and its address."""
    taken: list[tuple[dict[str, str], bytes]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["content-length"]))
            if self.path == "/away":
                self.send_response(302)
                self.send_header("location", "/hook")
            else:
                taken.append(({k.lower(): v for k, v in self.headers.items()}, data))
                self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield taken, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def asked(folder: Path, alerts: str, port: int = 25) -> Path:
    path = folder / "alerts.yaml"
    smtp = f"smtp: {{host: 127.0.0.1, port: {port}, sender: desk@example.org, security: none}}\n"
    path.write_text(f"desk: https://desk.example\n{smtp}alerts:\n{alerts}", encoding="utf-8")
    return path


def run(path: Path, store: Store, *more: str) -> Any:
    return CliRunner().invoke(app, ["alert", str(path), "--record", store.where, *more])


def test_a_mail_tells_what_is_new_and_tells_it_once(tmp_path: Path, post: tuple[Letters, int]) -> None:
    letters, port = post
    store = record(tmp_path / "r.db", PAGES[0])
    file = asked(tmp_path, "- {name: Gespräche, search: {state: RU}, mail: [a@example.org, b@example.org]}\n", port)
    assert run(file, store).exit_code == 0
    assert not letters.taken, "the first check takes stock"
    store.add(PAGES[1])
    done = run(file, store)
    assert done.exit_code == 0, done.output
    (letter,) = letters.taken
    assert letter["to"] == "a@example.org, b@example.org"
    assert letter["subject"].startswith("Gespräche: ")
    text = letter.get_content()
    assert "越南国防部部长丁海山在河内会见俄罗斯国防部副部长伊万·彼得罗夫" in text
    assert "https://desk.example/item/" in text
    assert "https://desk.example/find?state=RU" in text
    store.add(PAGES[2])  # tells the same talks again
    run(file, store)
    later = "".join(m.get_content() for m in letters.taken[1:])
    assert "同伊万·彼得罗夫举行会谈" not in later


def test_what_was_not_taken_is_told_again(tmp_path: Path, post: tuple[Letters, int]) -> None:
    letters, port = post
    store = record(tmp_path / "r.db", PAGES[0])
    file = asked(tmp_path, "- {name: all, search: {}, mail: [a@example.org]}\n", port)
    run(file, store)
    store.add(PAGES[1])
    letters.closed = True
    done = run(file, store)
    assert done.exit_code == 3
    assert "come back later" in done.output
    letters.closed = False
    assert run(file, store).exit_code == 0
    assert len(letters.taken) == 1
    run(file, store)
    assert len(letters.taken) == 1


def test_a_webhook_is_signed_json(tmp_path: Path, hook: tuple[list[Any], str]) -> None:
    taken, address = hook
    (tmp_path / "secret").write_text("s3cret\n")
    store = record(tmp_path / "r.db", PAGES[0])
    file = asked(
        tmp_path,
        f"- {{name: all, search: {{kind: engagement}}, webhook: '{address}/hook', secret_file: '{tmp_path}/secret'}}\n",
    )
    run(file, store)
    store.add(HOSTILE)
    assert run(file, store).exit_code == 0
    ((headers, data),) = taken
    assert headers["x-communique-signature"] == f"sha256={hmac.new(b's3cret', data, hashlib.sha256).hexdigest()}"
    said = json.loads(data)
    assert (said["alert"], said["total"]) == ("all", 1)
    (hit,) = said["hits"]
    assert hit["quote"] == next(c for c in HOSTILE.claims if c.kind == "engagement").evidence[0].quote
    assert "\u202e" not in hit["headline"]


def test_nobody_is_sent_elsewhere(tmp_path: Path, hook: tuple[list[Any], str]) -> None:
    taken, address = hook
    store = record(tmp_path / "r.db", PAGES[0])
    file = asked(tmp_path, f"- {{name: all, search: {{}}, webhook: '{address}/away'}}\n")
    run(file, store)
    store.add(PAGES[1])
    done = run(file, store)
    assert done.exit_code == 3
    assert not taken


def test_a_dry_run_sends_and_notes_nothing(tmp_path: Path, post: tuple[Letters, int]) -> None:
    letters, port = post
    store = record(tmp_path / "r.db", PAGES[0])
    file = asked(tmp_path, "- {name: all, search: {}, mail: [a@example.org]}\n", port)
    run(file, store)
    store.add(PAGES[1])
    before = (tmp_path / "alerts.yaml.state.json").read_bytes()
    assert "丁海山" in run(file, store, "--dry-run").output
    assert (tmp_path / "alerts.yaml.state.json").read_bytes() == before
    assert not letters.taken


def test_a_search_that_was_changed_takes_stock_again(tmp_path: Path, post: tuple[Letters, int]) -> None:
    letters, port = post
    store = record(tmp_path / "r.db", *PAGES)
    run(asked(tmp_path, "- {name: x, search: {state: SG}, mail: [a@example.org]}\n", port), store)
    done = run(asked(tmp_path, "- {name: x, search: {state: VN}, mail: [a@example.org]}\n", port), store)
    assert "from now on" in done.output
    assert not letters.taken


@pytest.mark.parametrize(
    "line",
    [
        "- {name: x, search: {}, mail: [nobody]}\n",
        "- {name: x, search: {}, webhook: 'file:///etc/passwd'}\n",
        "- {name: x, search: {colour: red}}\n",
        "[]\n",
    ],
)
def test_a_file_that_does_not_hold_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(PackError, match=r"alerts\.yaml:\d"):
        alerts_file(asked(tmp_path, line))
