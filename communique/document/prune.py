"""What is no article on a page of an unknown outlet: lists of other stories, and what the page's own names call such.

A list of stories is known by its form: blocks that are links, each with no more than a summary beside it. The element
that holds the page's title is never taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li td th dt dd div section article aside main ul ol dl table tbody tr blockquote figure form "
    "header footer nav center body amp-sidebar figcaption details summary address pre fieldset".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
ROWS = frozenset("li td dd tr".split())
WORD = re.compile(r"[A-Z]?[a-z]+")
LINKED, LEAST_ITEM, LEAST_FREE = 0.6, 4, 20
MOST_SHARE = 0.4
"""Of the letters of a page outside links: what a list beside the article may hold."""


def prune(tree: Any, names: Collection[str], title: str) -> None:
    """Take out of a tree what is no article.

    Args:
        names: words of classes, ids and roles by which pages mark what is no article. title: of the page.
    """
    body = tree.find(".//body")
    if body is None:
        return
    kept = _holding(body, title)
    total = _letters(body)
    for element in list(body.iter()):
        if element in kept or element.getparent() is None:
            continue
        if _named(element, names) and _letters(element) <= total / 2:
            element.drop_tree()
    free = sum(n for _, n, linked in _pieces(body) if not linked)
    for element in reversed([x for x in body.iter() if x.tag in BLOCKS]):
        if element not in kept and element is not body and _is_list(element, free):
            element.drop_tree()
    for element in body.iter("ul", "ol", "li"):  # what is left of lists are points of the article
        inner = element.tag != "li" or any(x.tag in BLOCKS for x in element.iterdescendants())
        element.tag = "div" if inner else "p"


def _holding(body: Any, title: str) -> set[Any]:
    """Return the elements that hold the title: the first headline, else what says the same as the page's title."""
    found = next(body.iter("h1"), None)
    if found is None and title:
        bare = _bare(title)
        found = next((x for x in body.iter() if x.tag in BLOCKS | {"font", "b", "strong"} and _is_title(x, bare)), None)
    return {found, *found.iterancestors()} if found is not None else set()


def _is_title(element: Any, bare: str) -> bool:
    words = _bare(element.text or "")
    return len(words) >= 5 and bare.startswith(words)


def _named(element: Any, names: Collection[str]) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("html", "body"):
        return False
    told = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"[:500]
    return any(word.lower() in names for word in WORD.findall(told))


def _is_list(element: Any, page: int) -> bool:
    items = free = letters = 0
    for heading, size, linked in _pieces(element):
        if linked:
            items += 1
        elif not heading and size >= LEAST_FREE:
            free += 1
            letters += size
    return items >= 2 and (free <= items or (free == items + 1 and letters <= page * MOST_SHARE))


def _pieces(element: Any) -> Iterator[tuple[bool, int, bool]]:
    """Yield the pieces of text of an element, block by block: heading?, letters outside links, is it a link?"""
    for block in element.iter():
        if block.tag not in BLOCKS:
            continue
        inside = any(a.tag == "a" for a in block.iterancestors()) or block.tag == "a"
        size, linked, first = _own(block)
        if size < LEAST_ITEM:
            continue
        is_item = inside or linked >= LINKED * size or (block.tag in ROWS and first >= LEAST_ITEM)
        yield block.tag in HEADINGS, size - linked, is_item


def _own(block: Any) -> tuple[int, int, int]:
    """Return the letters in a block and in no block inside it: all, those in links, those of a first link."""
    size = linked = first = 0
    before = _count(block.text)
    size += before
    for child in block:
        if child.tag not in BLOCKS:
            mine, links = _inline(child)
            if not size and links == mine:
                first = links
            size += mine
            linked += links
        size += _count(child.tail)
    return size, linked, first


def _inline(element: Any) -> tuple[int, int]:
    """Return the letters of an inline element that stand in no block inside it, and those of them in links."""
    if not isinstance(element.tag, str):
        return 0, 0
    size = linked = 0
    stack = [(element, element.tag == "a")]
    while stack:
        at, link = stack.pop()
        mine = _count(at.text)
        size += mine
        linked += mine if link else 0
        for child in at:
            tail = _count(child.tail)
            size += tail
            linked += tail if link else 0
            if isinstance(child.tag, str) and child.tag not in BLOCKS:
                stack.append((child, link or child.tag == "a"))
    return size, linked


def _count(text: str | None) -> int:
    return sum(1 for c in text if c.isalnum()) if text else 0


def _letters(element: Any) -> int:
    return sum(_count(t) for t in element.itertext())


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
