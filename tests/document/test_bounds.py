"""What the dates of a page prove of the time of its units."""

from __future__ import annotations

import pytest
from document_packs import read_text

from communique.document import with_bounds
from communique.model import Document

PAGE = """国防部举行年度总结会

越通社河内——国防部在河内举行年度总结会。(完)

更多

代表团来访

代表团在河内受到欢迎。

海军舰艇抵港

海军舰艇抵达港口。
"""


def bounds(document: Document, *told: list[tuple[int, str, str]]) -> list[tuple[str | None, str | None]]:
    dates = {unit.id: dates for unit, dates in zip(document.units, told, strict=False)}
    return [(u.not_before, u.not_after) for u in with_bounds(document, dates).units]


@pytest.fixture(scope="module")
def page() -> Document:
    return read_text(PAGE)


@pytest.mark.parametrize(
    ("dates", "want"),
    [
        ([], (None, None)),
        ([(0, "2021", "past")], ("2021", None)),
        ([(0, "2021", "past"), (9, "2021-04-14", "past")], ("2021-04-14", None)),
        ([(0, "2021-04-14", "past"), (9, "2022", "past")], ("2022", None)),
        ([(0, "2016/2021", "past"), (9, "2025", "future")], ("2021", "2025")),
        ([(0, "1906-03-01", "past"), (9, "2026-03-01", "now")], ("2026", None)),
        ([(0, "2026-02-03", "now"), (9, "2026-02-13", "past")], ("2026-02-13", None)),
        ([(0, "2026/2028", "none")], (None, None)),
        ([(0, "2020-12-09/2020-12-10", "past")], ("2020-12-09", None)),
        ([(0, "XXXX-04-14", "past")], (None, None)),
        ([(0, "2021-24", "past")], ("2021", None)),
        ([(0, "2021-10", "future"), (9, "2021-08", "future")], (None, "2021-08")),
        ([(0, "2022-01-01", "past"), (9, "2021-08", "future")], ("2022-01-01", None)),
        ([(0, "2021-07-06", "past"), (9, "2021", "future")], ("2021-07-06", "2021")),
        ([(0, "nonsense", "past")], (None, None)),
    ],
)
def test_an_article(page: Document, dates: list[tuple[int, str, str]], want: tuple[str | None, str | None]) -> None:
    assert bounds(page, dates)[0] == want


def test_a_silent_teaser_has_the_bound_of_its_block(page: Document) -> None:
    assert bounds(page, [(0, "2026-05-05", "past")], [(0, "2026-02-13", "past")]) == [
        ("2026-05-05", None),
        ("2026-02-13", None),
        ("2026-02-13", None),
    ]


def test_what_a_teaser_expects_the_block_does_not_show_to_have_come(page: Document) -> None:
    told = [(0, "2026-01", "future")], [(0, "2026", "past"), (3, "2025-11", "past")]
    assert bounds(page, [], *told)[1:] == [(None, "2026-01"), ("2026", None)]


def test_nothing_comes_after_the_day_of_publication() -> None:
    article = '{"text": "正文一段话。", "published": "2021-06-16"}'
    document = read_text(article, "application/json")
    assert bounds(document, [(0, "2021-05-01", "past"), (9, "2021-12-01", "past")]) == [("2021-05-01", None)]
    assert bounds(document, [(0, "2021", "past")]) == [("2021", None)]


def test_everything_else_stays(page: Document) -> None:
    made = with_bounds(page, {})
    assert made == page
