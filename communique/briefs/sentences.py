"""Items as sentences, by the templates of a language. Nothing is said that the item does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.briefs.names import Names
from communique.briefs.words import Words
from communique.views import Item

AHEAD = ("planned", "proposed", "postponed", "cancelled")
ASIDE = ("via", "inviter")


def engagement(words: Words, values: Mapping[str, Any], quote: str, unit: str = "", names: Names | None = None) -> str:
    """Return an engagement as a sentence.

    Args:
        values: the fields of the codebook. quote: the words that state it. unit, names: what persons are called.
    """
    p = words.pack
    status, type_ = str(values.get("status") or "held"), str(values.get("type") or "other")
    who = parties(words, values, unit, names or {})
    place = words.place(values.get("place"))
    slots = {"when": words.when(values.get("date")), "where": place, "quote": words.quote(quote)}
    if status in AHEAD:
        round_ = _round(words, values)
        what = round_ or p.types.get(type_, type_)
        with_ = p.status["with"].format(parties=who) if who else ""
        return p.status[status].format(what=what, when=slots["when"], where=place, **{"with": with_})
    if type_ == "session":
        said = _session(words, values, who, slots)
    elif who and type_ in p.engagement:
        said = p.engagement[type_].format(parties=who, **slots)
    else:
        said = p.engagement["other"].format(parties=who, type=p.types.get(type_, type_), **slots).lstrip(":\uff1a ")
    return p.status["ongoing"].format(sentence=said) if status == "ongoing" else said


def _session(words: Words, values: Mapping[str, Any], who: str, slots: Mapping[str, str]) -> str:
    round_ = _round(words, values)
    form = f"session{'' if who else '_bare'}" if round_ else f"session_{'unnamed' if who else 'alone'}"
    return words.pack.engagement[form].format(round=round_, parties=who, **slots)


def _round(words: Words, values: Mapping[str, Any]) -> str:
    if not values.get("mechanism"):
        return ""
    return round_name(words, str(values["mechanism"]), values.get("ordinal"))


def round_name(words: Words, mechanism: str, ordinal: Any) -> str:
    """Return the name of a round of a mechanism, numbered where the number is known."""
    name = words.mechanism(mechanism)
    if not isinstance(ordinal, int):
        return words.pack.round["bare"].format(mechanism=name)
    return words.pack.round["numbered"].format(nth=ordinal, n=ordinal, mechanism=name)


def parties(words: Words, values: Mapping[str, Any], unit: str, names: Names) -> str:
    """Return those who take part: persons with their states, else states; those in between are left out."""
    parts = [
        (str(p.get("name") or ""), str(p.get("country") or ""))
        for p in values.get("participants") or ()
        if isinstance(p, Mapping) and p.get("role") not in ASIDE
    ]
    spoken_for = {country for name, country in parts if not _bare(words, name, country)}
    out = [
        _party(words, name, country, unit, names)
        for name, country in parts
        if not (country in spoken_for and _bare(words, name, country))
    ]
    return words.listing(out or [words.state(str(a)) for a in values.get("actors") or values.get("parties") or ()])


def _bare(words: Words, name: str, country: str) -> bool:
    """Tell whether a party is a state and nobody of it."""
    return not name or name == country or words.known.state(name) is not None


def _party(words: Words, name: str, country: str, unit: str, names: Names) -> str:
    if _bare(words, name, country):
        return words.state(country or words.known.state(name) or name)
    called = names.get((unit, name), name)
    return words.pack.people["with_state"].format(name=called, state=words.state(country)) if country else called


def commitment(words: Words, values: Mapping[str, Any], quote: str, told: str = "") -> str:
    """Return a commitment as a sentence, its content in the words of the text; ``told`` is when it was made."""
    p = words.pack
    act = p.acts.get(str(values.get("act") or ""), str(values.get("act") or ""))
    others = words.listing(words.state(str(c)) for c in values.get("counterparties") or ())
    topics = words.topics(values.get("topics"))
    return p.commitment["to" if others else "by"].format(
        parties=words.listing(words.state(str(a)) for a in values.get("actors") or ()),
        act=act,
        others=others,
        topics=p.commitment["topics"].format(topics=topics) if topics else "",
        when=p.commitment["told"].format(date=told) if told else "",
        quote=words.quote(quote),
    )


def item_sentence(words: Words, item: Item, names: Names) -> str:
    """Return any item that is a happening, a commitment, a position or an instrument as a sentence."""
    v = item.values
    if item.kind == "engagement":
        return engagement(words, v, item.quote, item.unit, names)
    if item.kind == "commitment":
        return commitment(words, v, item.quote, words.date(item.published) if item.published else "")
    if item.kind == "instrument":
        p = words.pack
        status = p.instrument_status.get(str(v.get("status") or ""), "")
        if not status:
            return ""
        name = str(v.get("name") or item.quote)
        return p.instrument.format(name=words.quote(name), when=words.when(v.get("date")), status=status)
    if item.kind == "position":
        holder = v.get("holder") or ()
        holders = [holder] if isinstance(holder, str) else list(holder)
        topic = v.get("topic")
        return words.pack.position.format(
            parties=words.listing(words.state(str(h)) for h in holders),
            topics=words.pack.topics.get(str(topic), str(topic or "")),
            when=words.when(item.date),
            quote=words.quote(item.quote),
        )
    return ""
