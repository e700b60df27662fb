"""Score the reading of the project's own gold (cases/gold), by the codebook's rules of comparison.

    python bench/quality.py                    every half, a table for each language
    python bench/quality.py --lang vi,en       only the halves in these languages
    python bench/quality.py --check            fail where a figure lies below bench/floor.yaml
    python bench/quality.py --raise            raise the floor to what is reached now
    python bench/quality.py --misses 20        list misses and extras, of the half that rules are written by
    python bench/quality.py --gold DIR --pages PATH [--lang zh]    score other gold coding

Gold is a folder of ``<page>.jsonl`` beside the pages that they code. ``dev`` and ``opened``, which was held out once,
may be looked at while rules are written; of ``heldout`` only figures are ever printed. Those without a language before
their name are Chinese. A second coding of a page, ``<page>.second.jsonl`` or ``second/<page>.jsonl``, is scored against
the first: that is how far two coders agree.

The floor only rises: lowering it, or changing the gold so that it falls, needs ``--lower``. A language whose floor was
never written is not held to one: its reading is not made yet.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.scoring import Item, Sheet, score
from bench.values import places

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "cases" / "gold"
FLOOR = ROOT / "bench" / "floor.yaml"
HALVES = ("dev", "opened", "heldout")
UNSEEN = "heldout"
HAIR = 0.002
"""What a figure may lie below its floor: less than one item of the gold."""
BATCH = 20
KEPT = (
    "engagement",
    "engagement.strict",
    "engagement.full",
    "person",
    "person.offices",
    "mechanism",
    "instrument",
    "commitment",
    "commitment.strict",
)
"""What has a floor, by its F1."""

Lines = list[dict[str, Any]]


@dataclass(frozen=True)
class Half:
    """One part of the gold: its name, its coding and its pages by stem, second codings where there are any."""

    name: str
    coding: dict[str, Lines]
    pages: tuple[str, ...]
    files: tuple[Path, ...]
    second: dict[str, Lines]

    @property
    def unseen(self) -> bool:
        """Whether texts of this half are never to be shown."""
        return self.name.rpartition("-")[2] == UNSEEN

    def speaks(self, languages: tuple[str, ...]) -> bool:
        """Return whether a unit is in one of these languages; yes where none is asked for."""
        units = (line for coding in self.coding.values() for line in coding if line["kind"] == "unit")
        return not languages or any(str(u.get("lang", "zh")).startswith(languages) for u in units)

    def digest(self) -> str:
        """Return a digest of coding and pages, so that a floor names the gold that it was measured on."""
        total = hashlib.sha256()
        for path in self.files:
            total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()[:16]


def halves() -> list[str]:
    """Return the names of the halves of the project's own gold: ``dev``, ``heldout``, ``en-dev`` and so on."""
    found = sorted(p.name for p in GOLD.iterdir() if p.is_dir() and p.name.rpartition("-")[2] in HALVES)
    return sorted(found, key=group)


def group(name: str) -> str:
    """Return what stands before the name of a half: its language, nothing where it is Chinese."""
    return name.rpartition("-")[0]


def half(folder: Path, pages: Path | None = None, name: str | None = None) -> Half | None:
    """Return the gold of a folder, or None where there is none; ``pages`` is where its pages are (default: there)."""
    coded = sorted(p for p in folder.glob("*.jsonl") if not p.stem.endswith(".second"))
    if not coded:
        return None
    where = pages or folder
    found = sorted(where.glob("*.txt")) if where.is_dir() else [where]
    seconds = {p.stem.removesuffix(".second"): p for p in folder.glob("*.second.jsonl")}
    seconds |= {p.stem: p for p in (folder / "second").glob("*.jsonl")}
    stems = {p.stem for p in coded}
    return Half(
        name or folder.name,
        {p.stem: lines(p) for p in coded},
        tuple(str(p) for p in found),
        tuple(sorted([*coded, *(p for p in found if p.stem in stems)])),
        {stem: lines(p) for stem, p in sorted(seconds.items()) if stem in stems},
    )


def lines(path: Path) -> Lines:
    """Return the lines of a coding or an export."""
    out = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                out.append(json.loads(line))
            except json.JSONDecodeError as e:
                raise SystemExit(f"{path}:{n}: no JSON: {e.msg}") from e
    return out


def read(gold: Half) -> Lines:
    """Read the pages of a half with the program and return the lines of its export, unsorted."""
    from communique import flow
    from communique.errors import SourceError
    from communique.loader import packs
    from communique.model import Raw
    from communique.source import open_sources

    known = packs.load()
    raws, out = [], []
    for raw in open_sources(gold.pages):
        if isinstance(raw, SourceError):
            raise SystemExit(str(raw))
        if isinstance(raw, Raw) and Path(raw.source).stem in gold.coding:
            raws.append(raw)
    for at in range(0, len(raws), BATCH):
        for done in flow.read(raws[at : at + BATCH], known):
            if isinstance(done, SourceError):
                print(f"not read: {done}", file=sys.stderr)
                continue
            for u in done.document.units:
                fields = ("id", "source", "role", "title", "text", "lang", "published", "not_before")
                out.append({"kind": "unit", **{f: getattr(u, f) for f in fields}})
            for c in done.claims:
                evidence = [{"start": e.start, "end": e.end, "quote": e.quote} for e in c.evidence]
                item = {"kind": c.kind, "id": c.id, "unit": c.unit, **c.values, "evidence": evidence, "rule": c.rule}
                out.append(item)
    return out


def agreement(gold: Half) -> Sheet | None:
    """Return how far the second coder agrees with the first; None where there is no second coding."""
    if not gold.second:
        return None
    texts = {Path(p).stem: Path(p).read_text(encoding="utf-8-sig") for p in gold.pages if p.endswith(".txt")}
    system: Lines = []
    for stem, coding in gold.second.items():
        text = texts.get(stem, "")
        for line in coding:
            if line["kind"] == "unit":
                system.append({**line, "id": f"{stem}/{line['id']}", "source": stem, "text": text})
            else:
                evidence = [{"start": s, "end": e, "quote": line["quote"]} for s, e in places(text, line["quote"])]
                system.append({**line, "unit": f"{stem}/{line['unit']}", "evidence": evidence})
    return score({stem: gold.coding[stem] for stem in gold.second}, system)


# --- the floor ------------------------------------------------------------------------------------------------------


def figures(sheet: Sheet) -> dict[str, float]:
    """Return the figures that have a floor."""
    told = sheet.figures()
    return {name: told[name]["f1"] for name in KEPT if name in told}


def load_floor(path: Path) -> dict[str, Any]:
    """Return the floor by half; empty where it was never written."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))["halves"] if path.is_file() else {}


def below(name: str, digest: str, now: Mapping[str, float], floor: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the figures of a half against its floor, one line each."""
    if not floor:
        return [f"{name}: no floor yet; write it with --raise"]
    wrong = []
    if floor["gold"] != digest:
        wrong.append(f"{name}: the gold changed since the floor was written ({floor['gold']}); write it with --raise")
    for figure, least in floor["figures"].items():
        if now.get(figure, 0.0) < least - HAIR:
            wrong.append(f"{name}: {figure} is {now.get(figure, 0.0):.3f}, its floor {least:.3f}")
    return wrong


def raised(
    name: str, digest: str, now: Mapping[str, float], floor: Mapping[str, Any], lower: bool = False
) -> dict[str, Any]:
    """Return the new floor of a half: never lower than the old one, unless ``lower``.

    Raises:
        SystemExit: the gold changed and a figure fell with it; a floor that is not reached would be kept.
    """
    old = floor.get("figures", {}) if floor else {}
    if lower or not old:
        return {"gold": digest, "figures": dict(now)}
    fallen = [f for f, least in old.items() if now.get(f, 0.0) < least - HAIR]
    if fallen and floor["gold"] != digest:
        told = ", ".join(f"{f} {old[f]:.3f} -> {now.get(f, 0.0):.3f}" for f in fallen)
        raise SystemExit(f"{name}: on the changed gold these figures are lower: {told}. Say --lower if that is right.")
    return {"gold": digest, "figures": {f: max(now.get(f, 0.0), old.get(f, 0.0)) for f in {**old, **now}}}


def write_floor(path: Path, halves: Mapping[str, Any]) -> None:
    """Write the floor."""
    head = "# Written by `python bench/quality.py --raise`: F1, and a digest of the gold. Figures only rise.\n"
    path.write_text(head + yaml.safe_dump({"halves": dict(halves)}, sort_keys=False), encoding="utf-8")


# --- what is printed ------------------------------------------------------------------------------------------------


def table(sheets: Mapping[str, Sheet]) -> None:
    """Print all figures, one half beside the other."""
    told = {name: sheet.figures() for name, sheet in sheets.items()}
    head = "".join(f"{name:>10}{'P':>8}{'R':>7}{'F1':>7}{'gold':>6}{'found':>6}" for name in told)
    print(f"{'':26}{head}")
    names = sorted({n for figs in told.values() for n in figs if n != "bad_offsets"})
    for name in sorted(names, key=lambda n: any("acc" in f.get(n, {}) for f in told.values())):
        row = f"{name:26}"
        for figs in told.values():
            f = figs.get(name)
            if f is None:
                row += f"{'':44}"
            elif "acc" in f:
                row += f"{'':24}{f['acc']:8.3f}{f['n']:6}{'':6}"
            else:
                row += f"{'':10}{f['p']:8.3f}{f['r']:7.3f}{f['f1']:7.3f}{f['gold']:6}{f['system']:6}"
        print(row.rstrip())
    for name, sheet in sheets.items():
        if sheet.bad_offsets:
            print(f"{name}: {sheet.bad_offsets} items whose quote does not stand at its offsets")
        e = sheet.counts["engagement"]
        if e.recall - e.precision > 0.05:
            print(f"{name}: precision of engagements is {e.recall - e.precision:.3f} below recall (0.05 is allowed)")


def types_table(sheets: Mapping[str, Sheet]) -> None:
    """Print engagements by type: how many there are, precision, recall, F1."""
    names = sorted({t for s in sheets.values() for t in s.by_type})
    print(f"{'':16}" + "".join(f"{n:>10}{'P':>8}{'R':>7}{'F1':>7}{'gold':>6}" for n in sheets))
    for t in names:
        row = f"{t:16}"
        for sheet in sheets.values():
            c = sheet.by_type.get(t)
            row += f"{'':10}{c.precision:8.3f}{c.recall:7.3f}{c.f1:7.3f}{c.right + c.missed:6}" if c else f"{'':38}"
        print(row.rstrip())


def print_misses(sheet: Sheet, most: int) -> None:
    """Print up to ``most`` missed and extra items of every kind."""
    for name, box in (("missed", sheet.missed), ("extra", sheet.extra)):
        shown = Counter[str]()
        for stray in box:
            shown[stray.kind] += 1
            if shown[stray.kind] > most:
                continue
            o = stray.item
            said = o.get("quote") or "; ".join(str(e.get("quote")) for e in o.get("evidence", ()))
            what = o.get("type") or o.get("name") or o.get("act") or o.get("level") or ""
            cells = (f"{name:7} {stray.kind:12}{stray.unit:14}{what}", o.get("date") or "", f"«{said[:120]}»")
            print("  ".join([*cells, o.get("rule", "")]).rstrip())


def differences(gold: Half, system: Sequence[Item], ours: Sheet, scorer: Path, languages: Sequence[str]) -> list[str]:
    """Return every figure in which another scorer's script differs from ours."""
    spec = importlib.util.spec_from_file_location("other_scorer", scorer)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{scorer}: no Python script")
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for stem, coding in gold.coding.items():
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in coding)
            Path(folder, f"{stem}.jsonl").write_text(text, encoding="utf-8")
        copy = json.loads(json.dumps(list(system)))
        theirs = other.score(folder, copy, (), tuple(languages))[0]
    mine = ours.figures()
    unlike = [k for k in {**mine, **theirs} if mine.get(k) != theirs.get(k)]
    return [f"{k}: {mine.get(k)} here, {theirs.get(k)} there" for k in unlike]


def halves_of(options: argparse.Namespace) -> list[Half]:
    """Return the gold that was asked for.

    Raises:
        SystemExit: there is none.
    """
    if options.gold:
        found = [half(options.gold, options.pages)]
    else:
        wanted = [name for name in halves() if options.half in (None, name.rpartition("-")[2])]
        found = [half(GOLD / name, name=name) for name in wanted]
    there = [h for h in found if h and h.speaks(_languages(options))]
    if not there:
        raise SystemExit(f"no gold coding in {options.gold or GOLD}")
    return there


def main(words: Iterable[str] | None = None) -> int:
    """Score, print, and check or raise the floor; 0 where all is well."""
    options = _options(words)
    golds = halves_of(options)
    langs = _languages(options)
    systems = {h.name: read(h) for h in golds}
    sheets = {h.name: score(h.coding, systems[h.name], langs) for h in golds}
    if options.json:
        print(json.dumps({name: sheet.figures() for name, sheet in sheets.items()}, ensure_ascii=False))
    elif not options.check:
        for key in dict.fromkeys(map(group, sheets)):
            told = {name: sheet for name, sheet in sheets.items() if group(name) == key}
            table(told)
            if options.types:
                types_table(told)
    wrong: list[str] = []
    for h in golds:
        if options.agreement and (sheet := agreement(h)):
            print(f"\ntwo coders, {h.name}, {len(h.second)} pages:")
            table({h.name: sheet})
        if options.misses and not h.unseen:
            print_misses(sheets[h.name], options.misses)
        if options.reference:
            found = differences(h, systems[h.name], sheets[h.name], options.reference, langs)
            wrong += [f"{h.name}: {x}" for x in found]
            print(f"{h.name}: {len(found)} figures differ from {options.reference.name}")
    if options.check or options.raise_:
        wrong += _floor(golds, sheets, options)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _floor(golds: Sequence[Half], sheets: Mapping[str, Sheet], options: argparse.Namespace) -> list[str]:
    floor = load_floor(options.floor)
    if options.raise_:
        for h in golds:
            floor[h.name] = raised(h.name, h.digest(), figures(sheets[h.name]), floor.get(h.name, {}), options.lower)
        write_floor(options.floor, floor)
        print(f"wrote {options.floor.name}")
        return []
    begun = {group(name) for name in floor}
    wrong: list[str] = []
    for h in golds:
        if not floor or group(h.name) in begun:
            wrong += below(h.name, h.digest(), figures(sheets[h.name]), floor.get(h.name, {}))
    if not wrong:
        print("nothing lies below its floor")
    return wrong


def _languages(options: argparse.Namespace) -> tuple[str, ...]:
    return tuple(x for x in options.lang.split(",") if x)


def _options(words: Iterable[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, help="only this half of every language")
    parser.add_argument("--gold", type=Path, metavar="DIR", help="another folder of coding")
    parser.add_argument("--pages", type=Path, metavar="PATH", help="its pages: a folder, or JSON Lines of articles")
    parser.add_argument("--lang", default="", help="only units in these languages: zh, zh-Hant, vi, en")
    parser.add_argument("--json", action="store_true", help="print all figures as JSON")
    parser.add_argument("--types", action="store_true", help="print engagements by type too")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list up to N of a kind, of dev only")
    parser.add_argument("--agreement", action="store_true", help="print how far two coders agree")
    parser.add_argument("--reference", type=Path, metavar="SCRIPT", help="compare every figure with another scorer's")
    parser.add_argument("--check", action="store_true", help="fail where a figure lies below its floor")
    parser.add_argument("--raise", dest="raise_", action="store_true", help="raise the floor to what is reached")
    parser.add_argument("--lower", action="store_true", help="with --raise: let figures fall")
    parser.add_argument("--floor", type=Path, default=FLOOR, metavar="FILE", help="the file of the floor")
    options = parser.parse_args(None if words is None else list(words))
    if options.gold and (options.check or options.raise_):
        parser.error("the floor is for the project's own gold")
    return options


if __name__ == "__main__":
    sys.exit(main())
