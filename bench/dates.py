"""Measure the Chinese date grammar on a folder of public date specs (Recognizers-Text JSON files).

    python bench/dates.py FOLDER [--misses]

Cases listed in ``dates_not_expressible.yaml`` are counted apart; of the others the share read right is
printed, by file. What is right:

- A case of an ``Extractor`` file: each expected span is found exactly, but for a preposition before it and a
  word of bound ("before", "since") behind it.
- A case with values: over each expected span lies a mention that resolves to the expected date against the
  reference day, both as something held (the past reading) and as something planned (the future reading).
  Where the words say that a date lies ahead, only the second is asked. A time of day is not looked at. The end
  of a range may be given as the spec does (its first day, or the day after it). ``before`` and ``after`` are
  compared as bounds. A date that does not exist has no EDTF.
- In the ``DateTimeModel`` files, which list all types, a dated mention where none is expected is an error.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from communique.loader.dates import DatesPack
from communique.loader.yamlfile import check, read
from communique.mentions.dates import Anchor, DateMention, find, resolve_all
from communique.mentions.partial import parse

HERE = Path(__file__).resolve().parent
PACK = HERE.parent / "packs" / "languages" / "zh" / "dates.yaml"
LETTERS = str.maketrans("週後個禮點從來號東於時開", "周后个礼点从来号东于时开")
SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}


@dataclass(frozen=True)
class Case:
    """One case of a file: its text, reference day and the results that count."""

    file: str
    index: int
    text: str
    day: str | None
    results: tuple[dict[str, Any], ...]
    dropped: bool


def cases(folder: Path, out: dict[str, Any]) -> Iterator[Case]:
    """Yield the cases that the codebook can express."""
    files = {name for category in out["categories"] for name in category.get("files", ())}
    single = {
        (name, index)
        for category in out["categories"]
        for name, indexes in category.get("cases", {}).items()
        for index in indexes
    }
    for path in sorted(folder.glob("*.json")):
        if path.stem in files:
            continue
        for index, case in enumerate(json.loads(path.read_text("utf-8-sig"))):
            kept = tuple(r for r in case["Results"] if sort(r) not in out["types"])
            if (path.stem, index) in single or (case["Results"] and not kept):
                continue
            day = case.get("Context", {}).get("ReferenceDateTime", "")[:10] or None
            yield Case(path.stem, index, case["Input"].translate(LETTERS), day, kept, len(kept) < len(case["Results"]))


def sort(result: dict[str, Any]) -> str:
    """Return the type of an expected result without its prefix."""
    return str(result.get("Type") or result.get("TypeName")).removeprefix("datetimeV2.")


def span(result: dict[str, Any]) -> tuple[int, int]:
    """Return where an expected result stands."""
    start = result["Start"]
    return start, start + result["Length"] if "Length" in result else result["End"] + 1


def days(edtf: str | None) -> tuple[date, date, date] | None:
    """Return the first day, the first day of the last part and the last day of an EDTF date."""
    ends = parse(edtf)
    if ends is None:
        return None
    first, mid, last = ends[0].first(), ends[1].first(), ends[1].last()
    return (first, mid, last) if first and mid and last else None


def same(edtf: str | None, value: dict[str, Any]) -> bool:
    """Return whether an EDTF date is the expected value (one reading of it)."""
    if "single" in value:
        single = value["single"]
        return edtf == single if single else edtf is None
    if edtf and edtf.endswith("X"):
        edtf = f"{edtf[:-1]}0/{edtf[:-1]}9"
    spanned = days(edtf)
    if spanned is None:
        return value["start"] is None
    start, end = value["start"], value["end"]
    ends = {spanned[1].isoformat(), (spanned[2] + timedelta(days=1)).isoformat()}
    if value.get("clock"):
        ends.add(spanned[2].isoformat())
    return spanned[0].isoformat() == start and end in ends


def readings(result: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the expected readings, past first: ``single`` (EDTF or None), or ``start`` and ``end``; with ``mod``."""
    if "Resolution" in result:
        raw = result["Resolution"]["values"]
        rows = [(v.get("timex"), v.get("Mod"), v.get("value"), v.get("start"), v.get("end")) for v in raw]
    else:
        value = result["Value"]
        rows = []
        for side in ("PastResolution", "FutureResolution"):
            said = list((value.get(side) or {}).values())
            pair = (None, said[0], said[1]) if len(said) == 2 else (said[0] if said else None, None, None)
            rows.append((value.get("Timex"), None, *pair))
    return [_reading(*row) for row in rows]


def _reading(
    timex: str | None, mod: str | None, value: str | None, start: str | None, end: str | None
) -> dict[str, Any]:
    timex = timex or ""
    absolute = timex[:10] if "T" in timex and not timex.startswith("(") else timex
    if "-" in timex and timex[-2:] in SEASONS:
        return {"single": f"{timex[:4]}-{SEASONS[timex[-2:]]}", "mod": mod}
    if value == "not resolved" or (value or start or "").startswith("0001"):
        return {"single": None, "mod": mod}
    if timex[:4].isdigit() and "W" not in timex and len(absolute) in (4, 7, 10):
        return {"single": absolute, "mod": mod}
    if value:
        return {"single": value[:10], "mod": mod}
    if timex.startswith("XXXX") and len(timex) == 7:
        return {"single": (start or "")[:7], "mod": mod}
    clock = "T" in timex
    first, last = (start or "")[:10] or None, (end or "")[:10] or None
    if clock and first == last:
        return {"single": first, "mod": mod}
    return {"start": first, "end": last, "mod": mod, "clock": clock}


def right(case: Case, pack: DatesPack) -> bool:
    """Return whether a case is read right."""
    found = find(case.text, pack)
    if "Extractor" in case.file:
        spans = {(m.start, m.end) for m in found}
        return all(_spanned(case, span(r), spans, pack) for r in case.results)
    held = resolve_all(found, Anchor(published=case.day), "held")
    plan = resolve_all(found, Anchor(published=case.day), "planned")
    used: set[int] = set()
    for result in case.results:
        start, end = span(result)
        over = [i for i, m in enumerate(found) if m.start < end and start < m.end]
        used.update(over)
        expected = readings(result)
        if not any(
            (found[i].ahead or _agrees(found[i], held[i], expected[0])) and _agrees(found[i], plan[i], expected[-1])
            for i in over
        ) and not (not over and all(e.get("single", "") is None for e in expected)):
            return False
    extra = [i for i in range(len(found)) if i not in used and held[i].edtf and found[i].kind != "part_only"]
    return not (case.file.startswith("DateTimeModel") and extra and not case.dropped)


def _spanned(case: Case, wanted: tuple[int, int], spans: set[tuple[int, int]], pack: DatesPack) -> bool:
    if wanted in spans:
        return True
    start, end = wanted
    for word in (*pack.lead, *pack.bound_before, "在"):
        n = len(word)
        if (start - n, end) in spans and case.text[max(0, start - n) : start] == word:
            return True
        if (start + n, end) in spans and case.text[start : start + n] == word:
            return True
    return any((start, end + len(w)) in spans and case.text.startswith(w, end) for w in pack.bound_after)


def _agrees(mention: DateMention, resolved: Any, value: dict[str, Any]) -> bool:
    mod = value.get("mod")
    if mod in ("before", "until", "since", "after"):
        if mention.bound != mod:
            return False
        if mod in ("until", "since"):
            return same(resolved.edtf, value)
        ends = parse(value["single"]) if value.get("single") else None
        step = ends[0].next(-1 if mod == "before" else 1) if ends else None
        limit = resolved.not_after if mod == "before" else resolved.not_before
        return step is not None and limit == step.edtf
    if mention.bound in ("before", "after"):
        return value.get("single") is not None and _plain(mention, resolved, value)
    return same(resolved.edtf, value)


def _plain(mention: DateMention, resolved: Any, value: dict[str, Any]) -> bool:
    """Where a file leaves out the bound, the date beside it decides."""
    ends = parse(value["single"])
    step = ends[0].next(-1 if mention.bound == "before" else 1) if ends else None
    return step is not None and step.edtf in (resolved.not_before, resolved.not_after)


def main() -> None:
    """Print the share of the expressible cases that are read right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print the cases that are not read right")
    options = parser.parse_args()
    data, lines = read(PACK)
    pack = check(DatesPack, data["dates"], lines, PACK)
    out = yaml.safe_load((HERE / "dates_not_expressible.yaml").read_text("utf-8"))
    total = sum(len(json.loads(path.read_text("utf-8-sig"))) for path in options.folder.glob("*.json"))
    good, every = Counter[str](), Counter[str]()
    for case in cases(options.folder, out):
        every[case.file] += 1
        if right(case, pack):
            good[case.file] += 1
        elif options.misses:
            found = find(case.text, pack)
            held = resolve_all(found, Anchor(published=case.day))
            ours = [(case.text[m.start : m.end], r.edtf) for m, r in zip(found, held, strict=True)]
            print(case.file, case.index, case.text, case.day, [r["Text"] for r in case.results], ours, file=sys.stderr)
    for file in sorted(every):
        print(f"{file:32}{good[file]:4} of {every[file]:4}")
    share = good.total() / every.total() if every.total() else 0.0
    print(f"not expressible: {total - every.total()} of {total}")
    print(f"right: {good.total()} of {every.total()} = {share:.3f}")


if __name__ == "__main__":
    main()
