"""A language pack: how one language is read. All of it is data; the engine knows none of these words.

A pack is a folder ``packs/languages/<code>/`` of YAML files, or one file. The fields of ``LanguagePack`` are top-level
keys; a file named after a section of ``gazetteer.FILES`` holds that section.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from communique.loader.dates import DatesPack
from communique.loader.detect import DetectPack
from communique.loader.gazetteer import BlocsPack, OfficesPack, PersonsPack, PlacesPack, RanksPack, StatesPack
from communique.loader.mood import Mood
from communique.loader.phrases import Phrases
from communique.loader.reading import Part, Reading

TAGS = "noun verb adjective adverb preposition conjunction particle number pronoun punctuation person place".split()
TAGS += ["body", "time", "position", "other"]


class Markers(Part):
    """Words that give the phrase beside them its part in the clause (``with``, ``to``, ``by`` ...).

    ``before``: words that stand right before their phrase, per function. ``joints`` coordinate. ``led`` and
    ``leads`` are what stands between a leader and a delegation (*X's delegation*, *X at the head of*), ``led_by``
    between a delegation and its leader (*the delegation led by X*), ``led_end`` what may stand behind that leader;
    ``relative`` are words that tie a segment to the name right before it (*who*, *which*); ``envoys`` stand right
    behind those for whom somebody acts; ``origin`` ties states to the noun behind for who comes from them;
    ``inverse``, behind the trigger, puts who acts behind it (*among those who attended were A and B*).
    ``together`` counts the states before it; ``not_place`` and ``not_party`` make another thing of the state before;
    ``capital`` are words before or behind the name of a town or area that say what it is, as patterns; ``seats``,
    right behind a state's adjective, stand for its capital or its waters, ``lands`` for a part of it (*off the A
    coast*); ``parts`` are words for a part of a state before its name (*northern*);
    ``reach`` goes over a clause; ``residence`` is where a
    state receives; ``sited`` are words for a meeting held in the town right before them;
    ``cuts`` end a segment, ``cut_before`` begin one; ``here``: dateline.
    A place behind words of ``afar`` is where somebody
    serves or suffered, not where the event is that they stand behind (*a farewell to those serving at A*).
    Words of ``done_to`` (a pattern) stand right before what something is done to, where that comes before the verb.
    ``counted`` is a pattern of a number that may stand between a word and the state of those whom it marks.
    Words of ``apart`` say of several that each did it alone, those of ``as_one`` that all met together, so does the
    pattern ``as_party`` (*A, B and others of the delegation*), those of
    ``in_row`` that two people whom only a comma parts did it together (*minister A, minister B attended*). Words of
    ``opens`` begin a sentence and stand before somebody met, behind whom and a comma whoever acts is named
    (*receiving B, A said*).
    Right before the words of ``governments`` a capital at the head of a sentence stands for its state, but none of
    ``no_governments`` does. ``members`` is a pattern of what ends right before a list of some who take part
    (*ten nations, including*), ``partaking`` one of the verbs of a sentence of its own that says that they do.
    ``planned_for`` is a pattern of what says between commas for when something was due that is off.
    ``reporter`` is a pattern that names the ``place`` from which a page's reporter writes.
    ``speaks`` is a pattern of what stands between a meeting and who speaks at it (*at the forum, B said*).
    A word of ``helping`` at the head of a trigger may be parted from the rest of it by patterns of ``parting`` (*was on
    Monday elected*).
    ``arrival`` is a pattern of where or when guests are met who arrive (*at the airport*). Whoever is met with an
    office in a sentence that begins with a pattern of ``staying`` and a state (*during his stay in*), or stands behind
    one of ``invited``, is of the state where the guest is. Right behind a verb of visiting, one of ``grounds`` tells of
    houses or units without a name, to which somebody goes on his journey. Right before a word of ``stays`` stands the
    state to which one goes (*the A visit by B*). One of ``partner`` between two names makes the second the
    partner of the first, never one of a list that acts (*A with B*).
    """

    before: dict[str, list[str]] = Field(default_factory=dict)
    joints: list[str] = Field(default_factory=list)
    partner: list[str] = Field(default_factory=list)
    helping: list[str] = Field(default_factory=list)
    parting: list[str] = Field(default_factory=list)
    capital: list[str] = Field(default_factory=list)
    seats: list[str] = Field(default_factory=list)
    lands: list[str] = Field(default_factory=list)
    parts: list[str] = Field(default_factory=list)
    not_place: list[str] = Field(default_factory=list)
    not_party: list[str] = Field(default_factory=list)
    led: str | None = None
    led_by: str | None = None
    led_end: str | None = None
    leads: str | None = None
    together: str | None = None
    origin: str | None = None
    inverse: str | None = None
    envoys: list[str] = Field(default_factory=list)
    here: list[str] = Field(default_factory=list)
    relative: list[str] = Field(default_factory=list)
    apart: list[str] = Field(default_factory=list)
    as_one: list[str] = Field(default_factory=list)
    as_party: str | None = None
    in_row: list[str] = Field(default_factory=list)
    governments: list[str] = Field(default_factory=list)
    no_governments: list[str] = Field(default_factory=list)
    leading: list[str] = Field(default_factory=list)
    reach: str | None = None
    residence: list[str] = Field(default_factory=list)
    sited: list[str] = Field(default_factory=list)
    building: list[str] = Field(default_factory=list)
    afar: list[str] = Field(default_factory=list)
    opens: list[str] = Field(default_factory=list)
    members: str | None = None
    partaking: str | None = None
    planned_for: str | None = None
    reporter: str | None = None
    arrival: str | None = None
    done_to: str | None = None
    counted: str | None = None
    speaks: str | None = None
    staying: str | None = None
    invited: str | None = None
    grounds: str | None = None
    stays: list[str] = Field(default_factory=list)
    cuts: str = ",:;"
    cut_before: list[str] = Field(default_factory=list)


class Nouns(Part):
    """How names of offices, bodies, meetings and texts are put together where blanks stand between words.

    A phrase is a head (from ``offices``, ``phrases``) with the words that belong to it: bare words on its ``left``
    or on its ``right``, and what ``of`` or ``to`` tie to it (``to`` gives no owner: *ambassador to*); ``to`` ties a
    state to an office with one of ``posted`` alone, where there are any (*the visit of the chief to A*).

    Attributes:
        left, right: whether bare words may stand on that side of a head.
        fronts: words that begin a clause in front of the main one (*while*, *during*).
        newly: words right before a noun that say that it was not told of before (*a*, *another*).
        articles: words that may stand before any phrase and are no part of it (*the*, *his*).
        possessives: what makes an owner of the state before it (*'s*).
        links: words that join two words of one name (*Trade and Industry*), two verbs of one subject elsewhere.
        words: words that names of offices and bodies are made of.
        meeting_words: further words that names of meetings are made of; ``text_words`` those of texts.
        about: words that tie the subject to a meeting or a text (*on training*).
        about_names: the same in names of texts that are written with capitals (*between*, *for*).
        places: words before the name of a place, which is then nobody's (*district*).
        between: words before the two parties of a meeting (*between*).
        both: words for those whom a text is between (*the two*).
        rounds: words between an ordinal and the meeting that it counts (*round of the*).
        stops: words at which a phrase or a name ends, besides the triggers of the rules.
        particles: small words inside names of people (*bin*, *de*).
        name_verbs: words behind a name that show that it is one; name_leads: such words before it (*succeeds*);
            name_ties: such words behind it and a comma (*who*).
        apposed: signs and words between a name and the office behind it.
        predicates: words between a name and an office that somebody takes (*was appointed*).
        numbered: words of offices and bodies that a number may follow (*region*).
        bare: heads of offices behind which a unit's name stands without a word between (*commander Amber Command, X*).
        talks: words behind a meeting that show that it is a meeting of people, not a sitting (*with*).
    """

    left: bool = True
    right: bool = False
    articles: list[str] = Field(default_factory=list)
    fronts: list[str] = Field(default_factory=list)
    newly: list[str] = Field(default_factory=list)
    possessives: list[str] = Field(default_factory=list)
    of: list[str] = Field(default_factory=list)
    to: list[str] = Field(default_factory=list)
    links: list[str] = Field(default_factory=list)
    words: list[str] = Field(default_factory=list)
    meeting_words: list[str] = Field(default_factory=list)
    text_words: list[str] = Field(default_factory=list)
    about: list[str] = Field(default_factory=list)
    places: list[str] = Field(default_factory=list)
    about_names: list[str] = Field(default_factory=list)
    between: list[str] = Field(default_factory=list)
    rounds: list[str] = Field(default_factory=list)
    both: list[str] = Field(default_factory=list)
    posted: list[str] = Field(default_factory=list)
    stops: list[str] = Field(default_factory=list)
    particles: list[str] = Field(default_factory=list)
    name_verbs: list[str] = Field(default_factory=list)
    name_leads: list[str] = Field(default_factory=list)
    name_ties: list[str] = Field(default_factory=list)
    apposed: list[str] = Field(default_factory=list)
    predicates: list[str] = Field(default_factory=list)
    numbered: list[str] = Field(default_factory=list)
    bare: list[str] = Field(default_factory=list)
    talks: list[str] = Field(default_factory=list)


class Ordinals(Part):
    """Ordinal forms as regular expressions with one group, the number; ``first`` are words for 1."""

    forms: list[str] = Field(default_factory=list)
    first: list[str] = Field(default_factory=list)
    congress: list[str] = Field(default_factory=list)
    digits: dict[str, int] = Field(default_factory=dict)
    counts: list[str] = Field(default_factory=list)


class Case(Part):
    """A sentence and what a reader must find in it; ``none: true`` where the rule must stay silent."""

    text: str
    want: dict[str, Any] = Field(default_factory=dict)
    none: bool = False
    known_failure: str | None = None


class Rule(Part):
    """An engagement rule: trigger words, what the clause must hold, and the role of each of its parts.

    Attributes:
        trigger: words, or two words with ``~`` between them for a gap within the clause.
        roles: the codebook's role for each function of the clause (``subject``, ``object``, ``with``, ``to`` ...).
        need: functions that must be there (``a|b`` alternatives); ``parties``: two at least; ``meeting``: one of
            the rule's ``sort``, ``at``: one right before the trigger, ``round``: such a one with its number;
            ``instrument``; ``date``; ``site``.
        each: the functions (``a|b``) that unfold into one event a party.
        per_state: what unfolds stays together where it is of one state, unless the clause says *each*.
        apart: the functions that unfold only where the clause says *each* (``markers.apart``).
        place_from: the function whose state is the place; ``trigger``: a short name at the trigger's end; ``name``: the
            state to which, by their name, those belong who act (*the battalion for A*).
        object_kinds, subject_kinds: kinds of mention that may be the object, the subject; empty is any.
        unless_before, unless_after: patterns right before or behind the trigger that forbid it.
        unless_in, only_in: patterns in its segment that forbid it, or one of which must be there.
        unless_subject, only_subject: the same in the words up to the end of who acts (*the rescue team left for*).
        sort: what the meeting must be (``session``, ``exercise``, ``ceremony``, or ``any``).
        inside: the trigger may stand in the name of a text.
        ongoing: words in the sentence that say that it is under way.
        whither: the state right before the trigger is where one goes (*the A journey was called off*).
        ba: words before the object that only look like a future.
        verb: the tagger must call the trigger a verb.
        abroad: the place must lie in another state than the subject's.
        way: it tells of going only: on the way to a sitting with a name that is no visit beside the sitting.
        mutual: two parties in the subject each do it to the other.
        join: one event with a call at the same place.
        back: the meeting may stand in an earlier sentence.
        theme: a meeting before the trigger is its subject, so that nobody else is.
        status: the status, whatever the words around say.
        organ: patterns of organs that may act without a name (*the cabinet*), as need and role ``organ``.
        form: the codebook's form by words of the clause.
        cases: what the rule must find, and what it must leave alone.
    """

    id: str
    type: str
    trigger: list[str]
    roles: dict[str, str] = Field(default_factory=dict)
    need: list[str] = Field(default_factory=list)
    each: str | None = None
    per_state: bool = False
    apart: str | None = None
    place_from: str | None = None
    object_kinds: list[str] = Field(default_factory=list)
    subject_kinds: list[str] = Field(default_factory=list)
    unless_before: list[str] = Field(default_factory=list)
    unless_after: list[str] = Field(default_factory=list)
    unless_in: list[str] = Field(default_factory=list)
    only_in: list[str] = Field(default_factory=list)
    unless_subject: list[str] = Field(default_factory=list)
    only_subject: list[str] = Field(default_factory=list)
    sort: str = "session"
    inside: bool = False
    ongoing: list[str] = Field(default_factory=list)
    whither: bool = False
    ba: list[str] = Field(default_factory=list)
    verb: bool = False
    abroad: bool = False
    way: bool = False
    mutual: bool = False
    join: bool = False
    back: bool = False
    theme: bool = False
    status: str | None = None
    organ: list[str] = Field(default_factory=list)
    form: dict[str, str] = Field(default_factory=dict)
    cases: list[Case] = Field(min_length=1)


class CommitmentRule(Part):
    """Words that open a commitment, and the act they make of it; behind a ``~`` in them the content begins.

    With ``behind`` it begins at the ``modal``: what stands before that says when and where it was said.
    """

    id: str
    act: str
    open: list[str]
    modal: list[str] = Field(default_factory=list)
    behind: bool = False
    who: str | None = None
    unless_in: list[str] = Field(default_factory=list)
    cases: list[Case] = Field(min_length=1)


class Commitments(Part):
    """How commitments are said: rules, general words that are no undertaking, topics by keyword.

    An undertaking in a row begins with one of ``starts`` or with a verb that is none of ``not_starts``; behind
    an opener its actor may stand first, ``should`` behind; with ``parts`` a second one begins (*agreed to A and to B*).
    Behind ``examples`` (*such as*) stand no undertakings of their own. ``closed`` are patterns of a sentence whose end
    says that what stands before it, the group ``what``, was agreed. ``not_others`` is a pattern of what stands behind
    a body that is no other side (*UN [peacekeeping]*), ``done_before`` and ``done_behind`` of what stands beside the
    day of something done, by which nothing is due (*the deal [signed on] 3 May*).
    """

    rules: list[CommitmentRule] = Field(default_factory=list)
    should: list[str] = Field(default_factory=list)
    not_starts: list[str] = Field(default_factory=list)
    trim: list[str] = Field(default_factory=list)
    asides: list[str] = Field(default_factory=list)
    examples: list[str] = Field(default_factory=list)
    closed: list[str] = Field(default_factory=list)
    not_others: str | None = None
    done_before: str | None = None
    done_behind: str | None = None
    starts: list[str] = Field(default_factory=list)
    parts: list[str] = Field(default_factory=list)
    general: list[str] = Field(default_factory=list)
    topics: dict[str, list[str]] = Field(default_factory=dict)


class Positions(Part):
    """How stances are said: words that open one, patterns of the points that one makes, topics that count."""

    open: list[str] = Field(default_factory=list)
    points: dict[str, list[str]] = Field(default_factory=dict)
    topics: list[str] = Field(default_factory=list)
    cases: list[Case] = Field(default_factory=list)


class Ties(Part):
    """Named levels of relations, strongest first, and the words that say that one was reached."""

    levels: list[str] = Field(default_factory=list)
    bare: list[str] = Field(default_factory=list)


class LanguagePack(Part):
    """Everything that is known of one language; a text whose title begins with ``corrections`` corrects another."""

    code: str
    detect: DetectPack | None = None
    dates: DatesPack | None = None
    reading: Reading = Field(default_factory=Reading)
    states: StatesPack | None = None
    blocs: BlocsPack | None = None
    places: PlacesPack | None = None
    ranks: RanksPack | None = None
    persons: PersonsPack | None = None
    offices: OfficesPack | None = None
    markers: Markers = Field(default_factory=Markers)
    phrases: Phrases = Field(default_factory=Phrases)
    nouns: Nouns = Field(default_factory=Nouns)
    ordinals: Ordinals = Field(default_factory=Ordinals)
    mood: Mood = Field(default_factory=Mood)
    rules: list[Rule] = Field(default_factory=list)
    commitments: Commitments = Field(default_factory=Commitments)
    positions: Positions = Field(default_factory=Positions)
    ties: Ties = Field(default_factory=Ties)
    corrections: list[str] = Field(default_factory=list)
    cases: list[Any] = Field(default_factory=list)
