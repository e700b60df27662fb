"""A brief as a page: one file, nothing loaded from anywhere, for the screen and for paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from communique.briefs.frame import Brief, Note, Sentence, linked, marked, readable, shown

HERE = Path(__file__).parent


@cache
def _template() -> Template:
    env = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: shown(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return env.get_template("page.html")


def numbered(brief: Brief) -> list[tuple[str, str, list[tuple[Sentence, list[int]]]]]:
    """Return the sections that say something: id, title, and each sentence with the numbers of its notes."""
    numbers = iter(brief.numbered())
    return [
        (section.id, section.title, [(s, [next(numbers)[0] for _ in s.notes]) for s in section.sentences])
        for section in brief.sections
        if section.sentences
    ]


def notes(brief: Brief) -> list[tuple[int, Note, int | None]]:
    """Return the notes in order: number, note, and the number under which the same stands already."""
    return list(brief.numbered())


def render(brief: Brief) -> bytes:
    """Return a brief as HTML; what a source wrote is text and nothing else."""
    style = (HERE / "page.css").read_text(encoding="utf-8")
    page = _template().render(
        brief=brief,
        sections=numbered(brief),
        notes=notes(brief),
        marked=marked,
        linked=linked,
        readable=readable,
        style=style,
    )
    return page.encode()
