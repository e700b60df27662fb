"""Measure how well the article of a page of an unknown outlet is found: its text against what was written.

    python bench/pages.py              42 pages in Chinese, Vietnamese and English, on 14 layouts
    python bench/pages.py --all        every story on every layout: 588 pages
    python bench/pages.py --list       each page with its F1, the worst first

The pages lie in cases/pages: stories, and layouts as news sites have them (semantic markup, blogs, tables of 2005,
hashed classes, AMP, related stories inside the text, side columns before it), all written by us. The truth of a page is
its title, lead, captions and paragraphs. F1 is over words, in Chinese over letters, as they occur; related stories must
not stand in the article at all.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

FOLDER = ROOT / "cases" / "pages"
LEAST = 0.97
KINDS = {"## ": "head", "- ": "item", "> ": "quote"}
TOKEN = re.compile(r"[\u3400-\u9fff]|\w+")


@dataclass(frozen=True)
class Page:
    """A page, with what is its article and what is none of it."""

    name: str
    lang: str
    html: bytes
    truth: str
    strange: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """How a page was read: F1, and which related stories stand in its article."""

    page: Page
    precision: float
    recall: float
    leaked: tuple[str, ...]
    error: str = ""

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pages(every: bool = False) -> Iterator[Page]:
    """Yield the pages of the set; ``every``: each story on each layout."""
    forms = sorted((FOLDER / "layouts").glob("*.html"))
    made = Environment(autoescape=True, undefined=StrictUndefined)
    layouts = {p.stem: made.from_string(p.read_text(encoding="utf-8")) for p in forms}
    for path in sorted(FOLDER.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, story in enumerate(data["stories"]):
            for form, name in enumerate(layouts):
                if every or form == (number + len(data["lang"]) * ord(data["lang"][0])) % len(layouts):
                    yield _page(f"{data['lang']}-{number + 1:02}-{name}", data, story, number, layouts[name])


def _page(name: str, data: dict[str, Any], story: dict[str, Any], number: int, layout: Any) -> Page:
    text = [_line(line) for line in story["text"]]
    pool = data["related"]
    related = [pool[(number + i) % len(pool)] for i in range(4)]
    others = [pool[(number + i) % len(pool)] for i in range(4, len(pool))]
    lead, caption = story.get("lead"), story.get("caption")
    day = f"2024-{number % 12 + 1:02}-{number + 3:02}"
    page = layout.render(
        title=story["title"], lead=lead, caption=caption, text=text, related=related, others=others, day=day,
        w=data["words"], lang=data["lang"], number=number,
    )  # fmt: skip
    page = re.sub(r"</ul>\s{0,9}<ul[^>]{0,40}><li>", "<li>", page)  # items in a row are one list
    shown = caption if caption and caption in page else None
    truth = "\n".join(x for x in (story["title"], lead, shown, *(t for _, t in text)) if x)
    strange = tuple(x for r in (*related, *others) for x in r)
    return Page(name, data["lang"], page.encode(), truth, strange)


def _line(line: str) -> tuple[str, str]:
    for sign, kind in KINDS.items():
        if line.startswith(sign):
            return kind, line.removeprefix(sign)
    return "text", line


def found(page: Page, packs: Any) -> Found:
    """Read a page and compare."""
    from communique.document import read
    from communique.errors import SourceError
    from communique.model import Raw

    try:
        text = read(Raw(page.name, page.html, "text/html", page.name), packs).units[0].text
    except SourceError as e:
        return Found(page, 0.0, 0.0, (), str(e))
    mine, wanted = Counter(TOKEN.findall(text)), Counter(TOKEN.findall(page.truth))
    both = (mine & wanted).total()
    leaked = tuple(x for x in page.strange if x in text)
    return Found(page, both / max(1, mine.total()), both / max(1, wanted.total()), leaked)


def measured(every: bool = False) -> list[Found]:
    """Return how every page was read."""
    from communique.loader import packs

    known = packs.load()
    return [found(page, known) for page in pages(every)]


def main(words: Iterable[str] | None = None) -> int:
    """Measure and tell; 1 where F1 is too low or a related story leaked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every story on every layout")
    parser.add_argument("--list", action="store_true", help="each page, the worst first")
    options = parser.parse_args(None if words is None else list(words))
    got = measured(options.all)
    if options.list:
        for x in sorted(got, key=lambda x: x.f1):
            print(
                f"{x.f1:.3f} precision {x.precision:.3f} recall {x.recall:.3f} {x.page.name} {x.error}{x.leaked or ''}"
            )
    for lang in sorted({x.page.lang for x in got}):
        mine = [x for x in got if x.page.lang == lang]
        print(f"{lang}: F1 {sum(x.f1 for x in mine) / len(mine):.3f} over {len(mine)} pages")
    mean, leaks = sum(x.f1 for x in got) / len(got), [x.page.name for x in got if x.leaked]
    print(f"all: F1 {mean:.3f} over {len(got)} pages, the worst {min(x.f1 for x in got):.3f}; leaks: {len(leaks)}")
    return int(mean < LEAST or bool(leaks))


if __name__ == "__main__":
    sys.exit(main())
