"""PDF communiques: paragraphs as they were written, whatever the page did to them; hostile files end in a line."""

from __future__ import annotations

from pathlib import Path

import pdfs
import pytest
from document_packs import read_bytes

from communique.errors import SourceError
from communique.model import Document, Raw
from communique.source import open_sources

ZH = (
    "两国防务部门举行第三次工作磋商的联合新闻公报",
    [
        "两国防务部门第三次工作磋商于二〇二四年五月六日在河内举行，双方代表团团长共同主持了会议，就地区形势和双边防务合作深入交换了意见。",
        "双方商定明年在对方首都举行第四次磋商。",
        "双方还同意在人道主义援助与救灾、联合国维和行动、军事医学等领域扩大合作，并为青年军官互访提供便利条件，会后双方签署了会议纪要。",
    ],
)
EN = (
    "Joint Statement of the Third Defence Consultation",
    [
        "The third defence consultation between the two ministries was held in Hanoi on 6 May 2024 by both heads.",
        "They agreed to meet again next year.",
        "They also agreed to widen cooperation in disaster relief, peacekeeping, medicine and to exchange officers.",
    ],
)
VI = (
    "Thông cáo chung của hai Bộ Quốc phòng",
    [
        "Cuộc tham vấn quốc phòng lần thứ ba giữa hai bộ diễn ra tại Hà Nội ngày 6 tháng 5 năm 2024 về an ninh.",
        "Hai bên nhất trí gặp lại vào năm sau.",
    ],
)


def lines(document: Document) -> list[str]:
    return document.units[0].text.split("\n\n")


@pytest.mark.parametrize(("page", "per_line", "lang"), [(ZH, 37, "zh-Hans"), (EN, 74, "en"), (VI, 74, "vi")])
@pytest.mark.parametrize("foot", ["", "Bulletin of the Ministry"])
def test_paragraphs_come_out_as_they_were_written(
    page: tuple[str, list[str]], per_line: int, lang: str, foot: str
) -> None:
    title, text = page
    many = [f"{chr(0x41 + n)}-{words}" for n, words in enumerate(text * 4)]
    document = read_bytes(pdfs.typeset(title, many, per_line, 9, foot), "application/pdf", "a.pdf")
    assert lines(document) == [title, *many]
    (unit,) = document.units
    assert (unit.title, unit.lang) == (title, lang)
    assert "outlet unknown: read by the general layout" in document.notes


def test_a_file_is_known_by_its_form(tmp_path: Path) -> None:
    pdfs.write(tmp_path / "communique", pdfs.typeset(EN[0], EN[1], 74))
    (raw,) = open_sources([str(tmp_path / "communique")])
    assert isinstance(raw, Raw)
    assert raw.media == "application/pdf"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n" + b"rubbish" * 100, "cannot be opened"),
        (pdfs.pdf([[]]), "a picture"),
        (pdfs.pdf([[]] * 301), "more than 300 pages"),
        (pdfs.typeset(*EN, 74)[:900], "the PDF"),
    ],
    ids=["rubbish", "scan", "book", "cut off"],
)
def test_what_cannot_be_read_is_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as told:
        read_bytes(data, "application/pdf", "a.pdf")
    assert reason in str(told.value)
    assert "\n" not in str(told.value)
    assert "a.pdf" in str(told.value)


def test_a_pdf_that_takes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.document.pdf.SECONDS", 0.01)
    with pytest.raises(SourceError, match="not opened within"):
        read_bytes(pdfs.typeset(*EN, 74), "application/pdf", "a.pdf")
