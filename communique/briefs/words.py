"""The words of one language: dates, places, lists, names of states and mechanisms, words of the codebook."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from babel import Locale, dates, lists

from communique.loader.briefs import BriefPack
from communique.record import Known

_DATE = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>\d{2}|XX))?(?:-(?P<day>\d{2}|XX))?[~?%]?")
LATER = "/.."
LEAP = 2000
MOST = 5
"""So many parties are named; of more only how many."""


class Words:
    """How things are said in the language of a pack."""

    def __init__(self, pack: BriefPack, known: Known) -> None:
        self.pack, self.known = pack, known
        self.locale = Locale.parse(pack.locale, sep="-")

    # --- dates ----------------------------------------------------------------------------------------------------

    def date(self, edtf: str | None) -> str:
        """Return an EDTF date in words; other text as it is."""
        text = edtf or ""
        if text.endswith(LATER):
            return self.pack.dates["or_later"].format(date=self.date(text.removesuffix(LATER)))
        if "/" in text:
            first, _, last = text.partition("/")
            if first in ("", ".."):
                return self.pack.dates["open_start"].format(date=self.date(last))
            if last == "":
                return self.pack.dates["open_end"].format(date=self.date(first))
            return self._span(first, last)
        found = _DATE.fullmatch(text)
        return self._one(found) if found else text

    def _one(self, found: re.Match[str]) -> str:
        known = {k: int(v) for k, v in found.groupdict().items() if v and v.isdigit()}
        year, month, day = known.get("year"), known.get("month"), known.get("day")
        try:
            when = dt.date(year or LEAP, month or 1, day or 1)
        except ValueError:
            return found[0]
        if year is None:
            skeleton = "MMMMd" if day else "MMMM"
            return self.pack.dates["no_year"].format(date=self._as(skeleton, when)) if month else found[0]
        if month and day:
            return str(dates.format_date(when, "long", self.locale))
        return self._as("yMMMM" if month else "y", when)

    def _span(self, first: str, last: str) -> str:
        days = [dt.date.fromisoformat(d) if re.fullmatch(r"\d{4}-\d\d-\d\d", d) else None for d in (first, last)]
        if days[0] and days[1]:
            return str(dates.format_interval(days[0], days[1], "yMMMMd", locale=self.locale))
        return f"{self.date(first)} \u2013 {self.date(last)}"

    def _as(self, skeleton: str, when: dt.date) -> str:
        return str(dates.format_skeleton(skeleton, dt.datetime(when.year, when.month, when.day), locale=self.locale))  # noqa: DTZ001 - a day, no moment

    def when(self, edtf: str | None) -> str:
        """Return a date as it stands behind a verb; empty where there is none."""
        if not edtf:
            return ""
        first, _, last = edtf.partition("/")
        d = self.pack.dates
        if last and first not in ("", "..") and last != "..":
            return d["in_span"].format(dates=self.date(edtf))
        found = _DATE.fullmatch(edtf)
        if found and not any((found[k] or "X").isdigit() for k in ("year", "month")):
            return ""
        if not found or not found["year"].isdigit():
            return d["in_other"].format(date=self.date(edtf))
        return d["in_day" if (found["day"] or "").isdigit() else "in_month"].format(date=self.date(edtf))

    def between(self, first: str, last: str) -> str:
        """Return a time in which something may be, as it stands behind a verb."""
        if first == last:
            return self.when(first)
        return self.pack.expected["between"].format(first=self.date(first), last=self.date(last))

    # --- names ----------------------------------------------------------------------------------------------------

    def state(self, code: str | None) -> str:
        """Return the name of a state or bloc, or what was given."""
        name = self.locale.territories.get(code or "") if code and len(code) == 2 else None
        return str(name or self.known.state_name(code or "", self.pack.code))

    def mechanism(self, name: str) -> str:
        """Return the name of a mechanism in this language as far as the packs have it, else as written."""
        known = self.known.mechanisms.get(self.known.mechanism(name) or "")
        names = known.names.get(self.pack.code) if known else None
        if not known or not names:
            return name
        short = next((a for a in known.acronyms if a.isascii()), "")
        return names[0] + (self.pack.people["also"].format(names=short) if short and short not in names[0] else "")

    def place(self, value: Any) -> str:
        """Return where something was, as it stands behind a verb."""
        if not isinstance(value, Mapping):
            return ""
        city, country = str(value.get("city") or ""), value.get("country")
        state = self.state(str(country)) if country else ""
        named = self.pack.people["place"].format(city=city, state=state) if city and state else city or state
        return self.pack.in_place.format(place=named) if named else ""

    def listing(self, names: Iterable[str], most: int = MOST) -> str:
        """Return names in a row, each once; of many the first and how many more."""
        every = list(dict.fromkeys(n for n in names if n))
        if len(every) > most + 1:
            every = [*every[:most], self.pack.people["more"].format(n=len(every) - most)]
        return str(lists.format_list(every, locale=self.locale)) if every else ""

    def quote(self, text: str) -> str:
        """Return words of a source between marks."""
        first, last = self.pack.quotes
        return f"{first}{text}{last}"

    def topics(self, values: Any) -> str:
        """Return topics of the codebook in a row, ``other`` left out."""
        return self.listing(self.pack.topics.get(str(t), str(t)) for t in values or () if t != "other")


def sentence(text: str) -> str:
    """Return a sentence without doubled blanks or stops, with a great letter at its beginning."""
    clean = re.sub(r"[ \t\n]+", " ", text).strip()
    clean = re.sub(r"([.\u3002])[.\u3002]+$", r"\1", clean)
    return clean[:1].upper() + clean[1:]
