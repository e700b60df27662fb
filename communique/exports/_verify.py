"""Whether a release is what it says: its digests, and the same bytes made again from the record."""

from __future__ import annotations

import csv
import hashlib
import json
import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from communique.errors import CommuniqueError
from communique.exports._release import PACKAGE, SUMS, About, release
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step

PIECE = 1 << 20
MOST = 20
"""So many inputs that differ are named; of more the number is told."""


def verify(folder: Path, store: Store | None, step: Step | None = None) -> list[str]:
    """Return what is not as it should be, each in a line; nothing where the release is right.

    Args:
        store: the record to make it again from; without one only the digests are looked at.

    Raises:
        CommuniqueError: the folder is no release.
    """
    recipe = _recipe(folder)
    found = list(_digests(folder))
    if store is None:
        return found
    about = {**recipe["about"], "authors": tuple(recipe["about"].get("authors") or ())}
    with tempfile.TemporaryDirectory() as temporary:
        again = Path(temporary) / "release"
        try:
            release(store, again, About(**about), Filter(**recipe["filter"]), step)
        except TypeError as e:
            raise _none(folder, f"its recipe is not ours: {e}") from e
        found.extend(_inputs(folder / "data" / "input.csv", again / "data" / "input.csv"))
        for name in sorted(_files(folder) | _files(again)):
            said = _difference(folder / name, again / name)
            if said and not any(line.startswith(f"{name}: ") for line in found):
                found.append(f"{name}: {said}")
    return found


def _none(folder: Path, why: str) -> CommuniqueError:
    return CommuniqueError(f"is no release ({why})", where=str(folder), remedy="name a folder of communique release")


def _recipe(folder: Path) -> dict[str, Any]:
    try:
        made = json.loads((folder / PACKAGE).read_text("utf-8"))["communique"]
        recipe = {"about": dict(made["about"]), "filter": dict(made["filter"])}
    except OSError as e:
        raise _none(folder, f"{PACKAGE}: {e.strerror}") from e
    except (ValueError, KeyError, TypeError, RecursionError) as e:
        raise _none(folder, f"{PACKAGE} cannot be understood") from e
    return recipe


def _files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as f:
        while piece := f.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _digests(folder: Path) -> Iterator[str]:
    """Yield which files are not those of the list of digests."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        yield f"{SUMS}: cannot be read"
        return
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    have = _files(folder) - {SUMS}
    for name in sorted(set(listed) | have):
        if name not in have:
            yield f"{name}: is missing"
        elif name not in listed:
            yield f"{name}: is not of the release"
        elif _digest(folder / name) != listed[name]:
            yield f"{name}: was changed after the release (its digest differs from {SUMS})"


def _inputs(old: Path, new: Path) -> Iterator[str]:
    """Yield which sources the record has otherwise than the release."""
    was, now = _sources(old), _sources(new)
    lines = [f"input {n!r}: is not in the record" for n in sorted(set(was) - set(now))]
    lines += [f"input {n!r}: came after the release" for n in sorted(set(now) - set(was))]
    for n in sorted(set(was) & set(now)):
        if was[n][0] != now[n][0]:
            lines.append(f"input {n!r}: has other bytes")
        elif was[n] != now[n]:
            lines.append(f"input {n!r}: was coded anew")
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield f"input: {len(lines) - MOST} more sources differ"


def _sources(path: Path) -> dict[str, list[str]]:
    try:
        with path.open(encoding="utf-8", newline="") as f:
            return {row[0]: row[1:] for row in csv.reader(f) if row}
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}


def _difference(one: Path, other: Path) -> str | None:
    """Return how two files differ, None where they are the same bytes."""
    if not one.is_file():
        return "is missing"
    if not other.is_file():
        return "is not of the release"
    with one.open("rb") as a, other.open("rb") as b:
        for n, (left, right) in enumerate(zip_longest(a, b), 1):
            if left != right:
                return f"line {n} differs: {_shown(left)} instead of {_shown(right)}"
    return None


def _shown(line: bytes | None) -> str:
    if line is None:
        return "nothing"
    text = line.decode("utf-8", "replace").rstrip("\n")
    return repr(text if len(text) <= 100 else text[:100] + "\u2026")
