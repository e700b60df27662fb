"""The second stage: a raw page becomes a document, cut into units with their text, title, language and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.document import block, mail, markup, page, pdf, published, rules
from communique.document.bounds import with_bounds
from communique.document.decode import decode
from communique.document.jsonarticle import Article, article
from communique.document.lines import Span
from communique.document.page import About
from communique.errors import SourceError
from communique.model import Document, Raw, Unit

if TYPE_CHECKING:
    from communique.loader.detect import DetectPack
    from communique.loader.packs import Packs

__all__ = ["read", "with_bounds"]


def read(raw: Raw, packs: Packs) -> Document:
    """Return the document of a raw page.

    Offsets are code points into each unit's ``text``. For plain text that is a slice of the decoded page with
    LF line ends; for an article in JSON, of title, blank line, text; for HTML, PDF and messages, of the lines that
    were taken out of them.
    ``not_before`` and ``not_after`` are left open: ``with_bounds`` gives them when the dates are read.

    Raises:
        SourceError: nothing can be read from it; one line, with the place and the remedy.
    """
    languages = [pack.detect for pack in packs.languages.values() if pack.detect is not None]
    readers = {
        "application/json": _json,
        "application/pdf": _pdf,
        "message/rfc822": _mail,
        "text/html": _html,
        "text/plain": _plain,
    }
    if raw.media not in readers:
        raise SourceError(
            f"no reader for {raw.media}", where=raw.origin, remedy="name a page of text, HTML, JSON or PDF"
        )
    try:
        units, notes = readers[raw.media](raw, packs, languages)
    except SourceError as e:
        if e.where:
            raise
        raise SourceError(e.what, where=raw.origin, remedy=e.remedy) from e
    return Document(raw.source, raw.origin, raw.digest, raw.media, raw.url, units, tuple(notes))


def _plain(raw: Raw, packs: Packs, languages: list[DetectPack]) -> tuple[tuple[Unit, ...], list[str]]:
    decoded = decode(raw.data, languages, raw.origin, label=raw.charset)
    notes = [] if decoded.encoding == "utf-8" else [f"read as {decoded.encoding}"]
    outlet = rules.choose(packs.outlets, decoded.text, raw.url)
    day = published.from_url(raw.url)
    about = About(raw.source, raw.url, outlet.name, None, day, "url" if day else "unknown")
    units = page.units(decoded.text, about, rules.rules_for(packs.outlets, outlet, day), languages)
    return units, notes + _general(outlet.generic)


def _json(raw: Raw, packs: Packs, languages: list[DetectPack]) -> tuple[tuple[Unit, ...], list[str]]:
    made: Article = article(raw)
    outlet = rules.choose(packs.outlets, made.text, made.url)
    day, basis = made.published, "metadata"
    if day is None:
        day = published.from_url(made.url)
        basis = "url" if day else "unknown"
    about = About(raw.source, made.url, made.outlet or outlet.name, made.lang, day, basis)
    units = page.units(made.text, about, rules.rules_for(packs.outlets, outlet, day), languages)
    return units, list(made.notes)


def _pdf(raw: Raw, packs: Packs, languages: list[DetectPack]) -> tuple[tuple[Unit, ...], list[str]]:
    return _lines(raw, packs, languages, pdf.read(raw.data, raw.origin), raw.url, None)


def _mail(raw: Raw, packs: Packs, languages: list[DetectPack]) -> tuple[tuple[Unit, ...], list[str]]:
    message = mail.read(raw.data, raw.origin)
    sent_from = f"https://{message.host}/" if message.host else None
    lines = list(message.lines)
    if message.html is not None:
        decoded = decode(message.html, languages, raw.origin, markup=True, label=message.charset)
        lines = markup.blocks(markup.parse(decoded.text, raw.origin))
    title = message.subject or (lines[0] if lines else "")
    body = [x for x in lines if x != title]
    if not body:
        raise SourceError("the message holds no text", where=raw.origin, remedy="save the newsletter as a page")
    units, notes = _lines(raw, packs, languages, [title, *body], sent_from, message.day, message.sender)
    return units, notes


def _lines(
    raw: Raw,
    packs: Packs,
    languages: list[DetectPack],
    lines: list[str],
    url: str | None,
    day: str | None,
    name: str | None = None,
) -> tuple[tuple[Unit, ...], list[str]]:
    """Return the units of a page of lines; ``url`` tells the outlet, ``name`` stands for one that is not known."""
    text = "\n\n".join(lines)
    outlet = rules.choose(packs.outlets, text, url)
    basis = "metadata" if day else "unknown"
    if day is None and (day := published.from_url(raw.url)):
        basis = "url"
    known = name if outlet.generic and name else outlet.name
    about = About(raw.source, raw.url, known, None, day, basis)
    units = page.units(text, about, rules.rules_for(packs.outlets, outlet, day), languages)
    return units, _general(outlet.generic)


def _html(raw: Raw, packs: Packs, languages: list[DetectPack]) -> tuple[tuple[Unit, ...], list[str]]:
    decoded = decode(raw.data, languages, raw.origin, markup=True, label=raw.charset)
    notes = [] if decoded.encoding == "utf-8" else [f"read as {decoded.encoding}"]
    tree = markup.parse(decoded.text, raw.origin)
    url = raw.url or markup.address(tree)
    outlet = rules.choose(packs.outlets, markup.visible(tree), url)
    day = published.from_url(url)
    layout = rules.layout_on(outlet, day) if day else markup.fitting(tree, outlet)
    found = markup.read(tree, outlet, layout.html, url, raw.origin)
    form = rules.rules_for(packs.outlets, outlet, found.published)
    text = "\n\n".join(line for line, _ in found.lines)
    known = {i: kind for i, (_, kind) in enumerate(found.lines) if kind in {"lead", "caption"}}
    about = About(raw.source, url, outlet.name, None, found.published, found.basis)
    units = list(page.units(text, about, form, languages, known))
    for story in found.stories:
        lines = [x for x in (story.caption, story.title, *story.lead) if x]
        piece, places = "\n\n".join(lines), []
        at = 0
        for line in lines:
            places.append(Span(at, at + len(line)))
            at += len(line) + 2
        n = 1 if story.caption else 0
        teaser = block.Teaser(places[n], places[0] if story.caption else None, tuple(places[n + 1 :]))
        units.append(page.teaser(piece, teaser, about, units[0].lang, form, languages, len(units)))
    return tuple(units), notes + _general(outlet.generic)


def _general(generic: bool) -> list[str]:
    return ["outlet unknown: read by the general layout"] if generic else []
