"""What an analyst does at the desk in a morning, in a real browser, and what a checker of accessibility finds there."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import BAD, HOSTILE
from icalendar import Calendar
from support import PAGES, person, record, told
from webpages import serving

from communique.store import Store, accounts
from communique.views import Filter, claim, entries_list, find

pytestmark = pytest.mark.browser
LINE = "会" * 350_000  # a megabyte
LONG = told("long.txt", "一行", f"丁海山{LINE}。", [person("丁海山", "丁海山", "VN")], published="2021-07-08")
SLY = told(
    "sly.txt",
    "Talks",
    "On Tuesday the minister met \u202egnp.exe\u2066 the delegation.",
    [person("the minister", "Sly \u202eretsinim", "SG")],
    lang="en",
    published="2022-02-02",
    outlet="javascript:alert(1)",
)

SIGNED = told(
    "signed.txt",
    "越俄签署备忘录",
    "2021年7月6日，越南与俄罗斯签署《海上搜救备忘录》，两国关系为全面战略伙伴关系。",
    [
        {
            "kind": "instrument", "quote": "《海上搜救备忘录》", "name": "海上搜救备忘录", "type": "memorandum",
            "parties": ["VN", "RU"], "status": "signed", "date": "2021-07-06",
        },
        {
            "kind": "tie", "quote": "两国关系为全面战略伙伴关系", "a": "VN", "b": "RU", "level": "全面战略伙伴关系",
            "since": None,
        },
    ],
    published="2021-07-06",
)  # fmt: skip


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    made = record(tmp_path / "r.db", *PAGES, HOSTILE, SLY, LONG, SIGNED)
    accounts.add(made, "Mai", "a sentence of hers", "reviewer")
    yield made
    made.close()


def test_a_morning(browser: object, own: Store) -> None:  # noqa: PLR0915 - one thing after another
    with serving(own) as at:
        context = browser.new_context(viewport={"width": 1280, "height": 850}, locale="en-GB")  # type: ignore[attr-defined]
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda m: said.append(m.text))
        page.on("pageerror", lambda e: said.append(str(e)))
        # Searching as one types: the pair is offered under the field, and the items change on the page of the search.
        page.goto(at)
        page.get_by_role("combobox").press_sequentially("越南 俄罗斯")
        page.wait_for_selector(".offered li")
        assert "Russia – Vietnam" in page.inner_text(".offered")
        page.keyboard.press("Enter")
        page.wait_for_selector(".results")
        assert page.locator("#found mark").count() >= 1
        page.get_by_role("combobox").fill("越南")
        page.wait_for_url("**/find?text=%E8%B6%8A%E5%8D%97")
        page.get_by_role("combobox").fill("越南 俄罗斯")
        page.wait_for_selector(".guess a[href='/pair/RU-VN']")
        page.get_by_role("button", name="Save this search").click()
        page.click(".guess a")
        page.wait_for_url("**/pair/RU-VN")
        assert "Who last met whom" in page.inner_text("main")
        # The calendar is subscribed to by the link's address, as a calendar program does.
        page.goto(f"{at}/pair/RU-VN")
        feed = page.get_by_role("link", name="Calendar", exact=True).get_attribute("href")
        answer = context.request.get(f"{at}{feed}")
        assert answer.headers["content-type"].startswith("text/calendar")
        events = Calendar.from_ical(answer.body()).walk("VEVENT")
        assert any("2021-07-06" in str(e["DTSTART"].dt) for e in events)
        # A brief is opened, one of its notes followed to the quote, and the brief saved.
        page.get_by_role("link", name="Brief", exact=True).click()
        page.wait_for_url("**/brief/**")
        page.get_by_label("also what only a machine read, marked").check()
        page.get_by_role("button", name="Write").click()
        page.locator(".refs a").first.click()
        assert page.locator(":target q").is_visible()
        with page.expect_download() as saved:
            page.get_by_role("link", name="Word", exact=True).click()
        assert zipfile.is_zipfile(saved.value.path())
        # A round to its sentence.
        page.goto(f"{at}/mechanism/HBF")
        page.click("table.rounds tbody tr:first-child th a")
        page.wait_for_selector(".telling")
        page.click(".telling h3 a")
        page.wait_for_selector(".hit.on")
        assert page.inner_text(".m.on").startswith("第一届海港论坛2016年在新加坡举行")
        # A date is corrected and the correction taken back.
        item = find(own, Filter(type="session", source="forum.txt"), order="text").items[0]
        page.goto(f"{at}/review/item/{item.id}")
        page.fill("#name", "Mai")
        page.fill("#password", "a sentence of hers")
        page.keyboard.press("Enter")
        page.wait_for_url("**/review")
        page.goto(f"{at}/review/item/{item.id}")
        page.get_by_label("date", exact=True).fill("2016-05-04")
        page.get_by_label("date", exact=True).press("Enter")
        page.wait_for_selector(".rev.corrected")
        assert claim(own, item.id).date == "2016-05-04"
        page.goto(f"{at}/mechanism/HBF")
        assert "4 May 2016" in page.inner_text("table.rounds")
        page.goto(f"{at}/new")
        assert "Decided by people 1" in page.inner_text("main")
        page.goto(f"{at}/review/item/{item.id}")
        page.get_by_role("button", name="Undo").click()
        page.wait_for_selector(".rev.machine")
        assert claim(own, item.id).date == "2016"
        # In another language, and the search that was kept.
        page.goto(f"{at}/pair/RU-VN")
        page.get_by_role("link", name="中文").click()
        page.wait_for_selector("html[lang^=zh]")
        assert "俄罗斯 – 越南" in page.inner_text("h1")
        assert "谁最近会见谁" in page.inner_text("main")
        page.goto(at)
        page.click("#saved a")
        page.wait_for_url("**/find?text=*")
        assert said == []
        context.close()


def test_names_are_chosen_by_keyboard(browser: object, own: Store) -> None:
    with serving(own) as at:
        page = browser.new_page(locale="en-GB")  # type: ignore[attr-defined]
        page.goto(f"{at}/about")
        page.get_by_role("combobox").press_sequentially("petrov")
        page.wait_for_selector(".offered li")
        page.keyboard.press("ArrowDown")
        chosen = page.get_by_role("combobox").get_attribute("aria-activedescendant")
        assert page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
        page.keyboard.press("Escape")
        assert not page.locator(".offered").is_visible()
        page.keyboard.press("ArrowDown")
        assert page.locator(".offered").is_visible()
        page.keyboard.press("Enter")
        page.wait_for_url("**/person/*")
        page.close()


def kinds(store: Store) -> dict[str, str]:
    """Return an address of every kind of page."""

    def entry(**asked: str) -> str:
        return find(store, Filter(**asked)).items[0].entry

    someone = next(r for r in entries_list(store, "person") if r.name == "伊万·彼得罗夫").id
    unit = find(store, Filter(source="forum.txt")).items[0].unit
    return {
        "first": "/", "find": "/find?text=会谈", "nothing": "/find?text=zzzz", "pair": "/pair/RU-VN",
        "state": "/state/VN", "mechanism": "/mechanism/HBF", "person": f"/person/{someone}",
        "engagement": f"/entry/{entry(type='talks')}", "commitment": f"/entry/{entry(kind='commitment')}",
        "instrument": f"/entry/{entry(kind='instrument')}", "tie": f"/entry/{entry(kind='tie')}",
        "timeline": "/chart/timeline", "network": "/chart/network", "matrix": "/chart/matrix", "years": "/chart/years",
        "places": "/chart/places", "brief": "/brief/RU-VN", "mechanisms": "/list/mechanism",
        "document": f"/document/{unit}", "new": "/new?since=2020-01-01", "due": "/due?every=true",
        "conflicts": "/conflicts", "people": "/list/person", "documents": "/list/documents", "about": "/about",
        "api": "/api", "sign in": "/review/sign-in", "trouble": "/nowhere", "hostile": "/document/hostile.txt",
    }  # fmt: skip


@pytest.mark.parametrize(("width", "scheme", "locale"), [(1280, "light", "en-GB"), (390, "dark", "zh-CN")])
def test_a_checker_finds_nothing_serious(browser: object, own: Store, width: int, scheme: str, locale: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport={"width": width, "height": 850}, color_scheme=scheme, locale=locale)  # type: ignore[attr-defined]
    page = context.new_page()
    bad = []
    with serving(own) as at:
        for name, address in kinds(own).items():
            page.goto(at + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            bad += _serious(axe, page, name)
        page.goto(f"{at}/review/sign-in")
        page.fill("#name", "Mai")
        page.fill("#password", "a sentence of hers")
        page.keyboard.press("Enter")
        page.wait_for_url("**/review")
        for name, address in (("queue", "/review"), ("log", "/review/log"), ("item", None)):
            page.goto(at + (address or f"/review/item/{find(own, Filter(type='talks')).items[0].id}"))
            bad += _serious(axe, page, name)
    context.close()
    assert not bad, "\n".join(bad)


def _serious(axe: object, page: object, name: str) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = axe.run(page, options={"runOnly": {"type": "tag", "values": tags}})  # type: ignore[attr-defined]
    return [
        f"{name}: {v['id']}: {v['nodes'][0]['html'][:160]}"
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]


def test_hostile_texts_are_harmless(browser: object, own: Store) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 850}, locale="en-GB")  # type: ignore[attr-defined]
    page = context.new_page()
    went: list[str] = []
    page.on("dialog", lambda d: went.append(d.message))
    page.on("console", lambda m: went.append(m.text))
    with serving(own) as at:
        for address in (
            "/", "/find?text=met", "/find?text=会", "/list/person", "/list/documents", "/document/hostile.txt",
            "/document/sly.txt", "/document/long.txt", "/state/SG", "/state/VN", "/new?since=2020-01-01",
        ):  # fmt: skip
            page.goto(at + address)
            page.wait_for_selector("main")
            assert page.title() != "owned"
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
            links = page.evaluate("[...document.querySelectorAll('a')].map((a) => a.protocol)")
            assert set(links) <= {"http:", "https:"}
            assert not {"\u202e", "\u2066"} & set(page.inner_text("body"))
        # What is offered while one types is text as well.
        page.goto(at)
        page.get_by_role("combobox").press_sequentially(BAD[:12])
        page.wait_for_timeout(500)
        assert page.locator(".offered img, .offered script").count() == 0
    assert went == []
    context.close()
