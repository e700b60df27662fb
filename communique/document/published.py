"""The day of publication that metadata or an address gives, as EDTF. A day inside the story is none."""

from __future__ import annotations

import datetime
import re

DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}[\d:.,+Z -]{0,20}")
EDTF = re.compile(r"[0-9X]{4}(?:-[0-9X]{2}){0,2}[?~%]?(?:/[0-9X]{4}(?:-[0-9X]{2}){0,2}[?~%]?)?")
FORMS = (
    re.compile(r"(?<!\d)((?:19|20)\d{2})([-/_.])(\d{2})[-/_.](\d{2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d{2})()(\d{2})(\d{2})(?!\d{7})"),
    re.compile(r"/((?:19|20)\d{2})(/)(\d{2})(\d{2})/"),
)
YEARS = range(1945, 2100)


def from_metadata(value: object) -> str | None:
    """Return a metadata field as EDTF: a date, a time stamp's day, or EDTF itself; None where it is neither."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    value = value.strip()
    if m := STAMP.fullmatch(value):
        value = m.group(1)
    if m := DAY.fullmatch(value):
        return value if _real(m.group(1), m.group(2), m.group(3)) else None
    return value if len(value) < 40 and EDTF.fullmatch(value) else None


def from_url(url: str | None) -> str | None:
    """Return the one day that an address names, None where it names none or several.

    Forms: ``/2019-11/19/``, ``/2025/1102/``, ``/20210616004870``.
    """
    if not url:
        return None
    path = url.split("://", 1)[-1].partition("/")[2].split("?", 1)[0].split("#", 1)[0][:2048]
    days = set()
    for form in FORMS:
        for m in form.finditer(path):
            if int(m.group(1)) in YEARS and _real(m.group(1), m.group(3), m.group(4)):
                days.add(f"{m.group(1)}-{m.group(3)}-{m.group(4)}")
    return days.pop() if len(days) == 1 else None


def _real(year: str, month: str | None, day: str | None) -> bool:
    try:
        datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True
