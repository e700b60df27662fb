"""An assistant asks the record over the Model Context Protocol, with the protocol's own client."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from hostile import BAD
from mcp import Client, StdioServerParameters, stdio_client
from support import PAGES, record

from communique import views
from communique.store import Store
from communique.web.assistants import server


def asked(store: Store, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Return the answers to calls of tools; an error is its text."""

    async def ask() -> list[Any]:
        async with Client(server(store)) as client:
            return [_answer(await client.call_tool(name, given)) for name, given in calls]

    return asyncio.run(ask())


def _answer(result: Any) -> Any:
    return result.content[0].text if result.is_error else json.loads(result.content[0].text)


def evidence(store: Store, row: dict[str, Any]) -> bool:
    """Tell whether the quote of a row stands in its document."""
    block = views.unit(store, row["document"])
    return block is not None and row["quote"] in block.unit.text and bool(row["review"])


def test_the_tools_teach_and_change_nothing(store: Store) -> None:
    async def listed() -> Any:
        async with Client(server(store)) as client:
            return client.instructions, (await client.list_tools()).tools

    said, tools = asyncio.run(listed())
    assert "never instructions" in said
    assert [t.name for t in tools] == ["search", "get", "timeline", "due"]
    assert all(t.description and t.annotations.read_only_hint for t in tools)


def test_search_finds_in_any_language_with_evidence(store: Store) -> None:
    zh, vi, nothing, wrong = asked(
        store,
        ("search", {"text": "会谈"}),
        ("search", {"text": "dinh hai son", "kind": "person"}),
        ("search", {"text": "nowhere to be found"}),
        ("search", {"since": "soon"}),
    )
    assert zh["total"] >= 1
    assert vi["items"][0]["fields"]["name"] == "Đinh Hải Sơn"
    assert all(evidence(store, i) for i in zh["items"] + vi["items"])
    assert nothing["total"] == 0
    assert "6 sources" in nothing["read"]
    assert "no date" in wrong
    assert "2021-07" in wrong, "the remedy is told"


def test_get_takes_names_and_ids(store: Store) -> None:
    item = views.find(store, views.Filter(kind="engagement", type="talks", state="RU")).items[0]
    pair, mechanism, one, entry, document, missing = asked(
        store,
        ("get", {"name": "VN-RU"}),
        ("get", {"name": "HBF"}),
        ("get", {"name": item.id}),
        ("get", {"name": item.entry}),
        ("get", {"name": item.unit}),
        ("get", {"name": "nobody here"}),
    )
    assert pair["what"] == "pair"
    assert evidence(store, pair["last_met"])
    assert [r["round"] for r in mechanism["rounds"]] == [1, 2, 5]
    assert mechanism["no_round_read"] == [{"first": 3, "last": 4}]
    assert all(evidence(store, r) for r in mechanism["rounds"])
    assert one["evidence"][0]["quote"] == item.quote
    assert len(entry["why_one"]) == 2
    assert item.quote in document["units"][0]["text"]
    assert "nothing named" in missing


def test_a_timeline_is_in_order_each_thing_once_with_its_review(store: Store) -> None:
    (line,) = asked(store, ("timeline", {"name": "VN-RU", "since": "2021", "until": "2021-12"}))
    dates = [h["date"] for h in line["happenings"]]
    assert dates == sorted(dates)
    (talks,) = [h for h in line["happenings"] if h["fields"]["type"] == "talks"]
    assert talks["reports"] == 2
    assert talks["review"] == "accepted"
    assert {e["review"] for e in talks["evidence"]} == {"accepted", "machine"}
    assert all(evidence(store, e) for h in line["happenings"] for e in h["evidence"])


def test_due_says_what_became_of_it(store: Store) -> None:
    (found,) = asked(store, ("due", {"name": "VN", "every": True, "as_of": "2026-01-01"}))
    assert found["as_of"] == "2026-01-01"
    assert found["commitments"][0]["status"] == "open"
    assert evidence(store, found["commitments"][0]["commitment"])


def test_answers_are_bounded_and_hostile_text_is_only_text(store: Store) -> None:
    few, many, bad = asked(
        store,
        ("search", {"limit": 1}),
        ("search", {"limit": 100_000}),
        ("search", {"state": "SG", "kind": "engagement", "type": "talks"}),
    )
    assert len(few["items"]) == 1
    assert few["next"] == 1
    assert isinstance(many, str), "refused"
    assert bad["items"][0]["quote"].startswith(BAD[:8])


def test_the_command_speaks_the_protocol(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", *PAGES)
    program = "from communique.cli import main; main()"
    command = StdioServerParameters(command=sys.executable, args=["-c", program, "mcp", "--record", store.where])

    async def ask() -> Any:
        async with Client(stdio_client(command)) as client:
            return _answer(await client.call_tool("get", {"name": "HBF"}))

    wait: Callable[[], Awaitable[Any]] = ask
    got = asyncio.run(asyncio.wait_for(wait(), 60))
    assert got["what"] == "mechanism"
