"""How what was typed into a search box is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight.names.typed import Gram, Part, Typed, grams

TEXTS = st.text(st.sampled_from("星屿艺术ABCabc0123 博雅-Ａ１（）\n\f"), max_size=30)


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("", ()),
        (" \u200b ", ()),
        ("星屿", (("星屿",),)),
        ("星屿　艺术", (("星屿", "艺术"),)),
        ("星屿 星屿", (("星屿",),)),
        ("ｃｑ１２", (("CQ12",),)),
        ("138-0013 8000", (("138-0013", "8000"), ("13800138000",))),
        ("+86 138 0013 8000", (("+86", "138", "0013", "8000"), ("13800138000",))),
        ("(0990) 1234567", (("(0990)", "1234567"), ("09901234567",))),
        ("91 990101 ma0000007x", (("91", "990101", "MA0000007X"), ("91990101MA0000007X",))),
        ("教民199010170000009号", (("教民199010170000009号",), ("199010170000009",))),
        ("13800138000", (("13800138000",),)),
        ("“小鹿”美育", (("“小鹿”美育",), ("小鹿美育",))),
        ("lue", (("LUE",), ("LVE",))),
        ("lve", (("LVE",),)),
        ("lüe", (("LÜE",), ("LVE",))),
        ("lyuye", (("LYUYE",), ("LVYE",))),
        ("LÜYE", (("LÜYE",), ("LVYE",))),
        ("lvye", (("LVYE",),)),
        ("A1 B2", (("A1", "B2"),)),
        ("文澜路118号", (("文澜路118号",),)),
    ],
)
def test_what_was_typed_is_understood(text, ways):
    assert Typed.read(text).ways == ways


def test_of_an_endless_text_only_the_beginning_is_searched():
    assert len(Typed.read("星 " * 1000).words) <= 10
    assert len(Typed.read("星屿" * 1000).words[0]) <= 100
    assert Typed.read("星屿" * 1000).shortened
    assert Typed.read("一 二 三 四 五 六 七 八 九 十 十一").shortened
    assert not Typed.read("一 二 三 四 五 六 七 八 九 十 十").shortened


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("星", [Gram("星")]),
        ("A", [Gram("A")]),
        ("星屿", [Gram("星屿")]),
        ("星屿艺", [Gram("星屿"), Gram("屿艺")]),
        ("CQ", [Gram("CQ", begins=True)]),
        ("CQB", [Gram("CQB")]),
        ("CQBY", [Gram("CQB"), Gram("QBY")]),
        ("A星", [Gram("A星", begins=True)]),
        ("星A1", [Gram("星A"), Gram("A1", begins=True)]),
        ("\n星", [Gram("\n星", begins=True)]),
        ("\n星屿", [Gram("\n星屿")]),
    ],
)
def test_a_word_is_cut_into_the_fewest_grams(word, expected):
    assert grams(word) == expected


def cut(text):
    """What the index holds of a text."""
    for place, one in enumerate(text):
        yield one
        yield text[place : place + (3 if one.isascii() else 2)]


@given(TEXTS, st.data())
def test_every_text_with_the_word_has_its_grams(text, data):
    begin = data.draw(st.integers(0, len(text)))
    word = text[begin : begin + data.draw(st.integers(1, 8))]
    held = set(cut(text))

    for gram in grams(word) if word else ():
        found = any(one.startswith(gram.characters) for one in held)
        assert found if gram.begins else gram.characters in held


def test_a_token_is_plain_letters_and_digits():
    assert Gram("星(").token(Part.REST) == "re6989f28"
