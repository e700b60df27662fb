"""Pages of ``cases/documents`` and texts of the language packs, each with what a reader must find."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_packs import DETECT, read_text

from communique.document.language import detect
from communique.loader import yamlfile
from communique.loader.detect import DetectCase
from communique.loader.outlet import OutletCase

FOLDER = Path(__file__).parents[2] / "cases" / "documents"
PAGES = [OutletCase(**c) for path in sorted(FOLDER.glob("*.yaml")) for c in yamlfile.read(path)[0]["cases"]]
TEXTS = [case for pack in DETECT for case in pack.cases]


@pytest.mark.parametrize("case", PAGES, ids=[c.name for c in PAGES])
def test_page(case: OutletCase) -> None:
    document = read_text(case.page, case.media, url=case.url)
    article, want = document.units[0], case.expect
    for field in want.model_fields_set & {"lang", "dateline", "published", "basis"}:
        assert getattr(article, field) == getattr(want, field), field
    if want.titles is not None:
        assert tuple(u.title for u in document.units) == want.titles
    if want.parts is not None:
        assert tuple((p.kind, article.text[p.start : p.end]) for p in article.parts) == want.parts
    for words in want.absent:
        assert words not in article.text


@pytest.mark.parametrize("case", TEXTS, ids=[c.text[:20] for c in TEXTS])
def test_language(case: DetectCase) -> None:
    assert detect(case.text, DETECT) == case.lang
