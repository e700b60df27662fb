"""How well happenings are put together: what is one is one entry, what is two is never one.

    python bench/merge.py                        the project's own articles (cases/merging), and those of --articles
    python bench/merge.py --articles FILE.jsonl  articles with ``event`` and ``also`` (JSON Lines)
    python bench/merge.py --show                 every joined and every missed pair, with the entry or the claims
    python bench/merge.py --growth 20000         cost of adding, per 1,000 made-up articles, and how these are joined

The articles are read by the program into a new record. ``event`` names the main happening of an article: its claim is
the engagement of the article itself that fits best, by these points:

    date    2 where the event's name ends in a date (``...-2021-07``) with which the claim's date agrees, -2 where not;
    number  2 where the name holds the claim's ordinal, -2 where it holds another number in that place;
    words   0 to 2: the share of the claim's quote (pairs of letters) that stands in the title, 0 to 1 in the lead;
    place   the earlier in the text, the better, where all else is equal.

An article without such a claim is counted as unread and its pairs as missed. Over pairs of articles:

    one event     share of pairs with the same ``event`` whose main claims are in one entry (needed: 0.85 in a language)
    false joins   pairs with different events whose main claims are in one entry (needed: none)
    also          share of pairs, an article that tells an event by the way and one whose main event it is, where the
                  main claim's entry holds a claim of the other article too
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.made import growth
from communique import views
from communique.record import bounds
from communique.store import Store, open_store

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "cases" / "merging" / "articles.yaml"
FIELDS = ("id", "url", "outlet", "lang", "title", "published", "text")
LEAD = 160


@dataclass(frozen=True)
class Article:
    """An article and what is known of it: its main event and others that it tells of."""

    id: str
    lang: str
    event: str | None
    also: tuple[str, ...]
    fields: dict[str, Any]

    @property
    def language(self) -> str:
        return self.lang.partition("-")[0]


@dataclass
class Result:
    """Pairs of articles: of one event (joined, missed), of two events that became one, and told by the way."""

    joined: list[tuple[str, str, str]] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    false: list[tuple[str, str, str]] = field(default_factory=list)
    also: list[tuple[str, str, str]] = field(default_factory=list)
    apart: list[tuple[str, str, str]] = field(default_factory=list)
    different: int = 0

    @property
    def recall(self) -> float:
        return len(self.joined) / max(1, len(self.joined) + len(self.missed))


def articles(path: Path) -> list[Article]:
    """Return the articles of a YAML list or of JSON Lines."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yaml":
        rows = yaml.safe_load(text)
    else:
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [
        Article(r["id"], r["lang"], r.get("event"), tuple(r.get("also") or ()), {k: r.get(k) for k in FIELDS})
        for r in rows
    ]


def read(found: Sequence[Article], at: Path) -> Store:
    """Read articles into a new record at a path."""
    from communique.cli.reading import read_into

    source = at.with_suffix(".jsonl")
    source.write_text("".join(json.dumps(a.fields, ensure_ascii=False) + "\n" for a in found), encoding="utf-8")
    store = open_store(at)
    tally = read_into(store, [str(source)])
    if tally.failures:
        raise SystemExit("; ".join(tally.failures))
    return store


# --- which claim tells the main event -------------------------------------------------------------------------------


def event_date(event: str) -> str | None:
    """Return the date at the end of an event's name."""
    found = re.search(r"-(\d{4}(?:-\d{2}(?:-\d{2})?)?)$", event)
    return found[1] if found else None


def event_numbers(event: str) -> set[int]:
    """Return the numbers of an event's name that are not its date."""
    plain = event.removesuffix(event_date(event) or "")
    return {int(n) for n in re.findall(r"(?<=-)\d{1,2}(?=-|$)", plain)}


def _date_fits(event: str, date: str | None) -> float:
    wanted, span = event_date(event), bounds(date)
    if wanted is None or date is None:
        return 0.0
    if span is None:  # no year: month and day may be told
        parts = date.split("/")[0].split("-")[1:]
        told = wanted.split("-")[1:]
        return 2.0 if told and all(a in (b, "XX") for a, b in zip(parts, told, strict=False)) else -2.0
    asked = bounds(wanted)
    assert asked is not None
    return 2.0 if span[0] <= asked[1] and asked[0] <= span[1] else -2.0


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[\W\d_]+", "", text.casefold())
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def _share(quote: str, text: str) -> float:
    ours = _pairs(quote)
    return len(ours & _pairs(text)) / len(ours) if ours else 0.0


def fit(article: Article, event: str, item: views.Item) -> tuple[float, int]:
    """Return how well a claim fits an event; the second figure decides between equals."""
    points = _date_fits(event, item.date)
    ordinal, numbers = item.values.get("ordinal"), event_numbers(event)
    if isinstance(ordinal, int) and numbers:
        points += 2.0 if ordinal in numbers else -2.0
    title, body = str(article.fields["title"]), str(article.fields["text"])
    points += 2 * _share(item.quote, title) + _share(item.quote, body[:LEAD])
    return round(points, 3), -item.evidence[0].start


def main_claims(store: Store, found: Sequence[Article]) -> dict[str, views.Item]:
    """Return the claim of each article's main event, by the article's id."""
    out = {}
    for article in found:
        if article.event is None:
            continue
        asked = views.Filter(kind="engagement", source=article.id)
        items = [i for i in views.find(store, asked, limit=1000).items if i.role == "article"]
        if items:
            best = max(items, key=lambda i: fit(article, article.event or "", i))
            if fit(article, article.event, best)[0] > 0:
                out[article.id] = best
    return out


# --- pairs ----------------------------------------------------------------------------------------------------------


def judge(store: Store, found: Sequence[Article], language: str | None) -> Result:
    """Return what became of the pairs within a language, or (None) across two."""
    result = Result()
    claims = main_claims(store, found)
    held: dict[str, set[str]] = defaultdict(set)
    for item in views.find(store, views.Filter(kind="engagement"), limit=1_000_000).items:
        held[item.source].add(item.entry)
    for a, b in combinations(found, 2):
        if (a.language == b.language == language) if language else (a.language != b.language):
            _judge(a, b, claims, held, result)
    return result


def _judge(a: Article, b: Article, claims: dict[str, views.Item], held: dict[str, set[str]], result: Result) -> None:
    one = a.id in claims and b.id in claims and claims[a.id].entry == claims[b.id].entry
    if a.event and a.event == b.event:
        (result.joined if one else result.missed).append((a.id, b.id, a.event))
    elif a.event and b.event:
        result.different += 1
        if one:
            result.false.append((a.id, b.id, f"{a.event} / {b.event}"))
    for x, y in ((a, b), (b, a)):
        if x.event and x.event in y.also and x.id in claims:
            (result.also if claims[x.id].entry in held[y.id] else result.apart).append((x.id, y.id, x.event))


def report(name: str, r: Result) -> None:
    """Print the figures of one result."""
    pairs, also = len(r.joined) + len(r.missed), len(r.also) + len(r.apart)
    one = f"one event {len(r.joined)}/{pairs} = {r.recall:.2f}" if pairs else "one event  no pair"
    print(f"{name:<28} {one:<26} false joins {len(r.false)}/{r.different:<6} also {len(r.also)}/{also}")


def show(store: Store, found: Sequence[Article], r: Result) -> None:
    """Print the pairs, and for the missed ones the claims that were taken for the main event."""
    claims = main_claims(store, found)
    for word, pairs in (
        ("missed", r.missed),
        ("FALSE", r.false),
        ("joined", r.joined),
        ("also", r.also),
        ("apart", r.apart),
    ):
        for a, b, event in pairs:
            print(f"  {word:<7} {a} {b}  {event}")
            for x in (a, b) if word in ("missed", "FALSE") else ():
                item = claims.get(x)
                told = (
                    f"{item.type} {item.status} {item.date} {', '.join(item.actors)}: {item.quote}"
                    if item
                    else "no claim"
                )
                print(f"          {x}: {told}")


def main() -> int:
    """Run and print."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    ask.add_argument("--articles", type=Path, help="JSON Lines of articles with 'event' and 'also'")
    ask.add_argument("--show", action="store_true", help="list the pairs")
    ask.add_argument("--growth", type=int, default=0, metavar="N", help="what adding N made-up articles costs")
    given = ask.parse_args()
    false = 0
    with tempfile.TemporaryDirectory() as folder:
        if given.growth:
            return growth(given.growth, Path(folder) / "growth.db")
        for path in filter(None, (OWN, given.articles)):
            found = articles(path)
            store = read(found, Path(folder) / f"{path.stem}{path.suffix[1:]}.db")
            for language in (*sorted({a.language for a in found}), None):
                result = judge(store, found, language)
                false += len(result.false)
                if not (result.different or result.joined or result.missed):
                    continue
                report(f"{path.name} {language or 'across'}", result)
                if given.show:
                    show(store, found, result)
            unread = [a.id for a in found if a.event and a.id not in main_claims(store, found)]
            print(f"{path.name}: main event not read in {len(unread)} of {len(found)} articles: {' '.join(unread)}")
            store.close()
    return 1 if false else 0


if __name__ == "__main__":
    raise SystemExit(main())
