"""What bytes are, by their form first, then by what was said of them, then by the ending of a name."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

FEED = "application/xml"
JSONL = "application/x-ndjson"
WARC = "application/warc"
MBOX = "application/mbox"
PARQUET = "application/vnd.apache.parquet"

KINDS = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".json": "application/json",
    ".jsonl": JSONL,
    ".ndjson": JSONL,
    ".pdf": "application/pdf",
    ".eml": "message/rfc822",
    ".mbox": MBOX,
    ".xml": FEED,
    ".rss": FEED,
    ".atom": FEED,
    ".warc": WARC,
    ".parquet": PARQUET,
}
PACKED = (".gz", ".zst")
ROOTS = {"rss", "feed", "urlset", "sitemapindex", "rdf"}
FIRST = re.compile(rb"<([A-Za-z][\w.-]{0,40}:)?([A-Za-z][\w.-]{0,40})[\s>/]")
HEADERS = re.compile(
    rb"(?:(?:From|To|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Reply-To|Sender"
    rb"|List-Id|DKIM-Signature|X-[\w-]{1,60}|Content-Type):[ \t][^\r\n]{0,998}\r?\n"
    rb"(?:[ \t][^\r\n]{0,998}\r?\n){0,99}){2}",
    re.IGNORECASE,
)
SIGNS = (
    (b"%PDF-", "application/pdf"),
    (b"PAR1", PARQUET),
    (b"WARC/1.", WARC),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
)
MARKUP = ("html", "xhtml")


def kind_of(name: str) -> str | None:
    """Return the kind that the ending of a file's name tells (``a.warc.gz`` is an archive), None for another's."""
    stem = name.lower()
    for ending in PACKED:
        stem = stem.removesuffix(ending)
    dot = stem.rfind(".")
    return KINDS.get(stem[dot:]) if dot >= 0 else None


def feed_like(data: bytes) -> bool:
    """Tell whether bytes open as a feed or sitemap does."""
    found = FIRST.search(_markup(data))
    return found is not None and found.group(2).lower().decode("ascii", "replace") in ROOTS


def _markup(data: bytes) -> bytes:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return re.sub(rb"<[?!][^>]{0,2000}>", b"", head)


def media_of(data: bytes, told: str = "", name: str = "") -> str:
    """Return the media type of a page's bytes.

    Args:
        told: what a server or an archive says that it is. name: file name or address.
    """
    head = data[:4096]
    for sign, media in SIGNS:
        if head.startswith(sign):
            return media
    told = told.partition(";")[0].strip().lower()
    if told.startswith(("image/", "audio/", "video/", "font/")):
        return told
    if feed_like(data):
        return FEED
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return "text/html"
    if head.startswith(b"From ") and HEADERS.match(head.partition(b"\n")[2]):
        return MBOX
    if told == "message/rfc822" or (HEADERS.match(head) and not told):
        return "message/rfc822"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and head.count(b"\0") * 4 < len(head):
        return told if told and not told.startswith("text/") else "application/octet-stream"
    if any(word in told for word in MARKUP):
        return "text/html"
    return told or kind_of(_last(name)) or "text/plain"


def _last(name: str) -> str:
    try:
        path = urlsplit(name).path if "://" in name else name
    except ValueError:
        return ""
    return path.rpartition("/")[2]
