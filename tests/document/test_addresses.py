"""Whose office a page is of, by its address."""

from __future__ import annotations

import json

import pytest

from communique import flow
from communique.document.addresses import office_of
from communique.loader import packs as loader
from communique.model import Raw


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("https://www.mindef.gov.sg/news/1", "SG"),
        ("https://www.mofa.go.jp/press/1.html", "JP"),
        ("https://www.gov.uk/government/news/a", "GB"),
        ("https://www.defense.gov/News/Releases/1", "US"),
        ("https://www.cpf.navy.mil/News/1", "US"),
        ("https://cancilleria.gob.ar/es/1", "AR"),
        ("https://www.diplomatie.gouv.fr/en/1", "FR"),
        ("https://WWW.MFA.GOV.VN./vi", "VN"),
        ("https://www.straitstimes.com/asia/1", None),
        ("https://example.sg/gov", None),
        ("https://gov.example.com/", None),
        ("https://go.jp.example.org/", None),
        ("https://www.nato.int/1", None),
        ("https://xn--gov.xn--p1ai/", None),
        ("https://gov", None),
        ("https://[gov", None),
        ("", None),
        (None, None),
    ],
)
def test_office(url: str | None, state: str | None) -> None:
    assert office_of(url) == state


def test_a_ministry_speaks_of_its_own_minister() -> None:
    text = (
        "Minister for Defence Tan Mei Ling met the Defence Minister of Kenya, Peter Otieno, in Nairobi on 4 May 2023."
    )
    known = loader.load()
    states = {}
    for url in ("https://www.mindef.gov.sg/news/1", "https://news.example.com/1"):
        line = json.dumps({"id": "a", "title": "Visit to Kenya", "text": text})
        (done,) = flow.read([Raw("a", line.encode(), "application/json", "a", url=url)], known)
        assert isinstance(done, flow.Reading)
        people = {c.values["name"]: c.values["country"] for c in done.claims if c.kind == "person"}
        assert people["Peter Otieno"] == "KE"
        states[url] = people["Tan Mei Ling"]
    assert list(states.values()) == ["SG", None], states
