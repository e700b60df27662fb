"""Templates to pages. Everything is escaped; what could turn or hide text is neutralised before that."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from communique.web.reasons import said
from communique.web.speaking import ntr, speech, speeches, tr
from communique.web.words import FILTERS, neutral, path

HERE = Path(__file__).parent
STATIC = HERE / "static"


@cache
def environment() -> Environment:
    """Return the templates, made once."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        finalize=neutral,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(FILTERS, why=said)
    env.install_gettext_callables(tr, ntr, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(path=path, static=static, speech=speech, speeches=speeches)
    return env


@cache
def static(name: str) -> str:
    """Return the address of a file of ours, which changes when the file does."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={mark}"


def render(request: Request, template: str, status_code: int = 200, **values: Any) -> HTMLResponse:
    """Return the page of a template."""
    page = environment().get_template(template).render(request=request, **values)
    return HTMLResponse(page, status_code)
