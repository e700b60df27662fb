"""What a reader is shown of a name that was read letter by letter: on the page, by the API and in the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import httpx
import pytest
from lxml import html
from support import person, told
from webpages import asking, pick, words

from communique import cli
from communique.loader.packs import load
from communique.record import known_from
from communique.store import Store, open_store

ZH = told("zh.txt", "一页", "国防部副部长武德咏出席。", [person("武德咏", "武德咏", offices=["国防部副部长"])])
VI = told("vi.txt", "Tin", "Ông Vũ Đức Vịnh dự.", [person("Ông Vũ Đức Vịnh", "Vũ Đức Vịnh")], lang="vi")


def read(client: httpx.Client, address: str) -> html.HtmlElement:
    got = client.get(address)
    assert got.status_code == 200
    return html.fromstring(got.text)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "communique.db", known=known_from(load()))
    made.add(ZH)
    made.add(VI)
    return made


def test_the_page_shows_readings_as_reconstructed_and_who_may_be_the_same(store: Store) -> None:
    with asking(store) as client:
        page = read(client, "/show/武德咏")
        head = words(pick(page, ".head")[0])
        assert "reads Vũ Đức Vịnh or Võ Đức Vịnh (reconstructed: no source read here prints it)" in head
        assert not pick(page, ".head .latin"), "what no source prints does not stand as the Latin form"
        other = next(a for a in pick(page, "a") if a.text_content() == "Vũ Đức Vịnh")
        assert words(pick(read(client, str(other.get("href"))), "h1")[0]) == "Vũ Đức Vịnh"
        assert "nothing but the name says that they are one" in words(page)


def test_the_api_says_what_is_reconstructed(store: Store) -> None:
    with asking(store) as client:
        said = client.get("/api/person/武德咏").json()
    assert said["latin"] is None
    assert said["reconstructed"] == ["Vũ Đức Vịnh", "Võ Đức Vịnh"]
    assert [d["name"] for d in said["doubts"]] == ["Vũ Đức Vịnh"]


def test_show_says_what_is_reconstructed(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["communique", "show", "武德咏"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code
    said = capsys.readouterr()
    assert "reads Vũ Đức Vịnh or Võ Đức Vịnh (reconstructed" in said.out + said.err
    assert "unsure whether" in said.out + said.err
