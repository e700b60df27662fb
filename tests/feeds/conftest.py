"""A record with rounds held, planned and to be expected, and something due."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import PAGES, record, session, told

from communique.store import Store


def planned(quote: str, date: str, host: str, ordinal: int | None = None, status: str = "planned") -> dict[str, object]:
    return session(quote, ordinal, date, host) | {"status": status}


SERIES = told(
    "series.txt",
    "年度对话历届",
    "第一届年度对话2019年5月6日在越南举行。第二届年度对话2020年5月4日在俄罗斯举行。第三届年度对话2021年5月3日在越南举行。"
    "双方同意于2022年10月10日前完成评估。",
    [
        session("第一届年度对话2019年5月6日在越南举行", 1, "2019-05-06", "VN", "年度对话"),
        session("第二届年度对话2020年5月4日在俄罗斯举行", 2, "2020-05-04", "RU", "年度对话"),
        session("第三届年度对话2021年5月3日在越南举行", 3, "2021-05-03", "VN", "年度对话"),
        {
            "kind": "commitment", "quote": "双方同意于2022年10月10日前完成评估", "actors": ["VN", "RU"],
            "counterparties": [], "act": "agree", "content": "完成评估", "topics": ["hadr"], "due": "2022-10-10",
        },
    ],
    published="2021-05-04",
)  # fmt: skip

AHEAD = told(
    "ahead.txt",
    "海港论坛将举行",
    "第六届海港论坛将于2022年11月举行。第七届海港论坛原定2023年，已取消。",
    [
        planned("第六届海港论坛将于2022年11月举行", "2022-11", "VN", 6),
        planned("第七届海港论坛原定2023年，已取消", "2023", "SG", 7, "cancelled"),
    ],
    published="2022-01-02",
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The pages, and those above."""
    return record(tmp_path / "r.db", *PAGES, SERIES, AHEAD)
