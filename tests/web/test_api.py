"""What a program gets."""

from __future__ import annotations

from typing import Any, get_args

import httpx
import pytest
from support import FORUM, TALKS

from communique.store import Store
from communique.views import Filter, conflicts, due, find
from communique.views.conflicts import WHAT
from communique.views.filters import KINDS, REVIEWS
from communique.web.asking import Asked, Kind, Review, What


def got(client: httpx.Client, address: str, status: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"].startswith("application/json")
    return answer.json()


def test_filters_are_those_of_the_views() -> None:
    assert set(Asked.model_fields) == set(Filter.__dataclass_fields__) | {"order", "limit", "start"}
    assert get_args(Kind) == KINDS
    assert get_args(Review) == REVIEWS
    assert get_args(What) == WHAT


def test_find_gives_items_with_evidence_rule_and_review(client: httpx.Client) -> None:
    page = got(client, "/api/find?text=会谈")
    assert page["total"] == len(page["items"]) > 0
    for item in page["items"]:
        assert item["quote"] == item["evidence"][0]["quote"]
        assert item["rule"] == "hand/rule"
        assert item["review"] in REVIEWS


def test_paging_walks_the_whole_list(client: httpx.Client, store: Store) -> None:
    seen: list[str] = []
    start: int | None = 0
    while start is not None:
        page = got(client, f"/api/find?limit=3&start={start}&order=text")
        seen += [i["id"] for i in page["items"]]
        start = page["next"]
    assert seen == [i.id for i in find(store, order="text", limit=1000).items]


def test_evidence_stands_in_the_text(client: httpx.Client) -> None:
    document = got(client, f"/api/document/{TALKS.document.units[0].id}")
    assert document == got(client, "/api/document?source=talks.txt")
    for block in document["units"]:
        text = block["unit"]["text"]
        for item in block["items"]:
            assert all(text[e["start"] : e["end"]] == e["quote"] for e in item["evidence"])


def test_things(client: httpx.Client) -> None:
    item = got(client, f"/api/item/{TALKS.claims[2].id}")
    entry = got(client, f"/api/entry/{item['entry']}")
    assert len(entry["tellings"]) == 2
    assert all(t["reason"] for t in entry["tellings"])
    assert got(client, "/api/person/丁海山")["offices"][-1]["name"] == "国防部部长"
    assert got(client, "/api/state/越南")["code"] == "VN"
    assert got(client, "/api/pair/VN-RU")["last_met"]["date"] == "2021-07-06"
    series = got(client, "/api/mechanism/HBF")["series"]
    assert [r["ordinal"] for r in series["rounds"]] == [1, 2, 5]
    assert series["gaps"] == [{"first": 3, "last": 4}]
    assert got(client, "/api/counts")["sources"] == 6
    assert {f["value"] for f in got(client, "/api/facets?mechanism=HBF")["year"]} == {"2016", "2017", "2021"}
    assert got(client, "/api/entries/person?limit=1")[0]["kind"] == "person"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/nothing", 404),
        ("/api/item/none", 404),
        ("/api/entry/none", 404),
        ("/api/person/none", 404),
        ("/api/state/none", 404),
        ("/api/pair/none-VN", 404),
        ("/api/mechanism/none", 404),
        ("/api/document/none", 404),
        ("/api/find?kind=none", 422),
        ("/api/find?since=never", 422),
        ("/api/find?colour=red", 422),
        ("/api/find?limit=100000", 422),
        ("/api/find?start=-1", 422),
        ("/api/document", 422),
    ],
)
def test_trouble_is_json(client: httpx.Client, address: str, status: int) -> None:
    detail = got(client, address, status)["detail"]
    assert isinstance(detail, str)
    assert "\n" not in detail


def test_openapi_describes_every_parameter_and_field(client: httpx.Client) -> None:
    described = got(client, "/api/openapi.json")
    paths = list(described["paths"])
    assert all(p.startswith("/api/") for p in paths)
    for path, methods in described["paths"].items():
        assert set(methods) == {"get"}, path
        for parameter in methods["get"].get("parameters", []):
            if parameter["in"] == "query":
                assert parameter["description"], (path, parameter["name"])
    assert described["components"]["schemas"]["ItemOut"]["properties"]["quote"]["description"]


def test_an_answer_is_kept_until_the_record_changes(client: httpx.Client, store: Store) -> None:
    for address in ("/api/find", "/", f"/document/{FORUM.document.units[0].id}"):
        first = client.get(address)
        tag = first.headers["etag"]
        again = client.get(address, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
    store.decide(FORUM.claims[1].id, "accept", "reader", "")
    assert client.get("/api/find", headers={"if-none-match": tag}).status_code == 200


def test_conflicts_and_commitments_are_those_of_the_views(client: httpx.Client, store: Store) -> None:
    told = got(client, "/api/conflicts")
    assert [(c["what"], c["of"], c["note"]) for c in told] == [(c.what, c.of, c.note) for c in conflicts(store)]
    promised = got(client, "/api/due?as_of=2022-01-01&every=true")
    assert [(p["item"]["id"], p["status"]) for p in promised] == [
        (p.item.id, p.status) for p in due(store, as_of="2022-01-01", every=True)
    ]
    assert promised
    assert "no date" in got(client, "/api/due?as_of=2022-01-01&by=soon", 422)["detail"]
    got(client, "/api/conflicts?what=nonsense", 422)


def test_commitments_and_conflicts_come_in_parts(client: httpx.Client) -> None:
    for address in ("/api/due?as_of=2022-01-01&every=true", "/api/conflicts?"):
        whole = got(client, address)
        parts = [got(client, f"{address}&limit=1&start={n}") for n in range(len(whole) + 1)]
        assert [p for part in parts for p in part] == whole
        assert parts[-1] == []
        assert whole or "due" not in address
    got(client, "/api/due?as_of=2022-01-01&limit=0", 422)
