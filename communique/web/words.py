"""Values of the record in words: dates, names of states, labels, addresses. Every filter of the templates is here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any
from unicodedata import east_asian_width
from urllib.parse import quote, urlsplit

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from markupsafe import Markup

from communique.views import LevelChange
from communique.web.speaking import based, mechanism_name, speech, state_name, tr

# Control characters and those that turn the direction of what follows: shown as a mark, so that no text can
# make a page read otherwise than it stands.
_HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_DATE = re.compile(r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9X]{2}))?(?:-(?P<day>[0-9X]{2}))?(?P<mark>[~?%]?)")
_MARKS = {"": "", "~": " (about)", "?": " (uncertain)", "%": " (about, uncertain)"}
_SHORT = {"hadr": "disaster relief (HADR)", "in_person": "in person"}


def neutral(value: Any) -> Any:
    """Return ``value``; of text, with characters that could hide or turn other text shown as a mark instead."""
    if not isinstance(value, str) or not _HARMFUL.search(value):
        return value
    clean = _HARMFUL.sub("\ufffd", str(value))
    return Markup(clean) if isinstance(value, Markup) else clean  # noqa: S704 - it was markup before


def state(code: str | None) -> str:
    """Return the name of a state in the reader's language, or the code or name itself."""
    return state_name(code or "")


def label(word: str | None) -> str:
    """Return a word of the codebook as words: ``south_china_sea`` is "south china sea"."""
    return tr(_SHORT.get(word or "", (word or "").replace("_", " ")))


def ordinal(number: int | None) -> str:
    """Return a number as an ordinal: 1st, 12th, 22nd."""
    if number is None:
        return ""
    if not based():
        return tr("no. %(number)s") % {"number": number}
    tens = 10 <= number % 100 <= 20
    return f"{number}{'th' if tens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def number(n: int) -> str:
    """Return a count with thin spaces between thousands."""
    if not based():
        return str(format_decimal(n, locale=speech().locale))
    return f"{n:,}".replace(",", "\u202f")


def day(date: str | None) -> str:
    """Return an EDTF date in words: "15 Jun 2021", "2 to 3 Feb 2026", "23 Apr, year not told". Other text as it is."""
    if not date:
        return ""
    if "/" in date:
        first, _, last = date.partition("/")
        return _span(first, last)
    found = _DATE.fullmatch(date)
    return _one(found) if found else date


def first_day(date: str | None) -> str:
    """Return the first day of a span of which only the day is known: no more exactly than it can be meant.

    A year and a month are kept by their first day, so the first of January may be any day of the year.
    """
    if date and date.endswith("-01-01"):
        return day(date[:-6])
    return day(date[:-3] if date and date.endswith("-01") else date)


def moment(when: str | None) -> str:
    """Return a time of which something is told, in words; *X or later* where only the start is known."""
    text = when or ""
    if text.endswith("/.."):
        return tr("%(day)s or later") % {"day": day(text.removesuffix("/.."))}
    return day(text)


def changed(change: LevelChange) -> str:
    """Return in words when the level of a tie changed."""
    if not change.when:
        return tr("when, nothing read tells")
    if change.when.startswith("../"):
        return tr("by %(day)s") % {"day": moment(change.when[3:])}
    if change.stated:
        return day(change.when)
    first, _, last = change.when.partition("/")
    return tr("between %(first)s and %(last)s") % {"first": day(first), "last": day(last)}


def _month(number_: str) -> str:
    names = speech().locale.months["format"]["abbreviated"]
    return str(names.get(int(number_), number_))[:3] if number_.isdigit() else ""


def _elsewhere(found: re.Match[str]) -> str | None:
    """Return a date as another language writes it, None where it is not whole enough for that."""
    year, month, date = (found[x] if found[x] and found[x].isdigit() else None for x in ("year", "month", "day"))
    if (found["month"] and not month) or (found["day"] and not date) or not (year or month):
        return None
    try:
        on = dt.date(int(year or 2000), int(month or 1), int(date or 1))
    except ValueError:
        return None
    skeleton = "y" * bool(year) + "MMM" * bool(month) + "d" * bool(date)
    said = format_skeleton(skeleton, on, locale=speech().locale)
    return f"{said}{tr(_MARKS[found['mark']])}" if year else tr("%(day)s, year not told") % {"day": said}


def _one(found: re.Match[str]) -> str:
    if (found["day"] or "X").isdigit() and not any(c.isdigit() for c in found["year"] + (found["month"] or "")):
        return tr("day %(day)s, month and year not told") % {"day": int(found["day"])}
    if not based() and (said := _elsewhere(found)):
        return said
    year, month, date = found["year"], found["month"], found["day"]
    parts = []
    if date and date.isdigit():
        parts.append(str(int(date)))
    if month and _month(month):
        parts.append(_month(month))
    if year.lstrip("-").isdigit():
        parts.append(year)
        return " ".join(parts) + _MARKS[found["mark"]]
    decade = year[:3].isdigit()
    if not parts and decade:
        return tr("%(year)ss") % {"year": f"{year[:3]}0"}
    return (" ".join(parts) + ", year\u00a0not\u00a0told") if parts else tr("year not told")


def _span(first: str, last: str) -> str:
    if not last or last == "..":
        return tr("since %(day)s") % {"day": day(first)}
    if not first or first == "..":
        return tr("until %(day)s") % {"day": day(last)}
    whole = first if first == last else _whole(first, last)
    if whole:
        return day(whole)
    if not based():
        return f"{day(first)} \u2013 {day(last)}"
    a, b = _DATE.fullmatch(first), _DATE.fullmatch(last)
    if a and b and a["day"] and b["day"] and a["year"] == b["year"]:
        if a["month"] == b["month"] and a["day"].isdigit():
            return f"{int(a['day'])}\u2013{day(last)}"
        if a["month"] != b["month"] and a["year"].isdigit():
            return f"{day(first).rsplit(' ', 1)[0]} \u2013 {day(last)}"
    joint = "\u2013" if first.isdigit() and last.isdigit() else " \u2013 "
    return f"{day(first)}{joint}{day(last)}"


def _whole(first: str, last: str) -> str:
    """Return the year or month that two days are the first and last of; empty where they are not."""
    try:
        a, b = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    except ValueError:
        return ""
    after = b + dt.timedelta(days=1)
    if a.day != 1 or after.day != 1:
        return ""
    if (a.month, after.month, after.year) == (1, 1, a.year + 1):
        return first[:4]
    return first[:7] if (a.year, a.month) == (b.year, b.month) else ""


def weblink(address: str | None) -> str | None:
    """Return an address that may be linked to, that is one of the web; None for every other."""
    if not address or address != address.strip() or any(ord(c) <= 0x20 or 0x7F <= ord(c) < 0xA0 for c in address):
        return None
    try:
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def path(*segments: str) -> str:
    """Return a path of our own from segments, each quoted: names may hold anything."""
    return "".join("/" + quote(str(s), safe="") for s in segments)


def field(name: str) -> str:
    """Return the name of a field of the codebook in words."""
    return tr(_FIELDS.get(name, name.replace("_", " ")))


_FIELDS = {
    "mkind": "kind",
    "latin": "in Latin letters",
    "date_text": "date as written",
    "date_basis": "year taken from",
    "claimed_first": "called the first",
    "not_before": "not before",
    "not_after": "not after",
    "place_country": "country",
    "place_city": "city",
    "a": "party",
    "b": "party",
}


def plain(value: Any) -> str:
    """Return any value of a field as one line of text."""
    if value is True or value is False:
        return tr("yes") if value else tr("no")
    if isinstance(value, dict):
        return ", ".join(f"{field(k)} {plain(v)}" for k, v in value.items() if v not in (None, "", [], {}))
    if isinstance(value, list | tuple):
        return ", ".join(plain(v) for v in value)
    return str(value)


def tongue(code: str | None) -> str:
    """Return the name of a language in the reader's language, or its code."""
    parts = (code or "").split("-")
    name = speech().locale.languages.get(parts[0])
    script = speech().locale.scripts.get(parts[1]) if len(parts) > 1 else None
    return (f"{name} ({script})" if script else str(name)) if name else (code or "")


def called(name: str, also: Sequence[str], kind: str) -> tuple[str, tuple[str, ...]]:
    """Return a thing's name as the reader reads it, and its other names, the one it has in the record first.

    Mechanisms have names in the packs; of a person it is a name in the script of the reader, if one is told.
    """
    shown = mechanism_name(name) if kind == "mechanism" else _readable(name, also) if kind == "person" else name
    return shown, tuple(n for n in dict.fromkeys((name, *also)) if n != shown)


def _readable(name: str, also: Sequence[str]) -> str:
    """Of several names that fit, the one with most marks on its letters: the fullest spelling."""
    wanted = _wide(speech().locale.get_display_name() or "")
    fit = [n for n in also if _wide(n) == wanted] if _wide(name) != wanted else []
    return max(fit, key=lambda n: (sum(ord(c) > 127 for c in n), n), default=name)


def _wide(text: str) -> bool:
    """Whether letters of a text stand for syllables or words, as the scripts of East Asia."""
    return any(east_asian_width(c) in "WF" for c in text)


def shortest(names: Sequence[str]) -> str:
    """Return the shortest of names, the acronym as a rule."""
    return min(names, key=lambda n: (len(n), n), default="")


FILTERS = {
    "called": called,
    "shortest": shortest,
    "tongue": tongue,
    "state": state,
    "label": label,
    "ordinal": ordinal,
    "number": number,
    "day": day,
    "first_day": first_day,
    "moment": moment,
    "changed": changed,
    "weblink": weblink,
    "field": field,
    "plain": plain,
}
