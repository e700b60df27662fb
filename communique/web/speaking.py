"""The language of the pages: which one a reader asks for, its catalogue, and the names of things in it.

A catalogue is a file of ``locales``, read where it lies: adding a language is adding one file. What stands in the
templates is the language of ``BASE`` and needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from communique.record import Known

LOCALES = Path(__file__).parent / "locales"
COOKIE = "communique_language"
BASE = "en-GB"
YEAR = 366 * 24 * 3600
"""Seconds for which a choice of language is kept."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A language of the pages: its short ``code``, its ``tag`` for the page, and what is said in it."""

    code: str
    tag: str
    locale: Locale
    said: NullTranslations

    @property
    def own(self) -> str:
        """Its name in itself."""
        name = str(Locale(self.locale.language).get_display_name() or self.code)
        return name[:1].upper() + name[1:]


def _base() -> Speech:
    return Speech(BASE.partition("-")[0], BASE, Locale.parse(BASE, sep="-"), NullTranslations())


@cache
def speeches() -> dict[str, Speech]:
    """Return the languages of the pages by their codes, that of ``BASE`` first."""
    base = _base()
    out = {base.code: base}
    for path in sorted(LOCALES.glob("*.po")):
        with path.open("rb") as f:
            catalogue = read_po(f)
        packed = BytesIO()
        write_mo(packed, catalogue)
        packed.seek(0)
        locale = catalogue.locale or Locale.parse(path.stem)
        out[path.stem] = Speech(path.stem, str(locale).replace("_", "-"), locale, Translations(packed))
    return out


def wanted(chosen: str | None, accepted: str | None) -> Speech:
    """Return the language for a reader: the one ``chosen`` before, else the best of an ``Accept-Language`` header."""
    known = speeches()
    if chosen in known:
        return known[chosen]
    for tag in _by_weight((accepted or "")[:500]):
        found = known.get(tag.partition("-")[0].lower())
        if found:
            return found
    return next(iter(known.values()))


def _by_weight(header: str) -> list[str]:
    out = []
    for place, part in enumerate(header.split(",")):
        tag, _, rest = part.strip().partition(";")
        weight = rest.strip().removeprefix("q=").strip() if rest else "1"
        try:
            out.append((-float(weight), place, tag.strip()))
        except ValueError:
            continue
    return [tag for weight, _, tag in sorted(out) if weight < 0]


def _nobody() -> Known:
    return Known()


_SPEECH: ContextVar[Speech | None] = ContextVar("communique_speech", default=None)
_KNOWN: ContextVar[Callable[[], Known]] = ContextVar("communique_known", default=_nobody)


@contextmanager
def in_speech(speech: Speech, known: Callable[[], Known] = _nobody) -> Iterator[None]:
    """Speak a language as long as the block runs, with the names that are ``known``."""
    was, names = _SPEECH.set(speech), _KNOWN.set(known)
    try:
        yield
    finally:
        _SPEECH.reset(was)
        _KNOWN.reset(names)


def speech() -> Speech:
    """Return the language that is spoken here."""
    return _SPEECH.get() or next(iter(speeches().values()))


def based() -> bool:
    """Tell whether the language of ``BASE`` is spoken."""
    return speech().tag == BASE


def tr(text: str) -> str:
    """Return a text of ours in the language that is spoken."""
    return speech().said.gettext(text) if text else ""


def ntr(one: str, many: str, n: int) -> str:
    """Return a text of ours for ``n`` things."""
    return speech().said.ngettext(one, many, n)


def state_name(code: str) -> str:
    """Return the name of a state or bloc, or the code or name itself."""
    found = speech().locale.territories.get(code)
    if found or based() or not code:
        return str(found or code)
    names = _KNOWN.get()().states.get(code, {}).get(speech().code, ())
    return min(names, key=len) if names else code


def mechanism_name(name: str) -> str:
    """Return the name of a mechanism where the packs know one in this language, else the name as written."""
    known = _KNOWN.get()()
    found = known.mechanisms.get(known.mechanism(name) or "")
    mine = found.names.get(speech().code, ()) if found else ()
    return mine[0] if mine else name
