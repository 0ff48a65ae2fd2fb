"""Telephones, identity cards, addresses and names are found however people write them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_oversight.vault.marking import MarkKind
from training_oversight.vault.screening import COVER, covered, marks, without_contacts

CHARACTERS = "〇一二三四五六七八九"
WORDS = st.text("退费机构老师孩子课的了，。、在周一三上", max_size=12)


def found(text, *names):
    return [(text[one.start : one.end], one.kind.name) for one in marks(text, names)]


@pytest.mark.parametrize(
    ("text", "told", "kind"),
    [
        ("打13800138000找我", "13800138000", "PHONE"),
        ("周一13800138000", "13800138000", "PHONE"),
        ("138 0013 8000", "138 0013 8000", "PHONE"),
        ("138-0013-8000", "138-0013-8000", "PHONE"),
        ("138/0013/8000", "138/0013/8000", "PHONE"),
        ("138，001，38000", "138，001，38000", "PHONE"),
        ("+86 13800138000", "+86 13800138000", "PHONE"),
        ("１３８００１３８０００", "１３８００１３８０００", "PHONE"),
        ("一三八零零一三八零零零", "一三八零零一三八零零零", "PHONE"),
        ("幺三八〇〇幺三八〇〇〇", "幺三八〇〇幺三八〇〇〇", "PHONE"),
        ("壹叁捌零零壹叁捌零零零", "壹叁捌零零壹叁捌零零零", "PHONE"),
        ("138零零138零零零", "138零零138零零零", "PHONE"),
        ("1\ufe0f\u20e33800138000", "1\ufe0f\u20e33800138000", "PHONE"),
        ("138\u200b0013\u200b8000", "138\u200b0013\u200b8000", "PHONE"),
        ("0990-8234567", "0990-8234567", "PHONE"),
        ("（0571）87654321转12", "（0571）87654321转12", "PHONE"),
        ("座机8765 4321", "8765 4321", "PHONE"),
        ("家里是87654321", "87654321", "PHONE"),
        ("尾号是8000", "8000", "PHONE"),
        ("990101199001011234", "990101199001011234", "IDENTITY"),
        ("330102 19900101 123x", "330102 19900101 123x", "IDENTITY"),
        ("330102199013011234", "330102199013011234", "IDENTITY"),
        ("330102900101123", "330102900101123", "IDENTITY"),
        ("6222 0200 0000 0000 000", "6222 0200 0000 0000 000", "ACCOUNT"),
        ("邮箱zhang.san@163.com。", "zhang.san@163.com", "MAIL"),
        ("ｚｈａｎｇ＠１６３．ｃｏｍ", "ｚｈａｎｇ＠１６３．ｃｏｍ", "MAIL"),
        ("zhang(at)163.com", "zhang(at)163.com", "MAIL"),
        ("微信号：lihua_88", "lihua_88", "CHAT"),
        ("加V lihua88", "lihua88", "CHAT"),
        ("威信lihua88", "lihua88", "CHAT"),
        ("QQ号：12345678", "12345678", "CHAT"),
        ("扣扣 123 456 78", "123 456 78", "CHAT"),
        ("车牌浙A·12345", "浙A·12345", "PLATE"),
        ("浙AD12345", "浙AD12345", "PLATE"),
    ],
)
def test_what_reaches_somebody_is_found(text, told, kind):
    assert found(text) == [(told, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-15 10:30收费12800元", "20260501起", "应退2680000元", "二十一中学三八四五路",
        "统一社会信用代码91330102MA27XYZA1B", "教民133010270000121号", "微信同号", "video_lesson",
        "第1、3、5、7、9、11、13、15、17、19、21课", "12345转办单202610150000123", "拨打110",
        "3楼301室", "每周一三五晚上", "京东买的A4纸500张", "他们的老师和家长", "孩子叫苦",
    ],
)  # fmt: skip
def test_what_tells_nobody_stays(text):
    assert found(text) == []


def test_the_code_of_an_institution_may_be_read():
    assert found("代码是523301005678000062") == []


@pytest.mark.parametrize(
    "told",
    [
        "王丽华", "王 丽 华", "王·丽华", "丽华", "王女士", "王老师", "王某某", "王某",
        "小王", "王同学", "王××", "王丽女士", "wanglihua", "Wang Lihua", "WANG LI HUA",
    ],
)  # fmt: skip
def test_the_reporter_is_found_however_they_are_called(told):
    assert found(f"是{told}，来过", "王丽华") == [(told, "NAME")]


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("王女士", "王女士说王老师在", "****说****在"),
        ("欧阳娜娜", "欧阳家长说娜娜在", "****说****在"),
        ("张三", "张三说三楼三个张老师", "****说三楼三个****"),
        ("Smith", "Mr smith, Smithson", "Mr ****, Smithson"),
        ("王", "王女士在王府街", "****在王府街"),
        ("女士", "一位女士", "一位****"),
        (" ", "在这里", "在这里"),
        (None, "在这里", "在这里"),
        ("\u200b", "在这里", "在这里"),
    ],
)
def test_no_more_is_covered_than_the_name(name, text, left):
    assert without_contacts(text, [name]) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("我叫王芳在那里上课", "我叫****在那里上课"),
        ("投诉人：陈小明，", "投诉人：****，"),
        ("孩子叫欧阳小明上课", "孩子叫****上课"),
        ("我叫赵老师来", "我叫赵老师来"),
        ("联系人李123", "联系人李123"),
    ],
)
def test_who_says_what_they_are_called_is_found_without_being_known(text, left):
    assert without_contacts(text) == left


def test_places_that_touch_are_one():
    assert found("微信13800138000和王丽华13800138000", "王丽华") == [
        ("13800138000", "CHAT"),
        ("王丽华13800138000", "NAME"),
    ]


def test_what_is_kept_stays_as_it_was_typed():
    text = "张老师１３８００１３８０００，李老师13900139000"
    first, second = marks(text)

    assert covered(text, [second]) == "张老师１３８００１３８０００，李老师" + COVER
    assert covered(text, []) == text
    assert first.kind is MarkKind.PHONE


def written(second, rest, manner, gap):
    """A mobile number as somebody might write it."""
    figures = f"1{second}{rest:09d}"
    signs = {"wide": "０１２３４５６７８９", "characters": CHARACTERS}.get(manner, "0123456789")
    figures = "".join(signs[int(one)] for one in figures)
    return figures[:3] + gap + figures[3:7] + gap + figures[7:]


MOBILES = st.builds(
    written,
    st.integers(3, 9),
    st.integers(0, 999_999_999),
    st.sampled_from(["plain", "wide", "characters"]),
    st.sampled_from(["", " ", "-", " -", ".", "·", "\u3000", "—"]),
)


@given(WORDS, MOBILES, WORDS)
def test_a_mobile_number_is_found_between_any_words(before, number, after):
    left = without_contacts(before + number + "。" + after)

    assert number not in left
    assert COVER in left


@given(st.text(max_size=40) | st.text("王丽华一三八0123456789- 女士电话信微qQ@.*v元", max_size=40))
def test_a_covered_text_has_nothing_left_to_cover(text):
    left = without_contacts(text, ["王丽华"])

    assert marks(left, ["王丽华"]) == []


@given(st.text(max_size=60))
def test_marks_stand_in_order_and_apart(text):
    places = marks(text, ["王丽华"])

    assert all(0 <= one.start < one.end <= len(text) for one in places)
    assert all(one.end < other.start for one, other in pairwise(places))
