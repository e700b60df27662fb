"""``communique packs``: what is known, and by which rules the texts are read."""

from __future__ import annotations

from typing import Annotated

import typer

from communique.cli.explain import place
from communique.cli.table import heading, table
from communique.loader import packs as loader


def packs(
    rules: Annotated[bool, typer.Option("--rules", help="List every rule with its place.")] = False,
) -> None:
    """List the packs: languages, mechanisms, outlets; or the rules of the languages.

    Examples:

      communique packs

      communique packs --rules
    """
    known = loader.load()
    if rules:
        rows: list[tuple[object, ...]] = []
        for code, pack in sorted(known.languages.items()):
            rows.extend((code, r.id, r.type, len(r.cases), place(r.id)) for r in pack.rules)
            rows.extend((code, c.id, c.act, len(c.cases), place(c.id)) for c in pack.commitments.rules)
        table(("language", "rule", "makes", "cases", "place"), rows)
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


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(packs)
