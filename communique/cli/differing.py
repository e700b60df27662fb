"""``communique diff``: what reading again changed."""

from __future__ import annotations

import json
from collections import Counter
from typing import Annotated, Any

import typer

from communique import views
from communique.cli.options import DEFAULT, Record, opened
from communique.cli.table import say, table


def diff(
    source: Annotated[str | None, typer.Argument(help="Name of one source, as 'communique sources' lists it.")] = None,
    record: Record = DEFAULT,
    everything: Annotated[
        bool, typer.Option("--all", help="Every reading again, not only those by the last version.")
    ] = False,
) -> None:
    """Print what reading again changed: items that came, went or changed, and lines of articles that changed.

    Reading again with a newer version, or with other packs, takes the place of what the machine said before. What
    people decided stays. Of an article that changed at its source the record keeps both versions.

    Examples:

      communique read pages/ && communique diff

      communique diff 012_talks.txt --all
    """
    store = opened(record)
    rows: list[tuple[Any, ...]] = []
    tally: Counter[str] = Counter()
    for found in views.changes(store, source, everything):
        tally[found.what] += 1
        rows.extend((found.source, "text", "-", "line", *_sides(sign, line), "-") for sign, line in found.lines)
        for item in found.items:
            tally[item.what] += 1
            if not item.fields:
                sides = ("-", item.quote) if item.what == "came" else (item.quote, "-")
                rows.append((found.source, item.what, item.kind, "-", *sides, item.review))
            for field, (was, now) in item.fields.items():
                rows.append((found.source, item.what, item.kind, field, _plain(was), _plain(now), item.review))
    if not tally:
        say("nothing was read again" + (f" of {source!r}" if source else ""))
        return
    if rows:
        table(("source", "change", "kind", "field", "was", "is", "review"), rows)
    said = ", ".join(f"{tally[w]} {w}" for w in ("came", "went", "changed"))
    say(f"{tally['reread'] + tally['replaced']} sources read again, {tally['replaced']} of them changed; items: {said}")


def _sides(sign: str, line: str) -> tuple[str, str]:
    return (line, "-") if sign == "-" else ("-", line)


def _plain(value: Any) -> str:
    return "-" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(diff)
