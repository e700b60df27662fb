"""What a reader finds on the pages."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from lxml import html
from support import AGAIN, FORUM, TALKS, record, session, told
from webpages import asking, pick, serving, visitor, words

from communique import views
from communique.store import Store, open_store
from communique.views import Filter, entries_list, find


def read(client: httpx.Client, address: str, status: int = 200) -> html.HtmlElement:
    """Return the page at an address, after what every page must have."""
    got = client.get(address)
    assert got.status_code == status, got.text[:300]
    page = html.fromstring(got.text)
    assert page.get("lang")
    assert len(pick(page, "h1")) == 1
    assert len(pick(page, "main")) == 1
    assert pick(page, "a.skip")[0].get("href") == "#main"
    ids = [e.get("id") for e in pick(page, "[id]")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    return page


def test_first_page_says_what_the_record_holds(client: httpx.Client) -> None:
    page = read(client, "/")
    said = words(page)
    assert pick(page, "main form input[name=text]")
    assert "documents 6" in words(pick(page, ".counts")[0]) or "6" in words(pick(page, ".counts")[0])
    assert "Latest engagements" in said
    assert "海港论坛" in said
    assert "machine" in said


def test_first_page_is_light(client: httpx.Client) -> None:
    got = client.get("/")
    total = len(got.content)
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', got.text):
        total += len(client.get(address).content)
    assert total < 100_000


def test_search_shows_the_sentence_with_the_hit(client: httpx.Client) -> None:
    page = read(client, "/find?text=会谈")
    first = pick(page, ".item")[0]
    assert [words(m) for m in pick(first, "mark")] == ["会谈"]
    assert "丁海山部长6日同伊万·彼得罗夫举行会谈" in words(pick(first, "q")[0])
    assert pick(first, "q")[0].get("lang") == "zh-Hans"
    assert "hand/rule" in words(first)
    assert "machine" in words(first)
    assert pick(first, "a[href^='/document/']")


@pytest.mark.parametrize("query", ["dinh hai son", "Đinh Hải Sơn", "đinh"])
def test_search_needs_no_diacritics(client: httpx.Client, query: str) -> None:
    page = read(client, f"/find?text={query}")
    assert "Đinh Hải Sơn" in words(pick(page, ".results")[0])
    assert pick(page, "mark")


def test_filters_narrow_and_can_be_taken_away(client: httpx.Client) -> None:
    page = read(client, "/find?kind=engagement&state=RU&since=2021&until=2021")
    assert len(pick(page, ".item")) == 3
    chips = {words(c): c.get("href") for c in pick(page, ".chips a")}
    assert any(c.startswith("state or bloc Russia") for c in chips)
    assert "state=" not in next(h for c, h in chips.items() if c.startswith("state"))
    facets = [a.get("href") for a in pick(page, ".facet a")]
    assert any("type=talks" in h and "state=RU" in h for h in facets)


def test_search_leads_to_what_a_name_stands_for(client: httpx.Client) -> None:
    assert pick(read(client, "/find?text=HBF"), ".guess a")[0].get("href").startswith("/mechanism/")
    assert pick(read(client, "/find?text=越南 俄罗斯"), ".guess a")[0].get("href") == "/pair/RU-VN"
    assert pick(read(client, "/find?text=丁海山"), ".guess a")[0].get("href").startswith("/person/")


def test_nothing_found_says_what_to_do(client: httpx.Client) -> None:
    assert "No item fits" in words(read(client, "/find?text=zzzz"))


def test_long_lists_come_in_pages(client: httpx.Client, store: Store) -> None:
    seen: list[str] = []
    address = "/find?limit=4"
    while address:
        page = read(client, address)
        seen += [a.get("href") for a in pick(page, ".item .src a")]
        more = pick(page, "a[rel=next]")
        address = more[0].get("href") if more else ""
    assert len(seen) == len(set(seen)) == find(store).total


def test_entry_shows_tellings_and_who_gave_what(client: httpx.Client, store: Store) -> None:
    talks = next(i for i in find(store, Filter(type="talks", person="丁海山")).items)
    page = read(client, f"/entry/{talks.entry}")
    assert len(pick(page, ".telling")) == 2
    table = words(pick(page, "table.values")[0])
    assert "date 6 Jul 2021 12" in table
    assert "丁海山 VN host" in table
    assert "丁海山 VN attendee" in table
    assert "伊万·彼得罗夫" in table
    reviews = [words(r) for r in pick(page, ".telling .rev")]
    assert sorted(reviews) == ["○ machine", "● accepted"]
    assert "越南国防部部长丁海山在河内会见俄罗斯国防部副部长伊万·彼得罗夫" in words(page)


def test_entry_says_less_exact_and_not_differ(client: httpx.Client, store: Store) -> None:
    second = next(i for i in find(store, Filter(mechanism="HBF", type="session")).items if i.values["ordinal"] == 2)
    said = words(pick(read(client, f"/entry/{second.entry}"), "table.values")[0])
    assert "2017 less exact" in said
    assert "date tellings differ" not in said


def test_person_page(client: httpx.Client, store: Store) -> None:
    row = next(r for r in entries_list(store, "person") if r.name == "伊万·彼得罗夫")
    page = read(client, f"/person/{row.id}")
    assert words(pick(page, "h1")[0]) == "Ivan Petrov 伊万·彼得罗夫"
    said = words(page)
    assert "国防部副部长" in said
    assert "6 Jul 2021" in said
    assert words(pick(read(client, "/show/伊万·彼得罗夫"), "h1")[0]) == "Ivan Petrov 伊万·彼得罗夫"
    chinese = client.get(f"/person/{row.id}", headers={"accept-language": "zh-CN"}).text
    assert words(pick(html.fromstring(chinese), "h1")[0]) == "伊万·彼得罗夫 Ivan Petrov"


def test_state_page(client: httpx.Client) -> None:
    page = read(client, "/state/VN")
    assert "Vietnam" in words(pick(page, "h1")[0])
    assert "越南" in words(pick(page, ".head")[0])
    assert any(a.get("href") == "/pair/RU-VN" for a in pick(page, ".side a"))
    assert "丁海山" in words(pick(page, ".side")[0])


def test_pair_page(client: httpx.Client) -> None:
    page = read(client, "/pair/RU-VN")
    assert words(pick(page, "h1")[0]) == "Russia – Vietnam"
    assert "Last told to have met" in words(page)
    assert "各方同意每年举行一次海上搜救演练" in words(page)
    assert "Nothing that was read names both" in words(read(client, "/pair/SG-VN"))
    read(client, "/pair/QQ-VN", 404)


def test_mechanism_page_shows_rounds_and_gaps(client: httpx.Client) -> None:
    page = read(client, "/mechanism/HBF")
    rows = [words(r) for r in pick(page, "table.rounds tbody tr")]
    assert rows[0].startswith("1st 2016 Singapore")
    assert "第一届海港论坛2016年在新加坡举行" in rows[0]
    assert rows[1].startswith("2nd Mar 2017 Vietnam")
    assert "2 texts" in rows[1]
    assert rows[2] == "3rd–4th no text read tells of these 2"
    assert rows[3].startswith("5th 2021 Russia")
    assert len(pick(page, "table.rounds .rev")) == len(pick(page, "table.rounds .rule")) == 3


def test_document_page_marks_every_item_both_ways(client: httpx.Client) -> None:
    unit = TALKS.document.units[0]
    page = read(client, f"/document/{unit.id}")
    assert words(pick(page, "h1")[0]) == "越俄两国防长会谈"
    assert words(pick(page, ".text")[0]).replace(" ", "") == re.sub(r"\s", "", unit.text)
    for claim in TALKS.claims:
        item = page.get_element_by_id(f"i-{claim.id}")
        target = pick(item, "a.go")[0].get("href").removeprefix("#")
        place = page.get_element_by_id(target)
        assert claim.id in place.getparent().get("data-i").split()
        marked = "".join(m.text_content() for m in pick(page, ".m") if claim.id in m.get("data-i").split())
        assert marked == claim.evidence[0].quote
    for link in pick(page, ".text a.m"):
        page.get_element_by_id(link.get("href").removeprefix("#"))


def test_document_by_name_and_item_by_id(client: httpx.Client) -> None:
    assert words(pick(read(client, "/document/forum.txt"), "h1")[0]) == "海港论坛走过五年"
    assert words(pick(read(client, "/document?source=forum.txt"), "h1")[0]) == "海港论坛走过五年"
    read(client, f"/item/{FORUM.claims[0].id}")


def test_lists_and_prose(client: httpx.Client) -> None:
    assert "海港论坛走过五年" in words(read(client, "/list/documents"))
    assert "丁海山" in words(read(client, "/list/person"))
    for kind in ("mechanism", "engagement", "instrument", "tie", "commitment", "position"):
        read(client, f"/list/{kind}")
    about = read(client, "/about")
    assert {"machine", "accepted", "corrected", "rejected"} <= {e.get("id") for e in pick(about, "dt[id]")}
    assert "/api/find" in words(read(client, "/api"))


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/entry/none", 404, "no entry none"),
        ("/person/nobody", 404, "no one person"),
        ("/state/Atlantis", 404, "no state"),
        ("/mechanism/none", 404, "no mechanism"),
        ("/document/none", 404, "no document"),
        ("/nowhere", 404, "no page /nowhere"),
        ("/find?kind=nonsense", 422, "kind"),
        ("/find?since=yesterday", 422, "write 2021, 2021-07 or 2021-07-06"),
        ("/find?colour=red", 422, "colour"),
        ("/find?colour=red", 422, "What may be asked here: text, kind, type, state, other"),
        ("/find?limit=0", 422, "limit"),
        ("/list/nonsense", 422, "kind"),
    ],
)
def test_trouble_is_a_plain_page(client: httpx.Client, address: str, status: int, said: str) -> None:
    assert said in words(read(client, address, status))


def test_a_search_is_asked_as_elsewhere_too(client: httpx.Client) -> None:
    ours, theirs = (read(client, f"/find?{name}=越南") for name in ("text", "q"))
    assert len(pick(theirs, ".item")) == len(pick(ours, ".item")) > 0
    assert pick(theirs, "input[name=text]")[0].get("value") == "越南"


def test_every_page_says_that_machine_coding_is_no_fact(client: httpx.Client) -> None:
    for address in ("/", "/find", "/state/VN", "/mechanism/HBF", f"/document/{AGAIN.document.units[0].id}"):
        page = read(client, address)
        assert "not a settled fact" in words(pick(page, "footer")[0])
        for item in pick(page, ".item, .hit"):
            assert pick(item, ".rev")
            assert pick(item, ".rule")


def test_empty_record(tmp_path: Path) -> None:
    store = open_store(tmp_path / "r.db")
    with asking(store) as client:
        assert "The record is empty" in words(read(client, "/"))
        for address in ("/find", "/list/person", "/list/documents", "/conflicts", "/due", "/due?every=true"):
            read(client, address)
    store.close()


def test_a_state_shows_once_what_is_planned_and_not_what_was_held_since(tmp_path: Path) -> None:
    rounds = ((3, "planned"), (3, "planned"), (4, "planned"), (4, "held"))
    pages = []
    for n, (number, status) in enumerate(rounds, 1):
        quote = f"第{number}届海港论坛2030年在港城举行"
        pages.append(
            told(
                f"{n}.txt", "论坛", f"第{n}版。{quote}。", [{**session(quote, number, "2030", "VN"), "status": status}]
            )
        )
    store = record(tmp_path / "r.db", *pages)
    with asking(store) as client:
        ahead = pick(read(client, "/state/VN"), "section[aria-labelledby=h-ahead] .item")
        assert len(ahead) == 1
        assert "3rd" in words(ahead[0])
    store.close()


def test_an_entry_shows_what_cannot_both_hold_and_a_mechanism_what_is_expected(tmp_path: Path) -> None:
    rounds = [f"第{n}届海港论坛{2010 + n}年在港城举行" for n in range(1, 7)]
    hosts = ["VN", "RU", "SG", "VN", "RU", "SG"]
    pages = [
        told("a.txt", "论坛", "。".join(rounds), [
            session(q, n, str(2010 + n), h) for n, (q, h) in enumerate(zip(rounds, hosts, strict=True), 1)
        ]),
        told("b.txt", "又一页", rounds[4], [session(rounds[4], 5, "2017", "RU")]),
    ]  # fmt: skip
    store = record(tmp_path / "r.db", *pages)
    fifth = next(r for r in views.rounds(store, "HBF").rounds if r.ordinal == 5)
    with serving(store) as address, visitor(address) as client:
        said = words(read(client, f"/entry/{fifth.entry}"))
        assert "What cannot both hold" in said
        assert "2017 (stated, 1 report); 2015 (stated, 1 report)" in said
        said = words(read(client, "/mechanism/HBF"))
        assert "expected, not a fact: round 7" in said
        assert "host Vietnam" in said
    store.close()
