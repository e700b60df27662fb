"""What a hostile text, a hostile page elsewhere, or a careless start can do: nothing."""

from __future__ import annotations

import dataclasses
import socket
from pathlib import Path

import httpx
import pytest
from lxml import html
from support import record, told
from webpages import asking, pick

from communique.errors import CommuniqueError, RecordError
from communique.store import Store
from communique.web import create_app, serve
from communique.web.security import HEADERS, hosts_for
from communique.web.words import neutral, weblink

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def addresses(client: httpx.Client) -> list[str]:
    items = client.get("/api/find?source=hostile.txt").json()["items"]
    out = ["/", "/find", "/find?text=met", "/list/documents", "/list/person", "/list/engagement", "/state/SG"]
    out += [f"/document/{i['unit']}" for i in items] + [f"/entry/{i['entry']}" for i in items]
    return list(dict.fromkeys(out))


def test_hostile_text_stands_as_text(client: httpx.Client) -> None:
    seen = 0
    for address in addresses(client):
        got = client.get(address)
        assert got.status_code == 200
        page = html.fromstring(got.text)
        assert {s.get("src", "").split("?")[0] for s in pick(page, "script")} <= {
            "/static/search.js",
            "/static/desk.js",
        }
        assert not [s for s in pick(page, "script") if s.text]
        assert not pick(page, "img, iframe, object, embed, base, style, [style]")
        assert not [a for e in page.iter() for a in e.attrib if a.startswith("on")]
        assert not set(TURNING) & set(got.text)
        assert "49" not in [e.text for e in page.iter()]
        seen += "<script>document.title" in page.text_content()
    assert seen >= 5


def test_a_search_for_markup_is_shown_as_text(client: httpx.Client) -> None:
    page = html.fromstring(client.get("/find", params={"text": '"><script>alert(1)</script>'}).text)
    assert all(s.get("src", "").startswith("/static/") and not s.text for s in pick(page, "script"))
    assert "<script>alert(1)</script>" in page.text_content()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org/x", False),
        ("http://[broken", False),
        ("http:///nohost", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(address: str | None, kept: bool) -> None:
    assert (weblink(address) == address and address is not None) is kept


def test_bad_address_of_an_article_is_no_link(tmp_path: Path) -> None:
    page = told("u.txt", "Title", "The forum met.", [{"kind": "instrument", "quote": "The forum met", "name": "x"}])
    unit = dataclasses.replace(page.document.units[0], url="javascript:alert(1)")
    page = dataclasses.replace(page, document=dataclasses.replace(page.document, units=(unit,)))
    store = record(tmp_path / "r.db", page)
    with asking(store) as client:
        assert "javascript:" not in client.get(f"/document/{unit.id}").text
    store.close()


def test_turning_characters_are_shown_as_marks() -> None:
    assert neutral(f"a{TURNING}b\x00c\td\n") == "a" + "\ufffd" * len(TURNING) + "b\ufffdc\td\n"
    assert neutral(5) == 5


def test_a_line_of_a_million_letters(tmp_path: Path) -> None:
    page = told("long.txt", "Long", "The forum met. " + "x" * 1_000_000, [
        {"kind": "instrument", "quote": "The forum met", "name": "x"},
    ])  # fmt: skip
    store = record(tmp_path / "r.db", page)
    with asking(store) as client:
        got = client.get(f"/document/{page.document.units[0].id}")
        assert got.status_code == 200
        assert "more letters are not shown here" in got.text
        assert len(client.get("/find?text=forum").text) < 20_000
    store.close()


@pytest.mark.parametrize(
    "address", ["/", "/nowhere", "/api/find", "/api/nothing", "/static/style.css", "/api/openapi.json"]
)
def test_headers_stand_on_every_answer(client: httpx.Client, address: str) -> None:
    got = client.get(address)
    for name, value in HEADERS.items():
        assert got.headers[name] == value
    assert "set-cookie" not in got.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_written(client: httpx.Client, method: str) -> None:
    for address in ("/", "/find", "/api/find"):
        assert client.request(method, address).status_code == 405


def test_head_answers_without_a_body(client: httpx.Client) -> None:
    got = client.head("/find")
    assert (got.status_code, got.content) == (200, b"")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("LOCALHOST:9000", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("", 421),
    ],
)
def test_only_our_own_names_are_answered(client: httpx.Client, host: str, status: int) -> None:
    assert client.get("/about", headers={"host": host}).status_code == status


def test_names_for_an_address_to_listen_on() -> None:
    assert hosts_for("127.0.0.1") == ("localhost",)
    assert "records.example" in hosts_for("records.example")


def test_serving_elsewhere_warns(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("uvicorn.Server.run", lambda self: None)
    serve(store, "127.0.0.1", 0)
    assert capsys.readouterr().err == ""
    serve(store, "0.0.0.0", 0)
    assert "other machines" in capsys.readouterr().err


def test_a_taken_port_says_so(store: Store) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommuniqueError, match="give another --port"):
            serve(store, "127.0.0.1", taken.getsockname()[1])


def test_no_record_no_pages(tmp_path: Path) -> None:
    with pytest.raises(RecordError):
        create_app(f"{tmp_path}/none.db")


ODD = ("%00", "%ff%ed%a0%80", "'", "%22", "*", "a OR NEAR(", "x" * 1500, "%F0%9F%98%80", "-")


@pytest.mark.parametrize("odd", ODD, ids=lambda o: o[:12])
def test_odd_words_are_answered(client: httpx.Client, odd: str) -> None:
    paths = ["show", "entry", "person", "state", "mechanism", "document", "item", "list", "static"]
    paths += [f"api/{p}" for p in ("item", "entry", "person", "state", "mechanism", "document", "entries")]
    addresses = [f"/{p}/{odd}" for p in paths] + [f"/pair/{odd}-{odd}", f"/api/pair/{odd}-VN"]
    for name in (
        "text",
        "state",
        "other",
        "person",
        "mechanism",
        "topic",
        "since",
        "outlet",
        "lang",
        "source",
        "status",
    ):
        addresses += [f"/find?{name}={odd}", f"/api/facets?{name}={odd}"]
    for address in addresses:
        assert client.get(address).status_code in (200, 404, 422), address
