"""The pages of review: what waits, one item with its sentence, and a person's word on it. For who is signed in."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from communique import views
from communique.errors import CommuniqueError
from communique.model import BY_HAND
from communique.store import Store
from communique.views import Item
from communique.views.entered import entering
from communique.web.api import Name, Record
from communique.web.cards import cards
from communique.web.render import render
from communique.web.signing import Form, Reviewer, Signed, Trusted, first
from communique.web.words import neutral, path

router = APIRouter(include_in_schema=False)
SHOWN = 50
MOST_AT_ONCE = 200
PREFIX = "field:"


@router.get("/review")
def queue(request: Request, store: Record, session: Signed) -> Response:
    """The items that wait for a person, the most doubtful first."""
    found = views.queue(store, SHOWN)
    told = list(zip(found, cards(store, [d.item for d in found]), strict=True))
    return render(request, "review.html", session=session, told=told, lost=views.lost(store))


@router.get("/review/log")
def log(request: Request, store: Record, session: Signed) -> Response:
    """Who did what, the latest first."""
    return render(request, "review_log.html", session=session, done=views.done(store, 200))


@router.get("/review/item/{item}")
def item(request: Request, store: Record, session: Signed, item: Name) -> Response:
    """An item with its sentence, its fields to correct, and what was decided on it."""
    return _item(request, store, session, _found(store, item))


@router.post("/review/item/{item}/{action}")
def decide(request: Request, store: Record, session: Reviewer, form: Trusted, item: Name, action: str) -> Response:
    """Keep what the person who is signed in decided on an item."""
    found, reason = _found(store, item), first(form, "reason")
    try:
        if action in ("accept", "reject"):
            store.decide(item, action, session.who, reason)
        elif action == "correct":
            store.decide(item, action, session.who, reason, _corrected(found, form))
        elif action == "merge":
            store.judge(item, first(form, "other"), "same", session.who, reason)
        elif action == "split":
            others = [x for x in form.get("other", []) if x][:MOST_AT_ONCE]
            if not others:
                raise CommuniqueError("from which?", remedy="choose at least one")
            for other in others:
                store.judge(item, other, "different", session.who, reason)
        else:
            raise HTTPException(404, f"There is no page {request.url.path}")
    except CommuniqueError as e:
        return _item(request, store, session, found, str(e), form)
    return RedirectResponse(path("review", "item", item), 303)


@router.post("/review/undo/{word}")
def undo(store: Record, session: Reviewer, form: Trusted, word: Name) -> Response:
    """Take a decision back: one's own, or as a keeper another's."""
    if not session.may("keeper") and views.decided_by(store, word) not in (None, session.who):
        raise HTTPException(403, "Only a keeper takes back what another decided.")
    store.undo(word, session.who, first(form, "reason"))
    back = first(form, "item")
    return RedirectResponse(path("review", "item", back) if back else "/review", 303)


@router.post("/review/several")
def several(store: Record, session: Reviewer, form: Trusted) -> Response:
    """Accept or reject all the items that were chosen in the queue."""
    action, reason = first(form, "action"), first(form, "reason")
    for item in form.get("item", [])[:MOST_AT_ONCE]:
        store.decide(item, action if action == "reject" else "accept", session.who, reason)
    return RedirectResponse("/review", 303)


def _found(store: Store, item: str) -> Item:
    found = views.claim(store, item)
    if found is None:
        raise HTTPException(404, f"The record has no item {item}")
    return found


def _shown(value: Any) -> str:
    return str(neutral(views.text_of(value)))


def _corrected(item: Item, form: Form) -> dict[str, Any]:
    """Return the fields that read otherwise than they were shown."""
    out = {}
    for name, (text, *_) in form.items():
        field = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and text.strip() != _shown(item.values.get(field)).strip():
            out[field] = views.value_of(item, field, text.strip())
    return out


def _item(
    request: Request, store: Store, session: Signed, found: Item, said: str = "", form: Form | None = None
) -> Response:
    given = form or {}
    fields = [
        (name, given.get(PREFIX + name, [_shown(value)])[0], isinstance(value, dict | list))
        for name, value in found.values.items()
    ]
    parts = [e for p in views.parts(store, found) if (e := views.part(store, p)) is not None]
    return render(
        request,
        "review_item.html",
        422 if said else 200,
        session=session,
        item=found,
        card=cards(store, [found], around=400)[0],
        fields=fields,
        parts=parts,
        history=views.history(store, found),
        entered=entering(store, found.id) if found.rule == BY_HAND else None,
        said=said,
        reason=first(given, "reason"),
    )
