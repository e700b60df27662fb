"""Why a reading says what it says: the rule of every claim with its place, and triggers that no rule fitted."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from communique.cli.table import flat, heading, table
from communique.loader import packs, yamlfile

if TYPE_CHECKING:
    from communique.flow import Reading


@lru_cache(maxsize=1)
def places() -> dict[str, str]:
    """Return for the id of every rule in the packs its place, as ``file:line`` from the packs' folder.

    An id of a language's pack stands behind the language (``zh/visit.go``): several languages have rules of one id.
    """
    root = packs.root()
    out: dict[str, str] = {}
    for path in sorted(root.rglob("*.yaml")):
        data, lines = yamlfile.read(path)
        folder, *rest = path.relative_to(root).with_suffix("").parts
        pack = f"{rest[0]}/" if folder == "languages" else ""
        for at, line in lines.items():
            if at and at[-1] == "id":
                value = _at(data, at)
                if isinstance(value, str):
                    out.setdefault(pack + value, f"{path.relative_to(root)}:{line}")
    return out


def _at(data: object, at: tuple[str | int, ...]) -> object:
    for step in at:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


def place(rule: str) -> str:
    """Return where a rule (``pack/rule``) stands in the packs, or that the engine itself holds it."""
    known = places()
    return next((known[p] for p in (rule, *reversed(rule.split("/"))) if p in known), "engine")


def explain(reading: Reading) -> None:
    """Print for one source every claim with its rule and the rule's place, then what no rule fitted."""
    titles = {u.id: u for u in reading.document.units}
    heading(
        f"{reading.document.source}: {len(reading.claims)} claims, {len(reading.misses)} passages that may tell more"
    )
    table(
        ("unit", "at", "kind", "what", "rule", "place", "sentence"),
        [
            (
                f"{titles[c.unit].role} {titles[c.unit].position}" if c.unit in titles else c.unit,
                f"{c.evidence[0].start}-{c.evidence[0].end}",
                c.kind,
                c.values.get("type") or c.values.get("act") or c.values.get("name") or c.values.get("level") or "-",
                c.rule,
                place(c.rule),
                c.evidence[0].quote,
            )
            for c in reading.claims
        ],
    )
    for m in reading.misses:
        unit = titles.get(str(m.unit))
        where = f"{unit.role} {unit.position}" if unit else m.unit
        heading(f"no rule: {where} at {m.start}: {m.trigger}: {flat(m.quote)}")
