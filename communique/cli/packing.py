"""``communique packs``: what is known, and by which rules the texts are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from communique.cli.explain import place
from communique.cli.table import heading, say, table
from communique.errors import CommuniqueError, SourceError
from communique.loader import packs as loader
from communique.loader.packs import Packs
from communique.model import Raw


def packs(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE]...", help="With --fires: files, folders, JSON Lines.")
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="List every rule with its place.")] = False,
    fires: Annotated[
        bool, typer.Option("--fires", help="Read the sources and list in how many units each rule fires.")
    ] = False,
) -> None:
    """List the packs: languages, mechanisms, outlets; or the rules of the languages.

    With --fires, rules that fire in few units come first; nothing is kept. A rule fires in a unit where it tells
    something of an item, by itself or beside others; under items stand those of which it says most.

    Examples:

      communique packs

      communique packs --rules

      communique packs --fires pages/ articles.jsonl
    """
    if bool(sources) != fires:
        raise CommuniqueError(
            "no sources named" if fires else "sources are read with --fires only",
            remedy="communique packs --fires SOURCE...",
        )
    known = loader.load()
    if sources:
        table(("rule", "makes", "units", "items", "cases", "place"), _fires(known, sources))
        return
    if rules:
        table(
            ("language", "rule", "makes", "cases", "place"),
            [(code, rule, makes, cases, place(f"{code}/{rule}")) for code, rule, makes, cases in _rules(known)],
        )
        return
    table(
        ("language", "rules", "states", "blocs"),
        [
            (
                code,
                len(p.rules) + len(p.commitments.rules),
                len(p.states.states) if p.states else 0,
                len(p.blocs.blocs) if p.blocs else 0,
            )
            for code, p in sorted(known.languages.items())
        ],
    )
    heading("")
    table(
        ("mechanism", "acronym", "names"),
        [(m.id, ", ".join(m.acronyms), ", ".join(n[0] for n in m.names.values() if n)) for m in known.mechanisms],
    )
    heading("")
    table(("outlet",), [(getattr(p, "id", None) or getattr(p, "name", "-"),) for p in known.outlets])


def _rules(known: Packs) -> Iterator[tuple[str, str, str, int]]:
    """Yield language, id, what it makes and number of cases of every rule."""
    for code, pack in sorted(known.languages.items()):
        yield from ((code, r.id, r.type, len(r.cases)) for r in pack.rules)
        yield from ((code, c.id, c.act, len(c.cases)) for c in pack.commitments.rules)


def _fires(known: Packs, sources: Sequence[str]) -> list[tuple[object, ...]]:
    """Read the sources and return a row for every rule, and for what the engine makes without one."""
    from communique.engines import run
    from communique.source import open_sources

    units: dict[str, set[str]] = defaultdict(set)
    items: dict[str, int] = defaultdict(int)
    made: dict[str, str] = {}
    read = 0

    def there() -> Iterator[Raw]:
        for found in open_sources(sources):
            if isinstance(found, SourceError):
                say(f"failed: {found}")
            elif isinstance(found, Raw):
                yield found

    for outcome in run(there()):
        if outcome.reading is None:
            say(f"failed: {outcome.error}")
            continue
        read += 1
        for unit, rule in outcome.reading.fired:
            units[rule].add(unit)
        for claim in outcome.reading.claims:
            units[claim.rule].add(claim.unit)
            items[claim.rule] += 1
            made.setdefault(claim.rule, claim.kind)
    if not read:
        raise CommuniqueError("nothing could be read", where=", ".join(sources))
    told: dict[str, tuple[str, object, str]] = {
        f"{code}/{rule}": (makes, cases, place(f"{code}/{rule}")) for code, rule, makes, cases in _rules(known)
    }
    told |= {rule: (kind, "-", "engine") for rule, kind in made.items() if rule not in told}
    rows = [(rule, makes, len(units[rule]), items[rule], cases, at) for rule, (makes, cases, at) in told.items()]
    return sorted(rows, key=lambda row: (row[2], row[0]))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(packs)
