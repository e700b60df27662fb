"""Runs the cases that packs carry: what each rule must find, and what it must leave alone.

Cases of outlets, dates and detection are run beside the stages that use them (tests/document, tests/mentions).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from communique import flow
from communique.errors import PackError
from communique.loader import packs as loader
from communique.loader.language import Case, LanguagePack
from communique.loader.packs import Packs
from communique.model import Claim, Raw


@dataclass(frozen=True)
class Told:
    """A case of a rule; ``kind`` is the kind of claim that the rule makes."""

    pack: str
    rule: str
    kind: str
    case: Case

    @property
    def text(self) -> str:
        """The text that is read: the case, and before a commitment the sentence that names the parties."""
        return BEFORE.get(self.pack, "") + self.case.text if self.kind == "commitment" else self.case.text

    @property
    def name(self) -> str:
        return f"{self.pack}-{self.rule}"


def rule_cases(packs: Packs) -> Iterator[Told]:
    """Yield the cases of all rules of all languages."""
    for code, pack in packs.languages.items():
        for rule in pack.rules:
            yield from (Told(code, rule.id, "engagement", c) for c in rule.cases)
        for opening in pack.commitments.rules:
            yield from (Told(code, opening.id, "commitment", c) for c in opening.cases)


PACKS = loader.load()
TITLE = "简讯"  # so that the case is body, not title
# What *both sides* and *he* point back to, where a case is a single sentence of a longer text.
BEFORE = {
    "zh": "7月6日,越南国防部副部长黄春战上将在河内会见了俄罗斯国防部副部长亚历山大·福明上将。",
    "en": "On 6 July, Vietnamese Deputy Defence Minister Hoang Xuan Chien received Russian Deputy Defence Minister "
    "Colonel General Alexander Fomin in Hanoi. ",
    "vi": "Ngày 6/7, tại Hà Nội, Thứ trưởng Quốc phòng Việt Nam Hoàng Xuân Chiến tiếp Thứ trưởng Quốc phòng Nga "
    "Alexander Fomin. ",
}
RULES = list(rule_cases(PACKS))


def _lang(pack: LanguagePack) -> str:
    detect = pack.detect
    if detect is None:
        return pack.code
    return detect.scripts[0].lang if detect.scripts else detect.lang or pack.code


def _article(number: int, told: Told) -> Raw:
    value = {"id": f"case-{number}", "title": TITLE, "lang": _lang(PACKS.languages[told.pack]), "text": told.text}
    data = json.dumps(value, ensure_ascii=False).encode()
    return Raw(source=f"case-{number}", data=data, media="application/json", origin=f"case:{number}")


@pytest.fixture(scope="module")
def claims() -> list[tuple[Claim, ...]]:
    """What the flow reads from every case, all of them in one call."""
    readings = flow.read([_article(n, told) for n, told in enumerate(RULES)], PACKS)
    found = {r.document.source: r.claims for r in readings if isinstance(r, flow.Reading)}
    return [found.get(f"case-{n}", ()) for n in range(len(RULES))]


def fits(claim: Claim, want: dict[str, Any]) -> bool:
    """Whether a claim has every value of ``want``; a key that is a role names who has it."""
    values = claim.values
    for key, value in want.items():
        if key in values and key != "participants":
            if not _same(values[key], value):
                return False
            continue
        people = [p for p in values.get("participants", ()) if p["role"] == key]
        names = {n for p in people for n in (p.get("name"), p.get("country")) if n}
        if not set(value if isinstance(value, list) else [value]) <= names:
            return False
    return True


def _same(have: Any, want: Any) -> bool:
    if isinstance(have, dict):
        if isinstance(want, dict):
            return all(_same(have.get(k), v) for k, v in want.items())
        return want in have.values()
    if isinstance(have, list | tuple) and not isinstance(want, list):
        return want in have
    return bool(have == want) or str(have) == str(want)


def _show(found: Sequence[Claim]) -> str:
    return "\n".join(f"  {c.kind} {c.rule} {dict(c.values)}" for c in found) or "  nothing"


@pytest.mark.parametrize("number", range(len(RULES)), ids=[t.name for t in RULES])
def test_a_rule_reads_its_cases(number: int, claims: list[tuple[Claim, ...]], request: pytest.FixtureRequest) -> None:
    told, found = RULES[number], claims[number]
    if told.case.known_failure:
        request.node.add_marker(pytest.mark.xfail(reason=told.case.known_failure, strict=True))
    mine = [c for c in found if c.kind == told.kind]
    if told.case.none:
        by_rule = [c for c in mine if c.rule.endswith(f"/{told.rule}")]
        assert not by_rule, f"{told.case.text}\nmust be left alone, but gave\n{_show(by_rule)}"
    else:
        assert any(fits(c, told.case.want) for c in mine), f"{told.case.text}\nwanted {told.case.want}\n{_show(mine)}"


def test_quotes_of_cases_are_verbatim(claims: list[tuple[Claim, ...]]) -> None:
    for told, found in zip(RULES, claims, strict=True):
        for claim in found:
            for e in claim.evidence:
                assert f"{TITLE}\n\n{told.text}"[e.start : e.end] == e.quote


def test_a_wrong_pack_names_file_line_and_remedy(tmp_path: Path) -> None:
    for folder in ("languages", "mechanisms", "outlets", "schema"):
        (tmp_path / folder).mkdir()
    (tmp_path / "languages" / "xx.yaml").write_text("code: xx\nreading:\n  colour: blue\n", "utf-8")
    with pytest.raises(PackError) as told:
        loader.load(tmp_path)
    line = str(told.value)
    assert "xx.yaml:3" in line
    assert "colour" in line
    assert "docs/packs.md" in line
    assert "\n" not in line
