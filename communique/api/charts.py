"""Charts of the record as Altair objects: to be changed, joined and saved as any other.

Their data are few and stand in the chart; nothing is fetched. Happenings are counted once, however many tell them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from communique import charts
from communique.errors import CommuniqueError
from communique.exports._graph import graph
from communique.store import Store
from communique.views import Filter, rounds
from communique.views.happenings import happenings
from communique.views.stream import stream_units

if TYPE_CHECKING:
    import altair

MOST = 30
"""States in a chart of who met whom."""


class Charts:
    """Charts of a record; every one takes the filters of ``find`` by name.

    Raises:
        CommuniqueError: Altair is not installed, or a filter that cannot be understood.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def desk(self, kind: str, *, lang: str, until: str | None = None, measure: str = "often", **filters: Any) -> Any:
        """Return a chart of the desk's pages; what was asked there gives the same here.

        Args:
            kind: one of ``communique.charts.KINDS``: ``timeline``, ``network``, ``matrix``, ``years``, ``places``.
            lang: code of a language of ``packs/briefs``. until: of a network, the last year. measure: of a matrix,
            ``often``, ``last`` or ``level``.

        Raises:
            CommuniqueError: no such chart, or more than can be drawn at once.
        """
        asked = Filter(**filters)
        found = charts.picture(self._store, kind, asked, lang=lang, until=until, measure=measure)
        return charts.altair_chart(found)

    def by_year(self, **filters: Any) -> altair.Chart:
        """Return bars: how many happenings each year has, by type."""
        counts: Counter[tuple[str, str]] = Counter()
        for h in happenings(self._store, Filter(**filters)):
            days = h.days
            if days and not days[0].startswith("0000"):
                counts[days[0][:4], str(h.values.get("type") or "-")] += 1
        data = [{"year": y, "type": t, "happenings": n} for (y, t), n in sorted(counts.items())]
        made: altair.Chart = _chart(data, ("year", "type", "happenings")).mark_bar().encode(
            x="year:O", y="happenings:Q", color="type:N", tooltip=["year:O", "type:N", "happenings:Q"]
        )  # fmt: skip
        return made

    def who_met_whom(self, *, most: int = MOST, **filters: Any) -> altair.Chart:
        """Return a grid: how often each two of the ``most`` busiest states were in one happening."""
        with graph(self._store, Filter(**filters), "states", None) as found:
            nodes = sorted(found.nodes(), key=lambda n: (-n.n, n.id))[:most]
            label = {n.id: n.label for n in nodes}
            data = []
            for e in found.edges():
                if e.a in label and e.b in label:
                    said = {"happenings": e.n, "types": e.types, "first": e.first, "last": e.last}
                    data += [{"one": label[a], "other": label[b], **said} for a, b in ((e.a, e.b), (e.b, e.a))]
        names = ("one", "other", "happenings", "types", "first", "last")
        made: altair.Chart = _chart(data, names).mark_rect().encode(
            x="one:N", y="other:N", color="happenings:Q", tooltip=[f"{n}:N" for n in names]
        )  # fmt: skip
        return made

    def rounds(self, mechanism: str) -> altair.Chart:
        """Return points: the rounds of a mechanism by day and number, with host and the words that tell them."""
        data = [
            {"day": r.items[0].day or None, "number": r.ordinal, "host": ", ".join(r.hosts) or r.country or "-",
             "status": r.status, "quote": r.quote}
            for r in rounds(self._store, mechanism).rounds
        ]  # fmt: skip
        names = ("day", "number", "host", "status", "quote")
        made: altair.Chart = _chart([d for d in data if d["day"]], names).mark_point(filled=True, size=80).encode(
            x="day:T", y="number:Q", color="host:N", shape="status:N", tooltip=[f"{n}:N" for n in names]
        )  # fmt: skip
        return made

    def coverage(self, **filters: Any) -> altair.Chart:
        """Return a grid: how many items each outlet gave by month of telling. An empty field: nothing was read."""
        counts: Counter[tuple[str, str]] = Counter()
        for u in stream_units(self._store, Filter(**filters)):
            counts[u["outlet"] or u["lang"], u["told"][:7] or "unknown"] += u["items"]
        data = [{"outlet": o, "month": m, "items": n} for (o, m), n in sorted(counts.items())]
        made: altair.Chart = _chart(data, ("outlet", "month", "items")).mark_rect().encode(
            x="month:O", y="outlet:N", color="items:Q", tooltip=["outlet:N", "month:O", "items:Q"]
        )  # fmt: skip
        return made


def _chart(data: list[dict[str, Any]], names: Iterable[str]) -> altair.Chart:
    try:
        import altair
    except ImportError as e:
        raise CommuniqueError("Altair is not installed", remedy="pip install 'communique[charts]'") from e
    # A chart without data names its fields all the same, so that it can be drawn.
    return altair.Chart(altair.InlineData(data or [dict.fromkeys(names)]))
