"""Persons across scripts: name forms that hang together by how they read are judged again whenever one is touched.

What is found the same gets a key of its own (``same|form|form``) with its reason on every claim of both forms, so that
``grouping`` joins them as it joins all else, ``show`` tells why, and taking the key away undoes it. The judgement
looks at everything that the record holds of these forms and at nothing else: the order of reading does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select

from communique.record import Known
from communique.record.persons import MOST, Form, Judgement, form, judge
from communique.store import happenings
from communique.store.chunks import chunks
from communique.store.grouping import draw_again, join
from communique.store.schema import claim_keys, claims, entry_keys, links, units

READING, SAME = "reading|", "same|"
LOOKED_AT = 2000
"""Claims of a form that are looked at; of more, those whose ids come first."""


def beginning(column: ColumnElement[str], prefix: str) -> ColumnElement[bool]:
    """Return the condition that ``column`` begins with ``prefix``, which ends in a stroke; an index serves it."""
    return (column >= prefix) & (column < prefix[:-1] + "}")


def keys_of(connection: Connection, claim_pks: Sequence[int]) -> set[str]:
    """Return the reading keys of claims that stand in the record."""
    out: set[str] = set()
    for some in chunks(claim_pks):
        asked = select(claim_keys.c.key).where(claim_keys.c.claim.in_(some), beginning(claim_keys.c.key, READING))
        out |= set(connection.execute(asked).scalars())
    return out


def hanging_together(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return the forms of the record that hang together with those of some reading keys, these among them."""
    ahead = {form_of(k) for k in keys}
    prefixes = {_prefix(k) for k in keys}
    found, looked = set[str](), set[str]()
    while prefixes and len(found) <= MOST:
        looked |= prefixes
        for prefix in sorted(prefixes):
            fits = select(entry_keys.c.key).where(beginning(entry_keys.c.key, prefix))
            ahead |= {form_of(k) for k in connection.execute(fits).scalars()}
        found |= ahead
        owners = select(entry_keys.c.entry).where(entry_keys.c.key.in_(sorted(ahead)))
        theirs = select(entry_keys.c.key).where(entry_keys.c.entry.in_(owners), beginning(entry_keys.c.key, READING))
        prefixes = {_prefix(key) for key in connection.execute(theirs).scalars()} - looked
        ahead = set()
    return found


def form_of(key: str) -> str:
    """Return the form that stands in a reading key."""
    return key.split("|", 3)[3]


def _prefix(key: str) -> str:
    return "|".join(key.split("|", 3)[:3]) + "|"


def judged(connection: Connection, known: Known, forms: Iterable[str]) -> tuple[Judgement, ...]:
    """Return what is to be said of forms that hang together."""
    together = sorted(set(forms))
    if not 2 <= len(together) <= MOST:
        return ()
    return judge({key: made for key in together if (made := _told(connection, known, key))})


def settle(connection: Connection, known: Known, keys: Iterable[str], fresh: Mapping[str, int] | None = None) -> None:
    """Judge again the forms that hang together with those of ``keys``, and join and part what that says.

    Args:
        fresh: the new claim of each form. Where all are one already, it changes nothing and is only joined to them.
            None where claims went, so that all must be judged.
    """
    by_form: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        if key.startswith(READING):
            by_form[form_of(key)].add(key)
    done: set[str] = set() if fresh is None else _alone(connection, by_form)
    for start in sorted(by_form):
        if start in done:
            continue
        together = hanging_together(connection, by_form[start])
        done |= together
        every = {f"{SAME}{a}|{b}": {a, b} for a, b in combinations(sorted(together), 2)}
        if not every:
            continue
        have = {key: entry for key, entry in _joined(connection, together).items() if key in every}
        if fresh is None or len(have) < len(every):
            wanted = {f"{SAME}{j.a}|{j.b}": j for j in judged(connection, known, together) if j.verdict == "same"}
            if gone := {key: entry for key, entry in have.items() if key not in wanted}:
                for some in chunks(sorted(gone)):
                    connection.execute(delete(claim_keys).where(claim_keys.c.key.in_(some)))
                draw_again(connection, set(gone.values()))
            for key, j in sorted(wanted.items()):
                _join(connection, key, (j.a, j.b), j.reason)
        else:
            reasons = {key: _reason(connection, key) for key in have}
            new = [
                {"claim": fresh[f], "key": key, "reason": reasons[key]}
                for key in sorted(have)
                for f in sorted(every[key] & fresh.keys())
            ]
            connection.execute(insert(claim_keys), new)


def _reason(connection: Connection, key: str) -> str:
    first = select(claim_keys.c.reason).where(claim_keys.c.key == key).limit(1)
    return str(connection.execute(first).scalar_one())


def _alone(connection: Connection, by_form: Mapping[str, set[str]]) -> set[str]:
    """Return the forms under whose readings the record has no other."""
    prefixes = sorted({_prefix(k) for keys in by_form.values() for k in keys})
    others: dict[str, set[str]] = defaultdict(set)
    for some in chunks(prefixes, 50):
        fits = or_(*(beginning(entry_keys.c.key, prefix) for prefix in some))
        for key in connection.execute(select(entry_keys.c.key).where(fits)).scalars():
            others[_prefix(key)].add(form_of(key))
    return {f for f, keys in by_form.items() if all(others[_prefix(k)] <= {f} for k in keys)}


def _joined(connection: Connection, together: set[str]) -> dict[str, int]:
    """Return the keys of judgements that now hold for forms, with the entry that carries them."""
    owners = select(entry_keys.c.entry).where(entry_keys.c.key.in_(sorted(together)))
    asked = select(entry_keys.c.key, entry_keys.c.entry).where(
        entry_keys.c.entry.in_(owners), beginning(entry_keys.c.key, SAME)
    )
    return {row.key: row.entry for row in connection.execute(asked)}


def _join(connection: Connection, key: str, forms: Sequence[str], reason: str) -> None:
    """Give the key of a judgement to every claim of these forms that lacks it."""
    having = select(claim_keys.c.claim).where(claim_keys.c.key == key)
    lacking = connection.execute(
        select(claim_keys.c.claim, claim_keys.c.key)
        .where(claim_keys.c.key.in_(forms), claim_keys.c.claim.not_in(having))
        .order_by(claim_keys.c.claim)
    ).all()
    if lacking:
        connection.execute(insert(claim_keys), [{"claim": r.claim, "key": key, "reason": reason} for r in lacking])
        changed = join(connection, [(r.claim, "person", (r.key, key)) for r in lacking])
        happenings.add(connection, [], changed)


def _told(connection: Connection, known: Known, key: str) -> Form | None:
    """Return a form with what the record tells of its bearer."""
    asked = (
        select(claims.c.pk, claims.c["values"].label("fields"), claims.c.unit, units.c.lang)
        .join(claim_keys, claim_keys.c.claim == claims.c.pk)
        .join(units, units.c.pk == claims.c.unit)
        .where(claim_keys.c.key == key, claims.c.kind == "person")
        .order_by(claims.c.id, claims.c.pk)
        .limit(LOOKED_AT)
    )
    rows = connection.execute(asked).all()
    printed = sorted({str(r.fields["latin"]) for r in rows if r.fields.get("latin")})
    made = form(known, key, printed[0] if len(printed) == 1 else None)
    if made is None or not rows:
        return None
    posts = {
        post
        for r in rows
        for office in r.fields.get("offices") or ()
        if isinstance(office, str) and (post := known.posts.of_office(known.plain(office, r.lang), r.lang))
    }
    shown = made if made.read else replace(made, shown=min(str(r.fields["name"]) for r in rows))
    return shown.told(posts, _meetings(connection, key), {str(r.unit) for r in rows})


def _meetings(connection: Connection, key: str) -> set[str]:
    """Return the days and states of the meetings that a form is told to have been at."""
    mine = (
        select(claims.c.pk, claims.c.first_day)
        .join(links, links.c.claim == claims.c.pk)
        .where(links.c.key == key, claims.c.kind == "engagement", claims.c.first_day == claims.c.last_day)
        .order_by(claims.c.first_day.desc(), claims.c.id)
        .limit(LOOKED_AT)
    )
    days = {row.pk: row.first_day for row in connection.execute(mine)}
    states: dict[int, set[str]] = defaultdict(set)
    for some in chunks(sorted(days)):
        named = select(links.c.claim, links.c.key).where(
            links.c.claim.in_(some), beginning(links.c.key, "state|"), links.c.role != "place"
        )
        for pk, state in connection.execute(named):
            states[pk].add(state.partition("|")[2])
    return {f"{days[pk]}|{'+'.join(sorted(codes))}" for pk, codes in states.items() if len(codes) > 1}
