"""Briefs and charts in a real browser: nothing is refused by the policy, nothing asked of others, and the keys work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser
CHARTS = ("timeline", "network", "matrix", "years", "places")
OTHER_PAGES = ("/brief/VN-RU?machine=true", "/brief/HBF?machine=true&language=zh")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


@pytest.fixture
def page(browser: Any, served: str) -> Iterator[Any]:
    """A page that fails the test for whatever is said in its console, or asked of another host."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=served)
    made = context.new_page()
    said: list[str] = []
    made.on("console", lambda m: said.append(m.text))
    made.on("pageerror", lambda e: said.append(str(e)))
    made.on("request", lambda r: urlsplit(r.url).netloc == urlsplit(served).netloc or said.append(r.url))
    yield made
    context.close()
    assert said == []


def test_every_chart_and_brief_fits_a_phone(page: Any) -> None:
    for address in (*(f"/chart/{kind}" for kind in CHARTS), *OTHER_PAGES):
        page.goto(address)
        page.wait_for_selector("main")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        if address.startswith("/chart"):
            box = page.locator("figure.chart svg").bounding_box()
            assert box["width"] > 100
            assert page.locator("figure.chart svg text").first.text_content()


def test_a_mark_leads_to_its_page(page: Any) -> None:
    page.goto("/chart/matrix")
    mark = page.locator("figure.chart a[href^='/pair/']").first
    where = mark.get_attribute("href")
    assert re.search(r"\w+ \u2013 \w+: \d", mark.get_attribute("aria-label"))
    mark.dispatch_event("click")
    page.wait_for_url(f"**{where}")
    assert page.locator("h1").inner_text()


def test_the_slider_moves_by_keys_and_draws_the_year(page: Any) -> None:
    page.goto("/chart/network")
    slider = page.locator("input[type=range]")
    last = slider.input_value()
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_url("**year=*")
    assert page.locator("form.years output").inner_text() == slider.input_value() != last
    assert page.locator("#chart").count() == 1
    assert page.evaluate("document.activeElement.type") == "range", "the slider keeps the keys"


def test_a_brief_is_written_anew_and_saved(page: Any, tmp_path: Path) -> None:
    page.goto("/pair/RU-VN")
    page.get_by_role("link", name="Brief", exact=True).click()
    page.get_by_label("also what only a machine read, marked").check()
    page.get_by_role("button", name="Write").click()
    page.wait_for_url("**machine=true**")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.suffix == ".docx"
    assert path.read_bytes().startswith(b"PK")
    note = page.locator(".brief .refs a").first
    number = note.inner_text()
    note.click()
    assert page.evaluate("location.hash") == f"#n{number}"
