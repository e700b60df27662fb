"""HTML pages: the article, its captions and day; the related stories apart from it."""

from __future__ import annotations

import pytest
from document_packs import PACKS, read_bytes, read_text
from lxml import html
from pydantic import ValidationError

from communique.document.selector import select
from communique.errors import SourceError
from communique.loader.outlet import HtmlLayout
from communique.model import Document

STORY = (
    "The two ministers met on Monday and agreed on joint patrols, on visits of young officers and on a hotline.",
    "They also spoke of peacekeeping, where both armies have field hospitals, and of clearing old mines.",
)
PAGE = """<html><head><title>Ministers meet | Site</title>
<link rel="canonical" href="https://www.example.org/news/1">{head}</head><body>
<nav>Home Sport</nav><h1>Ministers meet</h1>{date}
<article><figure><img src="a.jpg"><figcaption>The hall. (Photo: MOD)</figcaption></figure>
<p>{0}</p><p>{1}</p></article>
<div class="related"><h3>Storm hits the coast</h3><p>A storm hit the coast on Sunday and closed roads.</p></div>
<footer>All rights reserved</footer><script>var x = "secret";</script></body></html>"""


def page(head: str = "", date: str = "") -> Document:
    return read_text(PAGE.format(*STORY, head=head, date=date), "text/html", "a.html")


def test_an_unknown_outlet_is_read_by_the_general_extractor() -> None:
    document = page()
    (unit,) = document.units
    assert unit.title == "Ministers meet"
    assert [unit.text[p.start : p.end] for p in unit.parts if p.kind == "body"] == list(STORY)
    assert [unit.text[p.start : p.end] for p in unit.parts if p.kind == "caption"] == ["The hall."]
    assert unit.url == "https://www.example.org/news/1"
    assert any("general" in note for note in document.notes)
    for words in ("Storm", "Sport", "rights", "secret"):
        assert words not in unit.text


@pytest.mark.parametrize(
    ("head", "date", "want"),
    [
        ('<meta property="article:published_time" content="2023-04-05T01:02:03Z">', "", ("2023-04-05", "metadata")),
        ('<script type="application/ld+json">{"datePublished": "2023-04-05"}</script>', "", ("2023-04-05", "metadata")),
        ("", "<time datetime='2023-04-05'>yesterday</time>", ("2023-04-05", "metadata")),
        ("", "", (None, "unknown")),
        ("", "<p>Founded on 2001-02-03 by nobody.</p>", (None, "unknown")),
    ],
)
def test_the_day_of_publication(head: str, date: str, want: tuple[str | None, str]) -> None:
    unit = page(head, date).units[0]
    assert (unit.published, unit.basis) == want


@pytest.mark.parametrize(
    "text",
    [
        "<html></html>",
        "<html><body><nav>Home</nav></body></html>",
        "<h1>Title alone</h1>",
        "<p>x</p>",
        "<!-- only a comment -->",
        "<frameset><frame src='a'></frameset>",
        "<div>" * 100_000 + "<p>deep</p>",
        "<" * 100_000,
        "<a " + "x=1 " * 50_000 + ">",
        "plain words without any markup",
    ],
)
def test_html_without_an_article_is_one_clear_line(text: str) -> None:
    with pytest.raises(SourceError) as told:
        read_bytes(text.encode(), "text/html", "dir/a.html")
    assert str(told.value).startswith("dir/a.html: ")
    assert "\n" not in str(told.value)


def test_more_elements_than_a_page_has() -> None:
    with pytest.raises(SourceError, match="elements"):
        read_text("<p>a</p>" * 160_000, "text/html")


def test_an_outlet_is_known_by_the_address_that_came_with_the_page() -> None:
    text = PAGE.format(*STORY, head="", date="").replace("www.example.org", "en.news.cn")
    assert read_text(text, "text/html").units[0].outlet == "新华社"


def test_teasers_of_a_known_outlet_have_their_parts() -> None:
    text = """<link rel="canonical" href="https://zh.vietnamplus.vn/post-1.vnp">
    <h1 class="article__title">两国举行对话</h1>
    <div class="article__body"><p>越通社河内——两国3月5日在河内举行对话,商定扩大联合巡逻和军医合作。</p>
    <p>双方还商定了明年的合作计划,并将互派青年军官访问,继续在维和与扫雷方面开展合作。</p></div>
    <div class="box-content"><article class="story"><figure><figcaption>舰艇。图自越通社</figcaption></figure>
    <h2 class="story__heading">海军舰艇抵港</h2><div class="story__summary">3月4日,海军舰艇抵达港口。</div></article>
    <article class="story"><h2 class="story__heading">只有标题的一条</h2></article></div>"""
    article, first, second = read_text(text, "text/html").units
    assert article.title == "两国举行对话"
    assert "舰艇" not in article.text
    assert [(p.kind, first.text[p.start : p.end]) for p in first.parts] == [
        ("caption", "舰艇。"),
        ("credit", "图自越通社"),
        ("title", "海军舰艇抵港"),
        ("lead", "3月4日,海军舰艇抵达港口。"),
    ]
    assert (second.title, second.text, second.position) == ("只有标题的一条", "只有标题的一条", 2)


def test_an_older_layout_is_dated() -> None:
    pack = next(p for p in PACKS.outlets if p.code == "vna-zh")
    assert [x.valid_until is None for x in pack.layouts] == [True, False]


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("p", ["a", "b", "c"]),
        (".x", ["a", "c"]),
        ("p.x.y", ["c"]),
        ("#d p", ["b", "c"]),
        ("[data-k=v]", ["b"]),
        ("div [data-k]", ["b"]),
        ("P", ["a", "b", "c"]),
        ("h1", []),
    ],
)
def test_selectors(selector: str, found: list[str]) -> None:
    tree = html.fromstring(
        '<body><p class="x">a</p><div id="d"><p data-k="v" class="xx">b</p><p class="y x">c</p></div></body>'
    )
    assert [e.text for e in select(tree, (selector,))] == found


@pytest.mark.parametrize("selector", ["", "a > b", "a:hover", "a[x='y']", "//a", "a, b"])
def test_a_selector_that_is_not_simple_is_refused(selector: str) -> None:
    with pytest.raises(ValidationError, match="simple selector"):
        HtmlLayout(title=(selector,))
