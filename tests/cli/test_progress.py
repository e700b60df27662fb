"""Progress of long commands, and Ctrl-C in the middle of them."""

from __future__ import annotations

import gc
import signal
import weakref

import pytest

from communique.cli.progress import Counter


class _Thing:
    pass


def _let_go(pressed: bool) -> None:
    """Let go of a weak reference whose callback Ctrl-C (or a defect) meets: Python prints what it raises, no more."""
    thing = _Thing()

    def callback(_: weakref.ref[_Thing]) -> None:
        if pressed:
            signal.raise_signal(signal.SIGINT)
        raise ValueError("a defect")

    kept = weakref.ref(thing, callback)
    del thing
    gc.collect()
    assert kept() is None


@pytest.fixture(autouse=True)
def _heeded():
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def _count(done: list[int], lose: int, pressed: bool) -> None:
    with Counter("reading", things="sources") as tick:
        for n in range(5):
            if n == lose:
                _let_go(pressed=pressed)
            done.append(n)
            tick()


def test_a_ctrl_c_that_python_loses_stops_at_the_next_count(capsys: pytest.CaptureFixture[str]) -> None:
    done: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        _count(done, lose=2, pressed=True)
    assert done == [0, 1, 2]
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_other_errors_that_python_loses_stop_nothing() -> None:
    done: list[int] = []
    _count(done, lose=2, pressed=False)
    assert done == [0, 1, 2, 3, 4]
