"""``communique show``, ``find`` and ``sources``."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from communique import views
from communique.cli import options as o
from communique.cli.items import print_items, print_rounds
from communique.cli.table import flat, heading, say, table
from communique.errors import CommuniqueError
from communique.store import Store
from communique.views.conflicts import corrections_of, disagreements, in_words
from communique.views.held import span, when


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, acronym, state, pair of states, or id.")],
    record: o.Record = o.DEFAULT,
) -> None:
    """Show everything that NAME takes part in, each item with its sentence, date, rule and review.

    NAME is a name or acronym in any language, a state by code or name, a pair of states (XA-XB), or an id.

    Examples:

      communique show ADMM

      communique show VN-RU --record my.db

      communique show e4f0c2...
    """
    store = o.opened(record)
    shown = views.show(store, name)
    if shown.what == "nothing":
        held = views.counts(store)
        raise CommuniqueError(
            f"nothing named {name!r} in {held.units} units of {held.sources} sources",
            where=store.where,
            remedy=f"try: communique find {name!r}",
        )
    _head(store, shown)
    heading(f"  {views.basis(store, shown.items).in_words()}")
    if shown.mechanism:
        print_rounds(store, shown.mechanism.series)
        heading("")
        rounds = {i.id for r in shown.mechanism.series.rounds for i in r.items}
        rest = [i for i in shown.items if i.id not in rounds]
        if rest:
            heading(f"what else names it ({len(rest)})")
            print_items(rest)
        return
    if shown.item:
        _item(shown.item)
        return
    print_items(shown.items)


def _item(item: views.Item) -> None:
    rows: list[tuple[str, object]] = [(k, v if isinstance(v, str) else flat(v)) for k, v in item.values.items()]
    rows.extend((f"evidence {e.field or ''}".strip(), f"{e.start}-{e.end} {e.quote}") for e in item.evidence)
    for field in ("rule", "coder", "review", "entry", "unit", "source", "title"):
        rows.append((field, getattr(item, field)))
    table(("field", "value"), [(k, "-" if v in (None, "None") else v) for k, v in rows])


def _head(store: Store, shown: views.Shown) -> None:
    n = len(shown.items)
    if shown.mechanism:
        _mechanism(shown.mechanism)
    elif shown.person:
        _person(shown.person, n)
    elif shown.pair:
        _pair(shown.pair, n)
    elif shown.state:
        names = ", ".join(shown.state.names[:4])
        heading(f"{shown.state.code}{f' ({names})' if names else ''}: {n} items")
        for post in shown.state.posts:
            heading(f"  {post.post}: {post.name}: {span(post.held)}")
    elif shown.entry:
        heading(f"{shown.entry.name}: {shown.entry.kind}, {n} tellings of {shown.entry.origins} reports")
        for t in shown.entry.tellings:
            heading(f"  {t.item.source}: {t.reason}")
        told = [t.item for t in shown.entry.tellings]
        for field, values in disagreements(store, told, corrections_of(store)).items():
            heading(f"  tellings differ in {field}: {in_words(values)}")
    elif shown.named:
        heading(f"{len(shown.named)} persons of this name: {', '.join(e.id for e in shown.named)}")
    elif shown.document:
        for b in shown.document:
            heading(f"{b.unit.role} {b.unit.position}: {flat(b.unit.title)} ({len(b.items)} items)")


def _mechanism(m: views.MechanismView) -> None:
    also = ", ".join(x for x in m.names if x != m.name)
    heading(f"{m.name}{f' ({also})' if also else ''}: mechanism, {len(m.series.rounds)} rounds")
    for r in m.relations:
        rests = r.items[0].id if r.items else "known to the packs, told by nothing read"
        heading(f"  {r.what} {r.name} ({rests})")
    for chair in m.chairs:
        who = ", ".join(dict.fromkeys(x for x in (chair.country, *chair.names) if x))
        right = f" ({', '.join(chair.rights)})" if chair.rights else ""
        heading(f"  chair {who}{right}: {span(chair.held)}")


def _person(p: views.PersonView, n: int) -> None:
    latin = f" ({p.latin})" if p.latin else ""
    heading(f"{p.name}{latin}, {p.country or 'country not stated'}: person, {n} items")
    if p.spellings:
        heading(f"  also written {', '.join(p.spellings)}")
    if p.reconstructed:
        heading(f"  reads {' or '.join(p.reconstructed)} (reconstructed: no source read here prints it)")
    for h in p.offices:
        also = f" ({', '.join(h.also)})" if h.also else ""
        heading(f"  {h.name}{also}: {span(h)}; {h.item.id}")
    for doubt in p.doubts:
        heading(f"  unsure whether {doubt.entry} is the same: {doubt.reason}")


def _pair(pair: views.PairView, n: int) -> None:
    heading(f"{pair.a} and {pair.b}: {n} items")
    if pair.last_met:
        heading(f"  last met: {pair.last_met.date or 'no date'}: {flat(pair.last_met.quote)}")
    for h in pair.levels:
        heading(f"  level {h.name}: {span(h, 'change told')}; {flat(h.item.quote)} ({h.item.id})")
    for c in pair.changes:
        heading(f"  changed from {c.before.name} to {c.after.name} {when(c)}")


@o.filtered
def find(
    text: Annotated[str | None, typer.Argument(help="Words; quotation marks hold words together.")] = None,
    record: o.Record = o.DEFAULT,
    *,
    asked: views.Filter,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 50,
    start: Annotated[int, typer.Option(min=0, help="Leave out so many.")] = 0,
) -> None:
    """Find items by words and filters; where no item has the words, the units whose text has them.

    Examples:

      communique find --kind commitment --topic peacekeeping

      communique find --state VN --with RU --since 2013 --type talks

      communique find "Nguyen Chi Vinh"
    """
    store = o.opened(record)
    asked = replace(asked, text=text)
    page = views.find(store, asked, limit=limit, start=start)
    if page.total:
        print_items(page.items)
        if page.more is not None:
            say(f"{len(page.items)} of {page.total}; --start {page.more} for the next")
        return
    if text and _units(store, asked, limit, start):
        return
    held = views.counts(store)
    say(f"nothing found in {held.units} units of {held.sources} sources, {held.first or '?'} to {held.last or '?'}")


def _units(store: Store, asked: views.Filter, limit: int, start: int) -> bool:
    found = views.find_units(store, asked, limit=limit, start=start)
    if found.total:
        say(f"no item has these words; {found.total} units have them in their text")
        table(
            ("date", "title", "sentence", "source", "unit"),
            [(u.published or u.not_before or "-", u.title, u.snippet, u.source, u.id) for u in found.units],
        )
    return bool(found.total)


def sources(
    record: o.Record = o.DEFAULT,
    state: Annotated[str | None, typer.Option(help="live, failed, superseded or forgotten.")] = None,
) -> None:
    """List the sources of the record and how reading them went.

    Examples:

      communique sources --state failed
    """
    table(
        ("source", "state", "units", "items", "misses", "read", "origin", "reason"),
        [
            (s.source, s.state, s.units, s.claims, s.misses, s.read_at, s.origin, s.reason or "-")
            for s in views.sources(o.opened(record), state=state, limit=1_000_000)
        ],
    )


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (show, find, sources):
        app.command()(command)
