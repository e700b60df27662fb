"""What a clause leaves out and the unit completes: the two sides, the meeting, he, the home state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from communique.claims import fleets, headlined, modifiers, moodwords, several, spokesmen, teams
from communique.claims.clause import Clauses, Group, analyse, asides
from communique.claims.clausewords import grammar as clause_grammar
from communique.claims.codes import dateline_state, filed_from, full_names, plain_names
from communique.claims.draft import Draft, Party
from communique.claims.homes import others, whose
from communique.claims.persons import People, Person
from communique.claims.posts import ends_in_post, level, title_words
from communique.claims.pronouns import met_by
from communique.claims.settings import plain
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.mark import Marked
from communique.model import Mention

BETWEEN = frozenset({"talks", "visit", "call", "session", "signing", "exercise"})  # whose *two sides* may be meant


def _told(draft: Draft) -> list[str]:
    """The states of a draft, by its roles, else by its meeting's name."""
    codes = [p.country for p, _ in draft.roles if p.country]
    if not codes and draft.meeting is not None:
        codes = list(draft.meeting.value["parties"])
    return list(dict.fromkeys(codes))


class Context:
    """The state of reading of one unit: what was named so far. Lives for one unit only."""

    def __init__(self, marked: Marked, pack: LanguagePack, home: str | None) -> None:
        self.marked, self.pack = marked, pack
        apart = pack.reading.words_apart
        self._told_home = bool(home or pack.reading.home)
        home = home or pack.reading.home or (dateline_state(marked, pack) if apart else None)
        guessed = home is None and not apart
        self.home = home = whose(marked, pack) if guessed else home
        self.text = marked.scan.text
        self.raw = marked.scan.unit.text
        self.people = People(marked, pack, home, guessed)
        self.he: Party | None = None
        self.reading: int | None = None  # the sentence that is read, where drafts of later ones are known already
        self.leader: Party | None = None
        self.they: tuple[Party, ...] = ()
        self.meeting: Mention | None = None
        self.past: list[Mention] = []
        self.drafts: list[Draft] = []
        self.on_trip: set[int] = set()
        self._clauses: dict[int, Clauses] = {}
        self._asides = asides(self.text, pack)
        self._plain: dict[int, str] = {}
        self._blocs = {h.entry.value: h for h in reversed(marked.hits) if h.entry.kind == "bloc"}
        self._states = plain_names(pack)
        self._as_party: dict[str, Party] = {}
        self._bodies = home if apart else filed_from(marked, pack, home)
        self._forces = {} if apart else teams.forces(marked, pack)
        self._as_person: dict[tuple[int, bool], tuple[Person, Party]] = {}
        self._pair = self._main_pair()

    def clauses(self, index: int) -> Clauses:
        """Return the clauses of a sentence."""
        if index not in self._clauses:
            self._clauses[index] = analyse(self.marked, index, self.pack, self._asides)
        return self._clauses[index]

    def plain(self, index: int) -> str:
        """Return the text with the names of a sentence blanked; kept for the sentence that was asked for last."""
        if index not in self._plain:
            self._plain = {index: plain(self.text, self.clauses(index))}
        return self._plain[index]

    def of_office(self, m: Mention, clauses: Clauses) -> bool:
        """Whether a meeting only says of what somebody is the chair (*the summit's chair A*)."""
        chair = None if self.pack.reading.words_apart else clause_grammar(self.pack).not_party
        return chair is not None and chair.match(self.text, m.end, clauses.end) is not None

    def _main_pair(self) -> tuple[Party, ...]:
        """The two parties that the unit names most, the home state counted as named once."""
        named = (h.entry for h in self.marked.hits if h.entry.kind in ("state", "bloc"))
        counts = Counter(entry.value for entry in named if entry.value)
        if self.home:
            counts[self.home] += 1
        first = {h.entry.value: i for i, h in enumerate(self.marked.hits)}
        unnamed = -1 if self._told_home or not self.pack.reading.words_apart else len(first)
        top = sorted(counts, key=lambda c: (-counts[c], first.get(c, unnamed)))[:2]
        return tuple(self.state(c) for c in sorted(top, key=lambda c: first.get(c, -1)))

    def state(self, code: str) -> Party:
        """Return a state or bloc as a party, by its plain name in the unit's language."""
        if code not in self._as_party:
            name = self.raw[b.start : b.end] if (b := self._blocs.get(code)) else self._states.get(code, code)
            self._as_party[code] = Party(name, code, "bloc" if b else "state")
        return self._as_party[code]

    def pair(self, clauses: Clauses | None = None, at: int = 0) -> tuple[Party, ...]:
        """What *the two sides* stands for: two parties that the sentence names before ``at``, else the unit's two."""
        if clauses is not None:
            named: dict[str, Party] = {}
            for group in clauses.groups:
                for m in group.members:
                    if m.end > at or m.kind not in ("state", "bloc", "person", "group", "delegation"):
                        continue
                    for p in self.party(m, clauses):
                        if p.country:
                            named.setdefault(p.country, p)
            if len(named) == 2:
                return tuple(self.state(c) for c in named)
        between = [d for d in reversed(self._read()) if d.type in BETWEEN and self._of_note(d)]
        between.sort(key=lambda d: d.type == "visit" and d.status == "planned")
        if (facing := self._facing(at, between)) is not None:
            between.insert(0, facing)
        states = any(self.text.startswith(w, at) for w in self.pack.phrases.countries)
        for draft in between:
            told = _told(draft)
            if len(told) == 2 and not (states and any(c in self._blocs for c in told)):  # *the two countries*: no bloc
                return tuple(self.state(c) for c in told)
        near = self._near(at) if self.pack.reading.words_apart else ()
        if len(near) != 2 and clauses is not None and self.pack.reading.words_apart:
            kinds = ("state", "bloc", "body", "group")  # *the two sides signed a pact between A's and B's ministries*
            here = [m for g in clauses.groups for m in g.members if m.kind in kinds and m.start > at]
            texts = [m for m in clauses.mentions if m.kind == "instrument" and m.start > at]
            hits = [h for m in texts[:1] for h in self.marked.within(m.start, m.end)]
            inside = [h.entry.value for h in hits if h.entry.kind in ("state", "bloc")]
            near = tuple(dict.fromkeys(c for c in (*(m.value.get("country") for m in here), *inside) if c))
        return tuple(self.state(c) for c in near) if len(near) == 2 else self._pair

    def _read(self) -> list[Draft]:
        """The drafts of what has been read so far: all, where no later sentence is known yet."""
        if self.reading is None:
            return self.drafts
        return [d for d in self.drafts if d.sentence <= self.reading] or self.drafts

    def _facing(self, at: int, drafts: list[Draft]) -> Draft | None:
        """The one event of whom this paragraph, or the one before, names last before ``at`` (*meeting B, he said*)."""
        here = self.text.rfind("\n", 0, at)
        lo = self.text.rfind("\n", 0, len(self.text[: max(here, 0)].rstrip())) + 1
        rows = (row for row in self.marked.mentions if row and row[-1].end > lo and row[0].start < at)
        named = [m for row in rows for m in row if m.kind == "person" and lo <= m.start and m.end <= at]
        for m in reversed(named):
            person = self.people.of(m)
            met = [d for d in drafts if person is not None and person.name in d.names()]
            if len(met) == 1 and len(drafts) > 1:
                return met[0]
        return None

    def _near(self, at: int) -> tuple[str, ...]:
        """The states that the last paragraph with any names before ``at``, or the last sentence of it naming two."""
        hits = [h for h in self.marked.hits if h.entry.kind == "state" and h.end <= at]
        lo = self.text.rfind("\n", 0, hits[-1].start) + 1 if hits else 0
        here = [h for h in hits if lo <= h.start]
        named = tuple(dict.fromkeys(h.entry.value for h in here if h.entry.value))
        if len(named) <= 2:
            return named
        for s in reversed([s for s in self.marked.scan.sentences if lo <= s.start < at]):
            both = tuple(dict.fromkeys(h.entry.value for h in here if s.start <= h.start < s.end and h.entry.value))
            if len(both) == 2:
                return both
        return named

    def _of_note(self, draft: Draft) -> bool:
        """Whether a draft is no signing of a text without a name of its own (*they signed an agreement*)."""
        name = fold(draft.instrument.value["name"], self.pack.reading) if draft.instrument else ""
        if draft.extra.get("back") and all(r == "attendee" and p.kind != "person" for p, r in draft.roles):
            return self.pack.reading.words_apart  # who else was there
        return draft.type != "signing" or bool(name) and name not in self.pack.phrases.plain_texts

    def met(self, at: int = 0) -> tuple[Party, ...]:
        """The persons of the last event with persons of two countries, else nobody; ``at``: where they are meant."""
        between: frozenset[str] = frozenset()
        drafts = list(filter(self._of_note, reversed(self._read())))
        facing = self._facing(at, [d for d in drafts if d.type in BETWEEN]) if at else None
        for draft in ([facing] if facing else []) + drafts:
            persons = [p for p, _ in draft.roles if p.kind == "person"]
            countries = {p.country for p in persons if p.country}
            known = [p for p in persons if p.country] if self.pack.reading.words_apart else persons
            if len({p.country for p in known}) > 1 and between <= countries:
                return tuple(known[:2])
            told = _told(draft)
            if not between and draft.type == "session" and len(told) == 2:
                between = frozenset(told)
        return ()

    def members(self, group: Group, clauses: Clauses, personal: bool = False) -> list[Party]:
        """Return the parties that a group of mentions stands for; ``personal`` prefers persons for *both*."""
        out: list[Party] = []
        for m in teams.without_fleet(group.members, clauses.leaders, self.text):
            persons = personal and m.kind == "pair" and self.text[m.start : m.end] not in self.pack.phrases.countries
            more = (self.met(m.start) if persons else ()) or self.party(m, clauses)
            out += self._alike(m, out[-1].country, more) if out else more
        unique: dict[str, Party] = {}
        for p in out:
            unique.setdefault(p.name, p)
        return list(unique.values())

    def _alike(self, m: Mention, country: str | None, parties: Sequence[Party]) -> Sequence[Party]:
        """Who has an office without a state is of the state named before (*A's minister of X and minister of Y*)."""
        if m.value.get("country") or self.pack.reading.words_apart or country is None:
            return parties
        if m.kind == "body" and len(parties) == 1 and parties[0].kind == "group":
            return [replace(parties[0], country=country)]
        if m.kind == "group" and ends_in_post(self.raw[m.start : m.end], self.pack):
            if several.unnamed(self.marked, m, self.pack):
                return parties
            return [replace(p, country=country) for p in parties]
        whole = any(h.entry.kind == "bloc" for h in self.marked.within(m.start, m.end))
        if m.kind != "person" or whole:
            return parties
        return [replace(p, country=country) if p.capacity and not p.country else p for p in parties]

    def party(self, m: Mention, clauses: Clauses) -> list[Party]:
        """Return the parties that one mention stands for; nobody where that cannot be told."""
        words = self.raw[m.start : m.end]
        country = m.value.get("country")
        if m.kind == "person":
            person = self.people.of(m)
            follows = clauses.followers.get(m.start)
            return [self._person(person, leader=follows is not None and follows.kind == "delegation")] if person else []
        bare = country is None and m.start not in clauses.leaders
        if bare and (team := teams.meant(m, self.marked, self._read(), self.pack)):
            return [team]
        if m.kind == "delegation" or (m.kind == "group" and not country and m.start in clauses.leaders):
            lead = clauses.leaders.get(m.start)
            person = self.people.of(lead) if lead else None
            if person:
                return [self._person(person, leader=True)]
            apart = self.pack.reading.words_apart
            again = fold(words, self.pack.reading) in self.pack.phrases.delegation_heads and self.leader is not None
            if country is None and (apart or again) and (lead_party := self.leader or self._guest()):
                return [lead_party]
            codes = [] if apart else several.states_of(self.marked, m, self.pack)
            own = None if not apart and several.unnamed(self.marked, m, self.pack) else self._owner(m)
            return [self.state(c) for c in codes] or [Party(words, country or own, "group")]
        if m.kind in ("state", "bloc"):
            if country and words not in full_names(self.pack).get(country, ()):
                return [self.state(country)]
            return [Party(words, country, m.kind)]
        if m.value.get("single") and (only := self._only(country, m)):
            return [only]
        if m.value.get("own"):  # a mere guess whose story it is does not tell whose *our state* is
            known = self.home and (self._told_home or others(self.marked, self.pack))
            return [self.state(self.home)] if self.home and known else []
        if m.kind in ("group", "body") and (more := self._of_several(m)):
            return more
        if m.kind in ("group", "body"):
            if several.unnamed(self.marked, m, self.pack):
                return [Party(words, None, "group")]
            many = self.text[m.start : m.end].endswith(tuple(self.pack.phrases.many))
            return [Party(words, country or (None if many else self._owner(m)), "group")]
        if m.kind in ("pair", "people"):
            met = self.met() if m.kind == "people" else several.sides(self.meeting, m, self.text, self.state, self.pack)
            return list(met or self.pair(clauses, m.start))
        if m.kind == "he":
            return self._spoken_of(m, clauses)
        if m.kind == "they":
            return fleets.meant(self.text[m.start : m.end], self._read(), clauses.index, self.they, self.pack)
        return self._all_members() if m.kind == "all_members" else []

    def _all_members(self) -> list[Party]:
        """Those whose meeting it is; where words stand apart and it names nobody, those who met."""
        if self.meeting is not None:
            codes = list(dict.fromkeys(c for c in self.meeting.value["parties"] if c))
            if codes or not self.pack.reading.words_apart:
                return [self.state(c) for c in codes]
        return (list(self.met()) or self.sat_together()) if self.pack.reading.words_apart else []

    def just_met(self, sentence: int) -> tuple[Party, ...]:
        """Those of several states who met in a sentence, whom the next one may call *they*, where words stand apart."""
        last = self.drafts[-1] if self.drafts and self.pack.reading.words_apart else None
        if last is None or last.sentence != sentence or last.type not in ("talks", "session", "call"):
            return ()
        if last.meeting is not None and not last.countries():
            return tuple(map(self.state, last.meeting.value["parties"]))
        return tuple(p for p, _ in last.roles if p.country) if len(last.countries()) > 1 else ()

    def sat_together(self) -> list[Party]:
        """The states of the last event of several that was told, for those who met there (*the ministers*)."""
        for draft in reversed(self._read()):
            codes = list(dict.fromkeys(p.country for p, _ in draft.roles if p.country))
            if draft.type in ("session", "talks") and len(codes) > 1:
                return [self.state(c) for c in codes]
        told = (_told(d) for d in reversed(self._read()) if d.type in ("visit", "signing"))
        return [self.state(c) for c in next((codes for codes in told if len(codes) == 2), [])]

    def _titled(self, m: Mention, country: str | None = None) -> Person | None:
        """Whom a title without a name means, where words stand apart: who has the office, the last one named.

        Whoever is spoken of last has it before others; with ``country``, only who acts for that state.
        """
        offices = self.pack.offices.offices if self.pack.offices and self.pack.reading.words_apart else None
        words = set(self.text[m.start : m.end].split()) - set(self.pack.nouns.articles)
        for h in self.marked.hits if country else ():
            if m.start <= h.start and h.end <= m.end and h.entry.value == country:
                words -= set(self.text[h.start : h.end].split())
        if offices is None or not words & title_words(self.pack):
            return None
        less = {fold(w, self.pack.reading) for w, sense in offices.prefixes.items() if "deputy" in sense}
        has = []
        for p in self.people.all():
            rows = [set(fold(x, self.pack.reading).split()) for x in p.offices]
            known = p.mention.start < m.start and (country is None or p.country == country)
            if known and any(words <= o and not (o - words) & less for o in rows):
                has.append(p)
        last = self.he.name if self.he else None
        return next((p for p in has if p.name == last), has[-1] if has else None)

    def _spoken_of(self, m: Mention, clauses: Clauses) -> list[Party]:
        """Who *he*, or a title alone, is: who has the title, who is named before, or who spoke last."""
        if titled := self._titled(m):
            return [self._person(titled)]
        mine = self._named_before(m, clauses)
        person = self.people.of(mine) if mine else None
        if person or self.he:
            return [self._person(person)] if person else [self.he] if self.he else []
        home = self.home if clauses.part == "title" and self._told_home else None
        return headlined.author(self.raw, m, self.people.all(), home, self._person, self.pack)

    def _named_before(self, m: Mention, clauses: Clauses) -> Mention | None:
        """The person of the same sentence whom *he* means: who is congratulated, else the first of another clause."""
        named = [x for x in clauses.mentions if x.kind == "person" and x.end <= m.start]
        if self.pack.reading.words_apart:
            return named[0] if named else None
        thanks = moodwords.grammar(self.pack).thanks
        said = thanks and any(x.end() == m.start for x in thanks.finditer(self.text, clauses.start, m.start))
        lo = clauses.bounds(clauses.segment(m.start))[0]
        if other := met_by(self.text, named, lo, m, self.people.of, self.pack):
            return other
        asides = [x for x in named if (z := clauses.zone(x.start)) >= 0 and clauses.zones[z].kind == "occasion"]
        if asides and any(g.start == m.start and g.marker == "to" for g in clauses.groups):
            return asides[-1]  # *on A's election B sent him a message*
        main = [x for x in named if x.end <= lo and clauses.zone(x.start) < 0]
        return named[-1] if named and said else main[0] if main else None

    def _of_several(self, m: Mention) -> list[Party]:
        """The states or the two bodies that one noun names."""
        codes = several.states_of(self.marked, m, self.pack)
        codes = codes or several.met(self._read(), several.counted(self.marked, m, self.pack), self._blocs)
        if codes:
            return [self.state(c) for c in codes]
        return several.two(self.marked, m, self.pack) if m.kind == "body" else []

    def is_delegation(self, party: Party) -> bool:
        """Whether a party without a name of its own is a delegation."""
        return party.kind == "group" and party.name.endswith(tuple(self.pack.phrases.delegation_heads))

    def _guest(self) -> Party | None:
        """Who came on the first visit that the unit tells: whose delegation *the delegation* is."""
        came = ("guest", "head_of_delegation")
        guests = [p for d in self.drafts if d.type == "visit" for p, r in d.roles if r in came and p.country]
        persons = [p for p in guests if p.kind == "person"]
        crews = [p for p in guests if p.kind == "group"] if self.pack.reading.words_apart else []
        return replace(persons[0], leader=True) if persons else crews[0] if crews else None

    def _only(self, country: str | None, m: Mention) -> Party | None:
        """The one person of a country, for *the Turkish guest*; of several the one who has the office, if one has."""
        persons = [p for p in self.people.all() if country and p.country == country]
        one = persons[0] if len(persons) == 1 else self._titled(m, country) if persons else None
        return self._person(one) if one else None

    def _owner(self, m: Mention) -> str | None:
        """The country of a body or group that names none: that of the one that is set beside it, else home."""
        if state := modifiers.pointed(self.marked, m, self.pack):
            return state
        if self.pack.reading.words_apart:
            row = self.marked.row(m)
            beside = next((x for x in row if x.start >= m.end), None)
            apposed = beside is not None and self.text[m.end : beside.start] == ", "
            if apposed and beside is not None and beside.kind in ("group", "body", "delegation"):
                return beside.value.get("country") or self.home
            homes = (x.value["country"] for x in modifiers.noted(self.text, m, row) if x.value.get("country"))
            told = fleets.owner(self.marked, m, self._read(), self.pack)
            area = next(homes, None) or told or several.lives(self.text, m, beside, self.pack)
            return area or several.owned_by(self.marked, m, self.pack) or self.home
        whose = (h for h in self.marked.hits if h.entry.kind in ("state", "bloc") and h.end < m.start)
        of = set(self.pack.phrases.of)  # *the ships of A*, *the ships of A's navy*
        kinds = ("group", "body")
        forces = [x for row in self.marked.mentions for x in row if x.kind in kinds and 0 < m.start - x.end < 3]
        own = next((x.value.get("country") for x in forces if self.text[x.end : m.start] in of), None)
        own = own or self._forces.get(teams.force(self.text[m.start : m.end], self.pack))
        own = own or spokesmen.crew(self.marked, m, self.pack) or fleets.beside(self.marked, m, self.pack)
        return next((h.entry.value for h in whose if self.text[h.end : m.start] in of), own or self._bodies)

    def _person(self, person: Person, leader: bool = False) -> Party:
        found = self._as_person.get((id(person), leader))
        if found is None:
            office = person.offices[-1] if person.offices else None
            rank = level(office, self.pack) if office else None
            found = person, Party(person.name, person.country, "person", leader, office, rank)
            self._as_person[id(person), leader] = found
        return found[1]
