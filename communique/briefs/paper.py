"""A brief on paper: its page, laid out as PDF by WeasyPrint."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from communique.briefs import page
from communique.briefs.frame import Brief
from communique.errors import CommuniqueError

REMEDY = "pip install 'communique[pdf]'; on Debian also: apt-get install libpangoft2-1.0-0 libharfbuzz-subset0"


def render(brief: Brief) -> bytes:
    """Return a brief as PDF; equal briefs give equal bytes.

    Raises:
        CommuniqueError: WeasyPrint, or what it draws with, is not installed.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as e:
        raise CommuniqueError(f"no PDF can be made here ({e})", remedy=REMEDY) from e
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    html = page.render(brief)
    made = HTML(string=html.decode(), url_fetcher=_nothing)
    laid: bytes = made.write_pdf(pdf_identifier=hashlib.sha256(html).digest()[:16], pdf_tags=True)
    return laid


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"a brief loads nothing: {url}")
