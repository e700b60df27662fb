"""Reading in this process or in several, in batches, with results in the order of the sources."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, TypeVar

from communique.errors import CommuniqueError, SourceError
from communique.model import Raw
from communique.resting import uncollected

if TYPE_CHECKING:
    from communique.flow import Reading

Task = TypeVar("Task")
Done = TypeVar("Done")
BATCH = 20
AHEAD = 2
"""Batches under way per process: enough that none waits, few enough that memory does not grow."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: its reading, or why there is none."""

    raw: Raw
    reading: Reading | None
    error: SourceError | None


def batches(raws: Iterable[Raw], size: int = BATCH, most_bytes: int = 8_000_000) -> Iterator[list[Raw]]:
    """Return the sources in lists of at most ``size`` and not much more than ``most_bytes``."""
    batch: list[Raw] = []
    weight = 0
    for raw in raws:
        batch.append(raw)
        weight += len(raw.data)
        if len(batch) == size or weight >= most_bytes:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def read_batch(raws: list[Raw]) -> list[Outcome]:
    """Read some sources; one that cannot be read takes no other with it."""
    from communique import flow
    from communique.loader import packs

    known = packs.load()
    try:
        with uncollected():
            return [_outcome(raw, done) for raw, done in zip(raws, flow.read(raws, known), strict=True)]
    except Exception as e:  # noqa: BLE001 - a defect of ours must not cost the other sources
        if len(raws) > 1:
            return [outcome for raw in raws for outcome in read_batch([raw])]
        what = f"could not be read: {type(e).__name__}: {' '.join(str(e).split())[:200]}"
        return [Outcome(raws[0], None, SourceError(what, where=raws[0].origin, remedy="report it with the source"))]


def _outcome(raw: Raw, done: Reading | SourceError) -> Outcome:
    return Outcome(raw, None, done) if isinstance(done, SourceError) else Outcome(raw, done, None)


def _begin() -> None:
    """Leave Ctrl-C to the parent, which lets finished work be kept; and end when the parent does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(parent: int) -> None:
    wait([parent])
    os._exit(1)


def in_order(do: Callable[[Task], Done], tasks: Iterable[Task], jobs: int) -> Iterator[Done]:
    """Do tasks in ``jobs`` processes of their own and yield what comes of them in the order of the tasks.

    ``do`` is a function of a module, by which the processes find it. No more than a few tasks are under way.

    Raises:
        BrokenProcessPool: a process died, for want of memory as a rule.
    """
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)
    waiting: deque[Future[Done]] = deque()
    try:
        for task in tasks:
            waiting.append(pool.submit(do, task))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def run(raws: Iterable[Raw], jobs: int = 1) -> Iterator[Outcome]:
    """Read sources in ``jobs`` processes (1: in this one) and yield outcomes in the order of ``raws``.

    Raises:
        CommuniqueError: a process died, for want of memory as a rule.
    """
    try:
        for done in map(read_batch, batches(raws)) if jobs <= 1 else in_order(read_batch, batches(raws), jobs):
            yield from done
    except BrokenProcessPool as e:
        raise CommuniqueError(
            "a reading process died; what was finished is in the record", remedy="try again with fewer --jobs"
        ) from e
