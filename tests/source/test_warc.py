"""Web archives: every record is accounted for, whatever is wrong with its neighbours, in memory that stays flat."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
import warcs
import zstandard

from communique.cli.reading import read_into
from communique.errors import SourceError
from communique.model import Raw, Skipped
from communique.source import Limits, open_sources
from communique.store import open_store

LIMITS = Limits(page=200_000)
HUGE = 1_500_000
PACKINGS = ["a.warc", "a.warc.gz", "a.warc.zst"]


def found(path: Path, limits: Limits = LIMITS) -> list[Raw | Skipped | SourceError]:
    return list(open_sources([str(path)], limits=limits))


def sources(path: Path) -> list[str]:
    return [x.source for x in found(path) if isinstance(x, Raw)]


def failures(path: Path) -> list[str]:
    return [str(x) for x in found(path) if isinstance(x, SourceError)]


def fates(things: Iterable[Raw | Skipped | SourceError]) -> dict[str, str]:
    """Return what became of every address."""
    out = {}
    for x in things:
        where = x.source if isinstance(x, Raw) else x.where
        url = next((w.strip("()") for w in where.split() if "https:" in w), "")
        assert url not in out, url
        out[url] = "read" if isinstance(x, Raw) else "skipped" if isinstance(x, Skipped) else "failed"
    return out


@pytest.mark.parametrize("name", PACKINGS)
def test_of_ten_thousand_records_each_is_accounted_for_and_the_bad_ones_named(tmp_path: Path, name: str) -> None:
    wanted = {url: fate for url, _, fate in warcs.many(10_000, HUGE)}
    path = warcs.write(tmp_path / name, (data for _, data, _ in warcs.many(10_000, HUGE)))
    assert fates(open_sources([str(path)], limits=LIMITS)) == wanted
    assert set(wanted.values()) == {"read", "skipped", "failed"}


SCRIPT = r"""
import re, sys
from communique.source import Limits, open_sources
for _ in open_sources([sys.argv[1]], limits=Limits(page=200_000)): pass
print(int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.parametrize("name", PACKINGS)
def test_memory_stays_flat(tmp_path: Path, name: str) -> None:
    peaks = []
    for number in (500, 8_000):
        path = warcs.write(tmp_path / name, (data for _, data, _ in warcs.many(number, HUGE)))
        done = subprocess.run([sys.executable, "-c", SCRIPT, str(path)], capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout))
    assert peaks[1] < peaks[0] + 16, f"{peaks} MB"


def test_a_record_of_400_megabytes_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with gzip.open(path, "wb", 1) as file:
        head, tail = warcs.record("https://a.example/", b"", length=400_000_000).split(b"\r\n\r\n")[0], b"\r\n\r\n"
        file.write(head + tail)
        for _ in range(400):
            file.write(bytes(1_000_000))
        file.write(tail)
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 60
    (line,) = failures(path)
    assert "381 MB is more than a page may have" in line


def test_the_summary_accounts_for_every_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = {url: fate for url, _, fate in warcs.many(120, 9_000_000)}
    path = warcs.write(tmp_path / "a.warc.gz", (data for _, data, _ in warcs.many(120, 9_000_000)))
    store = open_store(tmp_path / "r.db", create=True)
    tally = read_into(store, [str(path)], account=tmp_path / "account.jsonl")
    store.close()
    assert tally.found() == 121
    assert Counter(wanted.values()) == {"read": tally.done(), "skipped": tally.reasons.total(), "failed": tally.failed}
    told = [json.loads(line) for line in (tmp_path / "account.jsonl").read_text().splitlines()]
    assert Counter(t["outcome"].replace("added", "read") for t in told) == Counter(wanted.values())
    assert all(t["reason"] for t in told if t["outcome"] != "added")
    said = capsys.readouterr().err
    assert all(url in said for url, fate in wanted.items() if fate == "failed")


@pytest.mark.parametrize(("name", "cut"), [("a.warc.gz", 1), ("a.warc.gz", 60), ("a.warc.zst", 20), ("a.warc", 30)])
def test_a_file_that_was_cut_off_is_told(tmp_path: Path, name: str, cut: int) -> None:
    path = warcs.write(
        tmp_path / name, (warcs.record(f"https://a.example/{n}", warcs.http(warcs.page(n))) for n in range(3))
    )
    path.write_bytes(path.read_bytes()[:-cut])
    assert sources(path)[:2] == ["https://a.example/0", "https://a.example/1"]
    (line,) = failures(path)
    assert "cut off" in line


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc.zst"])
def test_a_broken_member_costs_only_itself(tmp_path: Path, name: str) -> None:
    path = warcs.write(
        tmp_path / name, (warcs.record(f"https://a.example/{n}", warcs.http(warcs.page(n))) for n in range(5))
    )
    data = bytearray(path.read_bytes())
    at = len(data) // 2
    data[at : at + 40] = b"\xff" * 40
    path.write_bytes(bytes(data))
    assert sources(path) == [f"https://a.example/{n}" for n in (0, 1, 3, 4)]
    (line,) = failures(path)
    assert "a.warc" in line


def test_rubbish_between_records(tmp_path: Path) -> None:
    good = [warcs.record(f"https://a.example/{n}", warcs.http(warcs.page(n))) for n in range(2)]
    path = tmp_path / "a.warc"
    path.write_bytes(good[0] + b"rubbish\r\n" * 50 + good[1])
    assert sources(path) == ["https://a.example/0", "https://a.example/1"]
    assert "no record where one should begin" in failures(path)[0]


def test_a_whole_archive_packed_as_one(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    records = b"".join(warcs.record(f"https://a.example/{n}", warcs.http(warcs.page(n))) for n in range(50))
    path.write_bytes(gzip.compress(records))
    assert len(sources(path)) == 50


def test_zstandard_with_a_dictionary_in_front(tmp_path: Path) -> None:
    records = [warcs.record(f"https://a.example/{n}", warcs.http(warcs.page(n))) for n in range(300)]
    dictionary = zstandard.train_dictionary(2000, records)
    pack = zstandard.ZstdCompressor(dict_data=dictionary)
    plain = dictionary.as_bytes()
    path = tmp_path / "a.warc.zst"
    frame = b"\x5d\x2a\x4d\x18" + len(plain).to_bytes(4, "little") + plain
    path.write_bytes(frame + b"".join(pack.compress(r) for r in records[:5]))
    assert len(sources(path)) == 5


def test_a_later_capture_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    url = "https://a.example/"
    pages = [warcs.http(warcs.page(n)) for n in (1, 1, 2)]
    path = warcs.write(tmp_path / "a.warc.gz", (warcs.record(url, p) for p in pages))
    assert [type(x) for x in found(path)] == [Raw, Skipped, Raw]
    store = open_store(tmp_path / "r.db", create=True)
    tally = read_into(store, [str(path)])
    assert (tally.states["added"], tally.states["replaced"]) == (1, 1)
    store.close()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (["Content-Encoding: gzip"], gzip.compress(warcs.page(1))),
        (["Content-Encoding: gzip"], warcs.page(1)),
        (["Transfer-Encoding: chunked"], b"%x\r\n%s\r\n0\r\n\r\n" % (len(warcs.page(1)), warcs.page(1))),
        (["Transfer-Encoding: chunked"], warcs.page(1)),
    ],
    ids=["gzip", "gzip that was unpacked", "chunked", "chunked that was joined"],
)
def test_a_page_comes_out_however_the_archive_kept_it(tmp_path: Path, headers: list[str], body: bytes) -> None:
    block = warcs.http(body, "200 OK", "text/html", *headers)
    path = warcs.write(tmp_path / "a.warc", iter([warcs.record("https://a.example/", block)]))
    (raw,) = found(path)
    assert isinstance(raw, Raw)
    assert raw.data == warcs.page(1)
    assert (raw.url, raw.captured) == ("https://a.example/", warcs.DATE)


def test_the_coding_that_a_server_named_counts(tmp_path: Path) -> None:
    from document_packs import PACKS

    from communique.document import read

    html = "<html><body><article><h1>两国海军演练</h1><p>两国海军五日在海上举行联合搜救演练，六艘舰艇参加。</p>"
    html += "<p>演练持续了六个小时，双方代表团团长观看了演练，并感谢全体官兵的努力。</p></article></body></html>"
    block = warcs.http(html.encode("gb18030"), "200 OK", "text/html; charset=gb2312")
    (raw,) = found(warcs.write(tmp_path / "a.warc", iter([warcs.record("https://a.example/", block)])))
    assert isinstance(raw, Raw)
    assert raw.charset == "gb2312"
    assert read(raw, PACKS).units[0].title == "两国海军演练"


def test_an_archive_is_known_by_its_form(tmp_path: Path) -> None:
    path = tmp_path / "dump"
    path.write_bytes(gzip.compress(warcs.record("https://a.example/", warcs.http(warcs.page(1)))))
    assert sources(path) == ["https://a.example/"]
