"""Fetching, against a real server: how politely, and from what lists of addresses."""

from __future__ import annotations

import gzip
import threading
import time
from pathlib import Path

import warcs
from fetching import sent_to, web, why
from web_server import Handler, Site, serving

from communique.errors import SourceError
from communique.model import Raw, Skipped
from communique.source import Archive, open_sources

PAGE = warcs.page(1)


# --- politeness -----------------------------------------------------------------------------------------------------


def test_robots_txt_is_obeyed(site: Site) -> None:
    site.pages |= {"/robots.txt": b"User-agent: *\nDisallow: /private/\n", "/private/a": PAGE, "/a": PAGE}
    by = web()
    assert by.get(site.url("/a")).data == PAGE
    assert "robots.txt" in why(site.url("/private/a"), by)
    assert site.paths("") == ["/robots.txt", "/a"]


def test_rules_of_the_host_that_a_page_moved_to_count(site: Site) -> None:
    with serving() as other:
        other.pages |= {"/robots.txt": b"User-agent: communique\nDisallow: /\n", "/a": PAGE}
        site.pages["/a"] = sent_to(other.url("/a"))
        assert "robots.txt" in why(site.url("/a"))
        assert other.paths("") == ["/robots.txt"]


def test_a_host_whose_rules_cannot_be_had_is_left_alone(site: Site) -> None:
    site.pages |= {"/robots.txt": lambda h: h.answer(b"", 503), "/a": PAGE}
    assert "left alone" in why(site.url("/a"))
    assert site.paths() == []


def test_one_request_at_a_time_with_a_pause_and_an_honest_name(site: Site) -> None:
    def page(h: Handler) -> None:
        time.sleep(0.03)
        h.answer(PAGE)

    site.pages |= {f"/{n}": page for n in range(6)}
    by = web(pause=0.1)
    threads = [threading.Thread(target=by.get, args=(site.url(f"/{n}"),)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [at for at, path, _ in site.asked]
    assert site.most_open == 1
    assert all(b - a >= 0.1 for a, b in zip(times, times[1:], strict=False))
    assert all(h["User-Agent"].startswith("communique/") for _, _, h in site.asked)


def test_a_delay_that_robots_txt_asks_for(site: Site) -> None:
    site.pages |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 0.3\n", "/a": PAGE, "/b": PAGE}
    by = web()
    by.get(site.url("/a"))
    by.get(site.url("/b"))
    times = [at for at, _, _ in site.asked]
    assert times[2] - times[1] >= 0.3


def test_a_busy_host_gets_rest(site: Site) -> None:
    answers = iter([503, 429, 200])

    def page(h: Handler) -> None:
        status = next(answers)
        h.answer(PAGE, status, **({} if status == 200 else {"Retry-After": "1"}))

    site.pages["/a"] = page
    began = time.monotonic()
    assert web(tries=3, pause=0.05).get(site.url("/a")).data == PAGE
    assert time.monotonic() - began >= 1.9
    site.pages["/b"] = lambda h: h.answer(b"", 429, Retry_After="7200")
    by = web(patience=1.0)
    assert "429" in why(site.url("/b"), by)
    assert "asked for rest" in why(site.url("/a"), by)


def test_what_did_not_change_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    def page(h: Handler) -> None:
        same = h.headers.get("If-None-Match") == '"v1"' and h.headers.get("If-Modified-Since") == "yesterday"
        h.answer(b"" if same else PAGE, 304 if same else 200, ETag='"v1"', Last_Modified="yesterday")

    site.pages["/a"] = page
    for _ in range(2):
        with Archive(tmp_path / "kept") as archive:
            got = web(archive).get(site.url("/a"))
            assert (got.data, got.media) == (PAGE, "text/html")
    assert got.status == 304
    assert len(list((tmp_path / "kept").rglob("*.zst"))) == 1


# --- sources --------------------------------------------------------------------------------------------------------


def rss(*addresses: str) -> bytes:
    items = "".join(f"<item><title>t</title><link>{a}</link></item>" for a in addresses)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


def test_a_feed_is_fetched_page_by_page_and_read_again_offline(site: Site, tmp_path: Path) -> None:
    site.pages |= {
        "/rss.xml": rss(site.url("/1"), "/2", site.url("/gone"), site.url("/picture")),
        "/1": warcs.page(1),
        "/2": warcs.page(2),
        "/picture": lambda h: h.answer(b"\x89PNG", media="image/png"),
    }
    with Archive(tmp_path / "kept") as archive:
        found = list(open_sources([site.url("/rss.xml")], web=web(archive)))
    assert [type(x) for x in found] == [Raw, Raw, SourceError, Skipped]
    assert "status 404" in str(found[2])
    again = list(open_sources([str(tmp_path / "kept")]))
    assert [(r.source, r.data) for r in again if isinstance(r, Raw)] == [
        (site.url("/1"), warcs.page(1)),
        (site.url("/2"), warcs.page(2)),
    ]


def test_sitemaps_list_sitemaps_but_not_for_ever(site: Site) -> None:
    outer = f"<sitemapindex><sitemap><loc>{site.url('/one.xml.gz')}</loc></sitemap></sitemapindex>"
    inner = f"<urlset><url><loc>{site.url('/1')}</loc><lastmod>2024-01-01</lastmod></url></urlset>"
    site.pages |= {"/sitemap.xml": outer.encode(), "/one.xml.gz": gzip.compress(inner.encode())}
    site.pages["/1"] = warcs.page(1)
    assert [type(x) for x in open_sources([site.url("/sitemap.xml")], web=web())] == [Raw]
    loop = f"<sitemapindex><sitemap><loc>{site.url('/loop.xml')}</loc></sitemap></sitemapindex>".encode()
    site.pages["/loop.xml"] = loop
    (error,) = open_sources([site.url("/loop.xml")], web=web())
    assert "too deep" in str(error)


def test_a_feed_in_a_file_lists_pages_of_the_net(site: Site, tmp_path: Path) -> None:
    site.pages["/1"] = warcs.page(1)
    (tmp_path / "feed.xml").write_bytes(rss(site.url("/1")))
    assert [type(x) for x in open_sources([str(tmp_path / "feed.xml")], web=web())] == [Raw]
    (error,) = open_sources([str(tmp_path / "feed.xml")])
    assert "save the page" in str(error)
