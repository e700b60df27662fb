"""Serving a record to tests, and reading pages as a person would."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from lxml import html

from communique.store import Store
from communique.web import Proxy, create_app

_PIECE = re.compile(r"(?P<tag>^\w+)|\.(?P<cls>[\w-]+)|\[(?P<attr>[\w-]+)(?:(?P<op>\^?=)'?(?P<value>[^'\]]*)'?)?\]")


@contextmanager
def serving(store: Store, proxy: Proxy | None = None) -> Iterator[str]:
    """Serve a record as long as the block runs; the value is its address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(store, proxy=proxy), log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [found]}, daemon=True)
        thread.start()
        for _ in range(400):
            if server.started:
                break
            time.sleep(0.025)
        try:
            yield f"http://127.0.0.1:{found.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def visitor(address: str | httpx.URL, follow: bool = True) -> httpx.Client:
    """Return a program that asks what is served there, and waits as long as a busy machine needs."""
    return httpx.Client(base_url=address, follow_redirects=follow, trust_env=False, timeout=120)


@contextmanager
def asking(store: Store) -> Iterator[httpx.Client]:
    """Serve a record as long as the block runs; the value is a program that asks it."""
    with serving(store) as address, visitor(address) as client:
        yield client


def _step(selector: str) -> str:
    tag, tests = "*", ""
    for m in _PIECE.finditer(selector):
        if m["tag"]:
            tag = m["tag"]
        elif m["cls"]:
            tests += f"[contains(concat(' ', normalize-space(@class), ' '), ' {m['cls']} ')]"
        elif m["op"] == "^=":
            tests += f"[starts-with(@{m['attr']}, '{m['value']}')]"
        else:
            tests += f"[@{m['attr']}='{m['value']}']" if m["op"] else f"[@{m['attr']}]"
    return f"descendant::{tag}{tests}"


def pick(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Return what fits a selector of tags, classes, attributes, blanks and commas, in the page's order."""
    ways = ["./" + "/".join(_step(s) for s in way.split()) for way in selector.split(",")]
    return list(element.xpath(" | ".join(ways)))


def words(element: html.HtmlElement) -> str:
    """Return the text of an element on one line, as it is read: what stands in blocks of its own is parted."""
    spaced = "".join(f" {t}" if at else t for t, at in _texts(element))
    return re.sub(r"\s+", " ", spaced).strip()


def _texts(element: html.HtmlElement) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of text, each with whether a cell or a block begins with it."""
    block = element.tag in ("td", "th", "p", "li", "dt", "dd", "div", "h1", "h2", "h3", "h4", "section", "tr")
    yield element.text or "", block
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child)
        yield child.tail or "", False


PASSWORD = "a sentence that only Mai knows"


def token(page: httpx.Response) -> str:
    """Return the token of the form of a page."""
    return str(pick(html.fromstring(page.text), "main input[name='token']")[0].get("value"))


def sign_in(client: httpx.Client, name: str = "Mai", password: str = PASSWORD) -> httpx.Response:
    """Sign in as a person would; return what is shown then."""
    word = token(client.get("/review/sign-in"))
    return client.post("/review/sign-in", data={"token": word, "name": name, "password": password})
