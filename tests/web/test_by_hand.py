"""Rows entered by hand beside a text: what is kept, what is refused, and that it outlives a reading of the text."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from hostile import HOSTILE
from lxml import html
from support import PAGES, TALKS, dump, record, told
from webpages import PASSWORD, pick, sign_in, token, visitor, words

from communique import views
from communique.store import Store, accounts
from communique.views import Filter, Item

TWICE = told(
    "twice.txt",
    "The minister met the guest",
    "The minister met the guest. On 2 May 2022 they talked on <b>ports</b>.\nThe minister met the guest again.",
    [],
    lang="en",
    published="2022-05-03",
)
UNIT = TWICE.document.units[0]
VISIT = {
    "field:type": "visit",
    "field:status": "held",
    "field:date": "2022-05-02",
    "field:participants": "Ann Lee (SG, guest)",
}


@pytest.fixture(autouse=True, scope="module")
def _each(database: str) -> str:
    return database


@pytest.fixture
def own(tmp_path: Path) -> Store:
    """A record of six pages with a reviewer."""
    store = record(tmp_path / "r.db", *PAGES, HOSTILE, TWICE)
    accounts.add(store, "Mai", PASSWORD, "reviewer")
    return store


def send(
    client: httpx.Client, quote: str, unit: str = UNIT.id, kind: str = "engagement", **more: object
) -> httpx.Response:
    address = f"/review/row?unit={unit}&kind={kind}"
    return client.post(address, data={"token": token(client.get(address)), "quote": quote, **more})


def entered(store: Store) -> list[Item]:
    return [i for i in views.find(store, Filter(), limit=200).items if i.rule == "import/by hand"]


def wrong(page: httpx.Response, name: str) -> str:
    assert page.status_code == 422
    (found,) = pick(html.fromstring(page.text), f"p[id='e-{name}']")
    return words(found)


def test_a_row_is_kept_with_its_quote_who_and_why(mai: httpx.Client, own: Store) -> None:
    said = html.fromstring(mai.get(f"/document/{UNIT.id}").text)
    (link,) = [a.get("href") for a in pick(said, "a") if words(a) == "add an item"]
    page = html.fromstring(mai.get(str(link)).text)
    assert [words(x) for x in pick(page, ".textbox label")] == [
        "The minister met the guest", "The minister met the guest.", "On 2 May 2022 they talked on <b>ports</b>.",
        "The minister met the guest again.",
    ]  # fmt: skip
    more = {**VISIT, "field:topics": ["hadr", "border"], "field:ordinal": "3"}
    got = send(mai, "On 2 May 2022 they  talked", **more, reason="the machine missed it")
    assert got.url.path.startswith("/review/item/")
    (item,) = entered(own)
    assert (item.kind, item.type, item.status, item.date, item.review, item.coder) == (
        "engagement", "visit", "held", "2022-05-02", "accepted", "Mai",
    )  # fmt: skip
    assert item.quote == "On 2 May 2022 they talked"
    assert item.values["participants"] == [{"name": "Ann Lee", "country": "SG", "role": "guest"}]
    assert item.values["topics"] == ["hadr", "border"]
    assert (item.outlet, item.published, item.title) == ("desk", "2022-05-03", UNIT.title)
    assert "Mai entered this row by hand: the machine missed it" in words(html.fromstring(got.text))
    assert "Mai enter " in words(html.fromstring(mai.get("/review/log").text))
    text = html.fromstring(mai.get("/document/twice.txt").text)
    (mark,) = [a for a in pick(text, "a.m") if item.id in str(a.get("data-i"))]
    assert words(mark) == item.quote
    assert mai.get(f"/item/{item.id}").url.path == "/document"


def test_the_row_is_exported_and_outlives_another_reading(mai: httpx.Client, own: Store) -> None:
    send(mai, "they talked on", **VISIT)
    (item,) = entered(own)
    rows = [json.loads(x) for x in dump(own).decode().splitlines()]
    (row,) = [r for r in rows if r.get("id") == item.id]
    assert (row["coder"], row["review"], row["rule"]) == ("Mai", "accepted", "import/by hand")
    again = told("twice.txt", UNIT.title, "In port they talked on ships.", [], lang="en", published="2022-05-04")
    own.add(again)
    assert entered(own) == [item]
    text = html.fromstring(mai.get("/document/twice.txt").text)
    assert [words(a) for a in pick(text, "a.m")] == ["they talked on"]


def test_taking_a_row_back_and_rejecting_one(mai: httpx.Client, own: Store) -> None:
    before = dump(own)
    got = send(mai, "they talked on", **VISIT)
    (item,) = entered(own)
    data = {"token": token(got), "reason": "twice"}
    assert mai.post(f"/review/row/{item.id}/undo", data=data).url.path == "/document"
    assert dump(own) == before
    assert mai.post(f"/review/row/{item.id}/undo", data=data).status_code == 404
    send(mai, "they talked on", **VISIT)
    mai.post(f"/review/item/{item.id}/reject", data={"token": token(got), "reason": "no"})
    assert [(i.id, i.review) for i in entered(own)] == [(item.id, "rejected")]
    machine = views.find(own, Filter(source="talks.txt")).items[0]
    assert mai.post(f"/review/row/{machine.id}/undo", data=data).status_code == 404


def test_words_that_stand_twice_are_asked_for(mai: httpx.Client, own: Store) -> None:
    got = send(mai, "minister met the guest", **VISIT)
    assert "stand in the text 3 times" in wrong(got, "quote")
    places = pick(html.fromstring(got.text), "input[name='at']")
    assert len(places) == 3
    assert not entered(own)
    send(mai, "minister met the guest", **VISIT, at=str(places[2].get("value")))
    (item,) = entered(own)
    assert item.values["own"]["start"] == str(UNIT.text.rindex("minister met"))
    (label,) = [x for x in pick(html.fromstring(got.text), ".textbox label") if words(x).endswith("again.")]
    (line,) = pick(label, "input")
    send(mai, "met the guest", **VISIT, sentence=str(line.get("value")))
    assert {i.values["own"]["start"] for i in entered(own)} == {
        str(UNIT.text.rindex("minister met")), str(UNIT.text.rindex("met the")),
    }  # fmt: skip


def test_a_sentence_that_is_chosen_is_the_quote(mai: httpx.Client, own: Store) -> None:
    line = pick(html.fromstring(mai.get(f"/review/row?unit={UNIT.id}").text), "input[name='sentence']")[2]
    send(mai, "", **VISIT, sentence=str(line.get("value")))
    assert entered(own)[0].quote == "On 2 May 2022 they talked on <b>ports</b>."


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(mai: httpx.Client, own: Store) -> None:
    before = dump(own)
    bad = {"field:type": "", "field:date": "6/7/2021", "field:place_country": "QQ", "field:ordinal": "<i>"}
    got = send(mai, "they spoke about", **bad, reason="why not")
    assert wrong(got, "quote") == "These words do not stand in the text as they are written here."
    assert wrong(got, "type") == "Type cannot be left empty."
    assert wrong(got, "date").startswith("“6/7/2021” is no date")
    assert wrong(got, "place_country").startswith("“QQ” names no state")
    assert wrong(got, "ordinal").startswith("“<i>” is no whole number")
    page = html.fromstring(got.text)
    assert [e.get("value") for e in pick(page, "input[name='field:date']")] == ["6/7/2021"]
    assert pick(page, "textarea[name='quote']")[0].text.strip() == "they spoke about"
    assert wrong(send(mai, "", **VISIT), "quote").startswith("No words are quoted")
    assert wrong(send(mai, "x" * 6000, **VISIT), "quote").startswith("The quote is longer than")
    got = send(mai, "they talked", **{**VISIT, "field:status": "helt"})
    assert "is no word of the codebook for status" in wrong(got, "status")
    assert dump(own) == before


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("person", {"name": "Ann Lee", "country": "SG", "offices": "Minister; Chair"}),
        ("commitment", {"act": "agree", "actors": "VN; Russia", "content": "ports", "due": "2023"}),
        ("tie", {"a": "VN", "b": "RU", "level": "partners"}),
        ("position", {"holder": "VN", "topic": "border", "points": "concern"}),
        ("mechanism", {"name": "Port Talks", "mkind": "dialogue"}),
        ("instrument", {"name": "Port Deed", "date": "2022-05-02"}),
    ],
)
def test_every_kind_can_be_entered(mai: httpx.Client, own: Store, kind: str, given: dict[str, str]) -> None:
    got = send(mai, "they talked on", kind=kind, **{f"field:{k}": v for k, v in given.items()})
    assert got.status_code == 200, got.text
    (item,) = entered(own)
    assert item.kind == kind
    if kind == "commitment":
        assert item.values["actors"] == ["VN", "RU"]


def test_the_same_row_twice_is_kept_once(mai: httpx.Client, own: Store) -> None:
    for _ in range(2):
        assert send(mai, "they talked on", **VISIT).status_code == 200
    assert len(entered(own)) == 1


def test_who_may_not(at: str, own: Store) -> None:
    accounts.add(own, "Ba", PASSWORD, "reader")
    accounts.add(own, "Lan", PASSWORD, "reviewer")
    before = dump(own)
    address = f"/review/row?unit={UNIT.id}"
    with visitor(at) as client:
        assert client.get(address).url.path == "/review/sign-in"
        assert client.post(address, data={"quote": "they talked"}).url.path == "/review/sign-in"
        sign_in(client, "Ba")
        assert send(client, "they talked", **VISIT).status_code == 403
    assert dump(own) == before
    with visitor(at) as client:
        sign_in(client, "Mai")
        assert client.post(address, data={"quote": "they talked", **VISIT}).status_code == 403
        assert client.get("/review/row?unit=u0").status_code == 404
        send(client, "they talked on", **VISIT)
    (item,) = entered(own)
    with visitor(at) as client:
        sign_in(client, "Lan")
        data = {"token": token(client.get("/review"))}
        assert client.post(f"/review/row/{item.id}/undo", data=data).status_code == 403
    assert entered(own) == [item]


def test_hostile_text_stands_as_text(mai: httpx.Client, own: Store) -> None:
    unit = HOSTILE.document.units[0].id
    mark = '"><script>alert(1)</script>'
    pages = [mai.get(f"/review/row?unit={unit}"), send(mai, mark, unit, **{"field:mechanism": mark}, reason=mark)]
    pages.append(send(mai, "they talked on", **VISIT, **{"field:place_city": mark}, reason=mark))
    pages.append(mai.get("/document/twice.txt"))
    for got in pages:
        page = html.fromstring(got.text)
        assert not pick(page, "img, iframe, object, style, [style]")
        assert all(s.get("src", "").startswith("/static/") and not s.text for s in pick(page, "script"))
        assert not [a for e in page.iter() for a in e.attrib if a.startswith("on")]
        assert not set("\u202e\u2066") & set(got.text)


# --- in a browser -------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, True), (390, False)])
def test_a_row_is_entered_by_keyboard(browser: object, at: str, own: Store, width: int, scripts: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options = {"viewport": {"width": width, "height": 850}, "locale": "en-GB", "java_script_enabled": scripts}
    context = browser.new_context(**options)  # type: ignore[attr-defined]
    page, found = context.new_page(), []
    page.goto(f"{at}/review")
    page.fill("#name", "Mai")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    page.goto(f"{at}/document/{TALKS.document.units[0].id}")
    page.get_by_role("link", name="add an item").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#row")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if scripts:
        found += axe.run(page).response["violations"]
    page.locator("input[name=sentence]").first.focus()
    page.keyboard.press("ArrowDown")
    if scripts:
        assert "丁海山在河内会见" in page.input_value("#quote")
    page.focus("#f-type")
    page.keyboard.type("visit")
    page.focus("#f-date")
    page.keyboard.type("soon")
    page.keyboard.press("Enter")
    page.wait_for_selector("#e-date")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if scripts:
        found += axe.run(page).response["violations"]
    page.focus("#f-date")
    page.keyboard.press("Control+A")
    page.keyboard.type("2021-07-06")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/item/*")
    (item,) = entered(own)
    assert (item.type, item.date, item.source) == ("visit", "2021-07-06", "by hand")
    assert item.quote.startswith("2021年7月6日，越南国防部部长丁海山在河内会见")
    page.get_by_role("button", name="Take the row back").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/document?*")
    assert not entered(own)
    assert not [f"{v['id']} {n['html'][:90]}" for v in found for n in v["nodes"]]
    context.close()


@pytest.mark.browser
def test_selecting_words_fills_the_quote(browser: object, at: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 850}, locale="en-GB")  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{at}/review")
    page.fill("#name", "Mai")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    page.goto(f"{at}/review/row?unit={UNIT.id}")
    page.locator(".textbox span", has_text="ports").dblclick(position={"x": 12, "y": 10})
    assert page.input_value("#quote") == "On"
    assert page.locator("input[name=sentence]").nth(2).is_checked()
    context.close()
