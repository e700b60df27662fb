"""A brief holds what people accepted, each sentence with its words, and looks the same in every format."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree, html
from pypdf import PdfReader
from support import OPENED, PAGES

from communique import briefs, views
from communique.briefs.frame import MARK
from communique.cli import app
from communique.errors import CommuniqueError
from communique.loader.briefs import brief_packs
from communique.store import Store, open_store

NOW = "2026-11-22"
Opened = Callable[[Path, str], Path]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(store: Store, name: str, **asked: Any) -> briefs.Brief:
    return briefs.compose(store, name, **{"as_of": NOW, "lang": "en", **asked})


def opened_again(store: Store) -> Store:
    """Return the record as a command opens it, with what the packs know."""
    OPENED.append(open_store(Path(store.where), create=False))
    return OPENED[-1]


def said(brief: briefs.Brief) -> list[str]:
    return [s.text for section in brief.sections for s in section.sentences]


def notes(brief: briefs.Brief) -> list[briefs.Note]:
    return [n for section in brief.sections for s in section.sentences for n in s.notes]


# --- what stands in it --------------------------------------------------------------------------------------------


def test_only_what_a_person_accepted_stands_in_it(store: Store) -> None:
    brief = made(store, "VN-RU")
    assert "Vietnam" in brief.title
    assert said(brief)
    assert not any(n.machine for n in notes(brief))
    assert any("left out" in line for line in brief.head)
    assert not any("搜救" in s for s in said(brief)), "the commitment was not accepted"


def test_what_only_a_machine_read_is_marked(store: Store) -> None:
    brief = made(store, "VN-RU", machine=True)
    pledged = [s for section in brief.sections for s in section.sentences if "搜救" in s.text]
    assert pledged
    assert all(s.machine for s in pledged)
    page = briefs.render(brief, "md").decode()
    assert re.search(rf"^- {MARK} .*搜救", page, re.M)
    talks = [s for section in brief.sections for s in section.sentences if "met for talks" in s.text]
    assert talks
    assert not talks[0].machine


def test_a_corrected_value_is_told_as_corrected(store: Store) -> None:
    brief = made(store, "HBF")
    assert any("round 5" in s.lower() and "September 2021" in s for s in said(brief))
    assert any(n.review == "corrected by a person" for n in notes(brief))


def test_every_sentence_has_a_note_and_every_quote_stands_in_its_document(store: Store) -> None:
    for name in ("VN-RU", "HBF", "VN", "RU", "丁海山"):
        for lang in brief_packs():
            brief = made(store, name, machine=True, lang=lang)
            assert said(brief), name
            assert all(s.notes for section in brief.sections for s in section.sentences)
            for note in notes(brief):
                block = views.unit(store, note.unit)
                assert block is not None
                assert note.quote in block.unit.text
                assert any(i.id == note.item and i.quote == note.quote for i in block.items)
                assert note.outlet
                assert note.date


def test_it_is_frozen(store: Store) -> None:
    once, again = made(store, "VN-RU", machine=True), made(store, "VN-RU", machine=True)
    assert once == again
    for form in briefs.FORMATS:
        assert briefs.render(once, form) == briefs.render(again, form), form
    assert any("22 November 2026" in line for line in once.head)
    assert any(once.digest[:16] in line for line in once.head)


def test_its_digest_changes_with_a_decision_and_comes_back(store: Store) -> None:
    before = made(store, "VN-RU").digest
    claim = PAGES[2].claims[0]
    decision = store.decide(claim.id, "accept", "reader", "")
    assert made(store, "VN-RU").digest != before
    store.undo(decision, "reader")
    assert made(store, "VN-RU").digest == before


def test_what_was_told_later_is_not_in_it(store: Store) -> None:
    early = made(store, "VN-RU", machine=True, as_of="2021-07-06")
    assert {n.date for n in notes(early)} >= {"told 6 July 2021"}
    assert not any("7 July 2021" in n.date for n in notes(early))
    none = made(store, "VN-RU", since="2022")
    assert not said(none)


def test_it_keeps_to_its_pages_and_says_what_it_left_out(store: Store) -> None:
    long = made(store, "VN", machine=True, pages=50)
    short = made(store, "VN", machine=True, pages=1)
    assert len(said(short)) <= len(said(long))
    assert PdfReader(io.BytesIO(briefs.render(short, "pdf"))).get_num_pages() == 1
    assert len(said(long)) == len(said(short)) + sum(s.left_out for s in short.sections)


@pytest.mark.parametrize(
    ("name", "asked", "says"),
    [
        ("nobody at all", {}, "nothing named"),
        ("VN-RU", {"lang": "xx"}, "no brief is written in 'xx'"),
        ("VN-RU", {"since": "soon"}, "no date"),
        ("VN-RU", {"pages": 0}, "no brief of 0 pages"),
    ],
)
def test_what_cannot_be_said(store: Store, name: str, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(CommuniqueError, match=says):
        made(store, name, **asked)


# --- how it looks -------------------------------------------------------------------------------------------------


def test_a_page_has_every_note_and_nothing_of_the_sources_is_markup(store: Store) -> None:
    brief = made(store, "SG", machine=True)
    assert any("<script>" in s for s in said(brief))
    page = html.fromstring(briefs.render(brief, "html"))
    assert not page.xpath("//script | //img | //*[@onerror] | //b")
    assert "\u202e" not in page.text_content()
    assert len(page.xpath("//section[@class='notes']//li")) == len(notes(brief))
    for link in page.xpath("//span[@class='refs']/a/@href"):
        assert page.get_element_by_id(link[1:]) is not None
    plain = briefs.render(brief, "md").decode()
    assert "<script>" not in plain.replace("\\<", "")
    assert "\u202e" not in plain


def test_a_word_document_has_real_footnotes(store: Store) -> None:
    brief = made(store, "VN-RU", machine=True)
    data = briefs.render(brief, "docx")
    document = Document(io.BytesIO(data))
    text = "\n".join(p.text for p in document.paragraphs)
    assert all(s in text for s in said(brief))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {n: etree.fromstring(package.read(n)) for n in package.namelist() if n.endswith(".xml")}
    called = [e.get(f"{W}id") for e in parts["word/document.xml"].iter(f"{W}footnoteReference")]
    there = {e.get(f"{W}id"): "".join(e.itertext()) for e in parts["word/footnotes.xml"].iter(f"{W}footnote")}
    assert called == [str(n) for n, _, _ in brief.numbered()]
    for n, note, before in brief.numbered():
        assert before or note.quote in there[str(n)]


@pytest.mark.parametrize("lang", brief_packs())
def test_libreoffice_reads_every_note(store: Store, tmp_path: Path, lang: str, opened: Opened) -> None:
    brief = made(store, "VN-RU", machine=True, lang=lang)
    path = tmp_path / f"brief-{lang}.docx"
    path.write_bytes(briefs.render(brief, "docx"))
    with zipfile.ZipFile(opened(path, "odt")) as package:
        content = etree.fromstring(package.read("content.xml"))
    read = ["".join(e.itertext()) for e in content.iter("{*}note")]
    assert len(read) == len(notes(brief))
    for n, note, before in brief.numbered():
        assert before or note.quote in read[n - 1]


def test_libreoffice_prints_it_on_its_pages(store: Store, tmp_path: Path, opened: Opened) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(briefs.render(made(store, "VN", machine=True), "docx"))
    assert 1 <= len(PdfReader(opened(path, "pdf")).pages) <= briefs.PAGES


def test_the_command_writes_each_format(store: Store, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    same = opened_again(store)
    for form in briefs.FORMATS:
        path = tmp_path / f"b.{form}"
        done = CliRunner().invoke(app, ["brief", "VN-RU", "--record", store.where, "-o", str(path), "--as-of", NOW])
        assert done.exit_code == 0, done.output
        assert path.read_bytes() == briefs.render(made(same, "VN-RU"), form)
    done = CliRunner().invoke(app, ["brief", "VN-RU", "--record", store.where, "-o", "b.odt"])
    assert "ends in .docx" in str(done.exception)
