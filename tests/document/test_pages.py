"""Pages of outlets that nobody described: the article is found, and nothing that stands around it."""

from __future__ import annotations

from bench import pages
from communique.document import markup
from communique.document.prune import prune

FLOOR = 0.98


def test_the_article_is_found_on_pages_of_all_forms_and_no_other_story_with_it() -> None:
    got = pages.measured()
    assert len(got) >= 40
    assert {x.page.lang for x in got} == {"zh", "vi", "en"}
    assert not [x.page.name for x in got if x.leaked or x.error]
    assert sum(x.f1 for x in got) / len(got) >= FLOOR


def pruned(page: str, *names: str) -> str:
    tree = markup.parse(f"<html><body><h1>Two navies meet</h1>{page}</body></html>", "a")
    prune(tree, set(names), "Two navies meet")
    return " ".join(tree.text_content().split())


STORY = "".join(f"<p>The navies met on day {n} and spoke of many things at great length.</p>" for n in range(3))


def test_cards_are_no_article_whatever_they_are_called() -> None:
    cards = "".join(
        f"<div><a href='/{n}'>Another story {n}</a><p>What it is about, in a line or so.</p></div>" for n in "123"
    )
    assert "Another" not in pruned(f"<div>{STORY}</div><div><b>See too</b>{cards}</div>")
    assert "Another" not in pruned(f"<div>{STORY}<div>{cards}</div>{STORY}</div>")
    assert "many things" in pruned(f"<div>{STORY}<div>{cards}</div>{STORY}</div>")


def test_links_inside_sentences_and_points_stay() -> None:
    linked = STORY.replace("The navies", "The <a href='/n'>navies of the two countries</a>")
    assert pruned(f"<div>{linked}</div>").count("spoke of") == 3
    points = "<ul><li>Four ships took part in the drill of the two navies</li><li>It lasted six hours</li></ul>"
    assert "Four ships" in pruned(f"<div>{STORY}{points}</div>")


def test_the_element_with_the_title_is_never_taken_for_furniture() -> None:
    page = (
        f"<div class='widget main'><h1>Two navies meet</h1>{STORY}</div><div class='widget'><p>Weather: fair.</p></div>"
    )
    tree = markup.parse(f"<html><body>{page}</body></html>", "a")
    prune(tree, {"widget"}, "")
    assert "many things" in tree.text_content()
    assert "Weather" not in tree.text_content()
