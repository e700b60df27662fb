"""The packs of names hold: every file is sound, no name means two things, and the cases of the packs come true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import pytest
from babel import Locale
from babel.core import get_global

from communique.errors import PackError
from communique.loader import yamlfile
from communique.loader.gazetteer import (
    FILES,
    BlocsPack,
    MechanismPack,
    OfficesPack,
    PersonsPack,
    PlacesPack,
    RanksPack,
    Shape,
    StatesPack,
)

PACKS = Path(__file__).resolve().parents[2] / "packs"
LANGUAGES = sorted({p.parent.name for p in PACKS.glob("languages/*/states.yaml")})
NAME_FILES = sorted(p for p in PACKS.glob("languages/*/*.yaml") if p.stem in FILES)
MECHANISM_FILES = sorted(PACKS.glob("mechanisms/*.yaml"))


Model = TypeVar("Model", bound=Shape)


def _read(model: type[Model], path: Path) -> Model:
    data, lines = yamlfile.read(path)
    return yamlfile.check(model, data, lines, path)


def _pack(language: str, model: type[Model]) -> Model:
    """Return the file of names of a language that has this shape; skip where there is none."""
    stem = next(stem for stem, shape in FILES.items() if shape is model)
    path = PACKS / "languages" / language / f"{stem}.yaml"
    if not path.exists():
        pytest.skip(f"no {stem} in {language}")
    return _read(model, path)


@pytest.fixture(scope="module")
def mechanisms() -> dict[str, MechanismPack]:
    """All mechanisms by id."""
    return {m.id: m for m in (_read(MechanismPack, p) for p in MECHANISM_FILES)}


def _codes() -> set[str]:
    """Return the two-letter codes that CLDR names."""
    return {c for c in map(str, Locale("en").territories) if len(c) == 2 and c.isalpha()}


def owners(names: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return for every name the keys under which it stands."""
    out: dict[str, list[str]] = defaultdict(list)
    for key, given in names.items():
        for name in dict.fromkeys(given):
            out[name].append(key)
    return out


def longest(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that stand in ``text``, from the left, the longest first."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_first[name[0]].append(name)
    found, at = [], 0
    while at < len(text):
        here = [n for n in by_first[text[at]] if text.startswith(n, at)]
        best = max(here, key=len, default="")
        if best:
            found.append(best)
        at += len(best) or 1
    return found


# --- every file ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", NAME_FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_file_of_names_holds(path: Path) -> None:
    assert _read(FILES[path.stem], path)


@pytest.mark.parametrize("path", MECHANISM_FILES, ids=lambda p: p.stem)
def test_a_mechanism_holds_and_its_file_bears_its_id(path: Path) -> None:
    pack = _read(MechanismPack, path)
    assert pack.id == path.stem
    assert pack.cases.found
    assert pack.cases.not_found


def test_an_unknown_field_is_named_with_its_line(tmp_path: Path) -> None:
    at = tmp_path / "states.yaml"
    at.write_text("states:\n  FR:\n    name: France\n    nick: x\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"states\.yaml:4: states\.FR\.nick"):
        _read(StatesPack, at)


def test_a_code_that_yaml_takes_for_no_is_an_error(tmp_path: Path) -> None:
    at = tmp_path / "states.yaml"
    at.write_text("states:\n  NO: {name: Norway}\n", encoding="utf-8")
    with pytest.raises(PackError):
        _read(StatesPack, at)


# --- states -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_of_states_are_iso_codes(language: str) -> None:
    pack = _pack(language, StatesPack)
    known = _codes()
    assert set(pack.states) <= known
    withdrawn = set(get_global("territory_aliases"))
    assert set(pack.former) <= withdrawn | known
    assert not set(pack.former) & set(pack.states)
    assert {f.successor for f in pack.former.values() if f.successor} <= set(pack.states)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_member_of_the_united_nations_has_a_name(language: str) -> None:
    pack = _pack(language, StatesPack)
    members = set(get_global("territory_languages")) & set(get_global("territory_currencies")) - _NOT_MEMBERS
    assert not sorted(c for c in members if len(c) == 2 and c not in pack.states)
    assert len(pack.states) >= 195


# Territories of CLDR that are neither states nor named in the news that we read.
_NOT_MEMBERS = set(
    "AC AI AN AX BL BQ BV CC CP CQ CX DG EA EU FX GS HM IC MF MS NF PM PN SX TA TF UM UN XA XB ZZ".split()
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_that_unicode_gives_are_known(language: str) -> None:
    pack = _pack(language, StatesPack)
    plain = Locale.parse(language).territories
    renamed = {"HK", "MO", "PS", "FK", "FM", "EH"}  # the pack prefers another plain name
    missing = [c for c, s in pack.states.items() if plain.get(c) not in s.full() and c not in renamed]
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_of_two_states_is_listed_as_ambiguous(language: str) -> None:
    pack = _pack(language, StatesPack)
    full = owners({c: s.full() for c, s in pack.states.items()})
    for code, names in owners({c: s.full() for c, s in pack.former.items()}).items():
        full[code] = [*full.get(code, []), *names]
    assert not {n: c for n, c in full.items() if len(c) > 1 and set(pack.ambiguous.get(n, ())) != set(c)}
    short = owners({c: s.shorts() for c, s in pack.states.items()})
    assert not {n: c for n, c in short.items() if len(c) > 1 and set(pack.ambiguous.get(n, ())) != set(c)}
    listed = {n for n in pack.ambiguous if n in short}
    assert all(len(short[n]) > 1 for n in listed), "a short name of one state needs no entry"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_hide_a_name_hide_no_whole_name(language: str) -> None:
    """A word of ``not_...`` may not be a name itself: it would hide it."""
    states, blocs = _pack(language, StatesPack), _pack(language, BlocsPack)
    places, offices = _pack(language, PlacesPack), _pack(language, OfficesPack)
    ranks = _pack(language, RanksPack)
    bodies = offices.bodies
    named = {n for s in states.states.values() for n in s.full()} | {n for b in blocs.blocs.values() for n in b.full()}
    named |= {n for p in places.places.values() for n in p.full()} | set(offices.offices.heads) | set(ranks.ranks)
    named |= {*bodies.state_organs, *bodies.parties_of, *bodies.forces_of, *bodies.organs_of}
    hidden = {*states.not_states, *blocs.not_blocs, *places.not_places, *bodies.not_bodies}
    assert not sorted(named & hidden)


@pytest.mark.parametrize("language", LANGUAGES)
def test_full_names_are_found_and_their_look_alikes_are_not(language: str) -> None:
    """Cases of states without short names: the longest name wins, and hidden words hide."""
    pack, places = _pack(language, StatesPack), _pack(language, PlacesPack)
    shorts = {n for s in pack.states.values() for n in s.shorts()}
    code = {n: f.successor or c for c, f in pack.former.items() for n in f.full()}
    code |= {n: c for c, s in pack.states.items() for n in (*s.full(), *s.adjectives)}
    elsewhere = {n for p in places.places.values() for n in p.full()} | {*pack.not_states, *pack.not_shorts}
    for case in pack.cases:
        found = [n for n in longest(case.text, {*code, *elsewhere}) if n in code]
        wanted = list(case.finds)
        for name in found:
            assert code[name] in wanted, f"{case.text}: {name} is no state here"
        assert len(found) == len(wanted) or any(n in case.text for n in shorts), case.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_blocs_and_places_are_found(language: str) -> None:
    blocs, places, states = _pack(language, BlocsPack), _pack(language, PlacesPack), _pack(language, StatesPack)
    of_bloc = {n: k for k, b in blocs.blocs.items() for n in b.full()}
    of_place = {n: k for k, p in reversed(places.places.items()) for n in p.full()}
    rest = {n for s in states.states.values() for n in s.full()} | {*blocs.not_blocs, *places.not_places}
    names = {*of_bloc, *of_place, *rest}
    for case in blocs.cases:
        assert [of_bloc[n] for n in longest(case.text, names) if n in of_bloc] == list(case.finds), case.text
    for case in places.cases:
        assert [of_place[n] for n in longest(case.text, names) if n in of_place] == list(case.finds), case.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_of_blocs_and_places_are_known(language: str) -> None:
    blocs, places, states = _pack(language, BlocsPack), _pack(language, PlacesPack), _pack(language, StatesPack)
    assert {b.code for b in blocs.blocs.values() if b.code} == {"ASEAN", "UN", "EU", "EAEU", "SCO", "BRICS"}
    assert {c for b in blocs.blocs.values() for c in b.members} <= set(states.states)
    assert set(places.places) - {"none"} <= set(states.states)
    names = owners({k: b.full() for k, b in blocs.blocs.items()})
    assert not {n: k for n, k in names.items() if len(k) > 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_of_two_states_is_listed_as_ambiguous(language: str) -> None:
    places, states = _pack(language, PlacesPack), _pack(language, StatesPack)
    where = owners({k: p.full() for k, p in places.places.items()})
    assert not {n: k for n, k in where.items() if not set(k) <= set(places.ambiguous.get(n, k))}
    assert not {n: k for n, k in where.items() if len(k) > 1 and n not in places.ambiguous}
    assert all(n in where and len(k) > 1 for n, k in places.ambiguous.items())
    assert not sorted(set(where) & {n for s in states.states.values() for n in s.full()})


def test_a_unit_word_follows_a_place_or_must(tmp_path: Path) -> None:
    at = tmp_path / "places.yaml"
    at.write_text(
        "units: {cities: [ Town]}\nplaces:\n  FR: {cities: [Lyon], bound: {' Bay': [Calm]}}\n", encoding="utf-8"
    )
    pack = _read(PlacesPack, at)
    assert pack.places["FR"].full() == ("Lyon", "LyonTown", "CalmBay")


# --- persons, ranks, offices ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_foreign_names_are_single_and_each_stands_once(language: str) -> None:
    pack = _pack(language, PersonsPack)
    assert len(set(pack.transliteration)) == len(pack.transliteration)
    assert not any(c.isspace() for c in pack.transliteration)
    for name in pack.known:
        assert not set(name) - set(pack.transliteration) - {"-"} or name[0] in "".join(pack.surnames["chinese"]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_name_nothing_twice(language: str) -> None:
    for stem in FILES:
        pack = _pack(language, FILES[stem])
        for at, words in _lists(pack.model_dump(), (language, stem)):
            twice = sorted({w for w in words if words.count(w) > 1})
            assert not twice, f"{'.'.join(at)}: {', '.join(twice)}"


def _lists(value: object, at: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], list[str]]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _lists(inner, (*at, str(key)))
    elif isinstance(value, list | tuple) and all(isinstance(v, str) for v in value) and at[-1] != "finds":
        yield at, list(value)
    elif isinstance(value, list | tuple):
        for i, inner in enumerate(value):
            yield from _lists(inner, (*at, str(i)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_offices_belong_to_heads_and_states(language: str) -> None:
    offices, states = _pack(language, OfficesPack), _pack(language, StatesPack)
    heads = offices.offices.heads
    assert set(offices.offices.abbreviated) <= set(heads)
    assert set(offices.offices.bodies_level) <= set(heads)
    codes = {
        *offices.bodies.parties_of.values(),
        *offices.bodies.forces_of.values(),
    }
    known = set(states.states) | set(states.former)
    assert codes <= known
    assert set(offices.bodies.organs_of.values()) <= known | {"ASEAN", "UN", "EU", "EAEU", "SCO", "BRICS"}
    assert len(heads) >= 100


# --- mechanisms -----------------------------------------------------------------------------------------------------


def test_mechanisms_name_each_other_and_parties_that_exist(mechanisms: dict[str, MechanismPack]) -> None:
    parties = _codes() | {"ASEAN", "UN", "EU", "EAEU", "SCO", "BRICS"}
    for m in mechanisms.values():
        for other in (m.parent, m.plus_of, m.prepares_for):
            assert other is None or (other in mechanisms and other != m.id), f"{m.id}: {other}"
        assert set(m.parties) <= parties, m.id
        seen: set[str] = set()
        at = m.parent
        while at:
            assert at not in {*seen, m.id}, f"{m.id} is its own parent"
            seen.add(at)
            at = mechanisms[at].parent


def test_no_name_of_a_mechanism_means_two(mechanisms: dict[str, MechanismPack]) -> None:
    for language in {lang for m in mechanisms.values() for lang in m.names}:
        names = owners({m.id: m.names.get(language, ()) for m in mechanisms.values()})
        assert not {n: k for n, k in names.items() if len(k) > 1}
    acronyms = owners({m.id: m.acronyms for m in mechanisms.values()})
    assert not {a: k for a, k in acronyms.items() if len(k) > 1 and not _nested(k, mechanisms)}


def _nested(ids: list[str], mechanisms: dict[str, MechanismPack]) -> bool:
    """Two that share an acronym must be parent and child (an organisation and its assembly)."""
    return any(mechanisms[a].parent == b for a in ids for b in ids)


def test_a_mechanism_is_found_by_its_cases(mechanisms: dict[str, MechanismPack]) -> None:
    """A text of a case is in one language: names of that one are looked for in it."""
    every = {m.id: (*(n for names in m.names.values() for n in names), *m.acronyms) for m in mechanisms.values()}
    names = owners(every)
    for m in mechanisms.values():
        for text in m.cases.found:
            assert m.id in {i for n in longest(text, names) for i in names[n]}, f"{m.id}: {text}"
        for text in m.cases.not_found:
            assert m.id not in {i for n in longest(text, names) for i in names[n]}, f"{m.id}: {text}"


def test_the_plus_makes_another_mechanism(mechanisms: dict[str, MechanismPack]) -> None:
    for m in mechanisms.values():
        if m.plus_of:
            plain = mechanisms[m.plus_of]
            for language, names in m.names.items():
                assert not set(names) & set(plain.names.get(language, ()))
            assert set(plain.parties) <= set(m.parties)
