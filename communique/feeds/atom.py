"""An Atom feed (RFC 4287) of a search: the items that were read last, each with its words."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from communique import __version__
from communique.briefs.frame import linked, shown
from communique.briefs.sentences import item_sentence
from communique.briefs.words import Words, sentence
from communique.loader.briefs import brief_pack
from communique.store import Store
from communique.views import Filter, Item
from communique.views.basis import SEEN
from communique.views.news import MOST, latest

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
Address = Callable[[str], str]


def atom(
    store: Store, asked: Filter, *, title: str, lang: str, own: str, page: str, address: Address, limit: int = MOST
) -> bytes:
    """Return the feed of a search. It changes only when something that fits is read, or decided on.

    Args:
        title: of the feed. lang: code of a language of ``packs/briefs``. own: address of the feed. page: address
            of the search. address: from the id of an item to the address where it is shown. limit: at most so many.

    Raises:
        CommuniqueError: a filter or a language that cannot be understood.
    """
    words = Words(brief_pack(lang), store.known)
    found = latest(store, asked, limit)
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", words.pack.locale)
    _add(feed, "id", own)
    _add(feed, "title", title)
    _add(feed, "updated", _moment(found[0].read_at) if found else NEVER)
    _add(feed, "generator", "communique", version=__version__)
    _add(feed, "link", rel="self", type="application/atom+xml", href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=page)
    for new in found:
        item = new.item
        entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "id", f"urn:communique:{item.id}")
        _add(entry, "title", headline(words, item))
        _add(entry, "updated", _moment(new.read_at))
        _add(_add(entry, "author"), "name", item.outlet or item.source)
        _add(entry, "link", rel="alternate", type="text/html", href=address(item.id))
        if url := linked(item.url):
            _add(entry, "link", rel="via", href=url)
        _add(entry, "category", term=item.kind)
        _add(entry, "category", term="machine" if item.review not in SEEN else item.review)
        _add(entry, "content", body(words, item), type="text")
    made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return made


def headline(words: Words, item: Item) -> str:
    """Return an item in one sentence, else in its own words."""
    said = item_sentence(words, item, {})
    return shown(sentence(said) if said else words.quote(item.quote))


def body(words: Words, item: Item) -> str:
    """Return what an item rests on: its words, outlet, date and title, and how it was reviewed."""
    head = words.pack.head
    reviewed = {"accepted": "reviewed", "corrected": "corrected"}.get(item.review, "by_machine")
    told = head["told"].format(date=words.date(item.published)) if item.published else head["undated"]
    return "\n".join((words.quote(item.quote), f"{item.outlet or item.source}, {told}", item.title, head[reviewed]))


def _moment(at: str) -> str:
    """Return a time as RFC 3339 wants it."""
    return at.replace("+00:00", "Z") if at.endswith(("Z", "+00:00")) else f"{at}Z"


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    if text:
        made.text = "\n".join(shown(line) for line in text.split("\n"))
    for key, value in attributes.items():
        made.set(key, shown(value))
    return made
