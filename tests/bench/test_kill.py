"""Reading killed at random moments: the same script as the long run, a few times."""

from __future__ import annotations

import os

from bench import kill


def test_kill_9_leaves_whole_articles_and_a_second_run_completes_them(database: str) -> None:
    base = os.environ["COMMUNIQUE_POSTGRES"] if database == "postgresql" else ""
    times = 3 if database == "sqlite" else 2
    midway, trouble = kill.soak(base, times, 40, seed=7, part=True)
    assert not trouble
    assert midway == times
