"""Of which state somebody is whose own words name none: by those beside them, by office, by the form of the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from communique.claims import athome, personwords
from communique.claims.clausewords import grammar, opened
from communique.claims.draft import HEADLINES
from communique.claims.homes import family, is_post, led_to, of_town
from communique.claims.several import serves
from communique.claims.spokesmen import told_by
from communique.claims.stays import there, visited
from communique.claims.stories import of_official
from communique.claims.tellers import in_row, tells
from communique.loader.language import LanguagePack
from communique.mentions.fold import unmarked
from communique.mentions.mark import Marked
from communique.mentions.seats import capitals
from communique.model import Mention

ROW = frozenset({"person", "delegation", "state"})
REACH = (6, 1)  # letters between a state and the person who is of it; and where words stand apart
COUNTERPARTS = 30  # letters from a state's adjective to the word for counterparts: *his A, B and C counterparts*


class Origins:
    """The states of the persons of a unit; ``home`` is that of its outlet, or what is ``guessed`` to be it."""

    def __init__(self, marked: Marked, pack: LanguagePack, home: str | None, guessed: bool = False) -> None:
        self._apart, self._folded = pack.reading.words_apart, marked.scan.text
        self._pack, self._words = pack, personwords.words(pack)
        self._home, self._guessed, self._marked = home, guessed, marked
        self._owners = grammar(pack).owners
        named = [m for row in marked.mentions for m in row if m.kind == "person" and m.value["country"]]
        names = [(self._key(m).split(" "), str(m.value["country"])) for m in named if self._apart]
        self._found: dict[str, str] = {}
        self._known = {n[-1]: c for n, c in names if len(n) > 1 and n[0] not in self._words.surnames}

    def _key(self, m: Mention) -> str:
        a, b = m.value["name_span"]
        return self._folded[a:b]

    def learn(self, name: str, country: str | None) -> None:
        """Keep of which state somebody was found to be, for who is met by him later."""
        self._found |= {name: country, name.rpartition(" ")[2]: country} if self._apart and country else {}

    def _own(self, m: Mention) -> str | None:
        """The state that a mention says, or that the unit says elsewhere of who bears this last name."""
        return m.value.get("country") or (self._known.get(self._key(m)) if m.kind == "person" else None)

    def _told(self, m: Mention) -> str | None:
        return self._own(m) or (self._found.get(self._key(m)) if m.kind == "person" else None)

    def country(self, mentions: Sequence[Mention]) -> str | None:
        """Return the state that the words around a name give: the person before it in the list, or the home state."""
        if self._words.facers and (other := next((c for m in mentions if (c := self._opposite(m))), None)):
            return other
        if self._apart and (own := next((c for m in mentions if (c := self.says(m))), None)):
            return own
        if self._apart and (where := next((c for m in mentions if (c := self._there(m))), None)):
            return where
        if self._home and any(self._folded.endswith(self._words.own, 0, m.start) for m in mentions):
            return self._home
        if not self._apart and (town := next((c for m in mentions if (c := of_town(self._marked, m))), None)):
            return town
        for m in mentions:
            if m.value["offices"]:
                before = [x for x in self._marked.row(m) if x.end <= m.start and x.kind in ROW]
                at = m.start
                while before and self._in_row(before[-1], at):
                    last = before.pop()
                    if self._apart and not athome.listed(self._marked, last, at, m, self._pack):
                        break
                    theirs = last.value.get("country") or (self._only(last) if last.kind == "person" else None)
                    if theirs and (not self._apart or self.may_be(str(theirs), m)):
                        return self._unlike(m, str(theirs))
                    at = last.start if self._apart else -1
        if told := told_by(self._marked, mentions, self._pack) or self._visited(mentions):
            return told
        for m in mentions:
            before = [x for x in self._marked.row(m) if x.end <= m.start]
            near = before and before[-1].kind in ("state", "bloc") and m.start - before[-1].end <= REACH[self._apart]
            near = near and not set(self._folded[before[-1].end : m.start]) & set(",;:" if self._apart else ",;: ")
            near = near and bool(self._apart or m.value["offices"] or not self._done(before[-1].end, m.start))
            if near and not self._folded.endswith((*self._words.posted, *self._words.there), 0, before[-1].start):
                return str(before[-1].value["country"])
        titled = any(m.value["offices"] or m.value["rank"] for m in mentions)
        shown = max(mentions, key=lambda m: (m.value["name_span"][1] - m.value["name_span"][0], -m.start))
        first = shown if self._apart else mentions[0]
        only = next((c for m in mentions if (c := self._only(m))), None) if titled and self._apart else None
        return only or (self._by_tradition(first) if titled else self._heir(first))

    def says(self, m: Mention) -> str | None:
        """Return the state that stands with a person: before the office, behind it (*B of A*), or by a town."""
        told: str | None = m.value["country"] or (None if self._apart else of_town(self._marked, m))
        return told or (serves(self._marked, m, self._words.of, self._owners) if self._words.of else None)

    def _there(self, m: Mention) -> str | None:
        """The state where somebody is met by a guest of another, or to which he invited one."""
        return there(self._marked, m, self._pack, lambda x: self._own(x) or self.says(x))

    def _visited(self, mentions: Sequence[Mention]) -> str | None:
        """The state where somebody is met by who visits it."""
        return visited(self._marked, mentions, self._pack, lambda x: self._own(x) or self.country([x]))

    def _done(self, start: int, end: int) -> bool:
        """Whether a verb stands between two places of a sentence: *A invited the writer B* says nothing of B."""
        s = next(x for x in self._marked.scan.sentences if x.start <= start < x.end)
        return any(t.tag == "verb" and start <= t.start < end for t in s.tokens)

    def _in_row(self, last: Mention, at: int) -> bool:
        """Whether what stands at ``at`` is in a row with a mention before it, or leads it (*A's delegation led by*)."""
        between = self._folded[last.end : at]
        whose = last.kind == "delegation" or (last.kind == "state" and between[:1] == ")")  # *the team of X (A) led by*
        led = whose and self._words.led_by is not None and self._words.led_by.fullmatch(between.removeprefix(")"))
        return bool(led) or (between.strip() in self._words.joints and not (between == ", " and self._met(last)))

    def _met(self, m: Mention) -> bool:
        """Whether a sentence opens with somebody's being met: who acts stands behind, in no row with him."""
        words = grammar(self._pack)
        if not words.opens or m.kind != "person":
            return False
        s = next(x for x in self._marked.scan.sentences if x.start <= m.start < x.end)
        return opened(self._folded, s.start, m.start, words)

    def _opposite(self, m: Mention) -> str | None:
        """The state of somebody called a counterpart: the last one named that is not of who stands before him."""
        at = m.value["name_span"][0]
        if not (
            self._folded.endswith(self._words.facers, 0, at) or self._folded.endswith(self._words.facers, 0, m.start)
        ):
            return None
        row = self._marked.row(m)
        mine = [x for x in row if x.kind == "person" and x.end <= m.start]
        own = {c for x in mine for c in (x.value["country"], self._by_tradition(x)) if c} or {self._home}
        named = [h.entry.value for h in self._marked.hits if h.entry.kind == "state" and h.end <= at]
        other = next((c for c in reversed(named) if c and c not in own), None)
        if other or not self._apart or not mine:
            return other
        # *A called on President B and met his counterpart C*: C is on the side of B.
        first = mine[0].value["country"] or self._by_tradition(mine[0]) or self._home
        rest = [c for x in mine[1:] if (c := x.value["country"]) and c != first]
        return str(rest[-1]) if first and rest else None

    def _unlike(self, m: Mention, country: str) -> str:
        """The state of the person before, unless the name is of a tradition that home or another state has alone."""
        words = self._key(m).split(" ") if self._apart else []
        kinds = self._words.surnames.get(words[0], ()) if len(words) > 1 else ()
        kinds = tuple(k for k in kinds if len(words) <= 1 + self._words.most.get(k, len(words)))
        theirs = any(country in codes for codes in self._words.fits.values())
        ours = any(self._home in self._words.fits.get(k, []) for k in kinds)
        ours = ours or len(words) > 2 and any(len(self._words.fits.get(k, [])) == 1 for k in kinds)
        if not kinds or not (theirs or ours) or any(country in self._words.fits.get(k, []) for k in kinds):
            return country
        return self._by_name(self._key(m), m) or country

    def _heir(self, m: Mention) -> str | None:
        """The state of somebody without an office whose name fits its tradition, where the sentence names it."""
        row = self._marked.row(m)
        named = {x.value["country"] for x in row if x.kind == "state"}
        if not self._apart:
            kinds = family(self._key(m), self._pack)
            fits = {c for k in kinds for c in self._words.fits.get(k, [])}
            facing = self._facing(m) if self._guessed else frozenset()
            return self._home if self._home in fits - facing and 2 <= len(self._key(m)) <= 4 else None
        told = self._by_name(self._key(m), m)
        # A name of three parts, of a tradition that one state has: the unit's naming that state will do.
        sure = len(self._key(m).split(" ")) > 2 and [told] in self._words.fits.values()
        return told if told in named or (sure and (told == self._home or self._named(told))) else None

    def _named(self, country: str | None) -> bool:
        """Whether the unit names a state."""
        return any(h.entry.kind == "state" and h.entry.value == country for h in self._marked.hits)

    def _alone(self, country: str | None) -> bool:
        """Whether a tradition of names is that of one state first."""
        return any(codes[:1] == [country] for codes in self._words.fits.values())

    def _by_tradition(self, m: Mention) -> str | None:
        """The state of an officer whose words name none: home if the name fits it, else one that the unit names."""
        key = self._key(m)
        if self._apart:
            return self._only(m) or self._called(m) or self._by_name(key, m)
        fits = {c for k in family(key, self._pack) for c in self._words.fits.get(k, [])}
        hits = [h for h in self._marked.hits if h.entry.kind in ("state", "body") and h.end <= m.start]
        states = [h.entry.value for h in hits if not self._folded.endswith(self._words.posted, 0, h.start)]
        facing = self._facing(m) if self._guessed else frozenset()
        before = [c for c in reversed(states) if c and c not in facing and self.may_be(c, m)]
        home = self._home if self._home and self._home not in facing and self.may_be(self._home, m) else None
        if (alone := self._only(m)) is not None:
            return alone
        if (home in fits and any(h.entry.value == home for h in self._marked.hits)) or not before:
            return home
        if (theirs := next((c for c in before if c in fits), None)) is not None:
            return theirs
        # *The chairman of a fund*: whose fund it is, is not said.
        society = self._words.of_society(self._folded, m)
        story = None if society else of_official(self._marked, m, self._pack, home, self.may_be)
        return None if society else story or next((c for c in before if c != home), home)

    def _by_name(self, key: str, m: Mention) -> str | None:
        """The same where words stand apart, by its length, too; a name of no tradition is of no state that has one."""
        words = key.split(" ")
        mine = self._words.surnames.get(words[0]) or self._words.plain.get(unmarked(words[0]), ())
        kinds = [k for k in mine if 1 < len(words) <= 1 + self._words.most.get(k, len(words))]
        ours = {c for codes in self._words.fits.values() for c in codes}
        hits = [h for h in self._marked.hits if h.entry.kind == "state" and h.entry.value]
        named = [h.entry.value for h in reversed(hits) if h.end <= m.start]
        named += [h.entry.value for h in hits if h.start >= m.end]
        may = [c for c in named if c and self.may_be(c, m)]
        told = [*may, *(h.entry.value for h in self._marked.hits if h.entry.kind == "place" and h.entry.value)]
        if any(self._home in self._words.fits.get(k, []) for k in kinds) and self.may_be(str(self._home), m):
            return self._home
        opens = self._opens(m) if not kinds and not self._alone(self._home) else None
        if opens:
            return self._home
        led = led_to(self._folded, hits, self._words.whither, self._words.joints)
        there = {h.entry.value for h in hits if h.start in led} - {h.entry.value for h in hits if h.start not in led}
        for kind in kinds:
            fits = self._words.fits.get(kind, [])
            own = Counter(c for c in told if c in fits[:1] or (c in fits and c not in there))
            if own:
                return own.most_common(1)[0][0]  # of two Koreas the one that the unit names most
            if len(fits) == 1 and kinds == [kind] and self.may_be(fits[0], m):
                return fits[0]
        if not kinds and (m.value["offices"] or m.value["rank"]):
            home = None if self._alone(self._home) else self._home
            where = athome.state(self._marked, m, self._pack, home, self._told, home == self._home)
            if where and self.may_be(where, m):
                return where
        if self._home and (m.value["offices"] or m.value["rank"]) and not self._alone(self._home):
            kinds = []  # nobody of the states that have such names is named
        row = self._marked.row(m)
        beside = (x for x in row if x.kind == "person" and x is not m)
        facing: set[Any] = {
            self._own(x) if self._faces(x, m) else x.value["country"]
            for x in beside
            if ";" not in self._folded[min(x.end, m.end) : max(x.start, m.start)]
        }
        facing |= {x.value["country"] for x in row if x.kind == "group" and x.value.get("single") and x.start >= m.end}
        facing |= ({self._home} if opens is False else set()) | in_row(self._marked, m, self._pack)
        behind = [x for x in row if x.kind in ("state", "group") and x.start >= m.end]
        gone = (x for x in behind if x.kind == "state" and self._gone_to(x))
        facing |= {c for x in gone for c in athome.joined(self._folded, x, behind, self._words.joints)}
        if self._begins(m):
            facing |= {x.value["country"] for x in behind if self._faced(x)} | self._met_in_row(m)
        may = [c for c in may if c not in there or not self._begins(m)]  # only ever where one goes
        told = [c for c in named[: sum(1 for h in hits if h.end <= m.start)] if c in may]
        for states in (told, may):
            others = {c for c in states if c not in ours and c not in facing}
            if len(others) == 1 and not kinds:
                return next(iter(others))
        return None if kinds else self._beside(m, ours, facing)

    def _faces(self, x: Mention, m: Mention) -> bool:
        """Whether who begins a sentence meets somebody behind: *A met the minister B*."""
        between = self._folded[x.end : m.start]
        return bool(between) and self._begins(x) and any(w in between for w in self._words.meets)

    def _opens(self, m: Mention) -> bool | None:
        """Whether an officer of no state who opens the story is at home (*TOWN: Foreign Minister A met B of C*).

        Not where his sentence faces him with his home: he goes there, or meets those of it. None: he opens nothing.
        """
        titled = self._home and m.value["offices"] and self.may_be(str(self._home), m) and self._begins(m)
        body = (s for s in self._marked.scan.sentences if s.part not in HEADLINES)
        first = next(body, None) if titled else None
        if first is None or not first.start <= m.start < first.end:
            return None
        behind = [x for x in self._marked.row(m) if x.start >= m.end and x.kind in ("person", "group", "state", "body")]
        for x in behind:
            own = self._own(x)
            if own and own != self._home:
                return True  # who is of another state may go to this one, or be met
            if own == self._home and (x.kind != "state" or self._gone_to(x)):
                return False
        towns = capitals(self._pack)
        at_home = (x for x in self._marked.row(m) if x.kind == "place")
        gone = (x for x in at_home if self._gone_to(x))
        return not any(towns.get(self._folded[x.start : x.end], x.value.get("country")) == self._home for x in gone)

    def _faced(self, x: Mention) -> bool:
        """Whether a state is that of counterparts: *he met his A and B counterparts*."""
        near = self._folded[x.start : x.end + COUNTERPARTS].partition(".")[0]
        return any(w.strip(" ,") in near for w in self._words.facers)

    def _met_in_row(self, m: Mention) -> set[Any]:
        """The states of the several whom somebody met, as a list behind tells: *A met the ministers of B, C and D*."""
        found: set[Any] = set()
        end = -1
        for x in (x for x in self._marked.row(m) if x.start >= m.end):
            joined = end >= 0 and self._folded[end : x.start].strip() in self._words.joints
            met = x.kind == "group" and any(w in self._folded[m.end : x.start] for w in self._words.meets)
            end = x.end if x.kind in ("state", "group") and (met or joined) else -1
            found |= {x.value["country"]} if end >= 0 else set()
        return found - {None} if len(found - {None}) > 1 else set()

    def _gone_to(self, state: Mention) -> bool:
        """Whether words right before a state say that somebody goes there, or is there, a word before it aside."""
        at = state.start - next((len(w) for w in self._words.weak if self._folded.endswith(w, 0, state.start)), 0)
        article = next((a for a in self._words.articles if self._folded.endswith(f" {a} ", 0, at)), None)
        at -= len(article) + 1 if article else 0
        return self._folded.endswith(self._words.journeys, 0, at)

    def _beside(self, m: Mention, ours: set[str], facing: set[str]) -> str | None:
        """The state of a name of no known tradition: the one its sentence names next before it, else the unit most.

        Those of other persons of the sentence, whom it may face, are not asked.
        """
        row = self._marked.row(m)
        kinds = ("state", "group", "body", "delegation")
        near = [x for x in reversed(row) if x.end <= m.start and x.kind in kinds and x.value.get("country")]
        towns = {x.end for x in row if x.kind == "place"}
        near = [
            x for x in near if x.start - 2 not in towns and not self._folded.endswith(self._words.whither, 0, x.start)
        ]
        states = [c for x in near if (c := str(x.value["country"])) not in ours and self.may_be(c, m)]
        if states:
            return states[-1 if tells(self._marked, m, self._pack) else 0]
        hits = [h for h in self._marked.hits if h.entry.kind == "state" and h.entry.value]
        led = led_to(self._folded, hits, self._words.journeys, self._words.joints)
        gone = {h.entry.value for h in hits if h.start in led}
        told = Counter(h.entry.value for h in hits if h.start not in led) or Counter(h.entry.value for h in hits)
        told = Counter({c: n for c, n in told.items() if c not in gone}) or told
        titled = m.value["offices"] or m.value["rank"]
        if self._home and self._home not in facing and titled and self.may_be(self._home, m):
            others = set(told) - facing - gone - ours  # those that have names of a kind of their own are not meant
            if not self._alone(self._home) and not others - {self._home}:
                return self._home
        most = [c for c, _ in told.most_common() if c not in facing and self.may_be(str(c), m)]
        return most[0] if most and most[0] not in ours else None

    def _called(self, m: Mention) -> str | None:
        """The state with which the unit names an office that one person has (*the A defence minister*)."""
        mine = [set(self._folded[a:b].split()) for a, b in m.value["offices"]]
        kinds = self._words.surnames.get(self._key(m).split(" ")[0], ())
        ours = {c for k in kinds for c in self._words.fits.get(k, [])}
        rows = [x for row in self._marked.mentions for x in row]
        for x in rows if mine else ():
            if x.kind != "group" or not x.value.get("single") or not x.value.get("country") or not self._begins(x):
                continue
            if ours and x.value["country"] not in ours:
                continue
            words = set(self._folded[x.start : x.end].split())
            for h in self._marked.hits:
                if x.start <= h.start and h.end <= x.end and h.entry.kind == "state":
                    words -= set(self._folded[h.start : h.end].split())
            taken = (y for y in rows if y.kind == "person" and y.value["country"] == x.value["country"])
            held = (set(self._folded[a:b].split()) for y in taken for a, b in y.value["offices"])
            if words and any(words <= o for o in mine) and not any(words <= o for o in held):
                return str(x.value["country"])
        return None

    def _begins(self, m: Mention) -> bool:
        """Whether a mention begins its sentence or what stands behind a comma, an article aside."""
        s = next(x for x in self._marked.scan.sentences if x.start <= m.start < x.end)
        words = self._folded[s.start : m.start].rstrip()
        word = words.rpartition(" ")[2]
        return not words or words[-1] in ",;:" or (word in self._words.articles and words[: -len(word)].strip() == "")

    def _facing(self, m: Mention) -> frozenset[str]:
        """The states of the persons behind one in its sentence whom nothing joins to it: whom it meets, or calls.

        So is the state to which, or with which, something is done right behind it.
        """
        row = self._marked.row(m)
        named = (x for x in row if x.start >= m.end and x.value.get("country"))
        behind = next((x for x in named if x.kind != "place"), None)
        if behind is not None and behind.kind in ("state", "group", "body", "delegation"):
            near = not set(self._folded[m.end : behind.start]) & set(",;:")
            at = behind.start
            for word in self._words.weak:
                at -= len(word) * self._folded.endswith(word, m.end, at)
            met = any(w in self._folded[m.end : behind.start] for w in self._words.meets)
            if near and (met or self._folded.endswith(self._words.towards, m.end, at)):
                return frozenset({str(behind.value["country"])})
        rest = [x for x in row if x.kind == "person" and x.start >= m.end and x.value["country"]]
        apart = [x for x in rest if self._folded[m.end : x.start].strip() not in self._words.joints]
        return frozenset(str(x.value["country"]) for x in apart[:1])

    def _only(self, m: Mention) -> str | None:
        """The one state that has an office that stands with a person: of several, home, or the one the unit names."""
        offices = [self._folded[a:b] for a, b in m.value["offices"]]
        for states in (c for o in offices for w, only, c in self._words.posts if only and is_post(o, w)):
            if len(states) == 1 or self._home in states:
                return next(iter(states)) if len(states) == 1 else self._home
            named = [c for c in states if any(h.entry.value == c for h in self._marked.hits)]
            return named[0] if len(named) == 1 and self._apart else None
        return None

    def may_be(self, country: str, m: Mention) -> bool:
        """Whether a state has the offices that stand with a name, as far as the pack says."""
        for office in (self._folded[a:b] for a, b in m.value["offices"]):
            row = next(((only, states) for word, only, states in self._words.posts if is_post(office, word)), None)
            if row is not None and (country in row[1]) != row[0]:
                return False
        return True
