"""A watch that is killed while feeds change and servers fail: the same script as the long run, for half a minute."""

from __future__ import annotations

from bench import soak


def test_every_article_once_through_kills_and_failures() -> None:
    figures, wrong = soak.soak(0.4, 3, seed=3, pace=0.7)
    assert not wrong
    assert figures["kills"] == 3
    assert figures["live in the record"] == figures["articles"]
