"""People where names begin with capitals: a run of such words, and the offices, ranks and states beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.loader.language import LanguagePack
from communique.mentions.fold import unmarked
from communique.mentions.lexicon import Hit
from communique.mentions.names import LIKELY, SURE
from communique.mentions.scan import Scan
from communique.mentions.spaced import ministers
from communique.mentions.spaced.letters import (
    NOT_NAMES,
    also_place,
    also_rank,
    initial,
    initials,
    namelike,
    stopped,
    tied,
)
from communique.mentions.spaced.line import (
    BODY,
    MEETING,
    OFFICE,
    POLITE,
    RANK,
    STOP,
    Line,
    Office,
)
from communique.mentions.spaced.naming import Found, PersonGrammar, grammar
from communique.mentions.spaced.offices import offices
from communique.mentions.spaced.titles import before, behind
from communique.model import Mention

LONGEST = 6
GLUE = ("-", "'", "\u2019")
"""What ties a small word to the part of a name behind it."""
SPOKEN = ("\u201d", "\u2019", '"', "'", ",")
"""How what somebody spoke ends."""
SMALL = 4
"""Letters of a word that is none of the small ones which a headline in capitals leaves small."""
LONG = 8
"""Letters of the longest part of a name that is written small behind a hyphen, and one."""
HULL = re.compile(r"[0-9]{2,4}\s?[-\u2013]\s?\Z")


def find(scan: Scan, lines: Sequence[Line], pack: LanguagePack) -> list[Mention]:
    """Return a ``person`` mention for every name of a unit; its span covers offices, rank and state around it.

    A name that stands alone in one sentence is believed where another sentence shows it beside an office or rank, or
    where its first word is a family name of the pack and its length fits.
    """
    g = grammar(pack)
    rows: list[Found] = []
    for line in lines:
        line.posts = offices(line, pack.nouns.left, pack.nouns.right, (g.areas, g.surnames))
        rows += _line(line, line.posts, g)
    full = {scan.text[f.start : f.end] for f in rows if f.strength}
    parts, rows = _parts(full, g), sorted(rows, key=lambda f: f.start)
    return [_mention(scan, f, g) for f in rows if f.strength or scan.text[f.start : f.end] in parts]


def _parts(full: set[str], g: PersonGrammar) -> set[str]:
    """The words by which a text goes on calling those whom it has named in full."""
    out: set[str] = set()
    for name in full:
        words = name.split(" ")
        for n in range(1, len(words)):
            out |= {" ".join(words[:n]), " ".join(words[n:])}
    return {w for w in out if len(w) > 1} | full


def _mention(scan: Scan, f: Found, g: PersonGrammar) -> Mention:
    raw, rows = scan.unit.text, [o for o in f.offices if o.start < o.end]
    once = [next((len(w) for w in g.once if scan.text.endswith(w, 0, o.start)), 0) for o in rows]  # *former*
    value = {
        "name": raw[f.start : f.end],
        "name_span": (f.start, f.end),
        "offices": tuple((o.start - n, o.end) for o, n in zip(rows, once, strict=True)),
        "country": f.country,
        "rank": f.rank,
        "latin": None,
        "strength": f.strength or SURE,
    }
    return Mention(f.outer, f.stop, "person", value, "person")


def _line(line: Line, posts: list[Office], g: PersonGrammar) -> list[Found]:
    by_stop = {o.stop: o for o in posts}
    runs = _runs(line, posts, g)
    starts = {a for a, _ in runs}
    out: list[Found] = []
    floor = line.start
    for start, end in runs:
        one = " " not in line.text[start:end]
        led = next((len(w) for w in g.stays if one and line.text.endswith(w, floor, start)), 0)
        f = Found(start - led, end, start, end)
        before(line, f, by_stop, g, floor)
        behind(line, f, posts, starts, g)
        f.strength = _strength(line, f, g) or ministers.in_row(line, f, out)
        out.append(f)
        floor = f.stop if f.strength else floor
    ministers.named(line, out, g)
    ministers.of_states(line, out)
    ministers.shared(line, out, g)
    return out


def _runs(line: Line, posts: list[Office], g: PersonGrammar) -> list[tuple[int, int]]:
    """Runs of words with a capital that no list knows, as long as a name may be."""
    taken = [(o.outer, o.stop) for o in posts]
    taken += [(h.start, h.end) for h in line.known.values()]
    spots = [s for rows in line.spots.values() for s in rows]
    taken += [(s.start, s.end) for s in spots if s.classes & (RANK | OFFICE)]
    taken += [(s.start, s.end) for s in spots if s.classes & POLITE and s.end > line.word.get(s.start, s.end)]
    places = [h for h in line.known.values() if h.entry.kind == "place" and _named_so(line, h, posts)]
    taken = [t for t in taken if not any(t == (h.start, h.end) for h in places)]
    busy: set[int] = set()
    for a, b in taken:
        busy.update(range(a, b))
    out: list[tuple[int, int]] = []
    i, n = 0, len(line.tokens)
    while i < n:
        start, end = line.tokens[i]
        word = line.text[start:end]
        first = word if word in g.surnames else unmarked(word)
        family = first in g.surnames
        back = line.back(start)
        begins = namelike(line, start) or (family and _family_first(line, i, busy)) or initials(line, i)
        begins = begins or _called_first(line, i, back, busy)
        titled = line.longest_before(back, RANK | POLITE) is not None or any(o.stop == back for o in posts)
        titled = titled and back > line.start
        named = family and titled
        numbered = line.text[start - 1 : start] == "/"  # *decree 12/ND-CP*
        other = (first in g.not_names or word in g.not_names) and not named
        other = other or (word in g.areas and word not in g.surnames)  # *State X and Province Y*
        if start in busy or numbered or not begins or other:
            i += 1
            continue
        most = 1 + max((g.most.get(k, LONGEST - 1) for k in g.surnames.get(first, ())), default=LONGEST - 1)
        count, j = 1, i + 1
        while j < n and (count < most or line.text[end] == "-"):
            step = _next(line, j, end, busy, family, titled)
            if step is None or _behind_name(line, line.tokens[j], g):
                break
            count += line.text[end : end + 1] not in GLUE  # *Song Young-moo* is two words
            j, end = step[0], step[1]
        if not _called_so(line, i, g):
            out.append((start, end + next((len(w) for w in g.sons if count > 1 and line.text.startswith(w, end)), 0)))
        i = max(j, i + 1)
    return out


def _behind_name(line: Line, word: tuple[int, int], g: PersonGrammar) -> bool:
    """Whether a word is letters of honour behind a name (*A B MP*), in a line that has small letters, or a day's."""
    start, end = word
    if line.text[start:end] in g.weekdays:
        return True
    if line.text[start:end] in g.months and line.text[line.skip(end + line.text.startswith(".", end))].isdecimal():
        return True
    letters = line.cased[start:end].isupper() and end - start > 1 and line.text[start:end] in g.not_names
    return letters and any(c.islower() for c in line.cased[line.start : line.end])


def _called_so(line: Line, i: int, g: PersonGrammar) -> bool:
    """Whether a word with a capital says what bears the name behind it (*Cyclone A*)."""
    (a, b), (start, _) = line.tokens[max(0, i - 1)], line.tokens[i]
    called = line.cased[a].isupper() or line.longest(a, MEETING) is not None  # *the joint exercise Dawn Bridge*
    return line.text[b:start] == " " and called and line.text[a:b] in g.things


def _named_so(line: Line, hit: Hit, posts: list[Office]) -> bool:
    """Whether a place's name is somebody's: right behind an office or rank, before another word with a capital."""
    end = line.back(hit.start)
    titled = any(o.stop == end for o in posts) or line.longest_before(end, RANK | POLITE) is not None
    nxt = line.skip(hit.end)
    named = nxt >= 0 and nxt not in line.known and line.text[hit.end] == " " and namelike(line, nxt)
    return named and (titled or ministers.state_behind(line, line.word.get(nxt, nxt)) is not None)


def _called_first(line: Line, i: int, back: int, busy: set[int]) -> bool:
    """Whether a verb with a capital is somebody's first name: behind a polite word or a rank (*Mr Will X*)."""
    start, stop = line.tokens[i]
    after = line.tokens[i + 1][0] if i + 1 < len(line.tokens) else stop
    end = back if back > 0 else start - 2 if line.text[start - 2 : start] == ". " else start
    titled = line.longest_before(end, RANK | POLITE) or line.longest_before(end + 1, RANK | POLITE)
    told = line.longest(start, STOP)
    alone = told is not None and told.end == stop and line.cased[start].isupper() and line.text[stop:after] == " "
    alone = alone and line.longest(start, RANK | POLITE) is None
    return alone and titled is not None and after not in busy and namelike(line, after) and not _capitals(line)


def _family_first(line: Line, i: int, busy: set[int]) -> bool:
    """Whether a family name that is also a small word (*To*) stands before another name."""
    start, end = line.tokens[i]
    after = line.tokens[i + 1][0] if i + 1 < len(line.tokens) else end
    spot = line.longest(start, NOT_NAMES)
    alone = line.cased[start].isupper() and (spot is None or spot.end <= end)
    return alone and line.text[end:after] == " " and after not in busy and namelike(line, after)


def _next(line: Line, j: int, end: int, busy: set[int], family: bool, titled: bool) -> tuple[int, int] | None:
    """The word after ``end`` if it carries the name on: number of the next token and where the word ends."""
    start, stop = line.tokens[j]
    gap = line.text[end:start]
    tokens = line.tokens
    if gap == " " and line.text[start:stop] in line.vocabulary.particles and j + 1 < len(tokens):
        after = tokens[j + 1]
        tie = line.text[slice(*after)] in GLUE and after[0] == stop and j + 2 < len(tokens)
        if tie and tokens[j + 2][0] == after[1] and namelike(line, after[1]):  # *al-X*, *d'X*
            return j + 3, tokens[j + 2][1]
        joined = line.text[stop : after[0]] in (" ", "-", "'")
        if line.text[slice(*after)] in line.vocabulary.particles and line.text[stop : after[0]] == " ":
            return _next(line, j + 1, stop, busy, family, titled)
        if joined and _tied_so(line, start, after, busy):
            return j + 2, after[1]
        if not family or not line.cased[start].isupper():
            return None
    if gap in ("", " ") and line.text[start:stop] in (".", "-", "'", "\u2019") and j + 1 < len(tokens):
        after = tokens[j + 1]
        lettered = (
            line.text[start:stop] == "." and stop - 2 >= line.start and not line.text[stop - 3 : stop - 2].isalpha()
        )
        lettered = lettered or (line.text[start:stop] == "." and gap == "" and tied(line, start))
        if line.text[start:stop] == "." and not lettered:
            return None
        close = line.text[stop : after[0]] in ((" ", "") if lettered else ("",))
        lower = line.cased[after[0]].islower() and (
            after[1] - after[0] < LONG if line.text[start:stop] == "-" else _clicked(line, end, after)
        )
        letter = after[1] - after[0] == 1 and line.text[after[1] : after[1] + 1] != "-"
        if (
            close
            and gap == ""
            and after[0] not in busy
            and (lower or line.capital(after[0]))
            and (not letter or (lettered and stopped(line, j + 1)))
        ):
            return j + 2, after[1]
        return None
    if gap == " " and _ends_so(line, start, stop, titled and start in busy):
        return j + 1, stop
    if gap != " " or (start in busy and not family):
        return None
    if start in busy:
        hit = line.known.get(start)
        if hit is None or line.longest(start, OFFICE | RANK | BODY):
            return None
        if hit.entry.kind == "place" and hit.end > stop:  # a town's name within a person's
            last = next((k for k in range(j, len(line.tokens)) if line.tokens[k][1] == hit.end), j)
            return last + 1, line.tokens[last][1]
    if not line.capital(start) or (not family and not namelike(line, start)):
        own = (family or _between_names(line, j, busy)) and line.cased[start].isupper() and start not in busy
        own = own and not (line.title and _capitals(line)) or _also_verb(line, start, stop)
        return (j + 1, stop) if own or initial(line, j, busy) else None
    return j + 1, stop


def _ends_so(line: Line, start: int, stop: int, placed: bool) -> bool:
    """Whether a word that is another's goes on a name by its form (*In-moo*), or ends it by what stands behind it."""
    if line.text[stop : stop + 1] == "-" and line.cased[stop + 1 : stop + 2].islower():
        return line.cased[start].isupper()
    return (line.capital(start) and also_rank(line, start, stop)) or (placed and also_place(line, start, stop))


def _tied_so(line: Line, small: int, after: tuple[int, int], busy: set[int]) -> bool:
    """Whether a word goes on a name behind a small one: what names no one else, or with a capital behind *bin*."""
    if after[0] in busy:
        office = line.longest(after[0], OFFICE)
        small_word = line.cased[small].islower() and line.longest(small, STOP) is None
        return small_word and office is not None and line.cased[after[0]].isupper()
    return namelike(line, after[0]) or _also_verb(line, *after)


def _clicked(line: Line, end: int, after: tuple[int, int]) -> bool:
    """Whether a name goes on in small letters behind a mark (*N'goran*, *Ma'ruf*): no possessive, which is short."""
    return line.text[end] != "." and after[1] - after[0] > 2


def _between_names(line: Line, j: int, busy: set[int]) -> bool:
    """Whether a word at which names end stands right before a part of a name that no list knows (*X Do Y*)."""
    nxt = line.skip(line.tokens[j][1])
    return nxt == line.tokens[j][1] + 1 and nxt not in busy and namelike(line, nxt)


def _also_verb(line: Line, start: int, stop: int) -> bool:
    """Whether a verb with a capital in a line with small verbs is the last part of a name (*X Said met*)."""
    told = line.longest(start, STOP)
    if told is None or not line.cased[start].isupper() or stop - start < SMALL or (line.title and _capitals(line)):
        return False
    return line.cased[start + 1].islower() and (
        _goes(line, stop) or (line.text[stop : stop + 1] in (",", ";") and not _capitals(line))
    )


def _goes(line: Line, at: int) -> bool:
    """Whether a small word that ends names stands right behind ``at``."""
    nxt = line.skip(at)
    return nxt == at + 1 and line.cased[nxt].islower() and line.longest(nxt, STOP) is not None


def _capitals(line: Line) -> bool:
    """Whether all words of a line but its small ones begin with capitals, as headlines do in some languages."""
    return sum(b - a >= SMALL and line.cased[a].islower() for a, b in line.tokens) < 2


def _strength(line: Line, f: Found, g: PersonGrammar) -> int:
    words = line.text[f.start : f.end].split(" ")
    if f.start - line.start < SMALL and line.text[line.start : f.start].strip() in g.by and f.end == line.end:
        return 0  # *By X Y*, a line of its own
    if len(words) == 1 and g.last and _goes_on(line, f.end, g):
        return 0  # the first word of a noun phrase that no list knows
    if f.titled:
        return SURE
    if line.text[f.start : f.end] in g.known:
        return SURE
    if any(line.text.endswith(f"{a} ", line.start, f.start) for a in g.areas):
        return 0
    if HULL.search(line.text, max(line.start, f.start - 8), f.start):
        return 0  # a ship's name behind its number
    kinds = g.surnames.get(words[0], g.surnames.get(unmarked(words[0]), ()))
    if any(2 <= len(words) <= 1 + g.most.get(k, 3) for k in kinds):
        return LIKELY
    at = line.skip(f.end)
    before = (*line.vocabulary.articles, *line.vocabulary.places)
    if any(line.text.endswith(f"{a} ", line.start, f.start) for a in before):
        return 0
    if len(words) > 1 and at >= 0 and g.verbs and g.verbs.match(line.text, at, line.end):
        return LIKELY
    if len(words) > 1 and line.text.startswith(g.ties, f.end):
        return LIKELY
    led = len(words) > 1 and (line.text.endswith(g.leads, line.start, f.start) or _quoted(line, f.start, g))
    ends = line.text[f.end : f.end + 1] != " " or line.longest(f.end + 1, STOP | OFFICE) is not None
    ends = ends or (led and ministers.state_behind(line, f.end) is not None)
    return LIKELY if led and ends else 0


def _quoted(line: Line, start: int, g: PersonGrammar) -> bool:
    """Whether words for speaking stand before a name, behind what was spoken: *"...," said X Y.*"""
    word = next((w for w in g.said if line.text.endswith(w, line.start, start)), None)
    return word is not None and line.text[line.start : start - len(word)].endswith(SPOKEN)


def _goes_on(line: Line, end: int, g: PersonGrammar) -> bool:
    """Whether a small word that is no verb and no function word follows."""
    at = line.skip(end)
    if at < 0 or not line.text[at].isalpha() or line.cased[at].isupper():
        return False
    return not line.spots.get(at) and not (g.verbs and g.verbs.match(line.text, at, line.end))


def lines(scan: Scan, hits: Sequence[Hit], pack: LanguagePack) -> list[Line]:
    """Return the sentences of a unit laid out."""
    out, at = [], 0
    rows = sorted(hits, key=lambda h: h.start)
    for sentence in scan.sentences:
        while at < len(rows) and rows[at].start < sentence.start:
            at += 1
        end = at
        while end < len(rows) and rows[end].start < sentence.end:
            end += 1
        out.append(Line(scan, sentence, rows[at:end], pack))
    return out
