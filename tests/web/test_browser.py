"""Every kind of page in a real browser, wide and narrow: what a person reads, and that nothing else happens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hostile import HOSTILE
from support import TALKS, record
from webpages import serving

from communique.store import Store, accounts
from communique.views import Filter, claim, entries_list, find

pytestmark = pytest.mark.browser
WIDE, NARROW = 1280, 390


class Looked:
    """A page of the browser that notes what goes wrong and where it asks."""

    def __init__(self, browser: object, served: str, width: int, **options: object) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 850}, **options)  # type: ignore[attr-defined]
        self.page = self.context.new_page()
        self.served, self.width = served, width
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda m: self.said.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda e: self.said.append(f"error: {e}"))
        self.page.on("request", lambda r: self.asked.append(r.url))

    def open(self, address: str) -> str:
        """Open an address, check what must hold on every page, and return the words that a person reads."""
        self.page.goto(self.served + address)
        self.page.wait_for_selector("main")
        assert self.said == []
        assert {urlsplit(u).netloc for u in self.asked} == {urlsplit(self.served).netloc}
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{address} is {wide} wide"
        return str(self.page.inner_text("main"))


@pytest.fixture(params=[WIDE, NARROW], ids=["wide", "narrow"])
def look(request: pytest.FixtureRequest, browser: object, served: str) -> Iterator[Looked]:
    made = Looked(browser, served, request.param)
    yield made
    made.context.close()


def entry_of(store: Store, **asked: str) -> str:
    return find(store, Filter(**asked)).items[0].entry


def test_search_from_the_first_page(look: Looked) -> None:
    said = look.open("/")
    assert "Latest engagements" in said
    look.page.fill("main input[name=text]", "会谈")
    look.page.keyboard.press("Enter")
    look.page.wait_for_selector(".results")
    assert "丁海山部长6日同伊万·彼得罗夫举行会谈" in look.page.inner_text("main")
    assert look.page.locator("mark").first.inner_text() == "会谈"
    look.page.locator(".item .src a").first.click()
    look.page.wait_for_selector(".text")
    look.page.wait_for_selector(".hit.on")
    assert look.page.locator(".hit.on").count() == 1


def test_things(look: Looked, store: Store) -> None:
    said = look.open(f"/entry/{entry_of(store, type='talks', person='丁海山')}")
    assert "Tellings 2" in said
    assert "6 Jul 2021" in said
    name = next(r for r in entries_list(store, "person") if r.name == "伊万·彼得罗夫")
    assert "Ivan Petrov" in look.open(f"/person/{name.id}")
    assert "Engagements" in look.open("/state/VN")
    assert "Russia – Vietnam" in look.open("/pair/RU-VN")
    said = look.open("/mechanism/HBF")
    assert "3rd–4th" in said
    assert "no text read tells of these 2" in said
    assert "第一届海港论坛2016年在新加坡举行" in said


def test_lists_and_prose(look: Looked) -> None:
    assert "海港论坛走过五年" in look.open("/list/documents")
    assert "丁海山" in look.open("/list/person")
    assert "How to read the marks" in look.open("/about")
    assert "/api/find" in look.open("/api")
    assert "No item fits" in look.open("/find?text=zzzz")


def test_conflicts_and_what_is_due(look: Looked) -> None:
    look.open("/")
    look.page.click("nav a[href='/conflicts']")
    assert "Where the record disagrees with itself" in look.page.inner_text("main")
    look.page.fill("#name", "HBF")
    look.page.keyboard.press("Enter")
    look.page.wait_for_url("**/conflicts?name=HBF*")
    said = look.open("/due?as_of=2022-01-01")
    assert "No commitment for which such a day is named" in said
    look.page.focus(".tick input")
    look.page.keyboard.press("Space")
    look.page.keyboard.press("Enter")
    look.page.wait_for_selector(".items")
    assert "每年举行一次海上搜救演练" in look.page.inner_text("main")
    assert "open" in look.page.inner_text(".became")


def test_long_names_and_diacritics_stay_inside(look: Looked, store: Store) -> None:
    person = next(r for r in entries_list(store, "person") if r.name.startswith("Nguyễn"))
    assert "Nguyễn Phước Ưng Hoàng" in look.open(f"/person/{person.id}")
    look.open(f"/entry/{entry_of(store, type='session', source='names.txt')}")
    look.open("/document/names.txt")
    look.open("/find?source=names.txt")
    assert "8th" in look.open(
        "/mechanism/" + find(store, Filter(source="names.txt", type="session")).items[0].name[:-2]
    )
    look.open("/pair/RU-VN")
    look.open("/list/mechanism")


def test_hostile_text_does_nothing(look: Looked, store: Store) -> None:
    item = find(store, Filter(source="hostile.txt", kind="engagement")).items[0]
    for address in ("/", "/find?text=met", f"/entry/{item.entry}", f"/document/{item.unit}", "/list/person"):
        said = look.open(address)
        assert look.page.title() != "owned"
        assert "<script>" in said or address == "/"
        assert look.page.locator("main img, main script").count() == 0


def test_item_and_words_show_each_other(browser: object, served: str) -> None:
    look = Looked(browser, served, WIDE)
    unit, claim = TALKS.document.units[0], TALKS.claims[0]
    look.open(f"/document/{unit.id}")
    item, words = look.page.locator(f"#i-{claim.id}"), look.page.locator(f".m[data-i~='{claim.id}']")
    item.hover()
    assert "on" in words.first.get_attribute("class").split()
    look.page.locator("h1").hover()
    words.first.hover()
    assert "on" in item.get_attribute("class").split()
    # By keyboard: from the words to the item and back.
    other = TALKS.claims[1]
    look.page.locator(f"#i-{other.id} .go").focus()
    assert look.page.locator(f".m.on[data-i~='{other.id}']").count() >= 1
    look.page.keyboard.press("Enter")
    look.page.wait_for_url(f"**#q-{other.id}")
    look.page.locator(f".m[data-i~='{other.id}']").first.focus()
    look.page.keyboard.press("Enter")
    look.page.wait_for_url("**#i-*")
    look.context.close()


def test_words_lead_to_items_without_scripts(browser: object, served: str) -> None:
    look = Looked(browser, served, NARROW, java_script_enabled=False)
    unit, claim = TALKS.document.units[0], TALKS.claims[0]
    look.page.goto(f"{served}/document/{unit.id}")
    look.page.locator(f"#i-{claim.id} .go").click()
    assert look.page.url.endswith(f"#q-{claim.id}")
    look.page.locator(".text a.m").first.click()
    look.page.wait_for_url("**#i-*")
    look.context.close()


def test_keyboard_begins_with_the_skip_link(browser: object, served: str) -> None:
    look = Looked(browser, served, WIDE)
    look.open("/about")
    look.page.keyboard.press("Tab")
    assert look.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    look.page.keyboard.press("Enter")
    assert look.page.evaluate("document.activeElement.id") == "main"
    look.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_person_signs_in_corrects_a_date_and_undoes_it_by_keyboard(
    browser: object, tmp_path: Path, width: int, scripts: bool
) -> None:
    store = record(tmp_path / "r.db", TALKS, HOSTILE)
    accounts.add(store, "Mai", "a sentence of hers")
    item = find(store, Filter(source="talks.txt", kind="engagement")).items[0]
    with serving(store) as at:
        look = Looked(browser, at, width, java_script_enabled=scripts)
        look.open("/review")
        page = look.page
        page.focus("#name")
        page.keyboard.type("Mai")
        page.keyboard.press("Tab")
        page.keyboard.type("a sentence of hers")
        page.keyboard.press("Enter")
        page.wait_for_url("**/review")
        assert "What waits for a person" in page.inner_text("main")
        link = page.locator(f"a[href='/review/item/{item.id}']")
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/review/item/{item.id}")
        assert item.quote in page.inner_text("main")
        page.get_by_label("date", exact=True).focus()
        page.keyboard.press("Control+A")
        page.keyboard.type("2011-03-02")
        page.keyboard.press("Enter")
        page.wait_for_selector(".rev.corrected")
        assert claim(store, item.id).date == "2011-03-02"
        look.open(f"/review/item/{item.id}")
        page.get_by_role("button", name="Undo").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".rev.machine")
        assert claim(store, item.id).date == "2021-07-06"
        for other in find(store, Filter(source="hostile.txt")).items:
            look.open(f"/review/item/{other.id}")
            assert page.title() != "owned"
        look.open("/review")
        look.open("/review/log")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/review/sign-in")
        assert look.said == []
        look.context.close()


def test_dark_and_print(browser: object, served: str) -> None:
    look = Looked(browser, served, WIDE, color_scheme="dark")
    look.open("/mechanism/HBF")
    dark = look.page.evaluate("getComputedStyle(document.body).backgroundColor")
    look.page.emulate_media(color_scheme="light")
    assert look.page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    look.page.emulate_media(media="print")
    assert not look.page.locator("header.top").is_visible()
    assert look.page.locator("table.rounds").is_visible()
    look.context.close()
