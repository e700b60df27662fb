"""A text whose lines were broken at a width tells what it told before, each in its own words."""

from __future__ import annotations

import json
import textwrap

import pytest

from communique import flow
from communique.document.wrapped import wide
from communique.loader import packs as loader
from communique.model import Claim, Raw

PACKS = loader.load()
ENGLISH = (
    "The Prime Minister of Fiji Sitiveni Rabuka paid an official visit to Chile from December 27 to 28, 2021 at the "
    "invitation of Chilean President José Kast. During the visit, the two leaders held talks in Santiago and signed a "
    "memorandum of understanding on fisheries.\n\nEarlier, Tongan Defence Minister Amelia Fonua received Lieutenant "
    "General Naiqama Lalabalavu, Commander of the Fiji Military Forces, in Nukuʻalofa on December 20, 2021, and "
    "thanked him for the aid that Fiji had sent after the storm. They also spoke of the cadets who study there and "
    "of the ships that each side keeps in the waters between them."
)
CHINESE = (
    "应智利总统卡斯特的邀请,斐济总理兰布卡于2021年12月27日至28日对智利进行正式访问。访问期间,兰布卡总理与智利总统卡斯特举行会谈,"
    "双方签署了两国渔业合作谅解备忘录,并就地区形势和共同关心的国际问题深入交换意见,同意继续加强各领域合作,密切高层往来。"
)


def read(text: str) -> tuple[str, list[Claim]]:
    line = json.dumps({"id": "case", "title": "简讯", "text": text}, ensure_ascii=False)
    done = flow.read([Raw("case", line.encode(), "application/json", "case")], PACKS)[0]
    assert isinstance(done, flow.Reading)
    return done.document.units[0].text, list(done.claims)


def told(claims: list[Claim]) -> list[tuple[str, str]]:
    return sorted((c.kind, json.dumps(c.values, ensure_ascii=False, sort_keys=True)) for c in claims)


def broken(text: str, width: int) -> str:
    if text is CHINESE:
        lines = [""]
        for c in text:
            if sum(2 if wide(x) else 1 for x in lines[-1] + c) > 2 * width and c not in ",。":
                lines.append("")
            lines[-1] += c
        return "\n".join(lines)
    return "\n\n".join(textwrap.fill(p, width) for p in text.split("\n\n"))


@pytest.mark.parametrize(
    ("text", "width"), [*((ENGLISH, w) for w in (50, 64, 72, 80, 95)), *((CHINESE, w) for w in (24, 32))]
)
def test_broken_lines_tell_what_the_whole_told(text: str, width: int) -> None:
    _, whole = read(text)
    written, claims = read(broken(text, width))
    assert "\n" in written.strip()
    assert told(claims) == told(whole)
    assert len(whole) >= 5
    assert all(written[e.start : e.end] == e.quote for c in claims for e in c.evidence)
