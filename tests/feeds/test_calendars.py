"""Calendars keep apart what was held, is planned, may be expected and is due; programs for calendars read them."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

import pytest
from hostile import BAD, HOSTILE
from icalendar import Calendar
from support import PAGES

from communique import feeds, views
from communique.errors import CommuniqueError
from communique.loader.briefs import brief_packs
from communique.store import Store
from communique.views import Filter


def events(store: Store, *shown: str, lang: str = "en", **asked: str) -> list[Any]:
    made = b"".join(feeds.calendar(store, Filter(**asked), title="t", lang=lang, shown=shown or feeds.SHOWN))
    return list(Calendar.from_ical(made).walk("VEVENT"))


def kind(event: Any) -> str:
    return str(event["categories"].cats[1])


def test_each_happening_that_has_a_day_stands_once(store: Store) -> None:
    found = events(store, "held")
    assert len({str(e["uid"]) for e in found}) == len(found)
    talks = [e for e in found if e.decoded("dtstart") == dt.date(2021, 7, 6)]
    assert len(talks) == 1, "told by two texts"
    assert "Vietnam" in str(talks[0]["summary"])
    assert "越南国防部部长丁海山在河内会见俄罗斯国防部副部长伊万·彼得罗夫" in str(talks[0]["description"])
    assert talks[0]["location"] == "河内, Vietnam"
    assert talks[0].decoded("dtend") == dt.date(2021, 7, 7)


def test_held_planned_expected_and_due_are_kept_apart(store: Store) -> None:
    everything = {str(e["uid"]): kind(e) for e in events(store, mechanism="年度对话")}
    assert sorted(everything.values()) == ["expected", "held", "held", "held"]
    assert {kind(e) for e in events(store, "planned")} == {"planned"}
    assert {kind(e) for e in events(store, "due")} == {"due"}
    apart = [events(store, part, state="VN", other="RU") for part in feeds.SHOWN]
    uids = [str(e["uid"]) for part in apart for e in part]
    assert len(uids) == len(set(uids))


def test_what_is_planned_is_no_fact(store: Store) -> None:
    sixth, seventh = events(store, "planned", mechanism="HBF")
    assert sixth["status"] == "TENTATIVE"
    assert str(sixth["summary"]).startswith("[planned] ")
    assert (sixth.decoded("dtstart"), sixth.decoded("dtend")) == (dt.date(2022, 11, 1), dt.date(2022, 12, 1))
    assert seventh["status"] == "CANCELLED"
    assert seventh.decoded("dtstart") == dt.date(2023, 1, 1)
    assert "2023" in str(seventh["description"])


def test_what_is_expected_says_why(store: Store) -> None:
    (fourth,) = events(store, "expected", mechanism="年度对话")
    assert fourth["status"] == "TENTATIVE"
    assert "expected, not a fact" in str(fourth["summary"])
    assert "round 4" in str(fourth["summary"])
    assert fourth.decoded("dtstart").year == 2022
    assert "round 3 was 2021-05-03" in str(fourth["description"])


def test_a_commitment_stands_on_the_day_by_which_it_is_due(store: Store) -> None:
    (due,) = events(store, "due", state="VN")
    assert due.decoded("dtstart") == dt.date(2022, 10, 10)
    assert "双方同意于2022年10月10日前完成评估" in str(due["description"])


@pytest.mark.parametrize("lang", brief_packs())
def test_every_language_tells_the_same_events(store: Store, lang: str) -> None:
    first = next(iter(brief_packs()))
    assert [e["uid"] for e in events(store, lang=lang)] == [e["uid"] for e in events(store, lang=first)]


def test_what_a_person_rejected_is_gone(store: Store) -> None:
    claim = next(c for c in PAGES[1].claims if c.kind == "engagement")
    before = len(events(store, "held"))
    for page in PAGES[1:3]:
        for c in page.claims:
            if c.kind == "engagement" and c.values["type"] == "talks":
                store.decide(c.id, "reject", "reader", "")
    assert len(events(store, "held")) == before - 1
    assert views.claim(store, claim.id) is not None


def test_equal_records_give_equal_bytes_and_hostile_text_stays_in_its_line(store: Store) -> None:
    store.add(HOSTILE)
    once, again = (b"".join(feeds.calendar(store, Filter(), title="t", lang="en")) for _ in range(2))
    assert once == again
    bad = [e for e in Calendar.from_ical(once).walk("VEVENT") if e.decoded("dtstart") == dt.date(2022, 2, 2)]
    assert BAD.split("\u202e")[0] in str(bad[0]["description"])
    assert all(len(line) <= 75 for line in once.split(b"\r\n"))


def test_a_language_that_there_is_not(store: Store) -> None:
    with pytest.raises(CommuniqueError, match="no brief is written in 'xx'"):
        events(store, lang="xx")


def test_too_much_for_a_calendar_is_said_with_what_to_do(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["communique.feeds.calendar"], "MOST", 1)
    with pytest.raises(CommuniqueError, match="too many for a calendar"):
        events(store)
