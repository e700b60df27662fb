"""HTML pages: what markup says of title, lead, captions and related stories; the body by a general extractor."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.document import published
from communique.document.prune import prune
from communique.document.rules import edtf
from communique.document.selector import select
from communique.errors import SourceError
from communique.loader.outlet import HtmlLayout, Layout, OutletPack

MOST_ELEMENTS = 150_000
LEAST_LETTERS = 40
PROLOGUE = re.compile(r"^\s{0,100}<\?xml[^>]{0,200}\?>")
# htmldate would else take today for the last day that a page can have.
EARLIEST, LATEST = "1945-01-01", "2099-12-31"
BLOCKS = ("p", "h1", "h2", "h3", "h4", "li", "td", "div", "blockquote")
NOT_TEXT = ("script", "style", "noscript", "template", "svg", "iframe")


@dataclass(frozen=True, slots=True)
class Story:
    """A story of the related block: title, caption and lead as far as the page has them."""

    title: str
    caption: str | None
    lead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page holds. ``lines`` are the article's, with their kind where the markup says it."""

    lines: tuple[tuple[str, str | None], ...]
    stories: tuple[Story, ...]
    published: str | None
    basis: str


def parse(text: str, where: str) -> Any:
    """Return the tree of an HTML page.

    Raises:
        SourceError: it has no element, or more than a page can have.
    """
    from lxml import etree, html

    clean = PROLOGUE.sub("", text.replace("\x00", "\ufffd"))
    try:
        parser = html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(clean, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as e:
        raise SourceError("no HTML in it", where=where, remedy="save the page again") from e
    count = 0
    for count, _ in enumerate(tree.iter(), 1):
        if count > MOST_ELEMENTS:
            raise SourceError(f"more than {MOST_ELEMENTS} elements", where=where, remedy="save the article alone")
    return tree


def address(tree: Any) -> str | None:
    """Return the address that the page gives as its own."""
    for path, name in ((".//link[@rel='canonical']", "href"), (".//meta[@property='og:url']", "content")):
        for element in tree.iterfind(path):
            url = (element.get(name) or "").strip()
            if url.startswith(("http://", "https://")) and len(url) < 4096:
                return url
    return None


def visible(tree: Any) -> str:
    """Return the words of the page, one line an element, for the outlet's signs."""
    words = (t.strip() for t in tree.itertext())
    return "\n".join(w for w in words if w)


def blocks(tree: Any) -> list[str]:
    """Return the words of a page block by block, with nothing chosen: a newsletter is a page of its own kind."""
    for name in (*NOT_TEXT, "head"):
        for element in list(tree.iter(name)):
            _drop(element)
    found = []
    for element in tree.iter(*BLOCKS):
        if not any(inner is not element for inner in element.iter(*BLOCKS)) and (words := _text(element)):
            found.append(words)
    return list(dict.fromkeys(found))


def read(tree: Any, outlet: OutletPack, layout: HtmlLayout, url: str | None, where: str) -> Page:
    """Return what the page holds; the tree is used up.

    Raises:
        SourceError: there is no article in it.
    """
    stories = _stories(tree, layout)
    day, basis = _published(tree, outlet, layout, url)
    for name in NOT_TEXT:
        for element in list(tree.iter(name)):
            _drop(element)
    for element in select_all(tree, layout.drop):
        _drop(element)
    head = _meta(tree)
    title = _first(tree, layout.title)
    if layout.not_article:
        prune(tree, layout.not_article, title or head or _first(tree, ("h1", "title")))
    lead = _first(tree, layout.lead)
    captions = _take(tree, layout.caption)
    body = _body(tree, layout)
    if not title:
        title = head or _first(tree, ("h1",)) or _first(tree, ("title",))
    lines: list[tuple[str, str | None]] = [(title, "title")] if title else []
    if lead and not any(_same(lead, line) for line in (title, *body[:1])):
        lines.append((lead, "lead"))
    lines += [(c, "caption") for c in captions if not _same(c, title)]
    kept = [b for b in body if not _same(b, title)]
    lines += [(b, None) for b in kept]
    if not title or sum(1 for line in kept for c in line if c.isalnum()) < LEAST_LETTERS:
        raise SourceError("no article found in the page", where=where, remedy="save the page of one article")
    return Page(tuple(lines), stories, day, basis)


def fitting(tree: Any, outlet: OutletPack) -> Layout:
    """Return the layout of a page whose day is not known: the first whose body is in it, else the one in use now."""
    return next((x for x in outlet.layouts if select(tree, x.html.body)), outlet.layouts[0])


def select_all(tree: Any, selectors: Sequence[str]) -> list[Any]:
    """Return what all selectors find."""
    return [x for selector in selectors for x in select(tree, (selector,))]


def _published(tree: Any, outlet: OutletPack, layout: HtmlLayout, url: str | None) -> tuple[str | None, str]:
    for element in select(tree, layout.published):
        for name in ("datetime", "content"):
            if day := published.from_metadata(element.get(name)):
                return day, "metadata"
        words = _text(element)
        for pattern in outlet.printed:
            if (m := pattern.search(words[:200])) and (day := edtf(m)):
                return day, "printed"
    from htmldate import find_date

    try:
        day = find_date(
            _dated(tree),
            extensive_search=False,
            original_date=True,
            min_date=EARLIEST,
            max_date=LATEST,
            verbose=False,
        )
    except (ValueError, TypeError, AttributeError, OverflowError):
        day = None
    if day:
        return day, "metadata"
    day = published.from_url(url)
    return day, "url" if day else "unknown"


def _dated(tree: Any) -> Any:
    """Return a page of what is marked as a date, so that no date inside the story is taken for its day."""
    from lxml import html

    page = html.fromstring("<html><head></head><body></body></html>")
    head, body = page[0], page[1]
    for element in tree.iter("meta", "script"):
        if element.tag == "meta" or "json" in (element.get("type") or ""):
            head.append(copy.deepcopy(element))
            head[-1].tail = None
    for element in tree.iterfind(".//time[@datetime]"):
        body.append(html.Element("time", datetime=element.get("datetime")))
        break
    return page


def _stories(tree: Any, layout: HtmlLayout) -> tuple[Story, ...]:
    """Take the related stories out of the tree."""
    found = []
    for element in select_all(tree, layout.related):
        title = _first(element, layout.related_title)
        if title:
            caption = _first(element, layout.related_caption) or None
            leads = select(element, layout.related_lead)
            lead = tuple(t for x in leads if (t := _text(x)) and t != title)
            found.append(Story(title, caption, lead))
        _drop(element)
    return tuple(found)


def _body(tree: Any, layout: HtmlLayout) -> list[str]:
    """Return the paragraphs of the body: of the outlet's own element where there is one, by the extractor else."""
    from trafilatura import bare_extraction

    for element in select(tree, layout.body)[:1]:
        blocks = [x for x in element.iter("p", "h2", "h3", "h4", "li", "blockquote") if x.find(".//p") is None]
        lines = [t for x in blocks if (t := _text(x))]
        if lines:
            return lines
    found = bare_extraction(
        tree, fast=True, include_comments=False, include_tables=False, with_metadata=False, config=_settings()
    )
    text = getattr(found, "text", None) or ""
    return [line.strip() for line in text.split("\n") if line.strip()]


@cache
def _settings() -> Any:
    """Return the extractor's settings: a text may be short, as those in Chinese letters are."""
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(LEAST_LETTERS))
    return settings


def _meta(tree: Any) -> str:
    for element in tree.iterfind(".//meta[@property='og:title']"):
        if words := " ".join((element.get("content") or "").split()):
            return words
    return ""


def _first(element: Any, selectors: Sequence[str]) -> str:
    for found in select(element, selectors):
        if words := _text(found):
            return words
    return ""


def _take(tree: Any, selectors: Sequence[str]) -> list[str]:
    found = []
    for element in select_all(tree, selectors):
        if words := _text(element):
            found.append(words)
        _drop(element)
    return list(dict.fromkeys(found))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _same(a: str, b: str) -> bool:
    return "".join(a.split()) == "".join(b.split())


def _drop(element: Any) -> None:
    if element.getparent() is not None:
        element.drop_tree()
