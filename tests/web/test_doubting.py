"""The pages of conflicts and of what is due, and what is held over time on the pages of things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from lxml import html
from support import KNOWN, PAGES, record, session, told
from webpages import asking, pick, words

from communique.record import Known, KnownMechanism

FIRST, WRONG = "第三届海港论坛2018年5月2日在港城举行", "第三届海港论坛2018年5月9日在港城举行"
TALKS = {
    "kind": "engagement", "quote": "丁海山会见伊万", "type": "talks", "status": "held", "date": "2021-07-06",
    "participants": [{"name": n, "country": c, "role": "attendee"} for n, c in (("丁海山", "VN"), ("伊万", "RU"))],
}  # fmt: skip
AGREED = {
    "kind": "commitment", "quote": "2022年举行海上联合搜救演练", "act": "agree",
    "content": "2022年举行海上联合搜救演练",
    "actors": ["VN", "RU"], "counterparties": [], "topics": ["hadr"], "due": "2022",
}  # fmt: skip
DRILL = {**TALKS, "type": "exercise", "quote": "两军举行海上联合搜救演练", "date": "2022-08-01"}
OLD = {"kind": "tie", "quote": "越俄战略伙伴关系", "a": "VN", "b": "RU", "level": "战略伙伴关系", "since": None}
NEW = {
    "kind": "tie", "quote": "2012年越俄关系提升为全面战略伙伴关系", "a": "VN", "b": "RU", "level": "全面战略伙伴关系",
    "since": "2012",
}  # fmt: skip


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    store = record(
        tmp_path_factory.mktemp("doubting") / "r.db",
        *PAGES,
        told("a.txt", "论坛", FIRST, [session(FIRST, 3, "2018-05-02", "VN")]),
        told("b.txt", "又一页", f"{WRONG}。广播电台报道。", [session(WRONG, 3, "2018-05-09", "VN")]),
        told("c.txt", "会谈", "丁海山会见伊万。双方商定2022年举行海上联合搜救演练。", [TALKS, AGREED],
             published="2021-07-06"),
        told("d.txt", "伙伴", "越俄战略伙伴关系", [OLD], published="2009-03-01"),
        told("e.txt", "更高", "2012年越俄关系提升为全面战略伙伴关系", [NEW], published="2013-03-01"),
    )  # fmt: skip
    with asking(store) as made:
        yield made
    store.close()


def read(client: httpx.Client, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:300]
    return html.fromstring(answer.text)


def test_every_page_leads_to_conflicts_and_to_what_is_due(client: httpx.Client) -> None:
    led = {a.get("href") for a in pick(read(client, "/"), "nav a")}
    assert {"/conflicts", "/due"} <= led


def test_a_conflict_shows_each_side_with_its_words(client: httpx.Client) -> None:
    page = read(client, "/conflicts?what=values&name=HBF")
    (dispute,) = (d for d in pick(page, ".disputes li") if pick(d, "h2") and "HBF 3" in words(d))
    sides = [words(s) for s in pick(dispute, ".sides li")]
    assert len(sides) == 2
    assert any(s.startswith("2 May 2018 stated, 1 report") and FIRST in s for s in sides)
    assert any(s.startswith("9 May 2018 stated, 1 report") and WRONG in s for s in sides)
    for link in pick(dispute, "a"):
        read(client, link.get("href"))


def test_conflicts_can_be_asked_by_kind_and_name(client: httpx.Client) -> None:
    assert "No such conflict." in words(read(client, "/conflicts?what=impossible&name=SG"))
    assert "9 sources were looked through" in words(read(client, "/conflicts?what=impossible&name=SG"))
    said = words(read(client, "/conflicts?what=nonsense", 422))
    assert "No kind of conflict nonsense; one of: values, impossible" in said


def test_what_is_due_says_what_became_of_it_and_where_it_was_made(client: httpx.Client) -> None:
    (item,) = pick(read(client, "/due?as_of=2022-03-01"), "li.item")
    said = words(item)
    assert said.startswith("due 2022")
    assert "made at talks" in said
    assert words(pick(item, ".became")[0]) == "due"
    (item,) = pick(read(client, "/due?as_of=2023-03-01&name=VN-RU"), "li.item")
    assert "overdue" in words(item)
    assert "nothing read says that it was done" in words(item)
    assert not pick(read(client, "/due?as_of=2023-03-01&by=2021"), "li.item")
    assert len(pick(read(client, "/due?as_of=2023-03-01&every=true"), "li.item")) == 2


def test_what_is_due_by_no_date_is_said_in_words(client: httpx.Client) -> None:
    assert "soon" in words(read(client, "/due?by=soon", 422))
    assert "later" in words(read(client, "/due?as_of=later", 422))


def test_offices_levels_and_their_changes_stand_on_their_pages(client: httpx.Client) -> None:
    (office,) = (r for r in pick(read(client, "/show/丁海山"), "table tr") if "国防部部长" in words(r))
    assert words(office).startswith("国防部部长 6 Jul 2021 6 Jul 2021")
    assert [a.get("href")[:6] for a in pick(office, "a.num")] == ["/item/"]
    said = words(read(client, "/pair/RU-VN"))
    assert "changed from 战略伙伴关系 to 全面战略伙伴关系: 2012" in said


def test_a_mechanism_names_what_stands_beside_it(tmp_path: Path) -> None:
    seniors = KnownMechanism("harbour-seniors", {"zh": ("海港高官会",)}, ("HBS",), prepares_for="harbour-forum")
    known = Known.of(KNOWN.states, (KNOWN.mechanisms["harbour-forum"], seniors))
    group = {
        "kind": "mechanism", "quote": "海港论坛下设港务工作组", "name": "港务工作组", "acronym": None, "mkind": "group",
        "parent": "海港论坛", "lifecycle": "active", "founded": None, "parties": [],
    }  # fmt: skip
    chaired = session("第一届海港论坛举行", 1, "2010-05", "VN")
    chaired["participants"] = [{"name": "丁海山", "country": "VN", "role": "chair"}]
    made = told("f.txt", "论坛", "第一届海港论坛举行。海港论坛下设港务工作组。", [chaired, group])
    other = told("g.txt", "高官", "海港高官会筹备。", [session("海港高官会", None, "2010", "VN", "海港高官会")])
    with asking(record(tmp_path / "r.db", made, other, known=known)) as client:
        page = read(client, "/mechanism/HBF")
        said = words(page)
        assert "has under it 港务工作组 1" in said
        assert "prepared by HBS*" in said
        assert "* known to the program beforehand; no text read says so" in said
        (chair,) = (r for r in pick(page, "table.stack tbody tr") if "丁海山" in words(r))
        assert words(chair).startswith("Vietnam 丁海山 May 2010 May 2010")


def test_a_program_gets_offices_levels_and_changes(client: httpx.Client) -> None:
    pair = client.get("/api/pair/VN-RU").json()
    assert [(h["name"], h["began"]) for h in pair["levels"]] == [("战略伙伴关系", ""), ("全面战略伙伴关系", "2012")]
    assert [(c["when"], c["stated"]) for c in pair["changes"]] == [("2012", True)]
    office = client.get("/api/person/丁海山").json()["offices"][0]
    assert office["items"][0]["quote"]
    assert client.get("/api/mechanism/HBF").json()["relations"] == []
    assert client.get("/api/state/VN").json()["posts"] == []
