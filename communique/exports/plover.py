"""PLOVER events as the POLECAT files have them: a row for each happening, with lists of actors and recipients.

The rules are ``packs/events/plover.yaml``. The event date is the first day that the date can mean, else the day of the
first telling. Left out, as PLOVER codes none of it: what was cancelled, postponed or denied, ceremonies, appointments,
decisions at home, statements of one party, wishes and stances; persons, mechanisms, instruments and ties are no
events. Codes that need a register of its own (COW, Wikipedia, GeoNames, coordinates) are ``None``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique import __version__
from communique.exports._events import Actor, alpha3, cell, country, events, pack, place
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step

SUMMARY = "PLOVER events with the columns of POLECAT, separated by tabs"
SIDE = ("Name", "Country", "COW", "Primary {} Sector", "{} Sectors", "{} Title", "{} Name Raw", "Wikipedia {} ID")


def _side(name: str) -> list[str]:
    return [s.format(name) if "{}" in s else f"{name} {s}" for s in SIDE]


COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", *_side("Actor"),
    *_side("Recipient"), "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations",
    "Story Locations", "Language", "Version",
)  # fmt: skip


def pieces(store: Store, asked: Filter, step: Step | None = None) -> Iterator[bytes]:
    """Yield a header and a line for each event, by their days."""
    rules = pack("plover")
    yield ("\t".join(COLUMNS) + "\n").encode()
    for happening, day, event in events(store, rules, asked, step):
        rule, told = event.rule, happening.first
        contexts = dict.fromkeys(
            (*rule.contexts, *(c for t in happening.values.get("topics") or () for c in rules.contexts.get(t, ())))
        )
        city, code = place(happening)
        name = str(rule.event)
        cells = (
            happening.id, day, name, rule.mode or "", f"{rules.scores.get(name, 0.0)}", rules.labels.get(name, ""),
            "; ".join(contexts), *_cells(event.actors), *_cells(event.recipients), city or country(code), city, "", "",
            country(code), "", "", "", city, "", told.at.outlet or told.at.source, told.at.published or told.at.told,
            "", "", "", told.at.lang.split("-")[0], f"communique {__version__}",
        )  # fmt: skip
        yield ("\t".join(cell(c) for c in cells) + "\n").encode("utf-8", "replace")


def _cells(actors: Sequence[Actor]) -> tuple[str, ...]:
    """Return the cells of one side; lists have the same order in every cell."""
    sectors = [a.sector or "None" for a in actors]
    codes = [alpha3(a.country) or "None" for a in actors]
    names = [a.name for a in actors]
    return (
        "; ".join(names), "; ".join(codes), "", next((a.sector for a in actors if a.sector), ""),
        "; ".join(sectors), "; ".join(a.title for a in actors if a.title), "; ".join(a.raw for a in actors), "",
    )  # fmt: skip
