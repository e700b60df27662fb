"""From a page's text to its units: the article and the teasers of the block under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.document import block, cut
from communique.document.language import UNKNOWN, detect
from communique.document.lines import Span
from communique.document.rules import Rules
from communique.loader.detect import DetectPack
from communique.model import Part, Unit, unit_id


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a page beside its text. ``published`` is EDTF; ``lang`` outranks the letters' word."""

    source: str
    url: str | None = None
    outlet: str | None = None
    lang: str | None = None
    published: str | None = None
    basis: str = "unknown"


def units(
    text: str, about: About, rules: Rules, languages: Sequence[DetectPack], known: Mapping[int, str] | None = None
) -> tuple[Unit, ...]:
    """Return the article of a page and its teasers, in order.

    ``known`` tells the kind of a line of the article, by its number, where markup says so.
    """
    top, inside = block.find(text, rules)
    body = text[top.start : top.end]
    made = cut.article(body, rules, known)
    published, basis = about.published, about.basis
    if published is None and made.printed is not None:
        published, basis = made.printed, "printed"
    lang = language(body, about.lang, languages)
    found = [
        Unit(
            id=unit_id(about.source, "article", body),
            source=about.source,
            role="article",
            title=made.title,
            text=body,
            lang=lang,
            url=about.url,
            outlet=about.outlet,
            dateline=made.dateline,
            published=published,
            basis=basis,
            parts=ordered(made.parts),
        )
    ]
    if inside is not None:
        found += [
            teaser(text, x, about, lang, rules, languages, n)
            for n, x in enumerate(block.teasers(text, inside, rules), 1)
        ]
    return tuple(found)


def teaser(
    text: str,
    lines: block.Teaser,
    about: About,
    page_lang: str,
    rules: Rules,
    languages: Sequence[DetectPack],
    position: int,
) -> Unit:
    """Return the unit of one teaser; it takes the page's outlet and, where the letters allow it, its language."""
    whole = lines.lines
    first, last = whole[0].start, whole[-1].end
    piece = text[first:last]

    def here(span: Span | None) -> Span | None:
        return Span(span.start - first, span.end - first) if span else None

    title = Span(lines.title.start - first, lines.title.end - first)
    lead = [Span(x.start - first, x.end - first) for x in lines.lead]
    made = cut.teaser(piece, title, here(lines.caption), lead, rules)
    own = detect(piece, languages)
    same = own == UNKNOWN or own.split("-")[0] == page_lang.split("-")[0]
    return Unit(
        id=unit_id(about.source, "teaser", piece),
        source=about.source,
        role="teaser",
        title=made.title,
        text=piece,
        lang=page_lang if same else own,
        position=position,
        outlet=about.outlet,
        dateline=made.dateline,
        parts=ordered(made.parts),
    )


def language(text: str, given: str | None, languages: Sequence[DetectPack]) -> str:
    """Return the tag of a text: the one that came with it, made precise by its letters, else theirs."""
    seen = detect(text, languages)
    if not given or seen.split("-")[0] == given:
        return seen
    return given


def ordered(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts in order, without empty ones."""
    return tuple(sorted((p for p in parts if p.end > p.start), key=lambda p: p.start))
