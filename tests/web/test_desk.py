"""What the desk answers at once is what the record answers; languages, roles, what is new, names while one types."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st
from support import PAGES, record
from webpages import asking, pick, visitor, words

from communique import views, web
from communique.store import Store, accounts
from communique.views import Filter
from communique.views.desk import Desk
from communique.web.comparing import COARSER
from communique.web.doubting import MEANING, TAGS
from communique.web.reasons import FORMS
from communique.web.security import HEADERS
from communique.web.speaking import LOCALES, speeches
from communique.web.vocabulary import WORDS
from communique.web.words import _FIELDS, _MARKS, _SHORT

WEB = Path(web.__file__).parent
ASKED = {
    "text": ("会谈", "越南", "dinh hai son", '"海港论坛"', "第", "zzzz", "met the"),
    "kind": ("engagement", "person", "commitment", "tie"),
    "type": ("talks", "session"),
    "state": ("VN", "俄罗斯", "SG", "Atlantis"),
    "other": ("RU", "VN"),
    "person": ("丁海山", "Ivan Petrov", "nobody"),
    "mechanism": ("HBF", "海港论坛", "none"),
    "topic": ("hadr",),
    "since": ("2017", "2021-07-06"),
    "until": ("2016", "2021"),
    "status": ("held", "planned"),
    "outlet": ("desk",),
    "lang": ("zh", "zh-Hans", "vi"),
    "review": ("machine", "accepted"),
    "source": ("talks.txt",),
}


@given(
    st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in ASKED.items()}),
    st.sampled_from(("newest", "oldest", "text")),
    st.integers(0, 6),
)
@settings(max_examples=150, deadline=None)
def test_the_desk_finds_what_the_record_finds(store: Store, asked: dict[str, str], order: str, start: int) -> None:
    desk, fits = Desk(store), Filter(**asked)
    here = desk.find(fits, order=order, limit=5, start=start)
    there = views.find(store, fits, order=order, limit=5, start=start)
    assert here.total == there.total
    assert [i.id for i in here.items] == [i.id for i in there.items]
    counted = views.facets(store, fits, 50)
    found = desk.facets(fits, 50)
    for name in ("kind", "type", "status", "review", "outlet", "lang", "year", "topic"):
        assert found[name] == counted[name], name
    if asked.get("text"):
        texts = views.find_units(store, fits, limit=5)
        assert desk.texts(fits, limit=5).total == texts.total


def test_facets_name_persons_and_mechanisms_by_what_narrows_to_them(store: Store) -> None:
    desk = Desk(store)
    for name in ("person", "mechanism"):
        found = desk.facets(Filter())[name]
        assert found
        for f in found:
            assert views.find(store, Filter(**{name: f.value})).total == f.count


def test_lists_are_those_of_the_record(store: Store) -> None:
    desk = Desk(store)
    for kind in ("person", "mechanism", "engagement", "tie", "commitment"):
        here = {r.id: (r.items, r.first, r.last) for r in desk.listing(kind, limit=200)}
        assert here == {r.id: (r.items, r.first, r.last) for r in views.entries_list(store, kind, limit=200)}
    assert desk.counts() == views.counts(store)


def test_what_is_decided_is_seen_at_once(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", *PAGES)
    desk = Desk(store)
    item = desk.find(Filter(type="talks")).items[0]
    assert desk.find(Filter(review="accepted")).total == 0
    store.decide(item.id, "accept", "reader", "as it stands")
    assert [i.id for i in desk.find(Filter(review="accepted")).items] == [item.id]
    store.close()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("丁海", "丁海山"),
        ("dinh hai", "Đinh Hải Sơn"),
        ("petrov", "伊万·彼得罗夫"),
        ("hbf", "Harbour Forum"),
        ("越南 俄罗斯", "Russia"),
    ],
)
def test_names_are_offered_while_one_types(client: httpx.Client, typed: str, name: str) -> None:
    got = client.get("/names", params={"text": typed}, headers={"accept-language": "en"})
    assert name in " ".join(f"{o['name']} {o['also']}" for o in got.json())
    for offered in got.json():
        assert client.get(offered["href"]).status_code == 200


def test_the_part_that_changes_is_the_part_of_the_page(client: httpx.Client) -> None:
    asked = {"text": "会谈", "kind": "engagement"}
    part = client.get("/find/part", params=asked).text
    assert part.strip() in client.get("/find", params=asked).text
    assert (
        client.get("/find/part", params=asked).headers["content-security-policy"] == HEADERS["content-security-policy"]
    )


# --- languages --------------------------------------------------------------------------------------------------


def said() -> set[str]:
    """Return everything that the pages say, in the language of the templates."""
    methods = [("templates/**.html", "jinja2"), ("**.py", "python")]
    options = {"templates/**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true"}}
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "tr": None, "ntr": (1, 2), "trans": None}
    found = {m[0] if isinstance(m, tuple) else m for _, _, m, _, _ in extract_from_dir(WEB, methods, options, keywords)}
    more = (
        *WORDS,
        *_FIELDS.values(),
        *_SHORT.values(),
        *_MARKS.values(),
        *TAGS.values(),
        *MEANING.values(),
        COARSER,
        *FORMS,
    )
    return {m for m in (*found, *more) if m}


@pytest.mark.parametrize("path", sorted(LOCALES.glob("*.po")), ids=lambda p: p.stem)
def test_a_catalogue_says_everything(path: Path) -> None:
    catalogue = read_po(BytesIO(path.read_bytes()))
    known = {(m.id[0] if isinstance(m.id, tuple) else m.id): m.string for m in catalogue if m.id}
    assert not sorted(said() - set(known)), "not yet in the catalogue"
    for text, translated in known.items():
        listed = translated if isinstance(translated, list | tuple) else [translated]
        for one in listed:
            assert one, text
            holes = set(re.findall(r"%\((\w+)\)s", text))
            assert set(re.findall(r"%\((\w+)\)s", one)) <= holes | {"n"}, text
            assert re.findall(r"<(/?\w+)>", one) == re.findall(r"<(/?\w+)>", text) or "bdi" in text


def test_a_reader_chooses_a_language(client: httpx.Client) -> None:
    plain = client.get("/pair/RU-VN", headers={"accept-language": "en"})
    assert "Last told to have met" in plain.text
    by_header = client.get("/pair/RU-VN", headers={"accept-language": "fr, zh-CN;q=0.8, en;q=0.2"})
    assert "俄罗斯 – 越南" in words(pick(read(by_header), "h1")[0])
    assert pick(read(by_header), "html, body") is not None
    assert by_header.headers["etag"] != plain.headers["etag"]
    with visitor(client.base_url, follow=False) as own:
        got = own.get("/language/vi", params={"to": "/state/VN?a=b"})
        assert (got.status_code, got.headers["location"]) == (303, "/state/VN?a=b")
        page = read(own.get("/state/RU"))
        assert page.get("lang") == "vi"
        assert "Nga" in words(pick(page, "h1")[0])


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "x"]
)
def test_a_choice_of_language_leads_nowhere_else(client: httpx.Client, to: str) -> None:
    got = httpx.get(f"{client.base_url}/language/zh", params={"to": to}, trust_env=False)
    assert (got.status_code, got.headers["location"]) == (303, "/")


PAGES_SAID = (
    "/", "/find?text=会谈", "/pair/RU-VN", "/state/VN", "/mechanism/HBF", "/due?every=true", "/conflicts", "/about",
    "/api", "/new", "/list/person", "/list/documents", "/review/sign-in", "/nowhere",
)  # fmt: skip


@pytest.mark.parametrize("code", list(speeches()))
def test_every_page_speaks(client: httpx.Client, code: str) -> None:
    for address in PAGES_SAID:
        got = client.get(address, headers={"cookie": f"communique_language={code}"})
        assert read(got).get("lang") == speeches()[code].tag
        assert "%(" not in got.text


def read(got: httpx.Response):  # type: ignore[no-untyped-def]
    from lxml import html

    return html.fromstring(got.text)


# --- what is new, who may what ----------------------------------------------------------------------------------


def test_what_is_new_until_it_was_seen(store: Store) -> None:
    with asking(store) as client:
        page = read(client.get("/new"))
        assert "丁海山" in words(page)
        assert "accept" in words(pick(page, "main")[0])
        seen = words(pick(read(client.get("/new?seen=true")), "main")[0])
        assert "Nothing new was read." in seen
        assert "丁海山" in words(read(client.get("/new?since=2020-01-01")))
        assert client.get("/new?since=yesterday").status_code == 422
        assert client.get("/new").headers["cache-control"] == "no-store"


def test_a_reader_does_not_decide_and_only_a_keeper_undoes_what_others_decided(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", *PAGES)
    item = views.find(store, Filter(type="talks")).items[0].id
    word = store.decide(item, "accept", "Lan", "as it stands")
    for name, role in (("Mai", "reviewer"), ("An", "reader"), ("Bo", "keeper")):
        accounts.add(store, name, "a long sentence", role)

    def post(name: str, address: str, **form: str) -> int:
        with asking(store) as client:
            token = pick(read(client.get("/review/sign-in")), "input[name=token]")[0].get("value")
            client.post("/review/sign-in", data={"name": name, "password": "a long sentence", "token": token})
            token = pick(read(client.get("/review")), "input[name=token]")[0].get("value")
            return client.post(address, data={**form, "token": token}).status_code

    assert post("An", f"/review/item/{item}/reject", reason="x") == 403
    assert post("Mai", f"/review/undo/{word}") == 403
    assert post("Mai", f"/review/item/{item}/accept", reason="x") == 200
    assert post("Bo", f"/review/undo/{word}") == 200
    store.close()


def test_a_server_in_front_says_who_asks(tmp_path: Path) -> None:
    from webpages import serving

    store = record(tmp_path / "r.db", *PAGES)
    accounts.add(store, "Mai", "a long sentence", "reviewer")
    item = views.find(store, Filter(type="talks")).items[0].id
    for peers, status in ((("127.0.0.1",), 200), (("10.0.0.1",), 403)):
        with (
            serving(store, web.Proxy("X-Remote-User", peers)) as at,
            visitor(at, follow=False) as client,
        ):
            assert client.get("/review").status_code == 403
            got = client.get("/review", headers={"x-remote-user": "Mai"})
            assert got.status_code == status
            if status == 200:
                token = pick(read(got), "input[name=token]")[0].get("value")
                form = {"token": token, "reason": "as it stands"}
                assert client.post(f"/review/item/{item}/accept", data=form).status_code == 403
                done = client.post(f"/review/item/{item}/accept", data=form, headers={"x-remote-user": "Mai"})
                assert done.status_code == 303
                assert views.history(store, views.claim(store, item))[0].who == "Mai"
                other = client.post(f"/review/item/{item}/accept", data=form, headers={"x-remote-user": "Stranger"})
                assert other.status_code == 403
    store.close()
