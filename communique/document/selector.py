"""Simple selectors of outlet packs (``div.story h2``, ``#detail``, ``meta[name=pubdate]``) on an lxml tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from communique.loader.outlet import STEP

TEST = re.compile(r"([.#])([\w-]+)|\[([\w-]+)(?:=([^\]\"']*))?\]")


@lru_cache(maxsize=512)
def xpath(selector: str) -> str:
    """Return a selector as XPath below the element it is asked of."""
    path = "."
    for step in selector.split():
        m = STEP.fullmatch(step)
        if m is None:
            raise ValueError(f"{selector!r} is no simple selector")
        path += f"//{m.group(1).lower() or '*'}"
        for sign, name, attribute, value in TEST.findall(m.group(2)):
            if sign == ".":
                path += f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
            elif sign == "#":
                path += f"[@id='{name}']"
            elif value:
                path += f"[@{attribute}='{value}']"
            else:
                path += f"[@{attribute}]"
    return path


def select(element: Any, selectors: Sequence[str]) -> list[Any]:
    """Return what the first selector finds that finds anything, in the order of the page; nothing twice inside."""
    for selector in selectors:
        found = element.xpath(xpath(selector))
        if found:
            chosen = set(found)
            return [x for x in found if not any(a in chosen for a in x.iterancestors())]
    return []
