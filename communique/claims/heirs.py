"""Of which state people are whom the words right beside them leave without one, by what the unit tells of them."""

from __future__ import annotations

from communique.claims.context import Context
from communique.claims.persons import Person
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold


def country(context: Context, person: Person) -> str | None:
    """Return the state of a person: told with the name, in an event, or that of who comes after (*succeeds A*)."""
    if person.country is not None:
        return person.country
    told = {p.country for d in context.drafts for p, _ in d.roles if p.name == person.name}
    if told - {None}:
        return told.pop() if len(told) == 1 else None
    text, at = context.text, context.people.evidence(person).start
    leads = _leads(context.pack)
    if not leads or not text.endswith(leads, 0, at):
        return None
    named = [d for d in context.drafts if d.type == "appointment" and d.start < at]
    after = {p.country for p, r in named[-1].roles if r == "subject"} if named else {None}
    return after.pop() if len(after) == 1 else None


@kept
def _leads(pack: LanguagePack) -> tuple[str, ...]:
    """Words right before whom somebody comes after."""
    return tuple(f" {fold(w, pack.reading)} " for w in pack.nouns.name_leads)
