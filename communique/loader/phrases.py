"""The phrases of a language pack: nouns for what is named elsewhere, heads of names, what opens and closes them."""

from __future__ import annotations

from pydantic import Field

from communique.loader.reading import Part


class Phrases(Part):
    """Nouns that stand for somebody or something named elsewhere, and heads of noun phrases.

    ``sides`` and ``parties`` are what stands behind ``the two sides``; ``meeting`` what stands behind ``the
    meeting``; ``met`` what says again of talks told before; ``own`` one's own state; of the words for a pair,
    ``countries`` never mean two persons; ``coming`` begin a round to come (*next*), ``gone`` the one before,
    ``not_first`` no name of a meeting (*set up*); ``many`` end a noun for states that are nobody's own, or (``~``)
    begin it; ``troops`` are patterns of forces that were sent, ``standing`` of names that tell of something
    standing, ``greeting`` words of a ceremony for guests,
    ``listed_as`` of what stands behind a name in a list of arrangements (*A, B and other mechanisms*);
    ``opening`` and ``closing`` end ceremonies of the first and last day; ``sits`` a body that sits;
    ``issued`` begin a joint text; ``policies`` is a pattern of names of policies; ``levels`` begin the name of a
    meeting that is called without them as well (*deputy- ministerial*), ``ends`` close one (*dialogue meeting*);
    ``shortened`` are long words of such names and the short ones that stand for them (*ministers of foreign affairs*);
    ``minutes`` are papers that a meeting keeps of itself; ``plans`` end the names of texts that are for some years,
    ``stages`` stand behind those years; ``of_years`` is a pattern of such years behind a name; ``titled`` before
    the title of a text in marks; ``under`` end what a group that is named behind them sits under; ``teams`` stand
    for the delegation of which was told, but not where they begin a word of ``not_teams``; ``corps`` for a unit or
    an institution of which was told, of the kind that their last letter names (*this hospital*); ``retinue`` stands
    behind somebody with whom others come; ``plenary`` are sittings of a meeting, whose number is no round of it;
    ``themes`` is a pattern of what a meeting is about, in marks, so that no name in it is named; ``falls_on`` stand
    between a day and the anniversary that it is (*5 May is the 50th anniversary of ties*); ``on_it`` begin a
    sentence of what was done on the day that the one before names (*on this occasion*); ``fleet`` begin names of ships
    and of those on board, whose state may be told with another of them (*two ships and a tanker of A's navy*);
    ``relief`` are patterns in the names of those who are sent to help a state; ``own_days`` behind a state begin the
    words for its own feast; ``that_state`` behind somebody stand for the state named last (*the lower house of that
    country*);
    ``turns`` are bare words for a round of what was told, where it is not said of what;
    ``jointly`` begin the words for what two who talked hold together (*a joint press conference*);
    ``elided`` is a pattern of the words for a round that leave its noun out (*the third [will be held in A]*);
    ``it`` are the words of ``they`` for one body or state, which acted last;
    ``crews`` stand in nouns for the ship or unit that came, or for those on board (*crew members*), ``crewed`` in its
    name; ``rounds_alone`` is a pattern of bare words for a round of the series named before, with its year in a group
    (*the fourth edition*); ``of_both`` is a pattern of what stands before words for both (*the navies of*),
    ``counted_of`` of what stands between a noun and those of whom it is so many (*the first group of 70 members of*);
    ``mutual`` are words for both that begin the name of a text (*bilateral*), ``several`` is a pattern of the number
    before texts of which none is named (*six documents*), ``named_texts`` of names that are more than a plain head
    (*ceasefire agreement*), ``joint_meetings`` of what stands behind two states whose names run together and is one
    name with them (*A's and B's two ministries' dialogue*), ``behind`` stand behind a noun and say when or where;
    ``texts_to_come`` is a pattern of what stands before a text that is still to be settled (*hope soon to sign*),
    ``texts_in_force`` of what stands behind one that has come into force; ``joint_forms`` is a pattern of the heads of
    bodies that several keep together, with the words between (*joint trade and economic committee*), ``counted_heads``
    of what counts the names before it (*A and B, [two mechanisms]*), ``annexes`` of what is added to a text behind its
    title (*"A" [protocol]*), ``spoken`` of what stands behind the title of a speech.
    """

    side: list[str] = Field(default_factory=list)
    side_heads: list[str] = Field(default_factory=list)
    generic_forms: list[str] = Field(default_factory=list)
    own: list[str] = Field(default_factory=list)
    own_days: list[str] = Field(default_factory=list)
    that_state: list[str] = Field(default_factory=list)
    relief: list[str] = Field(default_factory=list)
    pair: list[str] = Field(default_factory=list)
    countries: list[str] = Field(default_factory=list)
    coming: list[str] = Field(default_factory=list)
    gone: list[str] = Field(default_factory=list)
    turns: list[str] = Field(default_factory=list)
    elided: str | None = None
    jointly: list[str] = Field(default_factory=list)
    rounds_alone: str | None = None
    of_both: str | None = None
    counted_of: str | None = None
    plenary: list[str] = Field(default_factory=list)
    themes: str | None = None
    on_it: list[str] = Field(default_factory=list)
    falls_on: list[str] = Field(default_factory=list)
    many: list[str] = Field(default_factory=list)
    opening: list[str] = Field(default_factory=list)
    closing: list[str] = Field(default_factory=list)
    people: list[str] = Field(default_factory=list)
    people_prefixes: list[str] = Field(default_factory=list)
    they: list[str] = Field(default_factory=list)
    he: list[str] = Field(default_factory=list)
    all_members: list[str] = Field(default_factory=list)
    meeting: list[str] = Field(default_factory=list)
    met: list[str] = Field(default_factory=list)
    mechanism_heads: dict[str, str] = Field(default_factory=dict)
    session_heads: list[str] = Field(default_factory=list)
    not_mechanism: list[str] = Field(default_factory=list)
    sorts: dict[str, list[str]] = Field(default_factory=dict)
    one_off: list[str] = Field(default_factory=list)
    instrument_heads: list[str] = Field(default_factory=list)
    instrument_status: dict[str, list[str]] = Field(default_factory=dict)
    texts_to_come: str | None = None
    texts_in_force: str | None = None
    delegation_heads: list[str] = Field(default_factory=list)
    teams: list[str] = Field(default_factory=list)
    corps: list[str] = Field(default_factory=list)
    not_teams: list[str] = Field(default_factory=list)
    group_heads: list[str] = Field(default_factory=list)
    retinue: list[str] = Field(default_factory=list)
    fleet: list[str] = Field(default_factory=list)
    it: list[str] = Field(default_factory=list)
    crews: list[str] = Field(default_factory=list)
    crewed: list[str] = Field(default_factory=list)
    troops: str | None = None
    chunk_breaks: list[str] = Field(default_factory=list)
    meeting_inner: list[str] = Field(default_factory=list)
    meeting_words: list[str] = Field(default_factory=list)
    within: list[str] = Field(default_factory=list)
    joint_heads: list[str] = Field(default_factory=list)
    joint_forms: str | None = None
    counted_heads: str | None = None
    annexes: str | None = None
    spoken: str | None = None
    issued: list[str] = Field(default_factory=list)
    sits: list[str] = Field(default_factory=list)
    about: list[str] = Field(default_factory=list)
    inner_words: list[str] = Field(default_factory=list)
    joiners: list[str] = Field(default_factory=list)
    pair_joiners: list[str] = Field(default_factory=list)
    chain_joiners: list[str] = Field(default_factory=list)
    traditions: dict[str, list[str]] = Field(default_factory=dict)
    name_joints: list[str] = Field(default_factory=list)
    name_leads: list[str] = Field(default_factory=list)
    name_stops: list[str] = Field(default_factory=list)
    not_after_name: list[str] = Field(default_factory=list)
    weak_prefixes: list[str] = Field(default_factory=list)
    units: dict[str, list[str]] = Field(default_factory=dict)
    of: list[str] = Field(default_factory=list)
    year: str | None = None
    parent: str | None = None
    plain_texts: list[str] = Field(default_factory=list)
    not_texts: list[str] = Field(default_factory=list)
    numbered: str | None = None
    mutual: list[str] = Field(default_factory=list)
    behind: list[str] = Field(default_factory=list)
    several: str | None = None
    named_texts: str | None = None
    joint_meetings: str | None = None
    policies: str | None = None
    after_party: str | None = None
    office_modifier: str | None = None
    standing: list[str] = Field(default_factory=list)
    listed_as: str | None = None
    greeting: list[str] = Field(default_factory=list)
    not_first: list[str] = Field(default_factory=list)
    under: list[str] = Field(default_factory=list)
    levels: list[str] = Field(default_factory=list)
    ends: list[str] = Field(default_factory=list)
    shortened: dict[str, str] = Field(default_factory=dict)
    minutes: list[str] = Field(default_factory=list)
    titled: list[str] = Field(default_factory=list)
    plans: list[str] = Field(default_factory=list)
    stages: list[str] = Field(default_factory=list)
    of_years: str | None = None
