"""Reading on an engine: pieces of work go out, claims come back as Parquet, in the order of the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from communique.engines import claimfile, daftly
from communique.engines.claimfile import Fate
from communique.engines.pieces import Piece, path_of, pieces
from communique.engines.processes import Outcome
from communique.errors import CommuniqueError
from communique.source import Limits, Web
from communique.source.seen import Seen

Engine = Callable[[Sequence[Piece], Path, int, Limits], Iterator[int]]
ENGINES: dict[str, Engine] = {"daft": daftly.run}
WAVE, MOST_BYTES = 20_000, 128_000_000
"""Pieces that are handed out at once, and the bytes of pages that may stand in them."""


def engine_of(name: str) -> Engine:
    """Return an engine by its name.

    Raises:
        CommuniqueError: there is none of that name.
    """
    if name not in ENGINES:
        raise CommuniqueError(f"no engine {name!r}", where="--engine", remedy=f"there is: {', '.join(sorted(ENGINES))}")
    return ENGINES[name]


def spread(
    targets: Sequence[str],
    folder: Path,
    engine: str,
    jobs: int = 1,
    web: Web | None = None,
    limits: Limits | None = None,
) -> Iterator[Fate]:
    """Read what is named on an engine, and yield what became of every record, in order, while the workers go on.

    Args:
        folder: where the claims are written, and found again by whoever starts anew. On a cluster every machine must
            have it, and the files that are read, under the same names.
        jobs: workers.

    Raises:
        CommuniqueError: no such engine, the folder cannot be used, or a worker failed.
    """
    run, bounds = engine_of(engine), limits or Limits()
    claimfile.pyarrow()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise CommuniqueError(f"cannot be made ({e.strerror})", where=str(folder), remedy="name another") from e
    with Seen() as seen:
        for wave in _waves(pieces(targets, bounds, web)):
            for fate in _done(run, wave, folder, jobs, bounds):
                raw = fate.raw if isinstance(fate, Outcome) else None
                again = seen.judge(raw.source, raw.digest, raw.origin, raw.captured is not None) if raw else None
                yield fate if again is None else again


def _done(run: Engine, wave: Sequence[Piece], folder: Path, jobs: int, limits: Limits) -> Iterator[Fate]:
    """Yield the fates of a wave in its order, each piece as soon as it and those before it are done."""
    left = [n for n, piece in enumerate(wave) if not path_of(piece, folder).exists()]
    waiting = set(left)
    at = 0
    coming = run([wave[n] for n in left], folder, jobs, limits) if left else iter(())
    while at < len(wave):
        while at in waiting:
            number = next(coming, None)
            if number is None:
                raise CommuniqueError("a piece is missing", where=str(folder), remedy="run the same command again")
            waiting.discard(left[number])
        yield from claimfile.read(path_of(wave[at], folder))
        at += 1


def _waves(found: Iterator[Piece]) -> Iterator[list[Piece]]:
    wave: list[Piece] = []
    weight = 0
    for piece in found:
        wave.append(piece)
        weight += sum(len(getattr(x, "data", b"")) for x in piece.found)
        if len(wave) >= WAVE or weight >= MOST_BYTES:
            yield wave
            wave, weight = [], 0
    if wave:
        yield wave
