"""What a release says in words: README, codebook, citation."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from communique import __version__
from communique.views import Filter
from communique.views.tables import Table

if TYPE_CHECKING:
    from communique.exports._release import About


FILES = (
    "`codebook.md` says what every column means, `datapackage.json` says it to programs (Frictionless Data Package). "
    "`SHA256SUMS` has the digest of every file: `sha256sum -c SHA256SUMS`.\n"
)
BASIS = (
    "`data/input.csv` has the digest of each, `data/coverage.csv` how many units and items each outlet gave by month."
)


def codebook(made: Mapping[str, Table]) -> str:
    """Return what every column of every table says."""
    intro = (
        "Every table is in `data/`. A date stands three times: as written in EDTF (ISO 8601-2), and as the first and "
        "the last day that it can mean. Lists are one cell with semicolons. Countries are ISO 3166-1 alpha-2, blocs "
        "their acronyms. An item is told by one text; items of one `entry` are one thing. Each has its `quote`.\n"
    )
    out = ["# Codebook\n", intro]
    for table in made.values():
        out += [f"## {table.name}\n", f"{table.about}.\n", "| column | type | what it says |", "|---|---|---|"]
        for c in table.columns:
            words = f": {', '.join(f'`{w}`' for w in c.words)}" if c.words else ""
            out.append(f"| `{c.name}` | {c.type} | {c.about}{words} |")
        out.append("")
    return "\n".join(out)


def citation(about: About) -> str:
    """Return the file by which the release is cited (Citation File Format 1.2)."""
    lines = ["cff-version: 1.2.0", "message: If you use this dataset, please cite it as below.", "type: dataset",
             f"title: {_quoted(about.title)}", f"version: {_quoted(about.version)}"]  # fmt: skip
    if about.date:
        lines.append(f"date-released: {_quoted(about.date)}")
    lines += [f"license: {_quoted(about.licence)}", "authors:"]
    lines += [f"  - name: {_quoted(a)}" for a in about.authors or ("The makers of this record",)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text as YAML takes it: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def readme(
    about: About,
    asked: Filter,
    counts: Mapping[str, int],
    figures: Mapping[str, Sequence[Sequence[Any]]],
    coders: Mapping[str, int],
) -> str:
    """Return what a person reads first."""
    given = asked.given()
    chosen = ", ".join(f"{k} = {v}" for k, v in given.items()) if given else "the whole record"
    cited = f"{', '.join(about.authors) or 'The makers of this record'}: {about.title}, version {about.version}"
    day = f", {about.date}" if about.date else ""
    made = f"Licence: {about.licence}. Made with communique {__version__}. What it holds: {chosen}."
    whose = "The texts are in `data/record.jsonl`." if about.texts else "The texts stay with those who own them."
    out = [
        f"# {about.title}\n",
        f"Version {about.version}{day}. {made}\n",
        "## Cite\n",
        f"{cited}{f' ({about.date[:4]})' if about.date else ''}. See `CITATION.cff`.\n",
        "## Files\n",
        "| file | rows |\n|---|---|",
        *(f"| `data/{name}.csv` | {n} |" for name, n in counts.items()),
        *(["| `data/record.jsonl` | all of it, with the texts |"] if about.texts else []),
        "",
        FILES,
        "## How it was coded\n",
        *(f"- {coder}: {n} items" for coder, n in coders.items()),
        "",
        "| kind | review | items |\n|---|---|---|",
        *(f"| {kind} | {review} | {n} |" for kind, review, n in figures["review"]),
        "",
        _agreed(figures.get("agreement")),
        "## What it rests on\n",
        f"{len(figures['input'])} sources. {BASIS}\n",
        f"Quotes and addresses are in the tables, so that every cell can be checked. {whose}\n",
        "## Make it again\n",
        "`communique verify FOLDER --record RECORD` makes this release again from the record and says what differs.",
    ]
    return "\n".join(out) + "\n"


def _agreed(found: Sequence[Sequence[Any]] | None) -> str:
    if not found:
        return "No two people decided on the same items, so that there are no figures of agreement.\n"
    lines = ["| kind | what | items | people | same | alpha |", "|---|---|---|---|---|---|"]
    lines += [f"| {' | '.join('' if x is None else str(x) for x in row)} |" for row in found]
    return "Where two or more decided on the same items:\n\n" + "\n".join(lines) + "\n"
