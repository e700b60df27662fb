"""Reviewing in the browser: who may, what a form must carry, and that what is done can be undone."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hostile import HOSTILE
from lxml import html
from support import PAGES, dump, record
from webpages import PASSWORD, pick, serving, sign_in, token, visitor, words

from communique import views
from communique.store import Store, accounts
from communique.views import Filter, Item


@pytest.fixture(autouse=True, scope="module")
def _each(database: str) -> str:
    return database


@pytest.fixture
def own(tmp_path: Path) -> Store:
    """A record of five pages, one of them hostile, with an account."""
    store = record(tmp_path / "r.db", *PAGES, HOSTILE)
    accounts.add(store, "Mai", PASSWORD)
    return store


@pytest.fixture
def stranger(own: Store) -> Iterator[httpx.Client]:
    """Someone who is not signed in."""
    with serving(own) as at, visitor(at) as client:
        yield client


@pytest.fixture
def mai(stranger: httpx.Client) -> httpx.Client:
    """Mai, signed in."""
    assert "What waits for a person" in sign_in(stranger).text
    return stranger


def talks(store: Store, source: str = "talks.txt") -> Item:
    (item,) = views.find(store, Filter(source=source, kind="engagement")).items
    return item


def send(client: httpx.Client, item: Item, action: str, **fields: str) -> httpx.Response:
    at = f"/review/item/{item.id}"
    return client.post(f"{at}/{action}", data={"token": token(client.get(at)), **fields})


# --- who may ------------------------------------------------------------------------------------------------------


def test_a_stranger_is_led_to_the_sign_in_page_and_changes_nothing(stranger: httpx.Client, own: Store) -> None:
    item, before = talks(own), dump(own)
    for address in ("/review", "/review/log", f"/review/item/{item.id}"):
        got = stranger.get(address)
        assert got.url.path == "/review/sign-in"
        assert "Sign in to review" in got.text
        assert item.quote not in got.text
    for address in (f"/review/item/{item.id}/accept", "/review/several", "/review/undo/d0", "/review/sign-out"):
        got = stranger.post(address, data={"token": "x", "item": item.id})
        assert got.url.path == "/review/sign-in"
    assert dump(own) == before


@pytest.mark.parametrize("word", ["", "x", "a" * 43])
def test_a_form_without_the_sessions_token_is_refused(mai: httpx.Client, own: Store, word: str) -> None:
    item, before = talks(own), dump(own)
    for address in (f"/review/item/{item.id}/reject", "/review/several", "/review/undo/d0", "/review/sign-out"):
        data = {"item": item.id, **({"token": word} if word else {})}
        assert mai.post(address, data=data).status_code == 403
    assert dump(own) == before


def test_a_form_of_another_site_is_refused_even_with_the_token(mai: httpx.Client, own: Store) -> None:
    item = talks(own)
    data = {"token": token(mai.get("/review"))}
    for site in ("cross-site", "same-site", "none"):
        got = mai.post(f"/review/item/{item.id}/reject", data=data, headers={"sec-fetch-site": site})
        assert got.status_code == 403
    assert talks(own).review == "machine"


def test_signing_in_needs_the_form_of_the_page(stranger: httpx.Client) -> None:
    data = {"name": "Mai", "password": PASSWORD, "token": "x"}
    assert stranger.post("/review/sign-in", data=data).status_code == 403


def test_wrong_passwords_are_throttled(stranger: httpx.Client) -> None:
    for _ in range(accounts.MOST):
        got = sign_in(stranger, password="guessed guessed")
        assert got.status_code == 401
        assert "do not fit" in got.text
    got = sign_in(stranger)
    assert got.status_code == 429
    assert "try again in 15 minutes" in got.text


def test_an_unknown_name_is_answered_like_a_known_one(stranger: httpx.Client) -> None:
    known, unknown = (sign_in(stranger, name, "guessed guessed") for name in ("Mai", "Lan"))
    bare = [re.sub(r'value="[^"]*"', "", got.text) for got in (known, unknown)]
    assert bare[0] == bare[1]
    assert known.status_code == unknown.status_code == 401


def test_many_names_from_one_address_are_throttled(own: Store) -> None:
    for n in range(accounts.MOST_OF_ADDRESS):
        assert accounts.sign_in(own, f"name {n}", "guessed", "192.0.2.1") is None
    with pytest.raises(accounts.TooManyError):
        accounts.sign_in(own, "Mai", PASSWORD, "192.0.2.1")
    assert accounts.sign_in(own, "Mai", PASSWORD, "192.0.2.2")


def test_the_cookie_is_for_the_server_alone_and_pages_are_not_kept(stranger: httpx.Client, own: Store) -> None:
    word = token(stranger.get("/review/sign-in"))
    data = {"token": word, "name": "Mai", "password": PASSWORD}
    got = stranger.post("/review/sign-in", data=data, follow_redirects=False)
    cookie = next(c for c in got.headers.get_list("set-cookie") if c.startswith("communique_session="))
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert "Path=/review" in cookie
    page = stranger.get("/review")
    assert page.headers["cache-control"] == "no-store"
    assert "etag" not in page.headers
    secret = cookie.partition("=")[2].partition(";")[0]
    with own.reading() as c:
        assert secret not in str(c.exec_driver_sql("SELECT * FROM sessions").all())
        assert PASSWORD not in str(c.exec_driver_sql("SELECT * FROM accounts").all())


def test_a_session_ends(mai: httpx.Client, own: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    late = time.time() + accounts.LASTS + 60
    monkeypatch.setattr(accounts.time, "time", lambda: late)
    assert mai.get("/review").url.path == "/review/sign-in"


def test_signing_out_and_removing_the_account_end_the_session(mai: httpx.Client, own: Store) -> None:
    kept = "; ".join(f"{name}={value}" for name, value in mai.cookies.items())
    mai.post("/review/sign-out", data={"token": token(mai.get("/review"))})
    assert mai.get("/review", headers={"cookie": kept}).url.path == "/review/sign-in"
    sign_in(mai)
    assert mai.get("/review").url.path == "/review"
    accounts.remove(own, "Mai")
    assert mai.get("/review").url.path == "/review/sign-in"


# --- what is done -------------------------------------------------------------------------------------------------


def test_correcting_a_date_and_undoing_it(mai: httpx.Client, own: Store) -> None:
    item, before = talks(own), dump(own)
    got = send(mai, item, "correct", **{"field:date": "2011-03-02", "reason": "the lead"})
    assert got.status_code == 200
    now = talks(own)
    assert (now.date, now.review) == ("2011-03-02", "corrected")
    assert {**now.values, "date": item.date} == dict(item.values)
    page = html.fromstring(got.text)
    assert "date: 2011-03-02 the lead" in words(page)
    (word,) = [f.get("action") for f in pick(page, "form") if "/review/undo/" in str(f.get("action"))]
    mai.post(word, data={"token": token(got), "item": item.id})
    assert dump(own) == before
    assert "undone" in words(html.fromstring(mai.get(f"/review/item/{item.id}").text))
    log = words(html.fromstring(mai.get("/review/log").text))
    assert "Mai undo d" in log
    assert "Mai correct" in log


def test_sending_every_field_as_shown_corrects_nothing(mai: httpx.Client, own: Store) -> None:
    for item in views.find(own, Filter(), limit=100).items:
        page = html.fromstring(mai.get(f"/review/item/{item.id}").text)
        fields = {e.get("name"): e.get("value") for e in pick(page, "input") if str(e.get("name")).startswith("field:")}
        fields |= {e.get("name"): e.text.removeprefix("\n") for e in pick(page, "textarea")}
        assert set(fields) == {f"field:{f}" for f in item.values}
        got = send(mai, item, "correct", **fields)
        assert got.status_code == 422
        assert "no field to correct" in got.text


def test_what_cannot_be_is_said_beside_what_was_typed(mai: httpx.Client, own: Store) -> None:
    got = send(mai, talks(own), "correct", **{"field:date": "soon", "reason": "why not"})
    assert got.status_code == 422
    page = html.fromstring(got.text)
    assert "date is no date" in words(page)
    assert [e.get("value") for e in pick(page, "input[name='field:date']")] == ["soon"]


def test_accept_reject_merge_split_and_several(mai: httpx.Client, own: Store) -> None:
    item = talks(own)
    send(mai, item, "accept")
    assert talks(own).review == "accepted"
    send(mai, item, "reject")
    assert talks(own).review == "rejected"
    first, second = views.find(own, Filter(kind="engagement", mechanism="HBF", source="forum.txt")).items[:2]
    got = send(mai, first, "merge", other=second.id, reason="one sitting")
    assert views.claim(own, first.id).entry == views.claim(own, second.id).entry
    other = pick(html.fromstring(got.text), "input[type='checkbox']")[0].get("value")
    send(mai, first, "split", other=other)
    assert views.claim(own, first.id).entry != views.claim(own, second.id).entry
    assert send(mai, first, "split").status_code == 422
    assert send(mai, first, "merge", other="nothing").status_code == 422
    assert send(mai, first, "burn").status_code == 404
    chosen = [first.id, second.id]
    mai.post("/review/several", data={"token": token(mai.get("/review")), "item": chosen, "action": "accept"})
    assert [views.claim(own, i).review for i in chosen] == ["accepted", "accepted"]
    assert {d.who for d in views.history(own, first)} == {"Mai"}


def test_hostile_text_stands_as_text(mai: httpx.Client, own: Store) -> None:
    items = views.find(own, Filter(source="hostile.txt")).items
    send(mai, items[0], "accept", reason="<script>alert(1)</script>")
    for address in ("/review", "/review/log", *(f"/review/item/{i.id}" for i in items)):
        got = mai.get(address)
        page = html.fromstring(got.text)
        assert got.status_code == 200
        assert not pick(page, "img, iframe, object, style, [style]")
        assert all(s.get("src", "").startswith("/static/") and not s.text for s in pick(page, "script"))
        assert not [a for e in page.iter() for a in e.attrib if a.startswith("on")]
        assert not set("\u202e\u2066") & set(got.text)


def test_a_form_that_is_too_large_or_none(mai: httpx.Client) -> None:
    for body, status in ((b"a=" + b"x" * 300_000, 413), (b"\xff\xfe", 400), (b"a=1&" * 3000, 400)):
        headers = {"content-type": "application/x-www-form-urlencoded"}
        assert mai.post("/review/several", content=body, headers=headers).status_code == status


def test_accounts_that_will_not_do(own: Store) -> None:
    for name, password in (
        ("", PASSWORD),
        ("a\nb", PASSWORD),
        ("<b>", PASSWORD),
        ("Lan", "short"),
        ("Lan", "x" * 2000),
    ):
        with pytest.raises(accounts.CommuniqueError):
            accounts.add(own, name, password)
    assert [name for name, _, _ in accounts.listed(own)] == ["Mai"]
