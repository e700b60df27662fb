"""Offices in several languages as one post: the cases of the packs."""

from __future__ import annotations

import pytest

from communique.loader.packs import load
from communique.loader.posts import PostCase
from communique.record.posts import Posts

PACKS = load().posts
POSTS = Posts.of(PACKS)


@pytest.mark.parametrize("case", [c for p in PACKS for c in p.cases], ids=lambda c: f"{c.lang}-{c.office}")
def test_an_office_is_the_post_of_its_case(case: PostCase) -> None:
    found = POSTS.of_office(case.office, case.lang)
    assert tuple(x for x in found or () if x) == case.post
    assert (POSTS.current(case.office, case.lang) is not None) == case.former


def test_a_language_without_words_for_posts_has_none() -> None:
    assert POSTS.of_office("部长", "ko") is None
