"""A page that tries to do what no page may."""

from __future__ import annotations

from support import person, told

BAD = "<script>document.title='owned'</script><img src=x onerror=alert(1)>\u202egnihtyna\u2066"

HOSTILE = told(
    "hostile.txt",
    f"Talks {BAD}",
    f"On Monday {BAD} met the delegation of {BAD} in the harbour. \"'><b>bold</b>{{{{7*7}}}}",
    [
        person(f"{BAD} met", f"{BAD}", "SG", offices=[BAD]),
        {
            "kind": "engagement", "quote": f"{BAD} met the delegation", "type": "talks", "status": "held",
            "scope": "bilateral", "date": "2022-02-02", "date_text": BAD, "mode": None, "mechanism": BAD, "ordinal": 3,
            "place": {"country": "SG", "city": BAD},
            "participants": [
                {"name": BAD, "country": "SG", "role": "host"}, {"name": "x", "country": BAD, "role": BAD},
            ],
        },
    ],
    lang="en",
    published="2022-02-02",
    outlet=BAD,
)  # fmt: skip
