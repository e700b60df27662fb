"""Which names agree, and how far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.record.alike import ALIKE, OTHER, SAME, common, names_agree


@pytest.mark.parametrize(
    ("a", "b", "how"),
    [
        ("阮志咏", "阮志咏", SAME),
        ("Đinh Hải Sơn", "DINH HAI SON", SAME),
        ("皮特·赫格塞思", "赫格塞思", ALIKE),
        ("赫格塞斯", "赫格塞思", ALIKE),
        ("伊凡·彼得罗夫", "伊万·彼得罗夫", ALIKE),
        ("约瑟夫·拜登", "拜登", ALIKE),
        ("阮文戴", "阮文台", OTHER),
        ("王毅", "王亚", OTHER),
        ("John Smith", "Adam Smith", OTHER),
        ("Nguyễn Văn Giang", "Phan Văn Giang", OTHER),
        ("梁强", "潘文江", OTHER),
        ("", "潘文江", OTHER),
    ],
)
def test_names(a: str, b: str, how: int) -> None:
    assert names_agree(a, b) == how


@given(st.text(max_size=12), st.text(max_size=12))
def test_agreeing_has_no_side(a: str, b: str) -> None:
    assert names_agree(a, b) == names_agree(b, a)


def test_the_longest_common_run() -> None:
    assert common("通过海上合作联合声明", "发表了海上合作联合声明草案") == "海上合作联合声明"
    assert not common("甲", "乙")
