"""A release: a folder that a paper can cite. Tables, codebook, counts, digests and how it was made; no clock time.

From the same record the same bytes. The texts of the articles stay out unless asked for: they are not ours.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from communique import __version__
from communique.errors import CommuniqueError
from communique.exports import csv, jsonl
from communique.exports._words import citation, codebook, readme
from communique.store import Store
from communique.store.schema import claims, sources, units
from communique.views import Filter
from communique.views.agreement import agreement
from communique.views.filters import conditions
from communique.views.find import fitting
from communique.views.stream import Step
from communique.views.tables import NAMES, PEOPLE, UNITS, days, rows, tables

SUMS, PACKAGE = "SHA256SUMS", "datapackage.json"
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class About:
    """What a release says of itself, as its maker gives it; ``date`` is the day of release, if one is to be named."""

    title: str = "A record of diplomatic and defence news"
    authors: tuple[str, ...] = ()
    version: str = "1"
    licence: str = "CC-BY-4.0"
    date: str | None = None
    texts: bool = False


COUNTED: Mapping[str, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    "input": ("One row per source that was read", (
        ("source", "string", "Name of the source"), ("sha256", "string", "Digest of its bytes as they came"),
        ("media", "string", "What kind of file it was"), ("url", "string", "Address, where known"),
        ("coder", "string", "Who coded it, with the version"), ("units", "integer", "Units read from it"),
        ("items", "integer", "Items coded from it"),
    )),
    "coverage": ("One row per outlet, language and month of telling", (
        ("outlet", "string", "Who printed it"), ("lang", "string", "Language"),
        ("month", "string", "Month of publication, or the first that the text allows; empty where unknown"),
        ("units", "integer", "Units with an item in this release"), ("items", "integer", "Items"),
    )),
    "review": ("One row per kind of item and state of review", (
        ("kind", "string", "Kind of item"), ("review", "string", "machine, accepted, corrected or rejected"),
        ("items", "integer", "Items"),
    )),
    "agreement": ("How far people agree who decided on the same items", (
        ("kind", "string", "Kind of item"), ("what", "string", "The verdict (kept or rejected), or a field"),
        ("items", "integer", "Items on which two or more decided"), ("people", "integer", "How many people"),
        ("same", "number", "Share on which all said the same"), ("alpha", "number", "Krippendorff's alpha, if any"),
    )),
}  # fmt: skip
SORTS = {"text": "string", "edtf": "string", "integer": "integer", "yesno": "boolean", "day": "date"}


def release(store: Store, folder: Path, about: About, asked: Filter | None = None, step: Step | None = None) -> int:
    """Write a release into an empty folder and return its size in bytes.

    Raises:
        CommuniqueError: the folder holds something, or cannot be written.
    """
    from communique.exports import write

    if about.date and (len(about.date) != 10 or days(about.date)[0] is None):
        raise CommuniqueError(f"no day: {about.date!r}", remedy="write the day of release like 2026-05-01")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommuniqueError("is not empty", where=str(folder), remedy="name a new folder for the release")
    try:
        (folder / "data").mkdir(parents=True)
    except OSError as e:
        raise CommuniqueError(f"cannot be written ({e.strerror})", where=str(folder), remedy="check its rights") from e
    sums: dict[str, tuple[str, int]] = {}

    def put(name: str, pieces: Iterable[bytes]) -> None:
        digest = hashlib.sha256()

        def passed() -> Iterator[bytes]:
            for piece in pieces:
                digest.update(piece)
                yield piece

        size = write(folder / name, passed())
        sums[name] = (digest.hexdigest(), size)

    asked = asked or Filter()
    counts: dict[str, int] = {}
    for name in NAMES:
        put(f"data/{name}.csv", csv.lines(tables()[name].names, _counted(counts, name, rows(store, name, asked, step))))
    figures = _figures(store, asked)
    for name, told in figures.items():
        counts[name] = len(told)
        put(f"data/{name}.csv", csv.lines([c[0] for c in COUNTED[name][1]], map(list, told)))
    if about.texts:
        put("data/record.jsonl", jsonl.pieces(store, asked))
    put("codebook.md", [codebook(tables()).encode()])
    coders = _coders(store, asked)
    put("CITATION.cff", [citation(about).encode()])
    put("README.md", [readme(about, asked, counts, figures, coders).encode()])
    put(PACKAGE, [_package(about, asked, counts, coders, sums).encode()])
    lines = "".join(f"{digest}  {name}\n" for name, (digest, _) in sorted(sums.items()))
    return write(folder / SUMS, [lines.encode()]) + sum(size for _, size in sums.values())


def _counted(counts: dict[str, int], name: str, found: Iterator[list[Any]]) -> Iterator[list[Any]]:
    counts[name] = 0
    for row in found:
        counts[name] += 1
        yield row


def _figures(store: Store, asked: Filter) -> dict[str, list[Row]]:
    where = conditions(store, asked)
    s, u, c = sources.c, units.c, claims.c
    month = func.substr(u.told, 1, 7)
    outlet = func.coalesce(u.outlet, "")
    n_units, n_items = func.count(u.pk.distinct()), func.count(c.pk)
    with store.reading() as connection:
        read = (
            select(s.source, s.digest, s.media, s.url, s.coder, n_units, n_items)
            .select_from(sources.outerjoin(units, u.source == s.pk).outerjoin(claims, c.unit == u.pk))
            .where(s.state == "live")
            .group_by(s.pk, s.source, s.digest, s.media, s.url, s.coder)
            .order_by(s.source, s.digest)
        )
        told = fitting(outlet, u.lang, month, n_units, n_items, where=where).group_by(outlet, u.lang, month)
        seen = fitting(c.kind, c.review, n_items, where=where).group_by(c.kind, c.review)
        out: dict[str, list[Row]] = {
            "input": [tuple(r) for r in connection.execute(read)],
            "coverage": [tuple(r) for r in connection.execute(told.order_by(outlet, u.lang, month))],
            "review": [tuple(r) for r in connection.execute(seen.order_by(c.kind, c.review))],
        }
    agreed: list[Row] = [
        (a.kind, a.what, a.items, a.people, round(a.same, 4), None if a.alpha is None else round(a.alpha, 4))
        for a in agreement(store)
    ]
    return {**out, "agreement": agreed} if agreed else out


def _coders(store: Store, asked: Filter) -> dict[str, int]:
    where = conditions(store, asked)
    n = func.count()
    with store.reading() as connection:
        found = fitting(claims.c.coder, n, where=where).group_by(claims.c.coder).order_by(claims.c.coder)
        return {r[0]: int(r[1]) for r in connection.execute(found)}


def _package(
    about: About, asked: Filter, counts: dict[str, int], coders: dict[str, int], sums: dict[str, tuple[str, int]]
) -> str:
    made: dict[str, Any] = {
        "profile": "data-package",
        "name": re.sub(r"[^a-z0-9]+", "-", about.title.lower()).strip("-") or "record",
        "title": about.title,
        "version": about.version,
        "licenses": [{"name": about.licence}],
        "contributors": [{"title": a, "role": "author"} for a in about.authors],
        "keywords": ["diplomacy", "defence", "event data"],
        "resources": [_resource(name, counts[name], sums[f"data/{name}.csv"]) for name in counts],
        "communique": {
            "version": __version__,
            "coders": coders,
            "filter": asked.given(),
            "about": asdict(about),
            "files": {name: digest for name, (digest, _) in sorted(sums.items())},
        },
    }
    if about.date:
        made["created"] = f"{about.date}T00:00:00Z"
    if not about.authors:
        del made["contributors"]
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _resource(name: str, count: int, sums: tuple[str, int]) -> dict[str, Any]:
    if name in COUNTED:
        said, columns = COUNTED[name]
        fields: list[dict[str, Any]] = [{"name": n, "type": t, "description": d} for n, t, d in columns]
    else:
        made = tables()[name]
        said = made.about
        fields = [
            {"name": c.name, "type": SORTS[c.type], "description": ": ".join([c.about, *_one(c.words)])}
            for c in made.columns
        ]  # fmt: skip
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if name == PEOPLE:
        reference = {"resource": "engagement", "fields": "id"}
        schema["foreignKeys"] = [{"fields": "engagement", "reference": reference}]
    elif name == UNITS:
        schema["primaryKey"] = "unit"
    elif name in NAMES:
        schema["primaryKey"] = "id"
    return {
        "name": name, "path": f"data/{name}.csv", "profile": "tabular-data-resource", "description": said,
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": sums[1], "hash": f"sha256:{sums[0]}",
        "rows": count, "dialect": {"delimiter": ",", "lineTerminator": "\n"}, "schema": schema,
    }  # fmt: skip


def _one(words: Sequence[str]) -> list[str]:
    return [", ".join(words)] if words else []
