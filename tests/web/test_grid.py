"""Many items at once in the browser: ticked, decided, refused as a whole, and taken back as a whole."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from hostile import HOSTILE
from lxml import html
from support import PAGES, dump, record
from webpages import PASSWORD, pick, sign_in, token, visitor, words

from communique import views
from communique.store import Store, accounts
from communique.views import Filter, Item


@pytest.fixture(autouse=True, scope="module")
def _each(database: str) -> str:
    return database


@pytest.fixture
def own(tmp_path: Path) -> Store:
    """A record of five pages, one of them hostile, with a reviewer, a keeper and a reader."""
    store = record(tmp_path / "r.db", *PAGES, HOSTILE)
    for name, role in (("Mai", "reviewer"), ("Lan", "keeper"), ("Ba", "reader"), ("Tư", "reviewer")):
        accounts.add(store, name, PASSWORD, role)
    return store


def sittings(store: Store) -> list[Item]:
    return list(views.find(store, Filter(kind="engagement", source="forum.txt"), order="text").items)


def send(client: httpx.Client, items: list[str], action: str, query: str = "", **fields: str) -> httpx.Response:
    address = f"/review/grid?{query}"
    return client.post(address, data={"token": token(client.get(address)), "item": items, "action": action, **fields})


def said(page: httpx.Response) -> str:
    (found,) = pick(html.fromstring(page.text), ".said")
    return words(found)


def test_a_row_shows_an_items_sentence_fields_coder_and_review(mai: httpx.Client, own: Store) -> None:
    page = html.fromstring(mai.get("/review/grid?source=talks.txt").text)
    (row,) = pick(page, "table.grid tbody tr")
    told = words(row)
    for part in (
        "丁海山在河内会见",
        "talks",
        "held",
        "2021-07-06",
        "Vietnam",
        "河内",
        "丁海山 (VN, host)",
        "hand 1",
        "machine",
    ):
        assert part in told, part
    heads = [words(h) for h in pick(page, "table.grid thead th")]
    assert heads[1:] == [
        "sentence", "type", "status", "date", "country", "city", "participants", "mechanism", "ordinal",
        "read by", "review",
    ]  # fmt: skip
    (link,) = [a.get("href") for a in pick(row, "a") if words(a) == "in its text"]
    assert "国防部部长丁海山" in words(html.fromstring(mai.get(link).text))


@pytest.mark.parametrize("kind", ["engagement", "commitment", "tie", "position", "mechanism", "instrument", "person"])
def test_every_kind_has_its_own_fields(mai: httpx.Client, own: Store, kind: str) -> None:
    got = mai.get(f"/review/grid?kind={kind}")
    assert got.status_code == 200
    found = views.find(own, Filter(kind=kind), limit=100).total
    assert len(pick(html.fromstring(got.text), "table.grid tbody tr")) == found


def test_setting_a_status_on_two_rows_and_taking_it_back(mai: httpx.Client, own: Store) -> None:
    one, two, three = sittings(own)
    before = dump(own)
    got = send(mai, [one.id, two.id], "set", field="status", value="Postponed", reason="both were put off")
    assert got.status_code == 200
    assert [(i.status, i.review) for i in sittings(own)] == [
        ("postponed", "corrected"), ("postponed", "corrected"), ("held", "machine"),
    ]  # fmt: skip
    for item in (one, two):
        (word,) = views.history(own, item)
        assert (word.who, word.reason, word.values) == ("Mai", "both were put off", {"status": "postponed"})
    page = html.fromstring(got.text)
    (done,) = pick(page, "section.done")
    assert "2 items decided: correct · status: postponed · both were put off" in words(done)
    (back,) = pick(done, "form")
    after = mai.post(str(back.get("action")), data={e.get("name"): e.get("value") for e in pick(back, "input")})
    assert dump(own) == before
    assert "2 taken back" in words(pick(html.fromstring(after.text), "section.done")[0])
    assert "Undo all of these" not in after.text
    assert sittings(own)[2] == three


def test_one_of_several_can_be_undone_by_itself(mai: httpx.Client, own: Store) -> None:
    one, two, _ = sittings(own)
    send(mai, [one.id, two.id], "accept")
    (word,) = views.history(own, one)
    mai.post(f"/review/undo/{word.id}", data={"token": token(mai.get("/review"))})
    got = mai.get(f"/review/grid?done={word.id}")
    assert "1 taken back" in got.text
    data = {"token": token(got), "decision": word.id}
    assert mai.post("/review/grid/undo", data=data).status_code == 200
    assert {i.review for i in sittings(own)} == {"machine"}


def test_accepting_and_rejecting(mai: httpx.Client, own: Store) -> None:
    chosen = [i.id for i in sittings(own)]
    send(mai, chosen, "accept", reason="read twice")
    assert {i.review for i in sittings(own)} == {"accepted"}
    send(mai, chosen[:1], "reject")
    assert [i.review for i in sittings(own)] == ["rejected", "accepted", "accepted"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("status", "helt", "“helt” is no word of the codebook for status. It is one of: held, ongoing, planned"),
        ("date", "6/7/2021", "“6/7/2021” is no date"),
        ("ordinal", "fifth", "“fifth” is no whole number"),
        ("place_country", "QQ", "“QQ” names no state that is known"),
        ("participants", "X (VN, emperor, RU)", "Write participants as"),
        ("topics", "border; weather", "is no word of the codebook for topics"),
        ("type", "", "No value is given"),
        ("", "held", "No field is chosen"),
        ("quote", "held", "No field is chosen"),
    ],
)
def test_what_is_no_value_changes_no_row(mai: httpx.Client, own: Store, field: str, value: str, told: str) -> None:
    before = dump(own)
    got = send(mai, [i.id for i in sittings(own)], "set", "source=forum.txt", field=field, value=value, reason="why")
    assert got.status_code == 422
    assert told in said(got)
    assert dump(own) == before
    page = html.fromstring(got.text)
    assert len(pick(page, "input[name='item'][checked]")) == 3
    assert [e.get("value") for e in pick(page, "input[name='value']")] == [value]


def test_the_row_that_is_wrong_is_named_and_nothing_is_half_done(mai: httpx.Client, own: Store) -> None:
    first, other = sittings(own)[0], views.find(own, Filter(kind="commitment")).items[0]
    before = dump(own)
    got = send(mai, [first.id, other.id], "set", "source=forum.txt", field="status", value="planned")
    assert f"Item {other.id}: it is no longer in the record" in said(got)
    got = send(mai, [first.id, "e0"], "accept", "source=forum.txt")
    assert got.status_code == 422
    assert "Item e0" in said(got)
    got = send(mai, [first.id], "set", "source=forum.txt&order=oldest", field="type", value="", empty="1")
    assert said(got) == "Row 1 (海港论坛, 1st): Type cannot be left empty. Nothing was changed."
    assert dump(own) == before


def test_rows_that_had_the_value_are_counted_apart(mai: httpx.Client, own: Store) -> None:
    one, two, three = sittings(own)
    send(mai, [one.id], "set", field="place_city", value="Hải Phòng")
    got = send(mai, [one.id, two.id, three.id], "set", field="place_city", value="Hải Phòng")
    assert "2 items decided" in got.text
    assert "1 ticked item had this value already." in got.text
    assert [i.values["place"]["city"] for i in sittings(own)] == ["Hải Phòng"] * 3
    assert [i.values["place"]["country"] for i in sittings(own)] == ["SG", "VN", "RU"]


def test_a_field_is_emptied_only_when_that_is_ticked(mai: httpx.Client, own: Store) -> None:
    one = sittings(own)[0]
    send(mai, [one.id], "set", field="date", value="", empty="1")
    assert sittings(own)[0].date is None


def test_words_may_be_typed_as_the_page_shows_them(mai: httpx.Client, own: Store) -> None:
    mai.cookies.set("communique_language", "zh")
    one = sittings(own)[0]
    page = html.fromstring(mai.get("/review/grid").text)
    names = [o.get("value") for o in pick(page, "datalist[id='w-mode'] option")]
    got = send(mai, [one.id], "set", field="mode", value=str(names[0]))
    assert got.status_code == 200
    assert sittings(own)[0].values["mode"] == "online"


def test_who_may_not(at: str, own: Store) -> None:
    item, before = sittings(own)[0].id, dump(own)
    with visitor(at) as client:
        assert client.get("/review/grid").url.path == "/review/sign-in"
        assert client.post("/review/grid", data={"item": item, "action": "reject"}).url.path == "/review/sign-in"
        sign_in(client, "Ba")
        page = client.get("/review/grid")
        assert not pick(html.fromstring(page.text), "input[name='item']")
        data = {"token": token(page), "item": item, "action": "reject"}
        assert client.post("/review/grid", data=data).status_code == 403
    assert dump(own) == before


def test_a_form_without_the_token_or_with_too_many_rows(mai: httpx.Client, own: Store) -> None:
    before = dump(own)
    for address in ("/review/grid", "/review/grid/undo"):
        assert mai.post(address, data={"item": sittings(own)[0].id, "action": "reject"}).status_code == 403
    got = send(mai, [f"e{n}" for n in range(201)], "reject")
    assert "More than 200 rows are ticked" in said(got)
    assert "No row is ticked" in said(send(mai, [], "reject"))
    assert mai.get("/review/grid?limit=201").status_code == 422
    assert dump(own) == before


def test_only_a_keeper_takes_back_what_another_decided(mai: httpx.Client, at: str, own: Store) -> None:
    one, two, _ = sittings(own)
    got = send(mai, [one.id, two.id], "reject")
    (word,) = [e.get("value") for e in pick(html.fromstring(got.text), "input[name='decision']")]
    for name, status in (("Tư", 403), ("Lan", 200)):
        with visitor(at) as client:
            sign_in(client, name)
            page = client.get(f"/review/grid?done={word}")
            assert ("Undo all of these" in page.text) is (status == 200)
            got = client.post("/review/grid/undo", data={"token": token(page), "decision": str(word)})
            assert got.status_code == status
    assert {i.review for i in sittings(own)} == {"machine"}
    data = {"token": token(mai.get("/review")), "decision": "d0"}
    assert mai.post("/review/grid/undo", data=data).status_code == 404


def test_hostile_text_stands_as_text(mai: httpx.Client, own: Store) -> None:
    mark = "<script>alert(1)</script>"
    chosen = [i.id for i in views.find(own, Filter(source="hostile.txt", kind="engagement")).items]
    pages = [mai.get(f"/review/grid?source=hostile.txt&kind={k}") for k in ("engagement", "person", "commitment")]
    pages.append(send(mai, chosen, "set", field="mechanism", value=mark, reason=mark))
    pages.append(send(mai, chosen, "set", field="status", value=mark, reason=f'"{mark}'))
    for got in pages:
        page = html.fromstring(got.text)
        assert not pick(page, "img, iframe, object, style, [style]")
        assert all(s.get("src", "").startswith("/static/") and not s.text for s in pick(page, "script"))
        assert not [a for e in page.iter() for a in e.attrib if a.startswith("on")]
        assert not set("\u202e\u2066") & set(got.text)


# --- in a browser -------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_rows_are_ticked_and_set_by_keyboard(
    browser: object, at: str, own: Store, width: int, scripts: bool
) -> None:
    options = {"viewport": {"width": width, "height": 850}, "locale": "en-GB", "java_script_enabled": scripts}
    context = browser.new_context(**options)  # type: ignore[attr-defined]
    page, said_there = context.new_page(), []
    page.on("console", lambda m: said_there.append(m.text))
    page.goto(f"{at}/review")
    page.focus("#name")
    page.keyboard.type("Mai")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    page.goto(f"{at}/review/grid?source=forum.txt&order=oldest")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    one, two = sittings(own)[:2]
    page.focus("#g-text")
    for item in (one, two):
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.value") == item.id:
                break
        page.keyboard.press("Space")
    assert page.locator("input[name=item]:checked").count() == 2
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "g-field":
            break
    page.keyboard.type("status")
    page.keyboard.press("Tab")
    page.keyboard.type("planned")
    if scripts:
        assert "held, ongoing, planned" in page.inner_text("#g-hint")
        assert "2 ticked" in page.inner_text("#ticked")
    page.keyboard.press("Enter")
    page.wait_for_selector("section.done")
    assert [i.status for i in sittings(own)] == ["planned", "planned", "held"]
    if scripts:
        page.focus("#all")
        page.keyboard.press("Space")
        assert page.locator("input[name=item]:checked").count() == 3
    page.get_by_role("button", name="Undo all of these").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=2 taken back")
    assert [i.status for i in sittings(own)] == ["held"] * 3
    assert said_there == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_checker_of_accessibility_finds_nothing(
    browser: object, at: str, own: Store, scheme: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport={"width": width, "height": 850}, color_scheme=scheme)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{at}/review")
    page.fill("#name", "Mai")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    found = []
    for address in ("/review/grid", "/review/grid?kind=person&state=VN", "/review/grid?source=hostile.txt"):
        page.goto(at + address)
        got = axe.run(page)
        found += [f"{address}: {v['id']} {n['html'][:90]}" for v in got.response["violations"] for n in v["nodes"]]
        if pick(html.fromstring(page.content()), "input[name='item']"):
            page.locator("input[name=item]").first.check()
            page.get_by_role("button", name="Set the value").click()
            page.wait_for_selector(".said")
            got = axe.run(page)
            found += [f"refused: {v['id']} {n['html'][:90]}" for v in got.response["violations"] for n in v["nodes"]]
    assert not found
    context.close()
