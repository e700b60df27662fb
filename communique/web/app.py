"""The application: pages and API over one open record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from communique import __version__
from communique.errors import CommuniqueError, RecordError
from communique.store import Store, open_store
from communique.views.desk import Desk
from communique.web import api, byhand, charting, feeding, grid, pages, review, signing, things, visiting
from communique.web.render import STATIC, render
from communique.web.security import Guard

ABOUT = (
    "Items read from diplomatic and defence news, each with the words that say so, the rule that made it and whether "
    "a person accepted it. Read-only. What a machine coded is a reading of one text, not a settled fact."
)


def create_app(
    record: str | Path | Store, hosts: Sequence[str] = ("localhost",), proxy: signing.Proxy | None = None
) -> FastAPI:
    """Return the application that serves a record.

    Args:
        record: file of a record that exists, or an open one. hosts: names under which it may be asked, beside
            addresses in digits. proxy: a server in front that says who asks, in place of signing in here.

    Raises:
        RecordError: there is no such record or it cannot be opened.
    """
    store = record if isinstance(record, Store) else open_store(record, create=False)
    app = FastAPI(
        title="communique",
        version=__version__,
        description=ABOUT,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.store = store
    app.state.proxy = proxy
    desk = app.state.desk = Desk(store)
    app.include_router(api.router)
    app.include_router(pages.router)
    app.include_router(things.router)
    app.include_router(visiting.router)
    app.include_router(feeding.router)
    app.include_router(charting.router)
    app.include_router(signing.router)
    app.include_router(review.router)
    app.include_router(grid.router)
    app.include_router(byhand.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(
        Guard,
        hosts=tuple(h.lower() for h in hosts),
        mark=lambda: f"{__version__}-{desk.look()}-{desk.mark}-{dt.date.today():%j}",  # noqa: DTZ011 - the day of who reads
        known=lambda: store.known,
    )
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(CommuniqueError, _trouble)
    app.add_exception_handler(signing.NotSignedInError, signing.to_sign_in)
    return app


def _answer(request: Request, status: int, said: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": said}, status)
    return render(request, "trouble.html", status, status=status, said=said)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = str(error.detail)
    if said == "Not Found":
        said = f"There is no page {request.url.path}"
    return _answer(request, error.status_code, said)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = error.errors()
    said = "; ".join(f"{'.'.join(str(x) for x in e['loc'][1:]) or 'address'}: {e['msg']}" for e in errors)
    if any(e["type"] == "extra_forbidden" for e in errors) and (known := _may_be_asked(request)):
        said += f". What may be asked here: {', '.join(known)}"
    return _answer(request, 422, said)


def _may_be_asked(request: Request) -> list[str]:
    """Return the names that an address of the route may carry after its question mark."""
    dependant = getattr(request.scope.get("route"), "dependant", None)
    models = (getattr(p.field_info, "annotation", None) for p in getattr(dependant, "query_params", ()))
    return [name for m in models for name in getattr(m, "model_fields", ())]


def _trouble(request: Request, error: Exception) -> Response:
    return _answer(request, 503 if isinstance(error, RecordError) else 422, str(error))
