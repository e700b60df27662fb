"""How long briefs, calendars, feeds and charts take, on a record that is there.

    .venv/bin/python -m bench.leaving my.db VN-RU ADMM

For each name: the best of ``TIMES`` runs after a first one that warms up, in milliseconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from communique import briefs, charts, feeds, views
from communique.errors import CommuniqueError
from communique.loader.briefs import brief_packs
from communique.store import Store, open_store
from communique.views import Filter

TIMES = 3
AS_OF = "2026-01-01"


def asked(store: Store, name: str) -> Filter:
    """Return the search of a name."""
    what, key = views.resolve(store, name)
    if what == "pair":
        a, b = key.split("-")
        return Filter(state=a, other=b)
    return Filter(**{what: key}) if what in ("state", "mechanism", "person") else Filter(text=name)


def best(run: Callable[[], object]) -> str:
    """Return the milliseconds of the fastest run, or why there is none."""
    try:
        run()
    except CommuniqueError as e:
        return str(e)[:60]
    spent = []
    for _ in range(TIMES):
        began = time.perf_counter()
        run()
        spent.append(time.perf_counter() - began)
    return f"{min(spent) * 1000:.0f}"


def main() -> int:
    """Print a table."""
    if len(sys.argv) < 3:
        print(__doc__)
        return 2
    store = open_store(Path(sys.argv[1]), create=False)
    lang = next(iter(brief_packs()))
    print(f"{'name':<24} {'what':<16} ms")
    for name in sys.argv[2:]:
        search = asked(store, name)
        made = briefs.compose(store, name, as_of=AS_OF, lang=lang, machine=True)
        runs: dict[str, Callable[[], object]] = {
            "compose": partial(briefs.compose, store, name, as_of=AS_OF, lang=lang, machine=True),
            **{f"brief.{form}": partial(briefs.render, made, form) for form in briefs.FORMATS},
            "calendar": lambda search=search, title=name: b"".join(
                feeds.calendar(store, search, title=title, lang=lang)
            ),
            "atom": partial(feeds.atom, store, search, title=name, lang=lang, own="/", page="/", address=str),
            **{
                f"chart {kind}": lambda kind=kind, search=search: charts.svg(
                    charts.picture(store, kind, search, lang=lang)
                )
                for kind in charts.KINDS
            },
        }
        for what, run in runs.items():
            print(f"{name:<24} {what:<16} {best(run)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
