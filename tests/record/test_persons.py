"""When name forms of several scripts and languages become one person, and when they stay apart."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from support import Told, person, told

from communique import exports, views
from communique.loader.packs import load
from communique.record import known_from
from communique.store import Store, open_store

KNOWN = known_from(load())
DEFENCE = {"zh": "国防部部长", "vi": "Bộ trưởng Bộ Quốc phòng", "en": "Minister of National Defence"}
FOREIGN = {"zh": "外交部部长", "vi": "Bộ trưởng Bộ Ngoại giao", "en": "Foreign Minister"}


def unit(source: str, *people: tuple[str, str | None], lang: str = "zh-Hans", **more: Any) -> Told:
    """A page that names people with an office, or none."""
    body = "。".join(f"{office or ''} {name}" for name, office in people) + "。"
    latin = more.pop("latin", None)
    items = [person(n, n, "VN", offices=[o] if o else [], latin=latin) for n, o in people]
    return told(source, "一页", body + more.pop("text", ""), [*items, *more.pop("items", ())], lang=lang, **more)


def meeting(source: str, name: str, other: str, date: str = "2024-03-12", lang: str = "zh-Hans") -> Told:
    """A page on which a Vietnamese meets a Russian on a day; neither has an office."""
    quote = f"{name} – {other}"
    talks = {
        "kind": "engagement", "quote": quote, "type": "talks", "status": "held", "date": date, "mechanism": None,
        "ordinal": None, "place": None,
        "participants": [
            {"name": name, "country": "VN", "role": "host"},
            {"name": other, "country": "RU", "role": "guest"},
        ],
    }  # fmt: skip
    return unit(source, (name, None), lang=lang, text=quote, items=[talks])


ZH = unit("zh.txt", ("吴春历", DEFENCE["zh"]))
TW = unit("tw.txt", ("吳春歷", "國防部部長"), lang="zh-Hant")
VI = unit("vi.txt", ("Ngô Xuân Lịch", DEFENCE["vi"]), lang="vi")
EN = unit("en.txt", ("Ngo Xuan Lich", DEFENCE["en"]), lang="en")


def store_of(folder: Path, *pages: Told) -> Store:
    store = open_store(folder / "r.db", known=KNOWN)
    for page in pages:
        store.add(page)
    return store


def people(store: Store) -> set[frozenset[str]]:
    """The names of every person of the record, as written."""
    out = set()
    for row in views.entries_list(store, "person"):
        entry = views.entry(store, row.id)
        assert entry is not None
        out.add(frozenset(str(v.value) for v in entry.values if v.field == "name"))
    return out


def one(*names: str) -> set[frozenset[str]]:
    return {frozenset(names)}


def apart(*names: str) -> set[frozenset[str]]:
    return {frozenset([n]) for n in names}


def test_one_minister_in_four_scripts_is_one_person_with_the_reason(tmp_path: Path) -> None:
    store = store_of(tmp_path, ZH, TW, VI, EN)
    assert people(store) == one("吴春历", "吳春歷", "Ngô Xuân Lịch", "Ngo Xuan Lich")
    shown = views.person(store, "吳春歷")
    assert shown is not None
    by_source = {t.item.source: t.reason for t in shown.entry.tellings}
    assert "吴春历 reads Ngô Xuân Lịch" in by_source["vi.txt"]
    assert "same office (minister of defence)" in by_source["vi.txt"]
    assert "reading|" not in "".join(by_source.values())
    assert not shown.doubts
    assert views.doubts(store) == ()


CASES: dict[str, tuple[list[Told], set[frozenset[str]]]] = {
    "only the name": (
        [unit("a", ("吴春历", None)), unit("b", ("Ngô Xuân Lịch", None), lang="vi")],
        apart("吴春历", "Ngô Xuân Lịch"),
    ),
    "another office": (
        [ZH, unit("b", ("Ngô Xuân Lịch", FOREIGN["vi"]), lang="vi")],
        apart("吴春历", "Ngô Xuân Lịch"),
    ),
    "an office that says too little": (
        [unit("a", ("吴春历", "部长")), unit("b", ("Ngô Xuân Lịch", "Bộ trưởng"), lang="vi")],
        apart("吴春历", "Ngô Xuân Lịch"),
    ),
    "another name": (
        [ZH, unit("b", ("Phan Văn Giang", DEFENCE["vi"]), lang="vi")],
        apart("吴春历", "Phan Văn Giang"),
    ),
    "a second reading": (
        [unit("a", ("武德赏", "国家主席")), unit("b", ("Võ Đức Thưởng", "Chủ tịch nước"), lang="vi")],
        one("武德赏", "Võ Đức Thưởng"),
    ),
    "the place of a tone": (
        [unit("a", ("张和平", "副总理")), unit("b", ("Trương Hoà Bình", "Phó Thủ tướng"), lang="vi")],
        one("张和平", "Trương Hoà Bình"),
    ),
    "marks differ: two people": (
        [
            unit("a", ("Nguyễn Văn Đại", DEFENCE["vi"]), lang="vi"),
            unit("b", ("Nguyễn Văn Đài", DEFENCE["vi"]), lang="vi"),
        ],
        apart("Nguyễn Văn Đại", "Nguyễn Văn Đài"),
    ),
    "letters read alike, but the marks of the printed name differ": (
        [unit("a", ("阮文台", DEFENCE["zh"])), unit("b", ("Nguyễn Văn Đại", DEFENCE["vi"]), lang="vi")],
        apart("阮文台", "Nguyễn Văn Đại"),
    ),
    "two who fit one spelling without marks": (
        [
            unit("a", ("Nguyễn Văn Đại", DEFENCE["vi"]), lang="vi"),
            unit("b", ("Nguyễn Văn Đài", DEFENCE["vi"]), lang="vi"),
            unit("c", ("Nguyen Van Dai", DEFENCE["en"]), lang="en"),
        ],
        apart("Nguyễn Văn Đại", "Nguyễn Văn Đài", "Nguyen Van Dai"),
    ),
    "two letters of one sound, one of them in office": (
        [
            unit("a", ("阮文成", DEFENCE["zh"])),
            unit("b", ("阮文诚", "越友会主席")),
            unit("c", ("Nguyễn Văn Thành", DEFENCE["vi"]), lang="vi"),
        ],
        {frozenset(["阮文成", "Nguyễn Văn Thành"]), frozenset(["阮文诚"])},
    ),
    "two letters of one sound on one page": (
        [
            unit("a", ("阮文成", DEFENCE["zh"]), ("阮文诚", DEFENCE["zh"])),
            unit("c", ("Nguyễn Văn Thành", DEFENCE["vi"]), lang="vi"),
        ],
        apart("阮文成", "阮文诚", "Nguyễn Văn Thành"),
    ),
    "an outlet's other letters for a man in the same office": (
        [
            unit("a", ("黎明慨", "副总理")),
            unit("b", ("黎明概", "副总理")),
            unit("c", ("Lê Minh Khái", "Phó Thủ tướng"), lang="vi"),
        ],
        one("黎明慨", "黎明概", "Lê Minh Khái"),
    ),
    "the day's meeting": (
        [meeting("a", "吴春历", "伊万"), meeting("b", "Ngo Xuan Lich", "Ivan", lang="en")],
        one("吴春历", "Ngo Xuan Lich"),
    ),
    "a meeting of another day": (
        [meeting("a", "吴春历", "伊万"), meeting("b", "Ngo Xuan Lich", "Ivan", "2024-03-19", lang="en")],
        apart("吴春历", "Ngo Xuan Lich"),
    ),
    "what a page prints beside the letters decides how they read": (
        [
            unit("a", ("阮文酉", DEFENCE["zh"]), latin="Nguyễn Văn Giàu"),
            unit("b", ("Nguyễn Văn Giàu", DEFENCE["vi"]), lang="vi"),
        ],
        one("阮文酉", "Nguyễn Văn Giàu"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_who_is_one_and_who_stays_apart(name: str, tmp_path: Path) -> None:
    pages, want = CASES[name]
    assert people(store_of(tmp_path, *pages)) == want


@pytest.mark.parametrize("name", [n for n in CASES if len(CASES[n][0]) > 1])
def test_the_order_of_reading_changes_nothing(name: str, tmp_path: Path) -> None:
    pages, _ = CASES[name]
    said = set()
    for n, order in enumerate(itertools.permutations(pages)):
        (tmp_path / str(n)).mkdir()
        said.add(b"".join(exports.pieces(store_of(tmp_path / str(n), *order), "jsonl")))
    assert len(said) == 1


def test_what_is_unsure_waits_and_is_shown_on_both_sides(tmp_path: Path) -> None:
    store = store_of(tmp_path, unit("a", ("吴春历", None)), VI)
    left, right = views.person(store, "吴春历"), views.person(store, "Ngô Xuân Lịch")
    assert left is not None
    assert right is not None
    assert [(d.entry, d.name) for d in left.doubts] == [(right.entry.id, "Ngô Xuân Lịch")]
    assert [(d.entry, d.name) for d in right.doubts] == [(left.entry.id, "吴春历")]
    assert "nothing but the name" in left.doubts[0].reason
    assert [{a.entry, b.entry} for a, b in views.doubts(store)] == [{left.entry.id, right.entry.id}]


@pytest.mark.parametrize("gone", ["zh.txt", "vi.txt", "en.txt"])
def test_forgetting_a_page_leaves_what_would_have_been_without_it(gone: str, tmp_path: Path) -> None:
    pages = [ZH, TW, VI, EN]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    store = store_of(tmp_path / "a", *pages)
    store.forget(gone)
    without = store_of(tmp_path / "b", *(p for p in pages if p.document.source != gone))
    assert b"".join(exports.pieces(store, "jsonl")) == b"".join(exports.pieces(without, "jsonl"))


def test_a_judgement_goes_with_its_evidence_and_comes_back_with_it(tmp_path: Path) -> None:
    bare = unit("bare.txt", ("Ngô Xuân Lịch", None), lang="vi")
    store = store_of(tmp_path, ZH, bare)
    assert people(store) == apart("吴春历", "Ngô Xuân Lịch")
    store.add(VI)
    assert people(store) == one("吴春历", "Ngô Xuân Lịch")
    store.forget("vi.txt")
    assert people(store) == apart("吴春历", "Ngô Xuân Lịch")


def test_a_second_who_fits_parts_what_was_joined(tmp_path: Path) -> None:
    store = store_of(
        tmp_path,
        unit("a", ("Nguyễn Văn Đại", DEFENCE["vi"]), lang="vi"),
        unit("c", ("Nguyen Van Dai", DEFENCE["en"]), lang="en"),
    )
    assert people(store) == one("Nguyễn Văn Đại", "Nguyen Van Dai")
    store.add(unit("b", ("Nguyễn Văn Đài", DEFENCE["vi"]), lang="vi"))
    assert people(store) == apart("Nguyễn Văn Đại", "Nguyễn Văn Đài", "Nguyen Van Dai")


def test_a_reading_is_shown_as_reconstructed_until_a_source_prints_the_name(tmp_path: Path) -> None:
    store = store_of(tmp_path, unit("a", ("武文赏", "国家主席")))
    shown = views.person(store, "武文赏")
    assert shown is not None
    assert shown.latin is None
    assert shown.reconstructed == ("Võ Văn Thưởng", "Vũ Văn Thưởng")
    store.add(unit("b", ("Vo Van Thuong", "State President"), lang="en"))
    shown = views.person(store, "武文赏")
    assert shown is not None
    assert shown.reconstructed == ("Võ Văn Thưởng",), "the spelling without marks chooses between the readings"
    store.add(unit("c", ("Võ Văn Thưởng", "Chủ tịch nước"), lang="vi"))
    shown = views.person(store, "武文赏")
    assert shown is not None
    assert shown.reconstructed == ()
    assert "Võ Văn Thưởng" in (shown.name, *shown.spellings)


def test_the_export_marks_readings_and_never_calls_them_printed(tmp_path: Path) -> None:
    store = store_of(tmp_path, ZH)
    said = b"".join(exports.pieces(store, "jsonl")).decode()
    assert '"latin": null' in said
    assert '"reconstructed": ["Ngô Xuân Lịch"]' in said
    store.add(VI)
    assert "reconstructed" not in b"".join(exports.pieces(store, "jsonl")).decode()


@pytest.mark.parametrize("asked", ["Ngô Xuân Lịch", "Ngo Xuan Lich", "NGO XUAN LICH", "吳春歷"])
def test_a_person_read_in_one_script_is_found_by_the_name_in_the_other(asked: str, tmp_path: Path) -> None:
    shown = views.person(store_of(tmp_path, ZH), asked)
    assert shown is not None
    assert shown.name == "吴春历"
