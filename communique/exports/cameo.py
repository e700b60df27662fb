"""CAMEO events as the ICEWS files have them: a row for each pair of source and target.

The rules are ``packs/events/cameo.yaml``. Of several from one country one stands for it; who is alone has no target
and is left out, as is all that ``plover`` leaves out. Event IDs are those of the happening with the pair's number, the
story is the unit of the best telling. Coordinates, district and province are empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from communique.exports._events import Actor, Event, country, events, pack, place
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step

SUMMARY = "CAMEO events with the columns of ICEWS, separated by tabs"
COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def pieces(store: Store, asked: Filter, step: Step | None = None) -> Iterator[bytes]:
    """Yield a header and a line for each pair, by their days."""
    rules = pack("cameo")
    yield ("\t".join(COLUMNS) + "\n").encode()
    for happening, day, event in events(store, rules, asked, step):
        city, code = place(happening)
        told = happening.first
        for n, (source, name, target) in enumerate(pairs(event), 1):
            cells = (
                f"{happening.id}-{n}", day, source.name, source.sector, country(source.country),
                rules.labels.get(name, ""), name, f"{rules.scores.get(name, 0.0)}", target.name,
                target.sector, country(target.country), told.at.unit, "", told.at.outlet or told.at.source, city, "",
                "", country(code), "", "",
            )  # fmt: skip
            yield ("\t".join(" ".join(c.split()) for c in cells) + "\n").encode("utf-8", "replace")


def pairs(event: Event) -> Iterator[tuple[Actor, str, Actor]]:
    """Yield who does what to whom: each to each of the other side, or to each other where there are no sides."""
    name, back = str(event.rule.event), event.rule.back
    if event.recipients:
        for a in event.actors:
            for b in event.recipients:
                yield a, name, b
                if back:
                    yield b, back, a
        return
    by_country: dict[str, Actor] = {}
    for a in event.actors:
        by_country.setdefault(a.country or a.name, a)
    one_each = list(by_country.values()) if len(by_country) > 1 else list(event.actors)
    for i, a in enumerate(one_each):
        for b in one_each[i + 1 :]:
            yield a, name, b
            yield b, back or name, a
