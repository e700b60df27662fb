"""Briefs are saved and feeds are subscribed to from the pages."""

from __future__ import annotations

import io
import re
import warnings

import httpx
import pytest
from docx import Document
from icalendar import Calendar
from lxml import html
from webpages import pick, words

from communique.web.charting import HEADS
from communique.web.render import HERE
from communique.web.speaking import speeches

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import feedparser


def page_of(client: httpx.Client, address: str) -> html.HtmlElement:
    got = client.get(address)
    assert got.status_code == 200, got.text[:300]
    return html.fromstring(got.text)


def link(page: html.HtmlElement, text: str) -> str:
    (found,) = [a for a in pick(page, ".ways a") if words(a) == text]
    return str(found.get("href"))


@pytest.mark.parametrize("address", ["/pair/RU-VN", "/mechanism/HBF", "/state/VN", "/find?state=VN&kind=engagement"])
def test_every_page_leads_to_a_calendar_and_a_feed(client: httpx.Client, address: str) -> None:
    page = page_of(client, address)
    got = client.get(link(page, "Calendar"))
    assert got.headers["content-type"] == "text/calendar; charset=utf-8"
    events = list(Calendar.from_ical(got.content).walk("VEVENT"))
    assert events
    assert client.get(re.sub(r"http://[^/]+", "", str(events[0]["description"]).split("\n")[-1])).status_code == 200
    apart = [client.get(link(page, part)).content for part in ("held", "planned", "expected")]
    assert sum(c.count(b"BEGIN:VEVENT") for c in apart) == len(events)
    feed = client.get(link(page, "Feed"))
    read = feedparser.parse(feed.content)
    assert not read.bozo
    assert read.entries
    assert client.get(read.entries[0].link).status_code == 200


def test_a_feed_is_in_the_language_asked_for(client: httpx.Client) -> None:
    asked = "/feeds/calendar.ics?state=VN&other=RU"
    assert "Nga" in client.get(asked, headers={"accept-language": "vi-VN,vi;q=0.9"}).text
    assert "Russia" in client.get(asked + "&language=en", headers={"accept-language": "vi"}).text
    assert client.get(asked + "&language=xx").status_code == 422
    assert client.get(asked + "&show=everything").status_code == 422
    assert client.get("/feeds/atom.xml?colour=red").status_code == 422


def test_a_brief_is_read_and_saved(client: httpx.Client) -> None:
    page = page_of(client, link(page_of(client, "/pair/RU-VN"), "Brief"))
    assert pick(page, ".brief li")
    assert "machine" not in words(pick(page, ".brief .notes")[0])
    files = {words(a): a.get("href") for a in pick(page, ".save a")}
    got = client.get(files["Word"])
    assert "attachment" in got.headers["content-disposition"]
    said = [p.text for p in Document(io.BytesIO(got.content)).paragraphs]
    shown = [li.text.strip() for li in page.xpath("//article//section[not(@class)]//li")]
    assert shown
    assert set(shown) <= set(said)
    assert client.get(files["PDF"], timeout=60).content.startswith(b"%PDF")
    assert client.get(files["Markdown"]).text.startswith("# ")
    saved = html.fromstring(client.get(files["page"]).text)
    assert not saved.xpath("//script | //link | //img")
    for a in pick(page, ".notes a[href^='/item/']"):
        assert client.get(a.get("href")).status_code == 200


def test_a_brief_has_an_address_that_stays(client: httpx.Client) -> None:
    got = client.get("/brief/VN-RU")
    assert "as_of=" in str(got.url)
    assert client.get("/brief/VN-RU?as_of=2021-07-06&machine=true").status_code == 200
    assert client.get("/brief/nobody-here").status_code == 422
    assert client.get("/brief/VN-RU?pages=900").status_code == 422


def test_hostile_text_stays_text(client: httpx.Client) -> None:
    page = page_of(client, "/brief/SG?machine=true&as_of=2026-01-01")
    assert not pick(page, ".brief script")
    assert not pick(page, ".brief img")
    assert "<script>" in words(pick(page, ".brief")[0])


# --- charts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["timeline", "network", "matrix", "years", "places"])
def test_a_chart_stands_beside_its_rows(client: httpx.Client, kind: str) -> None:
    page = page_of(client, f"/chart/{kind}")
    assert pick(page, "figure.chart")
    rows = page.xpath("//table[contains(@class,'rows')]/tbody/tr")
    assert rows
    links = {a.get("href") for a in pick(page, "table.rows a")}
    assert {a.get("href") for a in pick(page, "figure.chart a")} & links
    for address in sorted(links)[:3]:
        assert client.get(address).status_code == 200
    for form, kind_of in (("SVG", "image/svg+xml"), ("PNG", "image/png"), ("CSV", "text/csv; charset=utf-8")):
        (href,) = [a.get("href") for a in pick(page, ".save a") if words(a) == form]
        got = client.get(href, timeout=60)
        assert got.headers["content-type"] == kind_of
        assert "attachment" in got.headers["content-disposition"]


def test_the_slider_shows_a_network_up_to_a_year(client: httpx.Client) -> None:
    whole, early = (page_of(client, f"/chart/network{asked}") for asked in ("", "?year=2021"))
    assert len(early.xpath("//table/tbody/tr")) <= len(whole.xpath("//table/tbody/tr"))
    assert client.get("/chart/network?year=soon").status_code == 422
    assert client.get("/chart/pie").status_code == 422


def test_a_chart_that_finds_nothing_says_so(client: httpx.Client) -> None:
    assert "Nothing that was read" in words(page_of(client, "/chart/timeline?text=nowhere+to+be+found"))


def test_what_these_pages_say_is_said_in_every_language() -> None:
    templates = [HERE / "templates" / f"{name}.html" for name in ("away", "brief", "chart")]
    said = {t for p in templates for t in re.findall(r"\b_\('((?:[^'\\]|\\.)*)'", p.read_text(encoding="utf-8"))}
    for speech in list(speeches().values())[1:]:
        missing = {t for t in said | set(HEADS.values()) if speech.said.gettext(t) == t}
        assert not missing, speech.code


def test_pages_speak_the_language_of_the_reader(client: httpx.Client) -> None:
    got = client.get("/chart/years?state=VN", headers={"accept-language": "zh-CN"})
    page = html.fromstring(got.text)
    assert page.get("lang", "").startswith("zh")
    assert "越南" in words(pick(page, "h1")[0])
    brief = html.fromstring(client.get("/brief/VN-RU?machine=true", headers={"accept-language": "vi"}).text)
    assert "Việt Nam" in words(pick(brief, "article h1")[0])


def test_too_much_to_draw_is_said_with_what_to_do(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.charts.rows.MOST", 1)
    page = page_of(client, "/chart/timeline?state=VN&since=2001")
    assert "name a state, a mechanism or a time" in words(page)
    assert client.get("/chart/timeline?state=VN&since=2001&format=csv").status_code == 422
