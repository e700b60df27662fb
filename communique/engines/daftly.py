"""Daft (docs/decisions/0020): the one place that knows it. Its own runner works here, its Ray runner on a cluster."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from communique.engines.pieces import Piece, do
from communique.errors import CommuniqueError
from communique.source import Limits


def library() -> Any:
    """Return Daft, told to keep to itself what it does.

    Raises:
        CommuniqueError: it is not installed.
    """
    os.environ.setdefault("DO_NOT_TRACK", "1")  # read when it is imported
    os.environ.setdefault("DAFT_PROGRESS_BAR", "0")
    try:
        import daft
    except ImportError as e:
        raise CommuniqueError("the engine daft is not installed", remedy="pip install 'communique[scale]'") from e
    return daft


class Work:
    """What a worker does; made once in each."""

    def __init__(self, folder: str, limits: Limits) -> None:
        self.folder, self.limits = Path(folder), limits

    def some(self, column: Any) -> list[str]:
        """Do pieces and return for each an empty text, or what went wrong: an error must not cost the other pieces."""
        return [self.one(pickle.loads(packed)) for packed in column.to_pylist()]  # noqa: S301 - packed by run, below

    def one(self, piece: Piece) -> str:
        """Do one piece."""
        try:
            do(piece, self.folder, self.limits)
        except Exception as e:  # noqa: BLE001 - told by run
            return f"{type(e).__name__}: {' '.join(str(e).split())[:300]}"
        return ""


def run(pieces: Sequence[Piece], folder: Path, jobs: int, limits: Limits) -> Iterator[int]:
    """Do pieces in ``jobs`` workers, and yield the number of each as it is done.

    Raises:
        CommuniqueError: Daft is not installed, or a piece could not be done.
    """
    daft = library()
    work = _Working(daft, jobs)(str(folder), limits)
    frame = daft.from_pydict({"number": list(range(len(pieces))), "piece": [pickle.dumps(p) for p in pieces]})
    frame = frame.into_batches(1).with_column("said", work.some(frame["piece"])).select("number", "said")
    for row in frame.iter_rows(results_buffer_size=None):
        if row["said"] != "":
            remedy = "run the same command again: what is done is kept"
            raise CommuniqueError(f"a worker failed ({row['said']})", where=str(folder), remedy=remedy)
        yield row["number"]


def _Working(daft: Any, jobs: int) -> Any:  # noqa: N802 - returns a class
    """Return ``Work`` as a class that Daft spreads."""
    some = daft.method.batch(return_dtype=daft.DataType.string(), batch_size=1)(Work.some)
    kind = type("Work", (Work,), {"some": some})
    return daft.cls(use_process=True, max_concurrency=jobs)(kind)
