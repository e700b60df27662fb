"""Newsletters: messages and mailboxes become articles with the subject as title and the day of sending."""

from __future__ import annotations

import contextlib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from document_packs import PACKS, read_bytes
from hypothesis import given
from hypothesis import strategies as st

from communique.document import read
from communique.errors import SourceError
from communique.model import Raw
from communique.source import Limits, open_sources

BODY = (
    "The defence ministers of the two countries met in Hanoi on Monday and\n"
    "agreed to hold a joint search and rescue drill in the spring of next\n"
    "year.\n\n"
    "They also spoke about training for peacekeepers and signed a plan of\n"
    "work for the next two years.\n\n"
    "https://news.example/unsubscribe?x=1\n"
    "-- \nSent by the press office\n"
)
FIRST = (
    "The defence ministers of the two countries met in Hanoi on Monday and agreed to hold a joint search and rescue "
)
JOINED = [
    "Ministers meet in Hanoi",
    f"{FIRST}drill in the spring of next year.",
    "They also spoke about training for peacekeepers and signed a plan of work for the next two years.",
]


def message(text: str = BODY, html: str = "", number: int = 1, **headers: str) -> bytes:
    made = EmailMessage(policy=SMTP)
    told = {
        "Subject": "Ministers meet in Hanoi", "From": "Press Office <press@office.example>",
        "Date": "Mon, 06 May 2024 23:30:00 +0700", "Message-ID": f"<{number}@office.example>", **headers,
    }  # fmt: skip
    for name, value in told.items():
        made[name] = value
    if text:
        made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made.as_bytes()


def test_a_newsletter_of_plain_text() -> None:
    document = read_bytes(message(), "message/rfc822", "a.eml")
    (unit,) = document.units
    assert unit.text.split("\n\n") == JOINED
    assert (unit.title, unit.published, unit.basis) == (JOINED[0], "2024-05-06", "metadata")
    assert (unit.outlet, unit.lang) == ("Press Office", "en")
    assert document.notes == ("outlet unknown: read by the general layout",)


def test_a_newsletter_of_html_alone() -> None:
    html = "<html><body><table><tr><td>{}</td></tr><tr><td>{}</td></tr></table></body></html>".format(*JOINED[1:])
    document = read_bytes(message("", html), "message/rfc822", "a.eml")
    assert document.units[0].text.split("\n\n") == JOINED


@pytest.mark.parametrize(
    ("subject", "text", "lang"),
    [
        ("两国防长会谈", "两国国防部长五月六日在河内举行会谈，同意明年春天举行联合搜救演练。" * 3, "zh-Hans"),
        (
            "Hai bộ trưởng hội đàm",
            "Bộ trưởng Quốc phòng hai nước hội đàm tại Hà Nội ngày 6/5 và nhất trí diễn tập.",
            "vi",
        ),
    ],
)
@pytest.mark.parametrize("cte", ["base64", "quoted-printable"])
def test_encoded_words_and_bodies(subject: str, text: str, lang: str, cte: str) -> None:
    made = EmailMessage()
    made["Subject"], made["From"] = subject, "a@vnanet.example"
    made.set_content(text, cte=cte)
    (unit,) = read_bytes(made.as_bytes(), "message/rfc822", "a.eml").units
    assert (unit.title, unit.lang) == (subject, lang)
    assert text in unit.text


def test_an_outlet_is_known_by_its_sender() -> None:
    sent = message(From="news@en.qdnd.vn")
    assert read_bytes(sent, "message/rfc822", "a.eml").units[0].outlet == "PANO"


def test_a_mailbox_message_by_message(tmp_path: Path) -> None:
    box = b"".join(b"From press@office.example Mon May  6\n" + message(number=n) + b"\n" for n in range(3))
    (tmp_path / "letters.mbox").write_bytes(box)
    found = list(open_sources([str(tmp_path)]))
    assert [x.source for x in found if isinstance(x, Raw)] == [f"{n}@office.example" for n in range(3)]
    assert [read(x, PACKS).units[0].title for x in found if isinstance(x, Raw)] == [JOINED[0]] * 3


def test_a_line_that_begins_with_from_is_text(tmp_path: Path) -> None:
    text = "They came by train.\n\n>From Hanoi they went on to Hue.\n" + "x" * 200
    (tmp_path / "a.mbox").write_bytes(b"From a\n" + message(text))
    (raw,) = open_sources([str(tmp_path / "a.mbox")])
    assert isinstance(raw, Raw)
    assert "From Hanoi they went on to Hue." in read(raw, PACKS).units[0].text


def test_a_message_too_large_costs_only_itself(tmp_path: Path) -> None:
    box = b"From a\n" + message("x " * 50_000) + b"\n\nFrom b\n" + message(number=2)
    (tmp_path / "a.mbox").write_bytes(box)
    large, small = open_sources([str(tmp_path / "a.mbox")], limits=Limits(page=20_000))
    assert isinstance(large, SourceError)
    assert isinstance(small, Raw)


def test_a_message_is_known_by_its_form(tmp_path: Path) -> None:
    (tmp_path / "letter").write_bytes(message())
    (raw,) = open_sources([str(tmp_path / "letter")])
    assert isinstance(raw, Raw)
    assert raw.media == "message/rfc822"


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: x\n\n",
        b"Subject: x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n",
        b"Subject: =?x-none?b?////?=\nContent-Type: text/html; charset=x-none\n\n<p></p>",
        b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 500 + b"--b--",
    ],
)
def test_what_cannot_be_read_is_one_line(data: bytes) -> None:
    with pytest.raises(SourceError) as told:
        read_bytes(data, "message/rfc822", "a.eml")
    assert "a.eml" in str(told.value)


@given(st.binary(max_size=400))
def test_no_message_breaks_the_reader(data: bytes) -> None:
    with contextlib.suppress(SourceError):
        read_bytes(b"Subject: x\nFrom: y\n" + data, "message/rfc822", "a.eml")
