"""A brief as a Word document (OOXML), its notes real footnotes. It opens in Word and LibreOffice."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from communique.briefs.frame import Brief, Note, linked, marked, readable, shown
from communique.briefs.page import numbered

LATIN, EAST = "Calibri", "SimSun"
EPOCH = (1980, 1, 1, 0, 0, 0)
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def render(brief: Brief) -> bytes:
    """Return a brief as .docx; equal briefs give equal bytes."""
    from docx import Document

    document = Document()
    _page(document, brief)
    _styles(document, brief.lang)
    document.add_paragraph(shown(brief.kind), style="Subtitle")
    document.add_heading(shown(brief.title), 0)
    for line in brief.head:
        document.add_paragraph(shown(line), style="Brief head")
    for id_, title, said in numbered(brief):
        document.add_heading(shown(title), 1)
        for sentence, numbers in said:
            paragraph = document.add_paragraph(shown(marked(sentence)), style="List Bullet")
            for n in numbers:
                _reference(paragraph, n)
        if id_ in brief.left_out:
            document.add_paragraph(style="List Bullet").add_run(shown(brief.left_out[id_])).italic = True
    _footnotes(document, brief)
    out = io.BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


def _page(document: Any, brief: Brief) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    core = document.core_properties
    made = dt.datetime.fromisoformat(brief.as_of)
    core.title, core.author, core.comments = shown(brief.title), "communique", shown(brief.head[-1])
    core.language, core.created, core.modified, core.last_modified_by = brief.lang, made, made, "communique"
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{shown(brief.title)} \u00b7 {brief.as_of} \u00b7 ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)


def _styles(document: Any, lang: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    def shaped(name: str, size: float, before: float = 0, after: float = 0, line: float | None = None) -> Any:
        style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.font.name = Pt(size), LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), EAST)
        style.font.color.rgb = RGBColor(0x1B, 0x1B, 0x1B)
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.line_spacing = Pt(line) if line else None
        return style

    styles = document.styles
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), lang)
    spoken.set(qn("w:eastAsia"), lang)
    shaped("Normal", 10, 0, 3, 13.5).element.get_or_add_rPr().append(spoken)
    shaped("Title", 16, 0, 4)
    shaped("Subtitle", 8, 0, 2).font.italic = False
    shaped("Heading 1", 11, 8, 3)
    hung = shaped("List Bullet", 10, 0, 3, 13.5).paragraph_format
    hung.left_indent, hung.first_line_indent = Pt(11), Pt(-11)
    shaped("Footer", 7)
    shaped("Brief head", 7.5, 0, 2, 9.6)
    shaped("footnote text", 7.2, 0, 1, 9.6)
    raised = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    raised.font.superscript = True


def _reference(paragraph: Any, n: int) -> None:
    from docx.oxml import parse_xml

    paragraph._p.append(
        parse_xml(
            f'<w:r {NS}><w:rPr><w:rStyle w:val="footnotereference"/><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{n}"/></w:r>'
        )
    )


def _footnotes(document: Any, brief: Brief) -> None:
    """Add the part of the notes; python-docx has no footnotes of its own."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml

    root = parse_xml(f"<w:footnotes {NS}>{SEPARATORS}</w:footnotes>")
    part = XmlPart(PackURI("/word/footnotes.xml"), FOOTNOTES, root, document.part.package)
    document.part.relate_to(part, RELATION)
    for n, note, before in brief.numbered():
        root.append(_note(brief, part, n, note, before))
    settings = document.settings.element
    marks = parse_xml(f'<w:footnotePr {NS}><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>')
    settings.find("w:compat", settings.nsmap).addprevious(marks)


def _note(brief: Brief, part: Any, n: int, note: Note, before: int | None) -> Any:
    from docx.oxml import parse_xml

    element = parse_xml(
        f'<w:footnote {NS} w:id="{n}"><w:p><w:pPr><w:pStyle w:val="footnotetext"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="footnotereference"/><w:vertAlign w:val="superscript"/></w:rPr>'
        "<w:footnoteRef/></w:r></w:p></w:footnote>"
    )
    paragraph = element[0]
    if before:
        paragraph.append(_run(f" {brief.as_note.format(n=before)}"))
        return element
    first, last = brief.quotes
    paragraph.append(_run(f" {'. '.join(brief.words_of(note))}: {first}{note.quote}{last}"))
    if url := linked(note.url):
        link = parse_xml(f'<w:hyperlink {NS} r:id="{part.relate_to(url, HYPERLINK, is_external=True)}"/>')
        link.append(_run(readable(url)))
        paragraph.append(_run(" "))
        paragraph.append(link)
    return element


def _run(text: str) -> Any:
    from docx.oxml import parse_xml

    run = parse_xml(f'<w:r {NS}><w:t xml:space="preserve"/></w:r>')
    blank = " " if text[:1] == " " else ""
    run[0].text = blank + shown(text)
    return run


def _without_clock(made: bytes) -> bytes:
    """Return a package of which no part has a time, and without the picture of the template that it began from."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return out.getvalue()
